import { nameOf } from '../../object/resource.ts';
import { isMapping, type Mapping, newMapping } from '../../source/value.ts';
import { openMapping } from '../policy/cel-value.ts';
import { fields } from './draft.ts';
import { type Kinds, servedObject } from './served-object.ts';

const namespaces = new WeakMap<Mapping, Map<string, Mapping>>();
/** Stands for the namespace that nobody gives. */
const noNamespace = newMapping();
const maxNamespaces = 10_000;

/**
 * The Namespace of an object as policies see it. Of one that the repository does not have nobody knows more than its name. Made
 * once for all objects of a namespace, which are then known to have the same one.
 */
export function namespaceSeen(given: Mapping | undefined, name: string, kinds: Kinds): Mapping {
  const key = given ?? noNamespace;
  const byName = namespaces.get(key) ?? new Map<string, Mapping>();
  namespaces.set(key, byName);
  let object = byName.get(name);
  if (object === undefined) {
    if (byName.size >= maxNamespaces) byName.clear();
    object = given === undefined ? unknownNamespace(name) : knownNamespace(given, name, kinds);
    byName.set(name, object);
  }
  return object;
}

function knownNamespace(given: Mapping, name: string, kinds: Kinds): Mapping {
  const named = nameOf(given) === '' ? fields({ ...given, metadata: withName(given, name) }) : given;
  const { metadata, spec, status } = servedObject(
    fields({ apiVersion: 'v1', kind: 'Namespace', ...named }),
    kinds,
  );
  return fields({
    metadata: metadata ?? newMapping(),
    spec: spec ?? newMapping(),
    status: status ?? newMapping(),
  });
}

function withName({ metadata }: Mapping, name: string): Mapping {
  return fields({ ...(isMapping(metadata) ? metadata : {}), name });
}

function unknownNamespace(name: string): Mapping {
  const what = `the content of Namespace ${name}`;
  const labels = openMapping(fields({ 'kubernetes.io/metadata.name': name }), what);
  return fields({
    metadata: openMapping(fields({ name, labels }), what),
    spec: fields({ finalizers: ['kubernetes'] }),
    status: fields({ phase: 'Active' }),
  });
}
