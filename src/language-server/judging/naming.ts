import { groupVersionKind, namespaceOf, type Resource } from '../../object/resource.ts';
import { nodeAt } from '../../schema/schema-node.ts';
import { ownOf } from '../../source/own.ts';
import { isMapping, type Mapping, type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { objectReferencesOf } from '../../workload/object-reference.ts';
import { allPodReferencesOf, type Reference } from '../../workload/pod/pod-reference.ts';
import type { Kinds } from '../completion/kinds.ts';
import { type NamedBy, namedByPath, namedByType } from '../completion/named-objects.ts';
import type { NamedObject } from './rendered-field.ts';

/** The kind of the object that a field of a rendered object names; undefined where it names none. */
export function namedKind(resource: Resource, path: Path, kinds: Kinds): string | undefined {
  const { object } = resource;
  const named = namedByAt(object, path, kinds);
  if (named !== undefined && named.is !== 'name') return undefined;
  if (named?.kind === 'own') return valueText(object['kind']);
  if (named !== undefined && named.kind !== 'beside') return named.kind;
  const around = valueAt(object, path.slice(0, -1));
  const beside = isMapping(around) ? around['kind'] : undefined;
  const isReference = path.at(-1) === 'name' && path.length > 2 && typeof beside === 'string';
  if (isReference) return beside;
  return referencesOf(resource).find((one) => isSamePath(one.path, path))?.kind;
}

/** A key of an object, or the name or number of a port of a Service, that a field asks for. */
export interface NamedPart extends NamedObject {
  readonly is: 'key' | 'port';
  readonly part: string;
}

/** What a field names within another object. */
export function namedPart(resource: Resource, path: Path, kinds: Kinds): NamedPart | undefined {
  const { object } = resource;
  for (const { kind, name, namespace = namespaceOf(object), keys } of referencesOf(resource)) {
    const key = keys.find((one) => isSamePath(one.path, path));
    if (key !== undefined) return { is: 'key', kind, name, namespace, part: key.key };
  }
  const named = namedByAt(object, path, kinds);
  if (named === undefined || named.is === 'name' || named.holder === undefined) return undefined;
  const at = path.slice(0, path.length - 1 - named.holder.up);
  const holder = valueAt(object, at);
  if (!isMapping(holder)) return undefined;
  const kind = named.kind === 'beside' ? valueText(holder['kind']) : named.kind;
  const name = valueText(holder[named.holder.name]);
  const namespace = namespaceNamed(object, [...at, named.holder.name]);
  return { is: named.is, kind, name, namespace, part: valueText(valueAt(object, path)) };
}

function referencesOf(resource: Resource): readonly Reference[] {
  return [...allPodReferencesOf(resource), ...objectReferencesOf(resource)];
}

export function isSamePath(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index]);
}

/** How the fields are called that name something. */
const naming: ReadonlySet<unknown> = new Set(
  [namedByType, namedByPath].flatMap((table) =>
    Object.keys(table).map((key) => key.slice(key.lastIndexOf('.') + 1)),
  ),
);

function namedByAt(object: Mapping, path: Path, kinds: Kinds): NamedBy | undefined {
  if (!naming.has(path.at(-1))) return undefined;
  const { group, version, kind } = groupVersionKind(object);
  return byType(path, kinds.node(group, version, kind)) ?? byPath(path);
}

function byType(path: Path, root: ReturnType<Kinds['node']>): NamedBy | undefined {
  const holder = root && nodeAt(root, path.slice(0, -1))?.name;
  return holder === undefined ? undefined : ownOf(namedByType, `${holder}.${path.at(-1)}`);
}

function byPath(path: Path): NamedBy | undefined {
  const steps = path.filter((step) => typeof step === 'string');
  return ownOf(namedByPath, steps.slice(-2).join('.'));
}

/** The namespace that a reference says, else that of the object with it. */
export function namespaceNamed(object: Mapping, field: Path): string {
  const around = valueAt(object, field.slice(0, -1));
  const said = isMapping(around) ? around['namespace'] : undefined;
  return typeof said === 'string' && field.length > 2 ? said : namespaceOf(object);
}
