import { groupVersionKind, namespaceOf } from '../../object/resource.ts';
import { type CustomKind, type CustomKinds, findCustomKind } from '../../schema/custom-kind.ts';
import { type CustomSchema, readSchema } from '../../schema/custom-schema.ts';
import { type Facts, findKind, type KindFacts, propertiesOf, typeNamed } from '../../schema/facts.ts';
import {
  copyMapping,
  isMapping,
  isSequence,
  type Mapping,
  type MutableMapping,
  newMapping,
  type Value,
} from '../../source/value.ts';
import { settle } from '../schema/custom-settle.ts';
import { withoutDropped } from '../schema/dropped-fields.ts';
import { decodeBuiltIn, zeroObject } from './decode.ts';
import { child } from './draft.ts';
import { moveWritten, writeBuiltIn, writeMetadata } from './server-written.ts';

/** What is known of the cluster's kinds. */
export interface Kinds {
  readonly facts: Facts;
  readonly customKinds: CustomKinds;
}

/** What the server makes of an object, or what is committed of it: the same, but for what stands elsewhere than it will. */
export type View = 'admission' | 'committed';

/**
 * An object as the server has it when policies judge its creation: decoded, with all defaults and with what the server writes
 * itself. A kind without a schema is taken as it stands, without nulls.
 */
export function servedObject(
  object: Mapping,
  { facts, customKinds }: Kinds,
  view: View = 'admission',
): Mapping {
  const { group, version, kind } = groupVersionKind(object);
  const builtIn = findKind(facts, group, version, kind);
  if (builtIn !== undefined) return builtInObject(object, facts, builtIn, view);
  const custom = findCustomKind(customKinds, group, version, kind);
  return customObject(object, facts, custom);
}

function builtInObject(
  object: Mapping,
  facts: Facts,
  { group, kind, type, namespaced }: KindFacts,
  view: View,
): Mapping {
  const minor = Number(facts.version.split('.')[1]);
  const decoded = decodeBuiltIn(object, facts, type);
  // What is committed is meant, although the version may drop it.
  const served = view === 'committed' ? decoded : copyMapping(withoutDropped(decoded, group, minor).object);
  const status = propertiesOf(facts, type).get('status')?.type;
  // Status is written through a subresource of its own; only nodes come with one.
  if (status?.is === 'object' && kind !== 'Node') served['status'] = zeroObject(facts, status);
  writeMetadata(served, namespaced);
  writeBuiltIn(served, kind);
  if (view === 'admission') moveWritten(served, kind);
  else for (const key of Object.keys(object)) served[key] ??= object[key] as Value;
  return served;
}

function customObject(object: Mapping, facts: Facts, kind: CustomKind | undefined): Mapping {
  const schema = kind?.schema;
  const settled = schema === undefined ? withoutNulls(object) : settle(prune(object, schema, true), schema);
  const served = Object.assign(newMapping(), settled) as MutableMapping;
  if (kind?.hasStatus === true) delete served['status'];
  const type = typeNamed(facts, 'apimachinery.pkg.apis.meta.v1.ObjectMeta');
  const { metadata } = object;
  if (type !== undefined && isMapping(metadata)) served['metadata'] = decodeBuiltIn(metadata, facts, type);
  writeMetadata(served, kind?.namespaced ?? namespaceOf(object) !== '');
  child(served, 'metadata')['generation'] = 1;
  return served;
}

function withoutNulls(value: Value): Value {
  if (isSequence(value)) return value.map(withoutNulls);
  if (!isMapping(value)) return value;
  const kept = newMapping();
  for (const key of Object.keys(value))
    if (value[key] !== null) kept[key] = withoutNulls(value[key] as Value);
  return kept;
}

const embeddedFields = new Set(['apiVersion', 'kind', 'metadata']);

const anything = readSchema(newMapping(), () => undefined);

/** What the schema does not know is dropped, as `apiextensions-apiserver/pkg/apiserver/schema/pruning` does. */
function prune(value: Value, schema: CustomSchema, isResource: boolean): Value {
  const { items, properties, additional, preservesUnknown } = schema;
  if (isSequence(value)) {
    if (items === undefined && preservesUnknown) return value;
    const each = items ?? anything;
    return value.map((item) => prune(item, each, each.isEmbedded));
  }
  if (!isMapping(value)) return value;
  const kept = newMapping();
  for (const key of Object.keys(value)) {
    const entry = value[key] as Value;
    // Of a value that may be anything nothing is known below it, either.
    const part = properties.get(key) ?? (additional === true ? anything : additional);
    if (isResource && embeddedFields.has(key)) kept[key] = key === 'metadata' ? withoutNulls(entry) : entry;
    else if (part !== undefined) kept[key] = prune(entry, part, part.isEmbedded);
    else if (preservesUnknown) kept[key] = entry;
  }
  return kept;
}
