import type { Build } from '../../object/build.ts';
import { labelsOf, matchesSelector } from '../../object/label-match.ts';
import type { Place } from '../../object/place.ts';
import { groupVersionKind, namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping, itemsAt, type Value, valueAt } from '../../source/value.ts';
import { objectsIn } from '../../workload/cluster-objects.ts';
import { monitoredNamespace, monitoredNamespaces } from '../../workload/monitoring/monitored-namespaces.ts';
import { isEmptySelector } from '../../workload/network/selector-words.ts';
import { containersOf, describe, podsIn } from '../../workload/pod/pod-template.ts';
import type { Surroundings } from '../../workload/surroundings.ts';
import { isPartlyBuilt, unseenMaker } from '../../workload/unseen-maker.ts';
import type { BuildRule } from '../rule.ts';

export const monitorPortMissing: BuildRule = {
  id: 'monitor-port-missing',
  severity: 'warning',
  scope: 'build',
  criterion: 'wired',
  tags: ['monitoring', 'network', 'references'],
  *judge(build, context) {
    for (const monitor of build.resources) {
      const watched = watchedBy(monitor, build, context);
      if (watched === undefined || watched.owners.length === 0) continue;
      const { endpoints, names, what, owners } = watched;
      const maker = unseenMaker(monitor, build, context);
      const isUnknown = maker !== undefined || isPartlyBuilt(context);
      for (const [index, endpoint] of itemsAt(monitor.object, ['spec', endpoints]).entries()) {
        const port = valueAt(endpoint, ['port']);
        if (typeof port !== 'string' || names.has(port)) continue;
        yield {
          at: [monitor, 'spec', endpoints, index, 'port'],
          message: `${describe(monitor)} scrapes port ${port}, but no ${what} that it selects has that port${maker === undefined ? '' : `, unless ${maker} creates one`}`,
          ...(isUnknown ? { severity: 'note' } : {}),
          help:
            names.size === 0
              ? `set this name on the port of the ${what}`
              : `use one of its named ports: ${[...names].join(', ')}`,
          related: owners.map((at) => ({ at, message: `the ports of a ${what} that it selects` })),
        };
      }
    }
  },
};

interface Watched {
  readonly endpoints: 'endpoints' | 'podMetricsEndpoints';
  readonly names: ReadonlySet<string>;
  readonly what: string;
  readonly owners: readonly Place[];
}

function watchedBy(monitor: Resource, build: Build, context: Surroundings): Watched | undefined {
  const { group, kind } = groupVersionKind(monitor.object);
  const selector = valueAt(monitor.object, ['spec', 'selector']);
  if (group !== 'monitoring.coreos.com' || !isMapping(selector) || isEmptySelector(selector))
    return undefined;
  const looksInto = monitoredNamespaces(monitor);
  const namespace = monitoredNamespace(monitor);
  if (kind === 'ServiceMonitor') {
    const services = objectsIn({ kind: 'Service', namespace }, build, context).filter(
      ({ object }) =>
        object['apiVersion'] === 'v1' &&
        looksInto(namespaceOf(object)) &&
        matchesSelector(selector, labelsOf(object)),
    );
    return {
      endpoints: 'endpoints',
      what: 'Service',
      names: new Set(services.flatMap(({ object }) => namesIn(itemsAt(object, ['spec', 'ports'])))),
      owners: services.map((service) => [service, 'spec', 'ports']),
    };
  }
  if (kind !== 'PodMonitor') return undefined;
  const templates = [...new Set(podsIn(namespace, build, context))].filter(
    (one) => looksInto(one.namespace) && matchesSelector(selector, one.labels),
  );
  return {
    endpoints: 'podMetricsEndpoints',
    what: 'container',
    names: new Set(
      templates.flatMap((one) =>
        containersOf(one).flatMap(({ container }) => namesIn(itemsAt(container, ['ports']))),
      ),
    ),
    owners: templates.map(({ resource, path }) => [resource, ...path, 'spec', 'containers']),
  };
}

function namesIn(ports: readonly Value[]): string[] {
  return ports.flatMap((port) => {
    const name = valueAt(port, ['name']);
    return typeof name === 'string' ? [name] : [];
  });
}
