import { grouped } from '../diagnostic/grouped.ts';
import { originalText } from '../object/layer.ts';
import { locateField } from '../object/provenance.ts';
import { groupVersionKind, nameOf, type Resource, trackedObject } from '../object/resource.ts';
import { namespaceInCluster, stableKey } from '../reconcile/cluster.ts';
import { formatValue } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import type { ClusterPair } from './cluster-pair.ts';
import type { Held } from './effect.ts';

/** An object under another name: a hint beside a deletion and a creation, never one thing. */
export interface Twins {
  /** The object of the head that has the content's hash in its name and was this one. */
  readonly regenerated: (base: Held) => Held | undefined;
  /** Whether the base had what this object of the head is made anew of. */
  readonly isRegenerated: (head: Held) => boolean;
  /** The object of the head that is written where this one was, under another name or in another namespace. */
  readonly written: (base: Held) => Held | undefined;
}

/** Pairs what only one of two revisions has. */
export function twinsIn({ objects }: ClusterPair): Twins {
  const created = objects.flatMap(({ base, head }) => (base === undefined && head ? [head] : []));
  const left = objects.flatMap(({ base, head }) => (head === undefined && base ? [base] : []));
  const hashed = byKey(created, ({ resource }) => hashedKey(resource));
  const leftHashed = byKey(left, ({ resource }) => hashedKey(resource));
  const places = byKey(created, ({ resource }) => placeKey(resource));
  const names = byKey(created, ({ resource }) => nameKey(resource));
  const contents = onlyPairs(left, created);
  return {
    regenerated: ({ resource }) => hashed.get(hashedKey(resource) ?? ''),
    isRegenerated: ({ resource }) => leftHashed.has(hashedKey(resource) ?? ''),
    written: (held) =>
      places.get(placeKey(held.resource) ?? '') ??
      names.get(nameKey(held.resource) ?? '') ??
      contents.get(held),
  };
}

/** What leaves and what is new with the same content but for its name, where each is the only one. */
function onlyPairs(left: readonly Held[], created: readonly Held[]): ReadonlyMap<Held, Held> {
  const before = grouped(left, ({ resource }) => contentKey(resource));
  const after = grouped(created, ({ resource }) => contentKey(resource));
  const pairs = [...before].flatMap(([key, [one, ...others]]) => {
    const [now, ...more] = after.get(key) ?? [];
    const isOnly = others.length + more.length === 0 && one?.resource.unhashedName === undefined;
    return isOnly && one !== undefined && now !== undefined ? [[one, now] as const] : [];
  });
  return new Map(pairs);
}

function contentKey({ object }: Resource): string {
  return formatValue(object).replaceAll(JSON.stringify(nameOf(object)), '""');
}

function byKey(all: readonly Held[], keyOf: (held: Held) => string | undefined): Map<string, Held> {
  const found = new Map<string, Held>();
  for (const one of all) {
    const key = keyOf(one);
    if (key !== undefined && !found.has(key)) found.set(key, one);
  }
  return found;
}

function hashedKey(resource: Resource): string | undefined {
  return resource.unhashedName === undefined ? undefined : stableKey(resource);
}

/** The document that an object was first written in, with the name that it has there. */
function placeKey(resource: Resource): string | undefined {
  const written = originalText(resource, ['metadata', 'name']);
  const [first] = locateField(trackedObject(resource), ['metadata', 'name']).steps;
  if (written === undefined || first === undefined || resource.unhashedName !== undefined) return undefined;
  const { group, kind } = groupVersionKind(resource.object);
  return JSON.stringify([group, kind, first.span.file.path, written]);
}

/** The same name elsewhere: in another namespace, or of another group. */
function nameKey({ object, unhashedName }: Resource): string | undefined {
  if (unhashedName !== undefined) return undefined;
  return JSON.stringify([valueText(object['kind']), nameOf(object)]);
}

/** `shop/orders`, or a bare name. */
export function fullName(resource: Resource): string {
  const namespace = namespaceInCluster(resource);
  const name = nameOf(resource.object);
  return namespace === '' ? name : `${namespace}/${name}`;
}

/** `Deployment shop/web`. */
export function objectWords(resource: Resource): string {
  return `${valueText(resource.object['kind'])} ${fullName(resource)}`;
}
