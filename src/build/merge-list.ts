import { findElement, isEmptyElement, setElement } from './merge-element.ts';
import {
  emptyListLike,
  fieldOf,
  fieldsOf,
  isNull,
  itemNodes,
  kindOf,
  type MergeNode,
  scalarNode,
  scalarText,
} from './merge-node.ts';
import type { MergeSchema, MergeSchemas } from './merge-schema.ts';
import { takeDirective } from './patch-directive.ts';
import { isProblem, type Problem } from './problem.ts';

/** Where a merge is. */
export interface MergeContext {
  readonly schemas: MergeSchemas;
  /** Merges two nodes of any kind. */
  readonly walk: (
    context: MergeContext,
    target: MergeNode | undefined,
    patch: MergeNode | undefined,
    schema: MergeSchema | undefined,
  ) => Merged;
  /** Fields that identify this node: where the patch repeats them, the target's own line stays their origin. */
  readonly held: readonly string[];
  readonly path: readonly string[];
  /** Whether to look for schemas in comments. */
  readonly readsComments: boolean;
  /** Whether the patch has nothing to say of all this, so that the walk only looks for repeated items. */
  readonly isUnpatched: boolean;
}

/** What a merge of two nodes gives: the node to keep, undefined to remove it. */
export type Merged = MergeNode | undefined | Problem;

/** Merges a list whose items have an identity: by merge keys, or by themselves for scalars. New items come first. */
export function mergeList(
  context: MergeContext,
  target: MergeNode | undefined,
  patch: MergeNode | undefined,
  schema: MergeSchema,
): Merged {
  const list = visitList(target, patch);
  if (list === undefined || isProblem(list)) return list;
  const other = patch === undefined || isNull(patch) ? undefined : patch;
  if (other !== undefined && list === target) list.mergedWith = other;
  const keys = schema.mergeKeys.length === 0 ? [''] : schema.mergeKeys;
  return mergeElements(context, { list, patch: other, keys, schema: schema.element() });
}

function visitList(target: MergeNode | undefined, patch: MergeNode | undefined): Merged {
  // A directive in a list that is new is not looked at.
  if (target === undefined || isNull(target)) return patch;
  if (patch === undefined) return target;
  if (isNull(patch)) return undefined;
  const directive = takeDirective(patch);
  if (isProblem(directive)) return directive;
  if (directive === 'delete') return undefined;
  return directive === 'replace' ? patch : target;
}

interface ListMerge {
  /** The list that is changed: the target's, or the patch's own where that replaces it. */
  readonly list: MergeNode;
  readonly patch: MergeNode | undefined;
  readonly keys: readonly string[];
  readonly schema: MergeSchema | undefined;
}

/** The values of an item's merge keys, in their order; empty where it lacks one. */
type Identity = readonly string[];

/** Follows kyaml/yaml/walk/associative_sequence.go (0.21) step by step, for its oddities with two keys are what users get. */
function mergeElements(context: MergeContext, merge: ListMerge): Merged {
  const { list, patch, keys } = merge;
  const identities = identitiesOf(merge);
  if (identities.length === 0) return list;
  const result = emptyListLike(list);
  let lastKeys: readonly string[] = keys;
  const used = keysIn(identities, keys);
  for (const identity of identities) {
    const by = usedKeys(used, identity, keys);
    lastKeys = by.keys;
    // The item is looked up by the keys it has itself.
    const own = usedKeys(keysIn([by.values], by.keys), by.values, by.keys);
    const before = findElement(list, own.keys, own.values);
    const change = patch && findElement(patch, own.keys, own.values);
    const item = context.walk({ ...context, held: own.keys }, before, change, merge.schema);
    if (isProblem(item)) return item;
    const problem = placeElement(merge, result, item, by);
    if (problem !== undefined) return problem;
  }
  return appendElements(result, list, lastKeys) ?? result;
}

function placeElement(
  merge: ListMerge,
  result: MergeNode,
  item: MergeNode | undefined,
  by: UsedKeys,
): Problem | undefined {
  if (item === undefined || isEmptyElement(item)) {
    return by.keys.length === 0 ? undefined : setElement(merge.list, undefined, by.keys, by.values);
  }
  for (const [index, key] of by.keys.entries()) {
    const value = by.values[index] ?? '';
    // Upstream writes a missing key as a string, even if it is a number elsewhere.
    if (kindOf(item) === 'mapping' && fieldOf(item, key) === undefined && value !== '') {
      fieldsOf(item).set(key, scalarNode(value, item.origin));
    }
  }
  return setElement(result, item, by.keys, by.values);
}

/** The identities of all items, those of the patch first, each once. */
function identitiesOf(merge: ListMerge): readonly Identity[] {
  const identities: Identity[] = [];
  const seen = new Set<string>();
  for (const source of [merge.patch, merge.list]) {
    for (const item of source === undefined ? [] : itemNodes(source)) {
      const identity = merge.keys.map((key) => (key === '' ? scalarText(item) : keyText(item, key)));
      const id = JSON.stringify(identity);
      if (seen.has(id)) continue;
      seen.add(id);
      identities.push(identity);
    }
  }
  return merge.keys.length > 1 ? unifyIdentities(identities) : identities;
}

function keyText(item: MergeNode, key: string): string {
  const field = fieldOf(item, key);
  return field === undefined || isNull(field) ? '' : scalarText(field);
}

/** Where two items differ only by a key that one of them lacks, both get the fuller identity. */
function unifyIdentities(identities: Identity[]): readonly Identity[] {
  for (let i = 0; i < identities.length; i++) {
    const one = identities[i] ?? [];
    for (let j = 0; j < identities.length; j++) {
      const unified = unify(one, identities[j] ?? []);
      if (unified === undefined) continue;
      identities[i] = unified;
      identities[j] = unified;
    }
  }
  return identities;
}

function unify(one: Identity, other: Identity): Identity | undefined {
  if (!one.some((value, index) => value === other[index])) return undefined;
  const differ = one.some((value, index) => value !== other[index] && value !== '' && other[index] !== '');
  return differ ? undefined : one.map((value, index) => value || (other[index] ?? ''));
}

interface UsedKeys {
  readonly keys: readonly string[];
  readonly values: Identity;
}

/** The keys that some item has. */
function keysIn(identities: readonly Identity[], keys: readonly string[]): ReadonlySet<string> {
  const used = new Set<string>();
  for (const values of identities) {
    for (const [index, value] of values.entries()) if (value !== '') used.add(keys[index] ?? '');
  }
  return used;
}

/** Leaves out the keys that no item has, and their values. */
function usedKeys(used: ReadonlySet<string>, identity: Identity, keys: readonly string[]): UsedKeys {
  if (used.size === 0) return { keys, values: identity };
  return {
    keys: keys.filter((key) => used.has(key)),
    values: identity.filter((value, index) => value !== '' || used.has(keys[index] ?? '')),
  };
}

/** Puts each item of `list` into the result, in the place of the item with its identity or at the end. */
function appendElements(result: MergeNode, list: MergeNode, keys: readonly string[]): Problem | undefined {
  for (const item of itemNodes(list)) {
    const values: string[] = [];
    if (keys[0] !== '' && kindOf(item) !== 'mapping' && !isNull(item)) {
      return {
        problem: 'the list is merged by key, but one of its items is not a mapping',
        help: `write each item as a mapping with ${keys.join(' and ') || 'its key'}`,
        at: item.origin(),
      };
    }
    for (const key of keys) {
      if (key === '') values.push(scalarText(item));
      else if (fieldOf(item, key) === undefined) result.items = [...itemNodes(result), item];
      else values.push(scalarText(fieldOf(item, key)));
    }
    // With several keys the item is taken out first, lest it stand there twice.
    const removed = keys.length > 1 ? setElement(result, undefined, keys, values) : undefined;
    const problem = removed ?? setElement(result, item, keys, values);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
