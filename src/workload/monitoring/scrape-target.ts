import type { Build } from '../../object/build.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import { isMapping, isSequence, type Mapping, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { meet, objectsOf } from '../cluster-objects.ts';
import { selectedPods } from '../network/service-pods.ts';
import { containersOf, type PodTemplate, podTemplatesOf } from '../pod/pod-template.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Discovery } from './scrape-configuration.ts';

/** A target that Prometheus would discover. */
export interface ScrapeTarget {
  /** The value of a label before relabelling: empty where the object has none, undefined where only a running cluster knows. */
  valueOf(label: string): string | undefined;
}

/** The targets that a discovery finds among the objects of a cluster; undefined for a role that is not followed. */
export function scrapeTargets(
  configMap: Resource,
  { role, namespaces }: Discovery,
  build: Build,
  context: Surroundings,
): ScrapeTarget[] | undefined {
  const own = namespaceOf(configMap.object);
  const wanted = namespaces === 'own' ? [own] : namespaces;
  const isWanted = (namespace: string): boolean =>
    wanted === undefined || wanted.some((one) => meet(one, namespace));
  const all = [...new Set([build, ...(context.neighbours ?? [])])];
  if (role === 'pod')
    return all
      .flatMap((one) => podTemplatesOf(one))
      .filter(({ namespace }) => isWanted(namespace))
      .flatMap(podTargets);
  if (role !== 'service' && role !== 'endpoints' && role !== 'endpointslice') return undefined;
  const found = objectsOf('Service', build, context)
    .filter(({ object }) => object['apiVersion'] === 'v1' && isWanted(namespaceOf(object)))
    .flatMap((service) => {
      const pods = role === 'service' ? [] : selectedPods(service, build, context);
      return serviceTargets(service, pods);
    });
  return isWanted('default') ? [...found, apiServer] : found;
}

type Labels = ReadonlyMap<string, string>;

function target(labels: Labels, kinds: readonly string[]): ScrapeTarget {
  const known = kinds.flatMap((kind) =>
    ['label', 'annotation'].map((part) => `__meta_kubernetes_${kind}_${part}`),
  );
  return {
    valueOf: (label) =>
      labels.get(label) ?? (known.some((start) => label.startsWith(start)) ? '' : undefined),
  };
}

// The Service that every cluster has.
const apiServer = target(
  new Map([
    ['__meta_kubernetes_namespace', 'default'],
    ['__meta_kubernetes_service_name', 'kubernetes'],
    ['__meta_kubernetes_service_port_name', 'https'],
    ['__meta_kubernetes_endpoint_port_name', 'https'],
    ['__meta_kubernetes_endpointslice_port_name', 'https'],
  ]),
  ['service', 'pod'],
);

function podTargets(template: PodTemplate): ScrapeTarget[] {
  const ports = containersOf(template).flatMap(({ container }) =>
    portsIn(container).map(
      (port) =>
        new Map([
          ...portLabels(port, 'pod_container_port'),
          ['__meta_kubernetes_pod_container_name', valueText(container['name'])] as const,
        ]),
    ),
  );
  const ofPod = podLabels(template);
  // A pod without ports is one target as well.
  return (ports.length === 0 ? [new Map<string, string>()] : ports).map((port) =>
    target(new Map([...ofPod, ...port]), ['pod']),
  );
}

function serviceTargets(service: Resource, pods: readonly PodTemplate[]): ScrapeTarget[] {
  const { object } = service;
  const labels = new Map([
    ['__meta_kubernetes_namespace', namespaceOf(object)],
    ['__meta_kubernetes_service_name', nameOf(object)],
    ...metadataLabels(valueAt(object, ['metadata']), 'service'),
  ]);
  const kinds = ['service', ...(pods.length > 0 ? ['pod'] : [])];
  return portsIn(valueAt(object, ['spec'])).flatMap((port) => {
    const name = typeof port['name'] === 'string' ? port['name'] : '';
    const ofPort = new Map([
      ['__meta_kubernetes_service_port_name', name],
      ['__meta_kubernetes_endpoint_port_name', name],
      ['__meta_kubernetes_endpointslice_port_name', name],
    ]);
    const behind = pods.length === 0 ? [new Map<string, string>()] : pods.map(podLabels);
    return behind.map((ofPod) => target(new Map([...labels, ...ofPort, ...ofPod]), kinds));
  });
}

function podLabels(template: PodTemplate): Map<string, string> {
  const { resource, path, namespace, labels } = template;
  return new Map([
    ['__meta_kubernetes_namespace', namespace],
    ...metadataLabels(valueAt(resource.object, [...path, 'metadata']), 'pod'),
    ...pairs(labels, 'pod_label'),
  ]);
}

function metadataLabels(metadata: Value | undefined, kind: string): (readonly [string, string])[] {
  return ['label', 'annotation'].flatMap((field) => {
    const mapping = valueAt(metadata, [`${field}s`]);
    return isMapping(mapping) ? pairs(mapping, `${kind}_${field}`) : [];
  });
}

// As Prometheus names them: what is no letter, digit or underscore becomes an underscore.
function pairs(mapping: Mapping, prefix: string): (readonly [string, string])[] {
  return Object.keys(mapping).flatMap((key) => {
    const name = key.replaceAll(/[^a-zA-Z0-9_]/gu, '_');
    return [
      [`__meta_kubernetes_${prefix}_${name}`, valueText(mapping[key])] as const,
      [`__meta_kubernetes_${prefix.replace(/_(label|annotation)$/u, '_$1present')}_${name}`, 'true'] as const,
    ];
  });
}

function portsIn(value: Value | undefined): readonly Mapping[] {
  const ports = valueAt(value, ['ports']);
  return isSequence(ports) ? ports.filter(isMapping) : [];
}

function portLabels(port: Mapping, kind: string): (readonly [string, string])[] {
  return [
    [`__meta_kubernetes_${kind}_name`, typeof port['name'] === 'string' ? port['name'] : ''],
    [`__meta_kubernetes_${kind}_number`, valueText(port['containerPort'])],
    [`__meta_kubernetes_${kind}_protocol`, valueText(port['protocol'] ?? 'TCP')],
  ];
}
