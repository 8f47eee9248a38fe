import type { Resource } from '../build/resource.ts';
import { valueAt } from '../source/value.ts';
import { syncOptionsOf } from './argo-application.ts';
import { type ArgoOwner, argoOwners } from './argo-owner.ts';
import { autoscalersOf, scalersOf } from './autoscaler.ts';
import { ignoresField } from './ignored-difference.ts';
import { describe } from './pod-template.ts';
import type { BuildRule } from './rule.ts';

const field = ['spec', 'replicas'] as const;

export const replicasUnderAutoscaler: BuildRule = {
  id: 'replicas-under-autoscaler',
  severity: 'warning',
  scope: 'build',
  *judge(build, { clusters = [] }) {
    const autoscalers = autoscalersOf(build);
    if (autoscalers.length === 0) return;
    for (const workload of build.resources) {
      const [scaler] = scalersOf(workload, autoscalers);
      if (scaler === undefined || valueAt(workload.object, field) === undefined) continue;
      const owner = argoOwners(clusters).get(workload);
      if (owner !== undefined && leavesReplicas(owner, workload)) continue;
      yield {
        at: [workload, ...field],
        message: `${describe(workload)} sets its replicas, and ${describe(scaler.resource)} changes them: each apply takes back what it has scaled`,
        help: 'remove replicas, with a patch that sets it to null where a base has it',
        related: [
          { at: [scaler.resource, ...scaler.targetPath], message: `${describe(scaler.resource)} scales it` },
        ],
      };
    }
  },
};

/** Whether Argo CD neither compares nor sets the number of replicas (normalizeTargetResources of 3.6). */
function leavesReplicas({ application, settings }: ArgoOwner, workload: Resource): boolean {
  const respects = syncOptionsOf(application).includes('RespectIgnoreDifferences=true');
  return respects && ignoresField(application, settings, workload, field);
}
