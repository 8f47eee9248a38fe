import { grouped } from '../diagnostic/grouped.ts';
import type { Resource } from '../object/resource.ts';
import type { Cluster } from './cluster.ts';
import type { Reconciliation } from './reconciliation.ts';

/** What a checkout is usually of; without a revision a source brings the default branch. */
const usual: ReadonlySet<string> = new Set(['', 'HEAD', 'main', 'master', 'trunk']);

/**
 * Who applies this repository at another revision than most do, such as a branch of one feature or a tag: what lies there then may differ
 * from what lies here. Whatever these bring in turn is of that revision as well.
 */
export function ofOtherRevisions(clusters: readonly Cluster[]): ReadonlySet<Reconciliation> {
  const all = clusters.flatMap(({ reconciliations }) => reconciliations);
  const here = all.filter(({ source }) => source?.place === 'here');
  const byRevision = grouped(here, ({ source }) => source?.revision ?? '');
  if (byRevision.size < 2) return new Set();
  const most = Math.max(...[...byRevision.values()].map((some) => some.length));
  const isUsual = [...byRevision.keys()].some((one) => usual.has(one));
  const isOwn = (revision: string): boolean =>
    isUsual ? usual.has(revision) : byRevision.get(revision)?.length === most;
  const others = new Set(here.filter(({ source }) => !isOwn(source?.revision ?? '')));
  return withBrought(others, all);
}

function withBrought(
  others: ReadonlySet<Reconciliation>,
  all: readonly Reconciliation[],
): ReadonlySet<Reconciliation> {
  const found = new Set(others);
  const byDeclaration = new Map<Resource, Reconciliation>(
    all.flatMap((one) => (one.declaration === undefined ? [] : [[one.declaration, one] as const])),
  );
  // A set is walked in the order of insertion, what is added on the way included.
  for (const one of found)
    for (const resource of one.build.resources) {
      const brought = byDeclaration.get(resource);
      if (brought !== undefined) found.add(brought);
    }
  return found;
}
