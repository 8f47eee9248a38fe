import { mappingsAt, textAt } from '../object/object-field.ts';
import type { Resource } from '../object/resource.ts';
import { inventoryKey, inventoryKeyOf } from '../reconcile/cluster.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { Effect, Held } from './effect.ts';
import type { Fate } from './fate.ts';
import { causeOfLeaving, type Leaving } from './leaving-cause.ts';
import { isKnownToLack, ownerWords, policyOf } from './owner.ts';
import { protectionOf } from './protection.ts';

/**
 * Says of owners of the head that they stop: what they are built from is deleted. kustomize-controller 1.9.6 applies and deletes nothing
 * without its source (getSource), or while a ConfigMap or Secret of its variables is missing (LoadVariables), and argo-cd 3.6 nothing
 * without the project (refreshAppConditions). Whether one comes to the new revision before that is a race, so what else it does is told.
 */
export function effectsOfStopping(leaving: Leaving): Effect[] {
  const { cluster } = leaving;
  return cluster.head.all.flatMap((owner) => {
    const { declaration } = owner;
    const need = needsOf(owner).find((one) => isLost(one, leaving));
    const lost = need && cluster.base.inventory.get(inventoryKeyOf(need))?.[0];
    if (declaration === undefined || need === undefined || lost === undefined || owner.suspend) return [];
    const holder = cluster.head.inventory.get(inventoryKey(declaration))?.[0];
    return [stopping(holder ?? { resource: declaration, owner }, { owner, need, lost }, leaving)];
  });
}

function stopping(
  held: Held,
  { owner, need, lost }: { readonly owner: Reconciliation; readonly need: Need; readonly lost: Held },
  leaving: Leaving,
): Effect {
  const { kind, namespace, name } = need;
  const cause = causeOfLeaving(lost, leaving);
  return {
    cluster: leaving.cluster,
    held,
    ...(cause === undefined ? {} : { cause }),
    actions: ['freeze'],
    reason: 'owner-lacks',
    severity: 'breaks',
    headline: `${ownerWords(owner)} stops: it applies and deletes nothing without ${kind} ${namespace}/${name}, which is deleted`,
  };
}

/** An object that has to be there for an owner to do anything. */
interface Need {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

function needsOf(owner: Reconciliation): readonly Need[] {
  const { declaration, kind } = owner;
  if (declaration === undefined) return [];
  if (kind === 'Kustomization') return [...sourceOf(owner), ...variablesOf(owner, declaration)];
  return kind === 'Application' ? projectOf(owner, declaration) : [];
}

function sourceOf({ source }: Reconciliation): Need[] {
  return source === undefined ? [] : [{ group: 'source.toolkit.fluxcd.io', ...source }];
}

/** Those of its variables that were not found, in what is brought or in what its cluster keeps. */
function variablesOf({ namespace, build }: Reconciliation, declaration: Resource): Need[] {
  const missing = new Set(
    build.diagnostics.flatMap(({ rule, field }) => (rule === 'variable-source-missing' ? [field] : [])),
  );
  return mappingsAt(declaration, 'spec', 'postBuild', 'substituteFrom').flatMap(
    ({ item: { value }, index }) => {
      const [kind, name] = [textAt(value, 'kind'), textAt(value, 'name')];
      if (kind === undefined || name === undefined) return [];
      return missing.has(`spec.postBuild.substituteFrom[${index}].name`)
        ? [{ group: '', kind, namespace, name }]
        : [];
    },
  );
}

function projectOf({ namespace }: Reconciliation, { object }: Resource): Need[] {
  const name = textAt(object, 'spec', 'project');
  return name === undefined ? [] : [{ group: 'argoproj.io', kind: 'AppProject', namespace, name }];
}

/** Whether the cluster had an object, and somebody deletes it. */
function isLost(need: Need, { cluster: { base, head }, fateOf }: Leaving): boolean {
  const key = inventoryKeyOf(need);
  const held = base.inventory.get(key) ?? [];
  return (
    held.length > 0 && !head.inventory.has(key) && held.every((one) => isDeleted(one, fateOf(one.owner)))
  );
}

function isDeleted({ resource, owner }: Held, fate: Fate): boolean {
  if (fate.is === 'deleted') return fate.cascades && protectionOf(resource, owner, 'cascade') === undefined;
  if (fate.is !== 'stays' || fate.head.isRefused === true || !isKnownToLack(fate.head, owner)) return false;
  const prunes = policyOf(owner).prunes || policyOf(fate.head).prunes;
  return prunes && protectionOf(resource, owner) === undefined;
}
