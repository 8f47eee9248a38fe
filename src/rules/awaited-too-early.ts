import { namespaceOf, type Resource } from '../build/resource.ts';
import { emptyBuild } from '../reconcile/reconciliation.ts';
import { type Dependent, dependentNamed, dependentsOf } from './flux-dependents.ts';
import { describeObject } from './flux-objects.ts';
import { podReferencesOf, type Reference } from './pod-reference.ts';
import { type ProvidedObjects, providedObjects } from './provided-objects.ts';
import type { ClusterRule } from './rule.ts';

/** What waits until its pods run never gets there where they need what only comes after it. */
export const awaitedTooEarly: ClusterRule = {
  id: 'awaited-too-early',
  severity: 'error',
  scope: 'cluster',
  *judge(cluster, { neighbours: _, ...context }) {
    const dependents = dependentsOf(cluster).filter(({ reconciliation }) => reconciliation !== undefined);
    const later = successors(dependents);
    const provided = new Map(
      dependents.map(
        (one) => [one, providedObjects(one.reconciliation?.build ?? emptyBuild(''), context)] as const,
      ),
    );
    for (const one of dependents) {
      const after = later(one);
      if (after.size === 0 || !isAwaiting(one)) continue;
      for (const resource of one.reconciliation?.build.resources ?? [])
        for (const reference of podReferencesOf(resource).filter(({ isNeeded }) => isNeeded)) {
          if (brings(provided.get(one), reference, resource)) continue;
          const makers = dependents.filter(
            (other) =>
              other.reconciliation?.destination === one.reconciliation?.destination &&
              brings(provided.get(other), reference, resource),
          );
          const [maker] = makers;
          if (maker === undefined || !makers.every((other) => after.has(other))) continue;
          yield {
            at: [resource, ...reference.path],
            message: `${describeObject(resource)} needs ${reference.kind} ${reference.name}, which ${maker.name} applies, and ${maker.name} waits until ${one.name} is ready`,
            help: `move ${reference.kind} ${reference.name} into ${one.name} or before it, or take the dependency out`,
            related: [
              { at: [maker.resource, 'metadata', 'name'], message: `${maker.name} waits for ${one.name}` },
            ],
          };
        }
    }
  },
};

function isAwaiting({ reconciliation }: Dependent): boolean {
  return reconciliation !== undefined && (reconciliation.wait || reconciliation.healthChecks.length > 0);
}

function brings(
  provided: ProvidedObjects | undefined,
  { kind, name }: Reference,
  { object }: Resource,
): boolean {
  return (provided?.named(kind, name) ?? []).some(
    ({ namespace }) => namespace === undefined || namespace === '' || namespace === namespaceOf(object),
  );
}

/** What waits for one, directly or by way of others. */
function successors(dependents: readonly Dependent[]): (one: Dependent) => ReadonlySet<Dependent> {
  const find = dependentNamed(dependents);
  const waiting = new Map<Dependent, Dependent[]>();
  for (const one of dependents)
    for (const reference of one.dependsOn) {
      const target = find(reference);
      if (target === undefined) continue;
      const known = waiting.get(target);
      if (known === undefined) waiting.set(target, [one]);
      else known.push(one);
    }
  return (one) => {
    const all = new Set(waiting.get(one) ?? []);
    // A set is walked in the order of insertion, what is added on the way included.
    for (const next of all) for (const more of waiting.get(next) ?? []) all.add(more);
    all.delete(one);
    return all;
  };
}
