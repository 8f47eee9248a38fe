import { matchesSelector } from '../../object/label-match.ts';
import { nameOf } from '../../object/resource.ts';
import { isMapping, valueAt } from '../../source/value.ts';
import { networkPoliciesOf, unmatched } from '../../workload/network/network-policy.ts';
import { isEmptySelector, selectorWords } from '../../workload/network/selector-words.ts';
import { podsBeside } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

export const networkPolicySelectsNothing: BuildRule = {
  id: 'network-policy-selects-nothing',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['network', 'references'],
  *judge(build, context) {
    for (const policy of networkPoliciesOf(build)) {
      const selector = valueAt(policy.object, ['spec', 'podSelector']);
      if (!isMapping(selector) || isEmptySelector(selector)) continue;
      const pods = podsBeside(policy, build, context);
      if (pods.some(({ labels }) => matchesSelector(selector, labels))) continue;
      const { unless, ...rest } = unmatched(policy, selector, pods, { build, context });
      yield {
        at: [policy, 'spec', 'podSelector'],
        message: `NetworkPolicy ${nameOf(policy.object)} selects ${selectorWords(selector)}, but no pod in its namespace has these labels${unless}`,
        ...rest,
      };
    }
  },
};
