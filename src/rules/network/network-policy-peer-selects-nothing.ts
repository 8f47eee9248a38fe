import type { Build } from '../../object/build.ts';
import { matchesSelector } from '../../object/label-match.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { isMapping, itemsAt, type Mapping, type Path, type Value, valueAt } from '../../source/value.ts';
import { networkPoliciesOf, unmatched } from '../../workload/network/network-policy.ts';
import { isEmptySelector, selectorWords } from '../../workload/network/selector-words.ts';
import { podsBeside } from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import type { BuildRule } from '../rule.ts';

export const networkPolicyPeerSelectsNothing: BuildRule = {
  id: 'network-policy-peer-selects-nothing',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['network', 'references'],
  *judge(build, context) {
    for (const policy of networkPoliciesOf(build)) {
      for (const peer of peersOf(policy)) {
        const problem = judgePeer(policy, peer, build, context);
        if (problem !== undefined) yield problem;
      }
    }
  },
};

interface Peer {
  readonly selector: Mapping;
  readonly path: Path;
  readonly direction: 'from' | 'to';
}

/** The peers in the namespace of the policy: the pods of other namespaces are mostly those of other repositories. */
function peersOf(policy: Resource): Peer[] {
  return (
    [
      ['ingress', 'from'],
      ['egress', 'to'],
    ] as const
  ).flatMap(([field, direction]) =>
    itemsAt(policy.object, ['spec', field]).flatMap((rule, ruleIndex) =>
      itemsAt(rule, [direction]).flatMap((peer, index) => {
        const selector = valueAt(peer, ['podSelector']);
        if (!isMapping(selector) || isEmptySelector(selector) || !isAtHome(peer, policy)) return [];
        return [{ selector, direction, path: ['spec', field, ruleIndex, direction, index, 'podSelector'] }];
      }),
    ),
  );
}

function isAtHome(peer: Value, policy: Resource): boolean {
  const namespaces = valueAt(peer, ['namespaceSelector']);
  if (namespaces === undefined || namespaces === null) return true;
  const home = namespaceOf(policy.object);
  return home !== '' && valueAt(namespaces, ['matchLabels', 'kubernetes.io/metadata.name']) === home;
}

function judgePeer(
  policy: Resource,
  { selector, path, direction }: Peer,
  build: Build,
  context: Surroundings,
): RuleProblem | undefined {
  const pods = podsBeside(policy, build, context);
  if (pods.some(({ labels }) => matchesSelector(selector, labels))) return undefined;
  const { unless, ...rest } = unmatched(policy, selector, pods, { build, context });
  return {
    at: [policy, ...path],
    message: `NetworkPolicy ${nameOf(policy.object)} allows traffic ${direction} ${selectorWords(selector)}, but no pod in its namespace has these labels${unless}`,
    ...rest,
  };
}
