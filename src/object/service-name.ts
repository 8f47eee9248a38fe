import { isMapping, type Mapping, valueAt } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
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

/** The service that an object is a part of: its `app.kubernetes.io/name`, else its own name. */
export function serviceName(object: Mapping): string {
  for (const path of [['metadata'], ['spec', 'template', 'metadata'], ['spec', 'selector']] as const) {
    const labels = valueAt(object, path[0] === 'spec' && path[1] === 'selector' ? path : [...path, 'labels']);
    const name = isMapping(labels) ? labels['app.kubernetes.io/name'] : undefined;
    if (typeof name === 'string' && name !== '') return name;
  }
  return nameOf(object);
}

/** The services that the workloads among objects make up, in order of appearance. */
export function servicesOf(resources: readonly Resource[]): string[] {
  const workloads = resources.filter(({ object }) => isWorkload(object));
  return [...new Set(workloads.map(({ object }) => serviceName(object)))];
}
