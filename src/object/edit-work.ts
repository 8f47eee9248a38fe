/** What a run does to objects on their way through builds: each look at a field or an object, and each key written anew, is about one. */
export interface EditWork {
  done: number;
  readonly most: () => number;
}

/** Thrown where a run asks for more than anybody means; whoever counts catches it. */
export class TooMuchWork extends Error {}

// Setters are called from everywhere and know of no run; all of a build is synchronous.
let counted: EditWork | undefined;

/** Counts what is about to be done. */
export function countEdits(count: number): void {
  if (counted === undefined) return;
  counted.done += count;
  if (counted.done > counted.most()) throw new TooMuchWork();
}

/** Does something whose edits count into `work`; undefined where they become too many. */
export function withinWork<T>(work: EditWork, act: () => T): T | undefined {
  const around = counted;
  counted = work;
  try {
    return act();
  } catch (error) {
    if (error instanceof TooMuchWork) return undefined;
    throw error;
  } finally {
    counted = around;
  }
}
