import { grouped } from '../../diagnostic/grouped.ts';
import type { Build } from '../../object/build.ts';
import { knownOnce } from '../../object/known-once.ts';
import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { itemsAt, valueAt } from '../../source/value.ts';
import { type Scaler, targetKey, workloadKey } from './autoscaler.ts';

/** The VerticalPodAutoscalers of a build, which change what containers request. */
export const verticalAutoscalersOf: (build: Build) => readonly Scaler[] = knownOnce(({ resources }: Build) =>
  resources.flatMap((resource): Scaler[] => {
    const { group, kind } = groupVersionKind(resource.object);
    if (group !== 'autoscaling.k8s.io' || kind !== 'VerticalPodAutoscaler') return [];
    const targetPath = ['spec', 'targetRef'];
    const name = valueAt(resource.object, [...targetPath, 'name']);
    const target = valueAt(resource.object, [...targetPath, 'kind']);
    if (typeof name !== 'string' || typeof target !== 'string') return [];
    return [{ resource, targetPath, name, kind: target }];
  }),
);

/** Those of one workload. */
export function verticalScalersOf(workload: Resource, build: Build): readonly Scaler[] {
  return byTarget(build).get(workloadKey(workload)) ?? [];
}

const byTarget = knownOnce((build: Build) => grouped(verticalAutoscalersOf(build), targetKey));

/**
 * When it changes requests: never, on pods as they are made, or on running ones as well, which is the default
 * (kubernetes/autoscaler, vertical-pod-autoscaler/pkg/apis/autoscaling.k8s.io/v1/types.go).
 */
export function updatesOf({ object }: Resource): 'none' | 'new' | 'running' {
  const mode = valueAt(object, ['spec', 'updatePolicy', 'updateMode']);
  return mode === 'Off' ? 'none' : mode === 'Initial' ? 'new' : 'running';
}

/** Whether it changes how much of a resource a container requests: by the policy of that name, or else by that of `*`. */
export function controls({ object }: Resource, resource: string, container: string): boolean {
  const policies = itemsAt(object, ['spec', 'resourcePolicy', 'containerPolicies']);
  const policyFor = (name: string) => policies.find((one) => valueAt(one, ['containerName']) === name);
  const policy = policyFor(container) ?? policyFor('*');
  if (valueAt(policy, ['mode']) === 'Off') return false;
  const controlled = valueAt(policy, ['controlledResources']);
  return controlled === undefined || itemsAt(policy, ['controlledResources']).includes(resource);
}
