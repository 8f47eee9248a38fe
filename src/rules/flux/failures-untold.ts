import { isKind, mappingsAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import { itemsAt, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { environmentOfPath } from '../../workload/environment/environment-name.ts';
import type { ClusterRule } from '../rule.ts';
import { clusterObjects, fluxKinds, isWholeCluster } from './flux-objects.ts';

/** A production cluster in which neither an Alert of Flux nor a rule of Prometheus tells of a reconciliation that fails. */
export const failuresUntold: ClusterRule = {
  id: 'failures-untold',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux'],
  *judge(cluster) {
    const [first] = cluster.reconciliations.filter(({ by }) => by === 'flux');
    if (first?.declaration === undefined || environmentOfPath(cluster.root)?.rank !== 3) return;
    if (!isWholeCluster(cluster) || fluxKinds(cluster, 'Alert').length > 0) return;
    if (clusterObjects(cluster).some(watchesFlux)) return;
    yield {
      at: [first.declaration, 'metadata', 'name'],
      message: `no one is notified when Flux cannot apply something to ${cluster.name}`,
      help: 'add an Alert with eventSeverity: error and a Provider, or alert on the metrics of Flux',
    };
  },
};

function watchesFlux(resource: Resource): boolean {
  if (!isKind(resource, 'monitoring.coreos.com', 'PrometheusRule')) return false;
  return mappingsAt(resource, 'spec', 'groups').some(({ item }) =>
    itemsAt(item.value, ['rules']).some((rule) =>
      /\b(?:gotk|flux)_/u.test(valueText(valueAt(rule, ['expr']))),
    ),
  );
}
