import type { Span } from './span.ts';

/** One stretch of a file and what stands there afterwards. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/**
 * A field that rendered objects hold otherwise afterwards: `below` the part of each object that `anchor` wrote. A number
 * stands for any item of a list.
 */
export interface IntendedChange {
  readonly anchor: Span;
  readonly below: readonly (string | number)[];
  /** Whatever Flux puts in the place of variables where absent. */
  readonly value?: string | number | boolean | bigint;
}

/** A repair of a finding, made of all its edits or none. Maps 1:1 onto a SARIF fix. */
export interface Fix {
  readonly description: string;
  readonly edits: readonly Edit[];
  /** All that may change in what is rendered; empty where every object stays the same to the byte. */
  readonly changes: readonly IntendedChange[];
  /** Why a program may not work any more with it, such that only who asks for it gets it; absent for what is safe. */
  readonly risk?: string;
  /** Where no other fix may change anything at the same time; the edits by themselves where absent. */
  readonly region?: Span;
  /** Set where nobody looked further at the object because of what is repaired, so that more may be found afterwards. */
  readonly reveals?: true;
}
