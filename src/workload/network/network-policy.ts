import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { matchesSelector } from '../../object/label-match.ts';
import { groupVersionKind, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { type Mapping, valueAt } from '../../source/value.ts';
import { besideOnce, namespaceOfResource } from '../beside.ts';
import { maySeeEachOther } from '../custom-resource.ts';
import type { PodTemplate } from '../pod/pod-template.ts';
import type { Surroundings } from '../surroundings.ts';
import { isPartlyBuilt, unseenMaker } from '../unseen-maker.ts';
import { asksForRunTimeLabels, nearestPair } from './selector-words.ts';

/** The NetworkPolicies of a build. */
export const networkPoliciesOf = knownOnce(({ resources }: Build): readonly Resource[] =>
  resources.filter(({ object }) => {
    const { group, kind } = groupVersionKind(object);
    return group === 'networking.k8s.io' && kind === 'NetworkPolicy';
  }),
);

/** The NetworkPolicies that may stand in a namespace. */
export const policiesBeside = besideOnce(networkPoliciesOf, namespaceOfResource);

/** Whether a policy is about the pods of a template. */
export function isIsolatedBy(template: PodTemplate, policy: Resource): boolean {
  return (
    maySeeEachOther(policy, template.resource) &&
    matchesSelector(valueAt(policy.object, ['spec', 'podSelector']), template.labels)
  );
}

/** How surely a selector that matches none of the pods matches none in the cluster, and what may be meant. */
export function unmatched(
  policy: Resource,
  selector: Mapping,
  pods: readonly PodTemplate[],
  { build, context }: { readonly build: Build; readonly context: Surroundings },
): Pick<RuleProblem, 'severity' | 'help'> & { readonly unless: string } {
  const maker = unseenMaker(policy, build, context);
  // Policies that are kept apart from all pods are made for pods of another repository.
  const isUnknown =
    maker !== undefined || pods.length === 0 || asksForRunTimeLabels(selector) || isPartlyBuilt(context);
  const near = nearestPair(
    selector,
    pods.map(({ labels }) => labels),
  );
  return {
    unless: maker === undefined ? '' : `, unless ${maker} creates one`,
    help: near === undefined ? 'select labels that a pod template has' : `${near}: correct the label`,
    ...(isUnknown ? { severity: 'note' } : {}),
  };
}
