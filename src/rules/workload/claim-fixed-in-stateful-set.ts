import { groupVersionKind } from '../../object/resource.ts';
import { isSequence, valueAt } from '../../source/value.ts';
import { autoscalersOf, leastReplicas } from '../../workload/capacity/autoscaler.ts';
import { objectsNamed } from '../../workload/cluster-objects.ts';
import { describe, podTemplatesOf } from '../../workload/pod/pod-template.ts';
import type { BuildRule } from '../rule.ts';

export const claimFixedInStatefulSet: BuildRule = {
  id: 'claim-fixed-in-stateful-set',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['workloads', 'data-loss'],
  *judge(build, context) {
    const autoscalers = autoscalersOf(build);
    for (const { resource, path, spec, namespace } of podTemplatesOf(build)) {
      const { group, kind } = groupVersionKind(resource.object);
      if (group !== 'apps' || kind !== 'StatefulSet' || !isSequence(spec['volumes'])) continue;
      const replicas = leastReplicas(resource, autoscalers);
      for (const [index, volume] of spec['volumes'].entries()) {
        const name = valueAt(volume, ['persistentVolumeClaim', 'claimName']);
        if (typeof name !== 'string') continue;
        const claims = objectsNamed({ kind: 'PersistentVolumeClaim', name, namespace }, build, context);
        // What many may mount is meant to be shared.
        if (claims.some(({ object }) => isShared(valueAt(object, ['spec', 'accessModes'])))) continue;
        yield {
          at: [resource, ...path, 'spec', 'volumes', index, 'persistentVolumeClaim', 'claimName'],
          message:
            replicas > 1
              ? `${replicas} pods of ${describe(resource)} share the one claim ${name}, although each needs its own`
              : `${describe(resource)} mounts the fixed claim ${name}: a second pod would get the same one`,
          help: 'use volumeClaimTemplates, which create a separate claim for every pod',
          ...(replicas > 1 ? {} : { severity: 'note' }),
        };
      }
    }
  },
};

function isShared(modes: unknown): boolean {
  return Array.isArray(modes) && modes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
}
