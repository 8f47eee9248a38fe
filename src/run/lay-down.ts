import type { Suppression } from '../diagnostic/suppression.ts';
import { suppressionKey } from '../report/finding/suppression-key.ts';
import { unitKey } from '../survey/unit.ts';
import type { RunJudgement } from './judge.ts';
import type { LaidDown } from './laid-down.ts';

/** What the judgement of a base lays down for the head. */
export function laidDownBy({
  configuration,
  isConfigured,
  baseline,
  world,
  tree,
  suppressions,
}: RunJudgement): LaidDown {
  const units = new Map(tree.units.map((unit) => [unitKey(unit.id), unit.build.resources]));
  return {
    configuration,
    isConfigured,
    ...(baseline === undefined ? {} : { baseline }),
    schemas: world.schemas,
    objectsFor(unit, all) {
      const own = units.get(unitKey(unit.id)) ?? [];
      if (unit !== all[0]) return own;
      // What was judged by a unit that is gone is judged by its policies still.
      const kept = new Set(all.map(({ id }) => unitKey(id)));
      return [...own, ...[...units].flatMap(([key, resources]) => (kept.has(key) ? [] : resources))];
    },
    keep: (others) => withoutAdded(others, suppressions),
  };
}

/** Suppressions of a head that its base has as well; of several that are alike as many as there were. */
function withoutAdded(head: readonly Suppression[], base: readonly Suppression[]): readonly Suppression[] {
  const left = countsOf(base);
  return head.filter((one) => {
    const key = suppressionKey(one);
    const count = left.get(key) ?? 0;
    left.set(key, count - 1);
    return count > 0;
  });
}

/** Suppressions that a head has and its base has not. */
export function addedSuppressions(
  head: readonly Suppression[],
  base: readonly Suppression[],
): readonly Suppression[] {
  const kept = new Set(withoutAdded(head, base));
  return head.filter((one) => !kept.has(one));
}

function countsOf(suppressions: readonly Suppression[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const one of suppressions) counts.set(suppressionKey(one), (counts.get(suppressionKey(one)) ?? 0) + 1);
  return counts;
}
