import type { Build } from '../object/build.ts';
import { knownOnce } from '../object/known-once.ts';
import { emptyBuild } from '../reconcile/reconciliation.ts';
import type { Owners } from './cluster-pair.ts';

/** All that the owners of a cluster apply, each object once, as one build: what pods, Services and quotas meet there. */
export const wholeOf = knownOnce(
  ({ all, inventory }: Owners): Build => ({
    ...emptyBuild(
      '',
      all.every(({ build }) => build.complete),
    ),
    resources: [...inventory.values()].flatMap(([first]) => (first === undefined ? [] : [first.resource])),
  }),
);
