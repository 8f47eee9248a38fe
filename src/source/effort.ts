/**
 * How often a run looks at values, compares strings with patterns or values with schemas after all is read and built. Few bytes can ask for
 * any number of that, as they can name pairs.
 */
export interface Effort {
  done: number;
  /** What all that was rendered may take. */
  allowed: number;
  readonly bytes: () => number;
}

// Two seconds about. A thousand overlays of forty objects need 70 for each object, the largest repositories of the field test 50.
const allowedInAny = 5_000_000;
const allowedForByte = 2;
const allowedForObject = 250;

export function newEffort(bytes: () => number): Effort {
  return { done: 0, allowed: allowedInAny, bytes };
}

/** Thrown where a run needs more than anyone means; whoever counts catches it, and says what is not checked. */
export class TooMuchEffort extends Error {
  constructor() {
    super('the repository needs more comparisons than any real one');
  }
}

// Values are looked at from everywhere, by code that knows of no run; what takes effort is synchronous.
let counted: Effort | undefined;

/** Counts what is about to be done. */
export function spendEffort(count: number): void {
  if (counted === undefined) return;
  counted.done += count;
  if (isExhausted(counted)) throw new TooMuchEffort();
}

/** Does something with so many objects whose looks count into `effort`; what asks for it catches `TooMuchEffort`. */
export function withEffort<T>(effort: Effort, objects: number, act: () => T): T {
  effort.allowed += objects * allowedForObject;
  const around = counted;
  counted = effort;
  try {
    return act();
  } finally {
    counted = around;
  }
}

/** Whether nothing is left. */
export function isExhausted({ done, allowed, bytes }: Effort): boolean {
  return done > allowed && done > allowed + allowedForByte * bytes();
}
