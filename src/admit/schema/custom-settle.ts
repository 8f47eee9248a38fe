import type { CustomSchema } from '../../schema/custom-schema.ts';
import {
  copyMapping,
  isMapping,
  isSequence,
  type Mapping,
  type MutableMapping,
  type Sequence,
  type Value,
} from '../../source/value.ts';

type Nulls = 'dropped' | 'kept';

/**
 * The value as the server goes on with it: nulls that the schema does not allow are dropped or give way to the default,
 * and defaults stand where nothing does. A value that stays as it is is returned as it is. Nulls that come about after the
 * object was read are kept where there is no default.
 */
export function settle(value: Value, schema: CustomSchema | undefined, nulls: Nulls = 'dropped'): Value {
  if (schema === undefined) return value;
  if (isSequence(value)) return settleList(value, schema, nulls);
  if (isMapping(value)) return settleMapping(value, schema, nulls);
  return value;
}

function settleList(list: Sequence, schema: CustomSchema, nulls: Nulls): Sequence {
  const { items } = schema;
  if (items === undefined) return list;
  let copy: Value[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const before = list[index] as Value;
    const filled = before === null && !items.nullable ? (items.fallback ?? null) : before;
    const after = settle(filled, items, nulls);
    if (after === before) continue;
    copy ??= [...list];
    copy[index] = after;
  }
  return copy ?? list;
}

function settleMapping(mapping: Mapping, schema: CustomSchema, nulls: Nulls): Mapping {
  let copy: MutableMapping | undefined;
  const change = (): MutableMapping => {
    copy ??= copyMapping(mapping);
    return copy;
  };
  for (const key in mapping) {
    const property =
      schema.properties.get(key) ?? (schema.additional === true ? undefined : schema.additional);
    const before = mapping[key] as Value;
    if (before === null && property !== undefined && !property.nullable) {
      if (property.fallback === undefined) {
        if (nulls === 'dropped') delete change()[key];
      } else change()[key] = settle(property.fallback, property);
      continue;
    }
    const after = settle(before, property, nulls);
    if (after !== before) change()[key] = after;
  }
  for (const [key, property] of schema.properties) {
    if (property.fallback === undefined || Object.hasOwn(mapping, key)) continue;
    change()[key] = settle(property.fallback, property);
  }
  return copy ?? mapping;
}
