import { addTo, grouped } from '../../diagnostic/grouped.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import { emptyBuild } from '../../reconcile/reconciliation.ts';
import { someOf } from '../../source/some-of.ts';
import { valueAt } from '../../source/value.ts';
import { byNamespace } from '../../workload/beside.ts';
import { podReferencesOf, type Reference } from '../../workload/pod/pod-reference.ts';
import { type Provided, providedByBuild, providedObjects } from '../../workload/provided-objects.ts';
import type { ClusterRule } from '../rule.ts';
import { type Dependent, dependentNamed, dependentsOf } from './flux-dependents.ts';
import { describeObject } from './flux-objects.ts';

/** What waits until its pods run never gets there where they need what only comes after it. */
export const awaitedTooEarly: ClusterRule = {
  id: 'awaited-too-early',
  severity: 'error',
  scope: 'cluster',
  tags: ['flux', 'order'],
  *judge(cluster, context) {
    const dependents = dependentsOf(cluster).filter(({ reconciliation }) => reconciliation !== undefined);
    const later = successors(dependents);
    const makersOf = makersAmong(dependents);
    for (const one of dependents) {
      const after = later(one);
      if (after.size === 0 || !isAwaiting(one)) continue;
      const provided = providedObjects(one.reconciliation?.build ?? emptyBuild(''), context);
      for (const resource of (one.reconciliation?.build.resources ?? []).filter(waitsForPods))
        for (const reference of podReferencesOf(resource).filter(({ isNeeded }) => isNeeded)) {
          const { kind, name } = reference;
          const namespace = namespaceOf(resource.object);
          if (someOf(provided.named(kind, name, namespace), isWithin(namespace))) continue;
          const makers = makersOf(reference, namespace).filter(
            ({ reconciliation }) => reconciliation?.destination === one.reconciliation?.destination,
          );
          const [maker] = makers;
          if (maker === undefined || !makers.every((other) => after.has(other))) continue;
          yield {
            at: [resource, ...reference.path],
            message: `${describeObject(resource)} needs ${reference.kind} ${reference.name}, which ${maker.name} applies, and ${maker.name} waits until ${one.name} is ready`,
            help: `move ${reference.kind} ${reference.name} into ${one.name} or before it, or remove the dependency`,
            related: [
              { at: [maker.resource, 'metadata', 'name'], message: `${maker.name} waits for ${one.name}` },
            ],
          };
        }
    }
  },
};

/** A CronJob is ready as it stands, and so is what is scaled to nothing: its pods come later. */
function waitsForPods({ object }: Resource): boolean {
  return object['kind'] !== 'CronJob' && valueAt(object, ['spec', 'replicas']) !== 0;
}

function isAwaiting({ reconciliation }: Dependent): boolean {
  return reconciliation !== undefined && (reconciliation.wait || reconciliation.healthChecks.length > 0);
}

function isWithin(own: string): (provided: Provided) => boolean {
  return ({ namespace }) => namespace === undefined || namespace === '' || namespace === own;
}

/** What renders or makes that which is referred to, in their order. */
function makersAmong(
  dependents: readonly Dependent[],
): (reference: Reference, namespace: string) => Dependent[] {
  const made = dependents.flatMap((maker) =>
    [...providedByBuild(maker.reconciliation?.build ?? emptyBuild('')).values()]
      .flat()
      .map((provided) => ({ maker, provided })),
  );
  const byName = new Map(
    [...grouped(made, ({ provided: { kind, name } }) => `${kind}/${name}`)].map(
      ([key, namesakes]) =>
        [key, byNamespace(namesakes, ({ provided }) => provided.namespace ?? '')] as const,
    ),
  );
  return ({ kind, name }, namespace) =>
    [...(byName.get(`${kind}/${name}`)?.(namespace) ?? [])]
      .filter(({ provided }) => isWithin(namespace)(provided))
      .map(({ maker }) => maker);
}

/** What waits for one, directly or by way of others. */
function successors(dependents: readonly Dependent[]): (one: Dependent) => ReadonlySet<Dependent> {
  const find = dependentNamed(dependents);
  const waiting = new Map<Dependent, Dependent[]>();
  for (const one of dependents)
    for (const reference of one.dependsOn) {
      const target = find(reference);
      if (target === undefined) continue;
      addTo(waiting, target, one);
    }
  return (one) => {
    const all = new Set(waiting.get(one) ?? []);
    // A set is walked in the order of insertion, what is added on the way included.
    for (const next of all) for (const more of waiting.get(next) ?? []) all.add(more);
    all.delete(one);
    return all;
  };
}
