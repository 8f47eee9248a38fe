/**
 * Where a value stands below the root of a rule: a slice of Go, as cel-go keeps it. What is appended to one is written to the array that it
 * shares with others for as long as there is room, so that the path of `x.a` may become the one of `x.b`, which the estimates depend on.
 */
export interface Path {
  readonly steps: string[];
  readonly length: number;
  readonly capacity: number;
}

export const nowhere: Path = { steps: [], length: 0, capacity: 0 };

/** The value of the rule, or any other variable, which is taken for it. */
export function pathOfVariable(): Path {
  return { steps: ['self'], length: 1, capacity: 1 };
}

export function below({ steps, length, capacity }: Path, step: string): Path {
  const hasRoom = length < capacity;
  const own = hasRoom ? steps : steps.slice(0, length);
  own[length] = step;
  return { steps: own, length: length + 1, capacity: hasRoom ? capacity : Math.max(1, 2 * capacity) };
}

/** The steps from the root on. */
export function stepsOf({ steps, length }: Path): readonly string[] {
  return steps.slice(1, length);
}
