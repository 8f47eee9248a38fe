import { type Mapping, type Path, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { layersOf } from './layer.ts';
import { type Origin, originOfPart } from './provenance.ts';
import { nameOf, type Resource } from './resource.ts';

const workloadKinds: ReadonlySet<string> = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Job',
  'CronJob',
  'Pod',
]);

/** Whether an object runs pods. */
export function isWorkload(object: Mapping): boolean {
  return workloadKinds.has(valueText(object['kind']));
}

/**
 * The service that an object is a part of: its `app.kubernetes.io/name`, else its own name. A label that a transformer wrote on all that it
 * builds counts only where the object is called so as well: else it names an application of several services.
 */
export function serviceName(resource: Resource): string {
  const { object, origin } = resource;
  const own = nameOf(object);
  for (const path of labelPaths) {
    const name = valueAt(object, [...path, nameLabel]);
    if (typeof name !== 'string' || name === '') continue;
    const first = layersOf([...path, nameLabel].reduce<Origin>(originOfPart, origin))[0];
    return first !== undefined && transformers.has(first.by) && !own.includes(name) ? own : name;
  }
  return own;
}

const nameLabel = 'app.kubernetes.io/name';

const labelPaths: readonly Path[] = [
  ['metadata', 'labels'],
  ['spec', 'template', 'metadata', 'labels'],
  ['spec', 'selector'],
];

const transformers: ReadonlySet<string> = new Set(['labels', 'commonLabels', 'commonMetadata']);

/** The services that the workloads among objects make up, in order of appearance. */
export function servicesOf(resources: readonly Resource[]): string[] {
  const workloads = resources.filter(({ object }) => isWorkload(object));
  return [...new Set(workloads.map(serviceName))];
}
