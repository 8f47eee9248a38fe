import { isTrueAt, mappingsAt, textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { ClusterRule } from '../rule.ts';
import { describeObject, fluxKinds } from './flux-objects.ts';

/**
 * Expressions for health that nothing evaluates: a Kustomization looks at health with `wait` or `healthChecks` alone, and a HelmRelease
 * by its poller (kustomize-controller 1.9, helm-controller 1.6).
 */
export const healthExpressionUnused: ClusterRule = {
  id: 'health-expression-unused',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux', 'availability'],
  *judge(cluster) {
    for (const resource of fluxKinds(cluster, 'Kustomization', 'HelmRelease')) {
      if (mappingsAt(resource, 'spec', 'healthCheckExprs').length === 0) continue;
      const reason =
        resource.object['kind'] === 'Kustomization' ? notWaiting(resource) : notPolling(resource);
      if (reason === undefined) continue;
      yield {
        at: [resource, 'spec', 'healthCheckExprs'],
        message: `${describeObject(resource)} never evaluates these expressions: ${reason.cause}`,
        help: reason.help,
      };
    }
  },
};

interface Reason {
  readonly cause: string;
  readonly help: string;
}

function notWaiting(resource: Resource): Reason | undefined {
  const waits =
    isTrueAt(resource.object, 'spec', 'wait') || mappingsAt(resource, 'spec', 'healthChecks').length > 0;
  return waits
    ? undefined
    : { cause: 'it does not check health', help: 'set wait: true, or list objects under healthChecks' };
}

function notPolling({ object }: Resource): Reason | undefined {
  if (textAt(object, 'spec', 'waitStrategy', 'name') === 'legacy')
    return { cause: 'the legacy strategy does not support them', help: 'set waitStrategy.name to poller' };
  const isOff = ['install', 'upgrade'].every((action) => isTrueAt(object, 'spec', action, 'disableWait'));
  return isOff ? { cause: 'disableWait is set', help: 'remove disableWait' } : undefined;
}
