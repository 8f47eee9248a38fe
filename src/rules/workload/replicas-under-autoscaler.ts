import { compileSelector } from '../../build/selector.ts';
import { mappingsAt } from '../../object/object-field.ts';
import { groupVersionKind, nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping, itemsAt, newMapping, valueAt } from '../../source/value.ts';
import { autoscalersOf, scalersOf } from '../../workload/capacity/autoscaler.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import { isApplication, syncOptionsOf } from '../argocd/argo-application.ts';
import { ignoresField } from '../argocd/ignored-difference.ts';
import { type Owner, ownersIn } from '../ownership/owners.ts';
import type { BuildRule } from '../rule.ts';

const field = ['spec', 'replicas'] as const;

export const replicasUnderAutoscaler: BuildRule = {
  id: 'replicas-under-autoscaler',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'availability', 'capacity'],
  *judge(build, context) {
    const autoscalers = autoscalersOf(build);
    if (autoscalers.length === 0) return;
    for (const workload of build.resources) {
      const [scaler] = scalersOf(workload, autoscalers);
      if (scaler === undefined || valueAt(workload.object, field) === undefined) continue;
      const owner = ownersIn(context.clusters ?? []).get(workload);
      if (owner !== undefined && leavesReplicas(owner, workload)) continue;
      yield {
        at: [workload, ...field],
        message: `${describe(workload)} sets its replicas, but ${describe(scaler.resource)} scales it: each apply resets the number`,
        help: 'remove replicas, or set it to null with a patch if a base has it',
        related: [
          { at: [scaler.resource, ...scaler.targetPath], message: `${describe(scaler.resource)} scales it` },
        ],
      };
    }
  },
};

/**
 * Whether what applies a workload leaves the number of its replicas alone once it is there: Argo CD with
 * `RespectIgnoreDifferences` (normalizeTargetResources of 3.6), Flux by `spec.ignore` (kustomize-controller 1.9).
 */
function leavesReplicas({ reconciliation, settings }: Owner, workload: Resource): boolean {
  if (isApplication(reconciliation)) {
    const respects = syncOptionsOf(reconciliation).includes('RespectIgnoreDifferences=true');
    return respects && ignoresField(reconciliation, settings, workload, field);
  }
  const { declaration } = reconciliation;
  if (declaration === undefined || reconciliation.kind !== 'Kustomization') return false;
  return mappingsAt(declaration, 'spec', 'ignore').some(({ item: { value } }) => {
    const paths = itemsAt(value, ['paths']);
    return (
      ['/spec/replicas', '/spec'].some((path) => paths.includes(path)) && isTarget(value['target'], workload)
    );
  });
}

function isTarget(target: ReturnType<typeof valueAt>, { object }: Resource): boolean {
  const selector = compileSelector(isMapping(target) ? target : newMapping());
  if ('problem' in selector) return false;
  const { metadata } = object;
  const [labels, annotations] = ['labels', 'annotations'].map((name) => valueAt(metadata, [name]));
  return (
    selector.matchesId(groupVersionKind(object), nameOf(object), namespaceOf(object)) &&
    selector.matchesMetadata(labels, annotations)
  );
}
