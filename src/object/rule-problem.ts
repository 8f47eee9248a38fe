import type { Difference } from '../diagnostic/diagnostic.ts';
import type { Severity } from '../diagnostic/severity.ts';
import type { Place, WithinText } from './place.ts';

/** A problem in the terms of the object; no rule ever sees a file's offset. `message` says what, `help` what to do. */
export interface RuleProblem {
  readonly at: Place;
  /** What to point at inside of the text that stands at `at`; one place makes a line and a column of it. */
  readonly within?: WithinText;
  readonly message: string;
  readonly help?: string;
  /** Where it is not the rule's own, e.g. a note for what cannot be known. */
  readonly severity?: Severity;
  readonly related?: readonly {
    readonly at: Place;
    readonly within?: WithinText;
    readonly message: string;
  }[];
  /** The build that it shows in, where the rule judges several. */
  readonly entryPoint?: string;
  /** What differs between environments, for whoever approves it. */
  readonly difference?: Difference;
  /** What is wrong once, and shows in several objects, as a sentence. */
  readonly cause?: string;
}
