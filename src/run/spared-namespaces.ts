import { sparedObjects } from '../admit/policy/spared.ts';
import type { LeftOut } from '../report/report.ts';
import { factsFor } from '../schema/facts.ts';
import type { World } from './learn.ts';

/** What no policy of the catalogue judges because of its namespace. */
export function sparedNamespaces({ units }: World): LeftOut[] {
  const counts = new Map<string, number>();
  for (const { unit, policies, target, customKinds } of units) {
    const facts = factsFor(target.kubernetesVersions[0] ?? '');
    const spared = sparedObjects(policies, unit.build.resources, { facts, customKinds });
    for (const [namespace, count] of spared) counts.set(namespace, (counts.get(namespace) ?? 0) + count);
  }
  const places = [...counts].map(([namespace, objects]) => ({ path: `namespace ${namespace}`, objects }));
  return places.length === 0 ? [] : [{ why: 'exempt from the policies of the catalogue', places }];
}
