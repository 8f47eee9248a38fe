import {
  mergeOrigin,
  type Origin,
  originOfPart,
  removeKey,
  setItems,
  setKey,
  type Tracked,
} from '../object/provenance.ts';
import { isMapping, isSequence, type Mapping, type PathElement, type Value } from '../source/value.ts';
import { isUnwritten, sourceText } from './scalar-style.ts';

/**
 * A node of a merge in progress. Upstream's outcomes depend on nodes that are shared and changed in place, so this is
 * a changeable tree over values that never change; `settle` makes values of it again.
 */
export interface MergeNode {
  readonly value: Value;
  readonly origin: () => Origin;
  /** Where it stood before the merge. */
  readonly parent: MergeNode | undefined;
  readonly step: PathElement | undefined;
  /** The node whose children are at home here: itself, or the list that this list takes the place of. */
  readonly home: MergeNode | undefined;
  fields: Map<string, MergeNode> | undefined;
  items: MergeNode[] | undefined;
  /** The part of the patch that was merged into it. */
  mergedWith: MergeNode | undefined;
  /** The scalar whose quotes it took over. */
  styleOf: MergeNode | undefined;
  /** A null that a setter must not take for a deletion. */
  keepsNull: boolean;
}

export function rootNode(tracked: Tracked): MergeNode {
  return newNode(tracked.value, () => tracked.origin);
}

/** A list to be filled in the place of `list`. */
export function emptyListLike(list: MergeNode): MergeNode {
  const place = { parent: list.parent, step: list.step, home: list.home ?? list };
  const node = newNode(list.value, list.origin, place);
  node.items = [];
  node.mergedWith = list.mergedWith;
  return node;
}

/** A new scalar that comes from where `origin` comes from. */
export function scalarNode(value: Value, origin: () => Origin): MergeNode {
  return newNode(value, origin);
}

function newNode(
  value: Value,
  origin: () => Origin,
  place: Partial<Pick<MergeNode, 'parent' | 'step' | 'home'>> = {},
): MergeNode {
  return {
    value,
    origin,
    parent: place.parent,
    step: place.step,
    home: place.home,
    fields: undefined,
    items: undefined,
    mergedWith: undefined,
    styleOf: undefined,
    keepsNull: false,
  };
}

function childNode(parent: MergeNode, step: PathElement, value: Value): MergeNode {
  let origin: Origin | undefined;
  const lazyOrigin = () => {
    origin ??= originOfPart(parent.origin(), step);
    return origin;
  };
  return newNode(value, lazyOrigin, { parent, step });
}

export type NodeKind = 'null' | 'scalar' | 'sequence' | 'mapping';

export function kindOf(node: MergeNode): NodeKind {
  const { value } = node;
  if (isNull(node)) return 'null';
  if (isSequence(value)) return 'sequence';
  return isMapping(value) ? 'mapping' : 'scalar';
}

/** What is read as an empty text behind `{a: }` is null before it is written. */
export function isNull(node: MergeNode): boolean {
  return node.value === null || (node.value === '' && isUnwritten(node.origin()));
}

/** Whether a null is written with no text at all. */
export function isBlankNull(node: MergeNode): boolean {
  return /^(?:""|'')?$/.test(sourceText(node.origin()) ?? 'null');
}

/** The fields of a mapping, which may be changed; none for other nodes. */
export function fieldsOf(node: MergeNode): Map<string, MergeNode> {
  if (node.fields !== undefined) return node.fields;
  const fields = new Map<string, MergeNode>();
  const { value } = node;
  if (isMapping(value)) {
    for (const key of Object.keys(value)) fields.set(key, childNode(node, key, value[key] as Value));
  }
  node.fields = fields;
  return fields;
}

export function fieldOf(node: MergeNode, name: string): MergeNode | undefined {
  return kindOf(node) === 'mapping' ? fieldsOf(node).get(name) : undefined;
}

/** Sets a field; a missing or null value removes it. */
export function setField(node: MergeNode, name: string, value: MergeNode | undefined): void {
  if (value === undefined || (isNull(value) && !value.keepsNull)) fieldsOf(node).delete(name);
  else fieldsOf(node).set(name, value);
}

export function itemNodes(node: MergeNode): readonly MergeNode[] {
  if (node.items !== undefined) return node.items;
  const { value } = node;
  const items = isSequence(value) ? value.map((item, index) => childNode(node, index, item)) : [];
  node.items = items;
  return items;
}

/** The text of a scalar as merge keys are compared; empty for a missing node, a mapping or a list. */
export function scalarText(node: MergeNode | undefined): string {
  if (node === undefined) return '';
  const { value } = node;
  if (value === null) return isBlankNull(node) ? '' : 'null';
  return typeof value === 'object' ? '' : String(value);
}

/** The value of a node after the merge: the very value it had where nothing below it changed. */
export function settle(node: MergeNode): Tracked {
  const before = { value: node.value, origin: originAfter(node) };
  if (!isTouched(node)) return { value: node.value, origin: node.origin() };
  if (node.items !== undefined && isSequence(node.value)) return settleList(node, before);
  return settleMapping(node, before as Tracked<Mapping>);
}

function originAfter(node: MergeNode): Origin {
  return node.mergedWith === undefined ? node.origin() : mergeOrigin(node.origin(), node.mergedWith.origin());
}

function settleMapping(node: MergeNode, before: Tracked<Mapping>): Tracked {
  const fields = fieldsOf(node);
  let after = before;
  let changed = false;
  for (const [key, child] of fields) {
    if (isAtHome(node, key, child) && !isTouched(child)) continue;
    const part = settle(child);
    changed ||= part.value !== before.value[key];
    after = setKey(after, key, part);
  }
  for (const key of Object.keys(before.value)) {
    if (fields.has(key)) continue;
    changed = true;
    after = removeKey(after, key);
  }
  return changed ? after : { value: before.value, origin: after.origin };
}

function settleList(node: MergeNode, before: Tracked): Tracked {
  const after = setItems(before, itemNodes(node).map(settle));
  const old = isSequence(before.value) ? before.value : [];
  const same = old.length === after.value.length && old.every((item, index) => item === after.value[index]);
  return same ? { value: before.value, origin: after.origin } : after;
}

/** Whether anything below a node is not what it was, be it only where it comes from. */
export function isTouched(node: MergeNode): boolean {
  const { value } = node;
  if (node.items !== undefined && isSequence(value)) {
    if (node.items.length !== value.length) return true;
    return node.items.some((item, index) => !isAtHome(node, index, item) || isTouched(item));
  }
  if (node.fields === undefined || !isMapping(value)) return false;
  if (node.fields.size !== Object.keys(value).length) return true;
  for (const [key, child] of node.fields) if (!isAtHome(node, key, child) || isTouched(child)) return true;
  return false;
}

function isAtHome(node: MergeNode, step: PathElement, child: MergeNode): boolean {
  return child.step === step && child.parent === (node.home ?? node);
}
