import type { Build } from '../../object/build.ts';
import { groupVersionKind } from '../../object/resource.ts';
import { someOf } from '../../source/some-of.ts';
import { valueAt } from '../../source/value.ts';
import { besideOnce, byNamespace, namespaceOfResource } from '../../workload/beside.ts';
import { isIsolatedBy, networkPoliciesOf, policiesBeside } from '../../workload/network/network-policy.ts';
import { describe, type PodTemplate, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import { isPartlyBuilt } from '../../workload/unseen-maker.ts';
import type { BuildRule } from '../rule.ts';

export const networkPolicyMissing: BuildRule = {
  id: 'network-policy-missing',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['network', 'security'],
  *judge(build, context) {
    // Without any policy in the build, isolation is either not wanted or made by others.
    if (networkPoliciesOf(build).length === 0) return;
    const templates = podTemplatesOf(build).filter(isOnPodNetwork);
    const isolated = new Set(
      templates.filter((one) =>
        someOf(policiesBeside(one.namespace, build, context), (policy) => isIsolatedBy(one, policy)),
      ),
    );
    const templatesIn = byNamespace(templates, ({ namespace }) => namespace);
    for (const template of templates) {
      const { resource } = template;
      if (isolated.has(template)) continue;
      const beside = [...templatesIn(template.namespace)];
      const like = beside.filter((one) => isolated.has(one)).length;
      if (like === 0) continue;
      const [other] = otherPoliciesBeside(template.namespace, build, context);
      if (other !== undefined) continue;
      const isPractice = like * 2 >= beside.length && !isPartlyBuilt(context);
      yield {
        at: [resource, ...template.path, 'metadata', ...labelsKey(template)],
        message: `no NetworkPolicy selects the pods of ${describe(resource)}, so all traffic to and from them is allowed; ${like} ${like === 1 ? 'workload' : 'workloads'} next to it ${like === 1 ? 'has' : 'have'} one`,
        help: 'add a NetworkPolicy for it, or a default-deny policy with an empty podSelector for the namespace',
        ...(isPractice ? {} : { severity: 'note' }),
      };
    }
  },
};

// The pods of host networks have the addresses of nodes: policies do not tell them apart.
function isOnPodNetwork({ spec }: PodTemplate): boolean {
  return spec['hostNetwork'] !== true;
}

function labelsKey({ resource, path }: PodTemplate): readonly string[] {
  return valueAt(resource.object, [...path, 'metadata', 'labels']) === undefined ? [] : ['labels'];
}

/** The policies of network plug-ins and of administrators, which isolate as well. */
const otherPoliciesBeside = besideOnce(
  ({ resources }: Build) =>
    resources.filter(({ object }) => {
      const { group, kind } = groupVersionKind(object);
      return group !== 'networking.k8s.io' && /NetworkPolicy$/u.test(kind);
    }),
  namespaceOfResource,
);
