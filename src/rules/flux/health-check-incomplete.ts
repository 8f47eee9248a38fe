import { isKind } from '../../object/object-field.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { Reconciliation } from '../../reconcile/reconciliation.ts';
import type { ClusterRule } from '../rule.ts';
import { describeObject } from './flux-objects.ts';

/** Without `wait` Flux looks only at what `healthChecks` names (kustomize-controller 1.9, checkHealth). */
export const healthCheckIncomplete: ClusterRule = {
  id: 'health-check-incomplete',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'availability'],
  *judge({ reconciliations }) {
    for (const one of reconciliations) {
      if (one.kind !== 'Kustomization' || one.declaration === undefined || one.wait) continue;
      const [first, ...more] = one.build.resources.filter(
        (resource) => isWorkload(resource) && !isChecked(resource, one),
      );
      if (first === undefined) continue;
      const rest = more.length === 0 ? '' : ` nor ${more.length} more`;
      yield {
        at: [one.declaration, 'metadata', 'name'],
        message: `no health check covers ${describeObject(first)}${rest}, so ${one.name} is ready whether or not they run`,
        help: 'set wait: true, or list them under healthChecks',
        related: [{ at: [first, 'metadata', 'name'], message: 'not covered' }],
      };
    }
  },
};

function isWorkload(resource: Resource): boolean {
  return isKind(resource, 'apps', 'Deployment', 'StatefulSet', 'DaemonSet');
}

function isChecked({ object }: Resource, { healthChecks }: Reconciliation): boolean {
  return healthChecks.some(({ kind, name }) => kind === object['kind'] && name === nameOf(object));
}
