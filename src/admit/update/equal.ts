import { parseQuantity } from '../../object/quantity.ts';
import { type Facts, type ObjectType, propertiesOf, type Type, typeNamed } from '../../schema/facts.ts';
import {
  equalValues,
  isMapping,
  isSequence,
  type Mapping,
  newMapping,
  type Path,
  type PathElement,
  type Value,
  valueAt,
} from '../../source/value.ts';
import { pointerFieldsText } from './pointer-fields-data.ts';

/** The type of a field, and whether Go tells its empty value from none. */
export interface Field {
  readonly type: Type;
  readonly isPointer: boolean;
}

/**
 * Whether two values are the same once decoded, `equality.Semantic.DeepEqual` of k8s.io/apimachinery: quantities and times by
 * what they say, an empty list or map as none, an empty value as none but behind a pointer.
 */
export function isSame(facts: Facts, field: Field, a: Value | undefined, b: Value | undefined): boolean {
  if (field.isPointer && isNone(a) !== isNone(b)) return false;
  if (isNone(a) && isNone(b)) return true;
  return isSameOfType(facts, field.type, a ?? null, b ?? null);
}

/** The deepest fields in which two values differ once decoded. */
export function differencesOf(
  facts: Facts,
  { field, path, limit }: { readonly field: Field; readonly path: Path; readonly limit: number },
  a: Value | undefined,
  b: Value | undefined,
): readonly Path[] {
  if (limit <= 0 || isSame(facts, field, a, b)) return [];
  const found: Path[] = [];
  for (const step of stepsInto(a, b)) {
    const child = { field: childOf(facts, field.type, String(step)), path: [...path, step] };
    const [before, after] = [a, b].map((value) => valueAt(value, [step]));
    found.push(...differencesOf(facts, { ...child, limit: limit - found.length }, before, after));
  }
  return found.length > 0 ? found : [path];
}

/** The ways into two mappings, or into two lists of one length. */
function stepsInto(a: Value | undefined, b: Value | undefined): readonly PathElement[] {
  if (isMapping(a) && isMapping(b)) return [...new Set([...Object.keys(a), ...Object.keys(b)])];
  if (isSequence(a) && isSequence(b) && a.length === b.length) return [...a.keys()];
  return [];
}

/** The field that a path leads to, indices standing for items. */
export function fieldAt(facts: Facts, root: ObjectType, path: Path): Field {
  let field: Field = { type: root, isPointer: false };
  for (const step of path) field = childOf(facts, field.type, String(step));
  return field;
}

function childOf(facts: Facts, type: Type, name: string): Field {
  if (type.is === 'list') return { type: type.items, isPointer: false };
  if (type.is === 'map') return { type: type.values, isPointer: false };
  if (type.is !== 'object') return { type: { is: 'any' }, isPointer: true };
  const property = propertiesOf(facts, type).get(name);
  if (property === undefined) return { type: { is: 'any' }, isPointer: true };
  return { type: property.type, isPointer: pointersOf(facts, type).has(name) };
}

function isNone(value: Value | undefined): boolean {
  return value === undefined || value === null;
}

function isSameOfType(facts: Facts, type: Type, a: Value, b: Value): boolean {
  switch (type.is) {
    case 'object':
      return isSameStruct(facts, type, mappingOf(a), mappingOf(b));
    case 'list':
      return isSameList(facts, type.items, listOf(a), listOf(b));
    case 'map':
      return isSameMap(facts, type.values, mappingOf(a), mappingOf(b));
    default:
      return equalValues(canonical(type, a), canonical(type, b));
  }
}

function isSameStruct(facts: Facts, type: ObjectType, a: Mapping, b: Mapping): boolean {
  if (a === b) return true;
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
    if (!isSame(facts, childOf(facts, type, name), a[name], b[name])) return false;
  return true;
}

function isSameList(facts: Facts, items: Type, a: readonly Value[], b: readonly Value[]): boolean {
  return (
    a.length === b.length && a.every((item, index) => isSameOfType(facts, items, item, b[index] ?? null))
  );
}

function isSameMap(facts: Facts, values: Type, a: Mapping, b: Mapping): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(
    (key) => Object.hasOwn(b, key) && isSameOfType(facts, values, a[key] ?? null, b[key] ?? null),
  );
}

function mappingOf(value: Value): Mapping {
  return isMapping(value) ? value : newMapping();
}

function listOf(value: Value): readonly Value[] {
  return isSequence(value) ? value : [];
}

/** One spelling for all that decode to the same value. */
function canonical(type: Type, value: Value): Value {
  switch (type.is) {
    case 'quantity':
      return String(parseQuantity(value === null ? 0 : value)?.nanos ?? value);
    case 'time':
    case 'microtime':
      return typeof value === 'string' ? Date.parse(value) : value;
    case 'bytes':
      return typeof value === 'string' ? value.replace(/[\r\n]/g, '') : value;
    case 'str':
      return value ?? '';
    case 'bool':
      return value ?? false;
    case 'i32':
    case 'i64':
    case 'num':
    case 'intOrString':
      return value ?? 0;
    default:
      return value;
  }
}

const pointers = new WeakMap<Facts, Map<number, ReadonlySet<string>>>();
const none: ReadonlySet<string> = new Set();

function pointersOf(facts: Facts, type: ObjectType): ReadonlySet<string> {
  let known = pointers.get(facts);
  if (known === undefined) {
    known = readPointers(facts);
    pointers.set(facts, known);
  }
  return known.get(type.id) ?? none;
}

function readPointers(facts: Facts): Map<number, ReadonlySet<string>> {
  const found = new Map<number, ReadonlySet<string>>();
  for (const line of pointerFieldsText.trim().split('\n')) {
    const [name = '', ...fields] = line.split(' ');
    const type = typeNamed(facts, name);
    if (type !== undefined) found.set(type.id, new Set(fields));
  }
  return found;
}
