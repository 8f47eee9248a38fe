import { grouped } from '../../diagnostic/grouped.ts';
import { labelsOf } from '../../object/label-match.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import type { Cluster, Owned } from '../../reconcile/cluster.ts';
import { describeReconciliation, type Reconciliation } from '../../reconcile/reconciliation.ts';
import {
  canonicalEnvironment,
  environmentFolder,
  environmentLabel,
} from '../../workload/environment/environment-name.ts';
import { type PodSelector, podSelectorOf } from '../../workload/network/pod-selector.ts';
import { describe, type PodTemplate, podTemplateOf } from '../../workload/pod/pod-template.ts';
import { sharedBase } from '../../workload/shared-base.ts';
import type { ClusterRule } from '../rule.ts';

/** A selector that is meant for the pods of its own entry point and matches those of another one in the namespace as well. */
export const foreignPodsSelected: ClusterRule = {
  id: 'foreign-pods-selected',
  severity: 'warning',
  scope: 'cluster',
  tags: ['network'],
  *judge(cluster) {
    const pods = grouped(podsOf(cluster), ({ namespace }) => namespace);
    for (const { resource, owner } of firstOwned(cluster)) {
      const selector = podSelectorOf(resource);
      const namespace = namespaceOf(resource.object);
      if (selector === undefined || namespace === '') continue;
      const selected = (pods.get(namespace) ?? []).filter(({ labels }) => selector.matches(labels));
      const problem = judgeSelected(selector, owner, selected);
      if (problem !== undefined) yield problem;
    }
  },
};

interface OwnedPods extends PodTemplate {
  readonly owner: Reconciliation;
}

// Who else applies an object is told of as such.
function firstOwned({ inventory }: Cluster): Owned[] {
  return [...inventory.values()].flatMap(([first]) => (first === undefined ? [] : [first]));
}

function podsOf(cluster: Cluster): OwnedPods[] {
  return firstOwned(cluster).flatMap(({ resource, owner }) => {
    const template = podTemplateOf(resource);
    return template === undefined ? [] : [{ ...template, owner }];
  });
}

function judgeSelected(
  { resource, kind, path }: PodSelector,
  owner: Reconciliation,
  selected: readonly OwnedPods[],
): RuleProblem | undefined {
  const foreign = selected.filter((pods) => pods.owner !== owner && !areLabelledApart(resource, pods));
  const other = foreign.find((pods) => areOfTwoEnvironments(owner, pods.owner));
  // Alone it may well be made for them, and a policy for all that is in the namespace.
  const isOwn = selected.some((pods) => pods.owner === owner) && kind !== 'NetworkPolicy';
  const crossed = other ?? (isOwn ? foreign[0] : undefined);
  if (crossed === undefined) return undefined;
  const cause = sharedBase(resource, crossed.resource, namespaceOf(resource.object));
  return {
    at: [resource, ...path],
    ...(cause === undefined ? {} : { cause }),
    ...(other === undefined ? {} : { severity: 'error' }),
    message: `${describe(resource)} of ${describeReconciliation(owner)} also selects the pods of ${describe(crossed.resource)} of ${describeReconciliation(crossed.owner)}`,
    help:
      other === undefined
        ? 'select by a label that only its own pods have'
        : 'use a separate namespace for each environment, or a label in the selectors',
    related: [
      { at: [crossed.resource, ...crossed.path, 'metadata', 'labels'], message: 'these labels match' },
    ],
  };
}

/** Whether labels tell of two environments, which is another finding. */
function areLabelledApart({ object }: Resource, { labels }: PodTemplate): boolean {
  const own = environmentLabel(labelsOf(object))?.name;
  const other = environmentLabel(labels)?.name;
  return own !== undefined && other !== undefined && own !== other;
}

function areOfTwoEnvironments(one: Reconciliation, other: Reconciliation): boolean {
  const [first, second] = [one, other].map(({ path = '' }) => environmentFolder(path)?.name);
  return (
    first !== undefined &&
    second !== undefined &&
    canonicalEnvironment(first) !== canonicalEnvironment(second)
  );
}
