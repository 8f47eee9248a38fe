import { isMapping, isSequence, type Mapping, type Path, type PathElement, type Value } from './value.ts';

/**
 * The places at which two values differ that have the same fields in the same order, the same list lengths and scalars of the same kinds.
 * Undefined where they have not, or differ at more than `most` places.
 */
export function differences(one: Value, other: Value, most: number): readonly Path[] | undefined {
  const found: Path[] = [];
  return collect(one, other, { found, most, path: [] }) ? found : undefined;
}

interface Collecting {
  readonly found: Path[];
  readonly most: number;
  /** Where the values stand that are compared. */
  readonly path: PathElement[];
}

function collect(one: Value | undefined, other: Value | undefined, into: Collecting): boolean {
  if (Object.is(one, other)) return true;
  if (isSequence(one)) return isSequence(other) && collectItems(one, other, into);
  if (isMapping(one)) return isMapping(other) && collectFields(one, other, into);
  if (!isSameKind(one, other) || into.found.length === into.most) return false;
  into.found.push([...into.path]);
  return true;
}

function collectItems(one: readonly Value[], other: readonly Value[], into: Collecting): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++)
    if (!collectAt(index, one[index], other[index], into)) return false;
  return true;
}

function collectFields(one: Mapping, other: Mapping, into: Collecting): boolean {
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  const keys = Object.keys(one);
  const others = Object.keys(other);
  if (keys.length !== others.length) return false;
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] as string;
    if (key !== others[index] || !collectAt(key, one[key], other[key], into)) return false;
  }
  return true;
}

function collectAt(
  step: PathElement,
  one: Value | undefined,
  other: Value | undefined,
  into: Collecting,
): boolean {
  if (Object.is(one, other)) return true;
  into.path.push(step);
  const isAlike = collect(one, other, into);
  into.path.pop();
  return isAlike;
}

/** Of numbers those that everyone takes for integers are of one kind; what else they may be is told by none. */
function isSameKind(one: Value | undefined, other: Value | undefined): boolean {
  if (typeof one === 'number') return isPlainInteger(one) && isPlainInteger(other);
  return (typeof one === 'string' || typeof one === 'boolean') && typeof one === typeof other;
}

function isPlainInteger(value: Value | undefined): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

/** A number that values have in common whose `differences` can be told. */
export function shapeNumber(value: Value | undefined): number {
  if (isSequence(value)) {
    let number = mixed(2, value.length);
    for (const item of value) number = mixed(number, shapeNumber(item));
    return number;
  }
  if (!isMapping(value)) return kinds.indexOf(value === null ? 'null' : typeof value);
  let number = 1;
  for (const key of Object.keys(value)) number = mixed(mixed(number, numberOf(key)), shapeNumber(value[key]));
  return number;
}

const kinds = ['null', 'string', 'boolean', 'number', 'bigint'];

function mixed(number: number, more: number): number {
  return (Math.imul(number, 31) + more + (number >>> 15)) | 0;
}

function numberOf(text: string): number {
  let number = text.length;
  for (let index = 0; index < text.length; index++)
    number = (Math.imul(number, 31) + text.charCodeAt(index)) | 0;
  return number;
}
