import type { CustomSchema } from '../../schema/custom-schema.ts';
import { escapeName } from '../policy/escape-name.ts';

/** How large the values of a schema may be: k8s.io/apiserver 0.36 pkg/cel/common/schemas.go SchemaDeclType. */
export interface DeclaredSize {
  /** Items, entries, characters or bytes at most; 0 where a value is of one size. */
  readonly maxElements: number;
  /** Bytes at least, as JSON. */
  readonly minSerialized: number;
  readonly element?: DeclaredSize;
  readonly key?: DeclaredSize;
  readonly fields?: ReadonlyMap<string, DeclaredSize>;
}

export const maxRequestBytes = 3 * 1024 * 1024;

/** Undefined where expressions cannot see the value. */
export function declaredSize(schema: CustomSchema, isResource: boolean): DeclaredSize | undefined {
  if (schema.types.length > 1) return simple(1, stringLimit(schema));
  switch (isResource ? 'object' : schema.types[0]) {
    case 'array':
      return arraySize(schema);
    case 'object':
      return objectSize(schema, isResource);
    case 'string':
      return stringSize(schema);
    case 'boolean':
      return simple(4);
    case 'number':
    case 'integer':
      return simple(1);
  }
  return undefined;
}

function simple(minSerialized: number, maxElements = 0): DeclaredSize {
  return { minSerialized, maxElements };
}

function arraySize({ items, bounds }: CustomSchema): DeclaredSize | undefined {
  const element = items === undefined ? undefined : declaredSize(items, items.isEmbedded);
  if (element === undefined) return undefined;
  const fitting = Math.trunc((maxRequestBytes - 2) / (element.minSerialized + 1));
  return { ...simple(2, Math.max(0, bounds?.maxItems ?? fitting)), element };
}

function objectSize(schema: CustomSchema, isResource: boolean): DeclaredSize | undefined {
  const { additional, bounds } = schema;
  if (additional === undefined || additional === true) return fieldsSize(schema, isResource);
  const element = declaredSize(additional, additional.isEmbedded);
  if (element === undefined) return undefined;
  const fitting = Math.trunc((maxRequestBytes - 2) / (element.minSerialized + 6));
  return { ...simple(2, Math.max(0, bounds?.maxProperties ?? fitting)), element, key: simple(2) };
}

function fieldsSize(schema: CustomSchema, isResource: boolean): DeclaredSize {
  const own = isResource && !describesResource(schema) ? resourceFields : new Map<string, DeclaredSize>();
  const fields = new Map<string, DeclaredSize>();
  const required = new Set(schema.required);
  // An object is `{}` at least, and has what it must have and nobody fills in.
  let minSerialized = 2;
  for (const name of new Set([...schema.properties.keys(), ...own.keys()])) {
    const property = own.has(name) ? undefined : schema.properties.get(name);
    const size = property === undefined ? own.get(name) : declaredSize(property, property.isEmbedded);
    if (size === undefined) continue;
    // A rule that reads a reserved word as it is written reads what nothing is known of.
    fields.set(escapeName(name), size);
    if (required.has(name) && property?.fallback === undefined)
      minSerialized += bytesOf(name) + size.minSerialized + 4;
  }
  return { ...simple(minSerialized), fields };
}

const text = simple(2, maxRequestBytes - 2);
const metadata = new Map([
  ['name', text],
  ['generateName', text],
]);

/** What rules see of every resource, whatever its schema says, unless that says all of it. */
const resourceFields: ReadonlyMap<string, DeclaredSize> = new Map([
  ['apiVersion', text],
  ['kind', text],
  ['metadata', { ...simple(2), fields: metadata }],
]);

function describesResource({ properties }: CustomSchema): boolean {
  const own = properties.get('metadata');
  const texts = [
    ...['apiVersion', 'kind'].map((name) => properties.get(name)),
    ...[...metadata.keys()].map((name) => own?.properties.get(name)),
  ];
  return isOfType(own, 'object') && texts.every((one) => isOfType(one, 'string'));
}

function isOfType(schema: CustomSchema | undefined, type: string): boolean {
  return schema?.types.join() === type;
}

function stringSize(schema: CustomSchema): DeclaredSize {
  switch (schema.format) {
    case 'byte':
      return simple(2, Math.max(0, schema.bounds?.maxLength ?? maxRequestBytes - 2));
    case 'duration':
      return simple(3, 32);
    case 'date':
      return simple(12, 12);
    case 'date-time':
      return simple(21, 32);
    default:
      return simple(2, stringLimit(schema));
  }
}

/** A character takes four bytes at most. */
function stringLimit({ bounds, values, types }: CustomSchema): number {
  if (bounds?.maxLength !== undefined) return Math.max(0, bounds.maxLength) * 4;
  const texts = types.length > 1 ? [] : (values ?? []);
  if (texts.length === 0) return maxRequestBytes - 2;
  return Math.max(0, ...texts.map((value) => (typeof value === 'string' ? bytesOf(value) : 0)));
}

function bytesOf(value: string): number {
  return new TextEncoder().encode(value).length;
}

/** The size at a path from the root of the rule; `@items`, `@values` and `@keys` go into lists and maps. */
export function sizeAt(root: DeclaredSize, path: readonly string[]): DeclaredSize | undefined {
  let current: DeclaredSize | undefined = root;
  for (const step of path) {
    if (step === '@items' || step === '@values') current = current.element;
    else if (step === '@keys') current = current.key;
    else current = current.fields?.get(step);
    if (current === undefined) return undefined;
  }
  return current;
}
