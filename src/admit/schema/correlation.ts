import type { CustomSchema } from '../../schema/custom-schema.ts';
import {
  equalValues,
  isMapping,
  isSequence,
  type Mapping,
  type Path,
  type PathElement,
  type Sequence,
  type Value,
} from '../../source/value.ts';

/** A value of a custom resource with the one that stood there before, `CorrelatedObject` of k8s.io/apiserver. */
export interface Correlated {
  readonly value: Value;
  readonly old: Value;
  readonly schema: CustomSchema;
}

/** The item of `old` with the keys of `item`, where the schema tells items apart by keys. */
export function correlatedItem(
  { listType, listKeys }: CustomSchema,
  item: Value | undefined,
  old: Value | undefined,
): Value | undefined {
  if (listType !== 'map' || listKeys.length === 0 || !isMapping(item) || !isSequence(old)) return undefined;
  const keys = listKeys.map((key) => item[key]);
  if (!keys.every(isScalar)) return undefined;
  return old.find(
    (other) => isMapping(other) && listKeys.every((key, index) => equalValues(other[key], keys[index])),
  );
}

function isScalar(value: Value | undefined): boolean {
  return value !== undefined && value !== null && typeof value !== 'object';
}

function childOf(node: Correlated, step: PathElement): Correlated | undefined {
  const { value, old, schema } = node;
  if (typeof step === 'number') {
    const item = isSequence(value) ? value[step] : undefined;
    const before = correlatedItem(schema, item, old);
    if (item === undefined || before === undefined || schema.items === undefined) return undefined;
    return { value: item, old: before, schema: schema.items };
  }
  if (!isMapping(value) || !isMapping(old)) return undefined;
  if (!Object.hasOwn(value, step) || !Object.hasOwn(old, step)) return undefined;
  const part = schema.properties.get(step) ?? schema.additional;
  if (part === undefined || part === true) return undefined;
  return { value: value[step] as Value, old: old[step] as Value, schema: part };
}

function isUnchanged(node: Correlated): boolean {
  const { value, old } = node;
  if (isSequence(value) && isSequence(old)) return isUnchangedList(node, value, old);
  if (isMapping(value) && isMapping(old)) return isUnchangedMapping(node, value, old);
  return equalValues(value, old);
}

function isUnchangedList(node: Correlated, value: Sequence, old: Sequence): boolean {
  if (value.length !== old.length) return false;
  if (node.schema.listType !== 'map') return equalValues(value, old);
  return value.every((_, index) => isUnchangedAt(node, index));
}

function isUnchangedMapping(node: Correlated, value: Mapping, old: Mapping): boolean {
  const keys = Object.keys(value);
  return keys.length === Object.keys(old).length && keys.every((key) => isUnchangedAt(node, key));
}

function isUnchangedAt(node: Correlated, step: PathElement): boolean {
  const child = childOf(node, step);
  return child !== undefined && isUnchanged(child);
}

/** Whether an error stands in a part of the object that the update leaves as it was: those the server lets pass from 1.30 on. */
export function isRatcheted(root: Correlated, path: Path): boolean {
  if (path.length === 1 && (path[0] === 'apiVersion' || path[0] === 'kind')) return false;
  let node: Correlated | undefined = root;
  for (const step of path) {
    if (node === undefined) return false;
    if (isUnchanged(node)) return true;
    node = childOf(node, step);
  }
  return node !== undefined && isUnchanged(node);
}
