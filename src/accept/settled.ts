import type { Diagnostic } from '../diagnostic/diagnostic.ts';

/** What counts, and what somebody accepted. */
export interface Settled {
  readonly kept: readonly Diagnostic[];
  readonly accepted: readonly Accepted[];
}

export interface Accepted {
  readonly diagnostic: Diagnostic;
  readonly reason: string;
  /** Whether a comment or an annotation beside it says so, and not the configuration. */
  readonly isInline?: true;
}
