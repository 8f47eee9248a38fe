import type { Path } from '../../source/value.ts';
import type { ClusterPair } from '../cluster-pair.ts';
import type { Effect, Held } from '../effect.ts';
import type { Update } from '../updates.ts';

/** An update that the API server takes, and the cluster in which it does. */
export interface Taken {
  readonly base: Held;
  readonly head: Held;
  readonly update: Update;
  readonly cluster: ClusterPair;
}

/** What follows from a field of an update, beyond that it changes. */
export interface Consequence extends Omit<Effect, 'cluster' | 'held' | 'cause' | 'fields' | 'previousOwner'> {
  /** The field that it follows from. */
  readonly at: Path;
  /** Fields of which nothing else has to be said. */
  readonly explains?: readonly Path[];
}

/** What a subject finds of an update. */
export type Consequences = (taken: Taken) => readonly Consequence[];

/** Whether a path is another one, or leads on from there. */
export function isBelow(path: Path, above: Path): boolean {
  return above.length <= path.length && above.every((step, index) => path[index] === step);
}

/** The fields that an update changes, as they are written; as the cluster has them where nothing of that is written otherwise. */
export function fieldsOf({ written, changed }: Update): readonly Path[] {
  return written.length > 0 ? written : changed;
}

/** Whether an update changes a field, or something below it. */
export function changes({ changed }: Update, path: Path): boolean {
  return changed.some((one) => isBelow(one, path) || isBelow(path, one));
}
