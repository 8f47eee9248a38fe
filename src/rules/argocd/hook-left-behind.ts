import { nameOf } from '../../object/resource.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ClusterRule } from '../rule.ts';
import { annotationList, applicationsOf, isHook } from './argo-application.ts';

/** Without any policy a hook is deleted before it is made anew; a policy that says less leaves one in the way. */
export const hookLeftBehind: ClusterRule = {
  id: 'hook-left-behind',
  severity: 'warning',
  scope: 'cluster',
  tags: ['argo-cd'],
  *judge(cluster) {
    for (const { build } of applicationsOf(cluster)) {
      for (const resource of build.resources) {
        // A name that the API server makes up is a new one each time.
        if (resource.object['kind'] !== 'Job' || !isHook(resource) || nameOf(resource.object) === '')
          continue;
        const policies = annotationList(resource.object, 'hook-delete-policy');
        const isDeleted = ['HookSucceeded', 'HookFailed'].every((one) => policies.includes(one));
        if (policies.length === 0 || isDeleted || policies.includes('BeforeHookCreation')) continue;
        const left = policies.includes('HookSucceeded') ? 'fails' : 'succeeds';
        yield {
          at: [resource, 'metadata', 'annotations', 'argocd.argoproj.io/hook-delete-policy'],
          message: `${describe(resource)} stays when it ${left}, and the next sync finds it: a Job cannot be changed or run again`,
          help: 'add BeforeHookCreation',
        };
      }
    }
  },
};
