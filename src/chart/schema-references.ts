import { ownOf } from '../source/own.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import type { Draft } from './schema-draft.ts';

/** What a reference leads to: a part of the schema, nothing, or something outside of it that is not known here. */
export type Referred = { readonly schema: Value } | 'missing' | 'elsewhere';

export type ResolveReference = (reference: string) => Referred;

/** Resolves references within a schema, by pointers and anchors; schemas with an address of their own inside of it are not followed. */
export function referencesIn(root: Mapping, draft: Draft): ResolveReference {
  const idKey = draft === 4 ? 'id' : '$id';
  const anchors = new Map<string, Value>();
  const hasInner = noteAnchors(root, { draft, idKey, anchors, isRoot: true });
  const own = typeof root[idKey] === 'string' ? cut(root[idKey])[0] : '';
  return (reference) => {
    const [address, fragment] = cut(reference);
    if (hasInner || (address !== '' && address !== own)) return 'elsewhere';
    const text = decoded(fragment);
    if (text === undefined) return 'missing';
    const found = text === '' || text.startsWith('/') ? atPointer(root, text) : anchors.get(text);
    return found === undefined ? 'missing' : { schema: found };
  };
}

function cut(reference: string): readonly [address: string, fragment: string] {
  const at = reference.indexOf('#');
  return at < 0 ? [reference, ''] : [reference.slice(0, at), reference.slice(at + 1)];
}

function decoded(fragment: string): string | undefined {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return undefined;
  }
}

/** RFC 6901. */
function atPointer(root: Value, pointer: string): Value | undefined {
  let found: Value | undefined = root;
  for (const part of pointer.split('/').slice(1)) {
    const step = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isSequence(found)) found = /^(?:0|[1-9]\d*)$/u.test(step) ? found[Number(step)] : undefined;
    else if (isMapping(found)) found = ownOf(found, step);
    else return undefined;
  }
  return found;
}

interface Noting {
  readonly draft: Draft;
  readonly idKey: string;
  readonly anchors: Map<string, Value>;
  readonly isRoot: boolean;
}

// Notes anchors, and says whether a schema inside has an address of its own, from which its references go on.
function noteAnchors(value: Value, noting: Noting): boolean {
  const inner = { ...noting, isRoot: false };
  if (isSequence(value)) return value.some((item) => noteAnchors(item, inner));
  if (!isMapping(value)) return false;
  const { draft, idKey, anchors } = noting;
  const id = value[idKey];
  const [address, fragment] = typeof id === 'string' ? cut(id) : ['', ''];
  if (address !== '' && !noting.isRoot) return true;
  const named = draft < 2019 ? [fragment] : [value['$anchor'], value['$dynamicAnchor']];
  for (const name of named) if (typeof name === 'string' && name !== '') anchors.set(name, value);
  return Object.keys(value).some((key) => noteAnchors(value[key] ?? null, inner));
}
