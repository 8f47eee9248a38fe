import { mappingsAt, textAt } from '../object/object-field.ts';
import type { Resource } from '../object/resource.ts';
import { inventoryKeyOf } from '../reconcile/cluster.ts';
import type { Reconciliation } from '../reconcile/reconciliation.ts';
import type { ClusterPair, Owners } from './cluster-pair.ts';
import type { Held } from './effect.ts';
import { type Fate, fatesIn } from './fate.ts';
import { isRendered, policyOf } from './owner.ts';
import { protectionOf } from './protection.ts';

/**
 * The clusters, with those owners of the head refused that lose what they are built from: kustomize-controller 1.9.6 applies and deletes
 * nothing without its source (getSource), or while a ConfigMap or Secret of its variables is missing (LoadVariables), and argo-cd 3.6
 * without the project (refreshAppConditions).
 */
export function withStopped(clusters: readonly ClusterPair[]): readonly ClusterPair[] {
  const fateOf = fatesIn(clusters);
  return clusters.map((cluster) => {
    const stopped = new Map(
      cluster.head.all.flatMap((owner) => {
        const lacks = needsOf(owner).find((need) => isLost(need, cluster, fateOf));
        return lacks === undefined ? [] : [[owner, { ...owner, isRefused: true, lacks: wordsOf(lacks) }]];
      }),
    );
    return stopped.size === 0 ? cluster : withOwners(cluster, (owner) => stopped.get(owner) ?? owner);
  });
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
function isLost(need: Need, { base, head }: ClusterPair, fateOf: (owner: Reconciliation) => Fate): boolean {
  const key = inventoryKeyOf(need);
  const held = base.inventory.get(key) ?? [];
  return (
    held.length > 0 && !head.inventory.has(key) && held.every((one) => isDeleted(one, fateOf(one.owner)))
  );
}

function isDeleted({ resource, owner }: Held, fate: Fate): boolean {
  if (fate.is === 'deleted') return fate.cascades && protectionOf(resource, owner, 'cascade') === undefined;
  if (fate.is !== 'stays' || fate.head.isRefused === true || !isRendered(fate.head)) return false;
  const prunes = policyOf(owner).prunes || policyOf(fate.head).prunes;
  return prunes && protectionOf(resource, owner) === undefined;
}

function wordsOf({ kind, namespace, name }: Need): string {
  return `${kind} ${namespace}/${name}`;
}

function withOwners(cluster: ClusterPair, now: (owner: Reconciliation) => Reconciliation): ClusterPair {
  const { head, objects } = cluster;
  const held = (one: Held): Held => ({ ...one, owner: now(one.owner) });
  const owners: Owners = {
    all: head.all.map(now),
    byKey: new Map([...head.byKey].map(([key, owner]) => [key, now(owner)])),
    remote: head.remote.map(now),
    inventory: new Map([...head.inventory].map(([key, all]) => [key, all.map(held)])),
  };
  return {
    ...cluster,
    head: owners,
    objects: objects.map((one) => (one.head === undefined ? one : { ...one, head: held(one.head) })),
  };
}
