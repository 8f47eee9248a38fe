import { type ObjectPlace, objectPlace } from '../object/object-place.ts';
import { isBelow } from '../source/path.ts';
import { isEntryPoint, pathOf } from './controller-kinds.ts';
import type { Reconciliation } from './reconciliation.ts';
import { isToFillIn } from './to-fill-in.ts';

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
  const own = begun.filter(({ appliesItself }) => appliesItself);
  if (own.length === 0) return new Set();
  const isBeside = (key: string): boolean => own.some((one) => isAlike(key, one.key));
  return new Set(
    begun.flatMap(({ key, appliesItself, owners }) => (appliesItself || isBeside(key) ? [] : owners)),
  );
}

/** Whether two directories differ in one part alone, as `clusters/dev` and `clusters/prod` do; long ways may go on below it. */
function isAlike(one: string, other: string): boolean {
  const [parts, others] = [one.split('/'), other.split('/')];
  const length = Math.min(parts.length, others.length);
  if (parts.length !== others.length && length < 3) return false;
  return parts.slice(0, length).filter((part, at) => part !== others[at]).length <= 1;
}

/**
 * What nobody applies as it stands: an entry point with words for values to write, and what it brings. A variable in the path of one that
 * nothing brings is such a word too: no controller substitutes it.
 */
export function unfinishedAmong(begun: readonly Begun[]): ReadonlySet<Reconciliation> {
  const isUnfinished = ({ declaration }: Reconciliation): boolean =>
    declaration !== undefined && isToFillIn(declaration);
  const isForTool = ({ declaration }: Reconciliation): boolean =>
    declaration !== undefined && pathOf(declaration)?.includes('${') === true;
  return new Set(
    begun.flatMap(({ owners }) => {
      const [first] = owners;
      const isWhole = first !== undefined && (isUnfinished(first) || isForTool(first));
      return isWhole ? owners : owners.filter(isUnfinished);
    }),
  );
}

/**
 * A kustomization that is no more than a list of what lies below it, where a controller brings each of these entry points to another
 * cluster: nothing shows that anybody applies the list.
 */
export function listsAmong(
  groups: readonly { readonly reconciliations: readonly Reconciliation[] }[],
): ReadonlySet<Reconciliation> {
  const found = groups.flatMap(({ reconciliations }) => {
    const list = reconciliations.find(({ by }) => by === 'kustomize');
    const entries = list === undefined ? [] : entriesIn(list);
    const isAbove = entries.every(({ file }) => isBelow(file, list?.path ?? ''));
    if (list === undefined || entries.length === 0 || !isAbove) return [];
    const others = groups.flatMap((one) =>
      one.reconciliations === reconciliations ? [] : one.reconciliations,
    );
    const brought = new Set(
      others.flatMap((one) => (one.by === 'kustomize' ? [] : entriesIn(one).map(({ key }) => key))),
    );
    return entries.every(({ key }) => brought.has(key)) ? reconciliations : [];
  });
  return new Set(found);
}

function entriesIn({ build }: Reconciliation): ObjectPlace[] {
  return build.resources.filter(isEntryPoint).flatMap((one) => objectPlace(one) ?? []);
}
