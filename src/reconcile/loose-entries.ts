import { directoryOf } from '../source/path.ts';
import type { Reconciliation } from './reconciliation.ts';

/** What was followed from one entry point that no kustomization lists. */
export interface Begun {
  /** The directory that stands for its cluster. */
  readonly key: string;
  /** Whether a controller applies the entry point itself, as after `flux bootstrap`. */
  readonly appliesItself: boolean;
  readonly owners: readonly Reconciliation[];
}

/**
 * Where some clusters of a repository apply themselves, an entry point elsewhere that none of them brings is there for a reason that is
 * not to be seen: another way to set things up, something that is left over. Beside them it is a cluster as they are.
 */
export function looseAmong(begun: readonly Begun[]): ReadonlySet<Reconciliation> {
  const own = new Set(begun.filter(({ appliesItself }) => appliesItself).map(({ key }) => directoryOf(key)));
  if (own.size === 0) return new Set();
  return new Set(
    begun.flatMap(({ key, appliesItself, owners }) =>
      appliesItself || own.has(directoryOf(key)) ? [] : owners,
    ),
  );
}
