import type { Difference } from '../diagnostic/diagnostic.ts';
import type { Severity } from '../diagnostic/severity.ts';
import type { Place } from './place.ts';

/** A problem in the terms of the object; no rule ever sees an offset. `message` says what, `help` what to do. */
export interface RuleProblem {
  readonly at: Place;
  readonly message: string;
  readonly help?: string;
  /** Where it is not the rule's own, e.g. a note for what cannot be known. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly at: Place; readonly message: string }[];
  /** The build that it shows in, where the rule judges several. */
  readonly entryPoint?: string;
  /** What differs between environments, for whoever approves it. */
  readonly difference?: Difference;
}
