import {
  isMapping,
  isSequence,
  type Mapping,
  type Path,
  type PathElement,
  type Value,
  valueAt,
} from '../source/value.ts';

/** Where the spec of the pods stands that an object makes. */
export function podSpecPath({ kind }: Mapping): Path {
  if (kind === 'Pod') return ['spec'];
  if (kind === 'CronJob') return ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
  return ['spec', 'template', 'spec'];
}

const containerLists = new Set<PathElement | undefined>([
  'containers',
  'initContainers',
  'ephemeralContainers',
]);

/** The container that a field is a part of. */
export function containerPath(object: Mapping, path: Path): Path | undefined {
  const { length } = podSpecPath(object);
  return containerLists.has(path[length]) && path.length >= length + 2
    ? path.slice(0, length + 2)
    : undefined;
}

/** All containers of a pod. */
export function containersOf(pod: Value | undefined): Value[] {
  return [...containerLists].flatMap((list) => {
    const items = isMapping(pod) ? valueAt(pod, [String(list)]) : undefined;
    return isSequence(items) ? items : [];
  });
}

/** A field of the security context of a container or a pod. */
export function securityField(one: Value | undefined, field: string): Value | undefined {
  return valueAt(one, ['securityContext', field]);
}
