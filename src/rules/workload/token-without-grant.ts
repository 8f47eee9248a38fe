import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { isMapping, valueAt } from '../../source/value.ts';
import {
  accountObject,
  accountOf,
  grantsTo,
  hasToken,
} from '../../workload/access/service-account-grants.ts';
import { describe, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import { isPartlyBuilt, unseenMaker } from '../../workload/unseen-maker.ts';
import type { BuildRule } from '../rule.ts';

export const tokenWithoutGrant: BuildRule = {
  id: 'token-without-grant',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'security'],
  *judge(build, context) {
    for (const template of podTemplatesOf(build)) {
      const account = accountOf(template);
      // The default account is judged by the policy `service-account-token-mounted`.
      if (account.name === 'default') continue;
      const object = accountObject(account, build, context);
      if (object === undefined || !resourcesOf(build).has(object) || !hasToken(template, object)) continue;
      const annotations = [
        valueAt(object.object, ['metadata', 'annotations']),
        valueAt(template.resource.object, [...template.path, 'metadata', 'annotations']),
      ];
      if (annotations.some((one) => isMapping(one) && Object.keys(one).some((key) => identity.test(key))))
        continue;
      if (isPartlyBuilt(context)) return;
      if (grantsTo(account, build, context).length > 0) continue;
      const maker = unseenMaker(template.resource, build, context);
      if (maker !== undefined) continue;
      yield {
        at: [template.resource, ...template.path, 'spec', 'serviceAccountName'],
        message: `${describe(template.resource)} gets a token of ServiceAccount ${account.name}, which has no role binding`,
        help: 'set automountServiceAccountToken: false in the pod or the account, or bind the role that it needs',
        related: [{ at: [object, 'metadata', 'name'], message: 'the account without permissions' }],
      };
    }
  },
};

const resourcesOf = knownOnce(({ resources }: Build) => new Set(resources));

// Clouds, Vault and meshes take the token for a proof of identity: nothing in the cluster has to be granted.
const identity =
  /^(?:eks\.amazonaws\.com|iam\.gke\.io|azure\.workload\.identity|vault\.hashicorp\.com|.*istio\.io|linkerd\.io)\//u;
