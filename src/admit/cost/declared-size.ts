import type { CustomSchema } from '../../schema/custom-schema.ts';
import { namesInRules } from '../policy/escape-name.ts';

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
    default:
      return undefined;
  }
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
  if (additional === undefined || additional === true) return { ...fieldsSize(schema, isResource) };
  const element = declaredSize(additional, additional.isEmbedded);
  if (element === undefined) return undefined;
  const fitting = Math.trunc((maxRequestBytes - 2) / (element.minSerialized + 6));
  return { ...simple(2, Math.max(0, bounds?.maxProperties ?? fitting)), element, key: simple(2) };
}

function fieldsSize(schema: CustomSchema, isResource: boolean): DeclaredSize {
  const fields = new Map<string, DeclaredSize>();
  // An object is `{}` at least, and has what it must have and nobody fills in.
  let minSerialized = 2;
  for (const [name, property] of schema.properties) {
    const size = declaredSize(property, property.isEmbedded);
    if (size === undefined) continue;
    for (const alias of namesInRules(name)) fields.set(alias, size);
    if (schema.required.includes(name) && property.fallback === undefined)
      minSerialized += name.length + size.minSerialized + 4;
  }
  if (isResource) addResourceFields(fields);
  return { ...simple(minSerialized), fields };
}

const text = simple(2, maxRequestBytes - 2);

function addResourceFields(fields: Map<string, DeclaredSize>): void {
  fields.set('apiVersion', text).set('kind', text);
  const metadata = new Map([
    ['name', text],
    ['generateName', text],
  ]);
  fields.set('metadata', { ...simple(2), fields: metadata });
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
