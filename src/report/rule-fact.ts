import type { Severity } from '../diagnostic/severity.ts';

/** What is known of a rule beside its page. */
export interface RuleFact {
  /** As the rule itself has it. */
  readonly severity?: Severity;
  /** What it is about, the most telling first. */
  readonly tags: readonly string[];
  /** Of rules about security how grave the worst of it is, from 0 to 10 as in CVSS. */
  readonly securitySeverity?: number;
}

/** By rule. */
export type RuleFacts = ReadonlyMap<string, RuleFact>;
