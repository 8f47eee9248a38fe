import { CelError, noSuchOverload } from './cel-error.ts';
import {
  type CelList,
  type CelMap,
  type CelValue,
  double,
  entryOf,
  fitsInt,
  hasEntry,
  isList,
  isMap,
  isSpecial,
  keysOf,
  kind,
  lift,
  type Special,
  uint,
} from './cel-value.ts';
import { addTimes, subtractTimes } from './library/time.ts';

export type BinaryOperator = '==' | '!=' | 'in' | '+' | '-' | '*' | '/' | '%' | '<' | '<=' | '>' | '>=';

/** Applies a binary operator to two values. */
export function applyBinary(op: BinaryOperator, left: CelValue, right: CelValue): CelValue {
  switch (op) {
    case '==':
      return equals(left, right);
    case '!=':
      return !equals(left, right);
    case 'in':
      return isIn(left, right);
    case '<':
      return compare(left, right) < 0;
    case '<=':
      return compare(left, right) <= 0;
    case '>':
      return compare(left, right) > 0;
    case '>=':
      return compare(left, right) >= 0;
    default:
      return arithmetic(op, left, right);
  }
}

export function booleanOf(value: CelValue): boolean {
  if (typeof value !== 'boolean') throw noSuchOverload();
  return value;
}

export function negate(value: CelValue): CelValue {
  if (typeof value === 'bigint') return checkedInt(-value);
  if (isSpecial(value) && value[kind] === 'double') return double(-value.value);
  throw noSuchOverload();
}

/** CEL's equality: numbers across their types, everything else of different types is different. */
export function equals(left: CelValue, right: CelValue): boolean {
  const a = lift(left);
  const b = lift(right);
  if (a === b) return true;
  if (a === null || b === null || typeof a === 'string' || typeof a === 'boolean') return false;
  const numeric = numberPair(a, b);
  if (numeric !== undefined) return numeric[0] === numeric[1];
  if (isList(a))
    return isList(b) && a.length === b.length && a.every((item, index) => equals(item, b[index] as CelValue));
  if (a instanceof Uint8Array) {
    return b instanceof Uint8Array && a.length === b.length && a.every((byte, index) => byte === b[index]);
  }
  if (isMap(a)) return isMap(b) && equalMaps(a as CelMap, b as CelMap);
  return isSpecial(a) && isSpecial(b) && equalSpecials(a, b);
}

function equalMaps(a: CelMap, b: CelMap): boolean {
  const keys = keysOf(a);
  if (keys.length !== keysOf(b).length) return false;
  return keys.every((key) => {
    const other = entryOf(b, key);
    return other !== undefined && equals(entryOf(a, key) as CelValue, other);
  });
}

function equalSpecials(a: Special, b: Special): boolean {
  if (a[kind] === 'optional' && b[kind] === 'optional') {
    if (a.value === undefined || b.value === undefined) return a.value === b.value;
    return equals(a.value, b.value);
  }
  if (a[kind] === 'type' && b[kind] === 'type') return a.name === b.name;
  if (a[kind] === 'url' && b[kind] === 'url') return a.text === b.text;
  if (a[kind] === 'format' && b[kind] === 'format') return a.name === b.name;
  if (a[kind] === 'cidr' && b[kind] === 'cidr') {
    return a.ip.family === b.ip.family && a.ip.bits === b.ip.bits && a.prefix === b.prefix;
  }
  if (a[kind] !== b[kind]) return false;
  return compareSpecials(a, b) === 0;
}

/** Two numbers made comparable with `===` and `<`, or undefined where one is none. */
function numberPair(a: CelValue, b: CelValue): readonly [bigint | number, bigint | number] | undefined {
  const x = numberOf(a);
  const y = numberOf(b);
  if (x === undefined || y === undefined) return undefined;
  if (typeof x === typeof y) return [x, y];
  // A double without a fraction compares exactly as an integer; others never equal one.
  if (typeof x === 'number') return Number.isInteger(x) ? [BigInt(x), y] : [x, Number(y)];
  return Number.isInteger(y) ? [x, BigInt(y)] : [Number(x), y];
}

function numberOf(value: CelValue): bigint | number | undefined {
  if (typeof value === 'bigint') return value;
  if (isSpecial(value) && (value[kind] === 'double' || value[kind] === 'uint')) return value.value;
  return undefined;
}

/** Orders two values; an error where CEL has no order between them. */
export function compare(a: CelValue, b: CelValue): number {
  const numeric = numberPair(a, b);
  if (numeric !== undefined) return order(numeric[0], numeric[1]);
  if (typeof a === 'string' && typeof b === 'string') return order(a, b);
  if (typeof a === 'boolean' && typeof b === 'boolean') return order(a, b);
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b);
  if (isSpecial(a) && isSpecial(b) && a[kind] === b[kind]) return compareSpecials(a, b);
  throw noSuchOverload();
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const index = a.findIndex((byte, at) => byte !== b[at]);
  return index < 0 ? a.length - b.length : (a[index] ?? 0) - (b[index] ?? -1);
}

function compareSpecials(a: Special, b: Special): number {
  if (a[kind] === 'duration' && b[kind] === 'duration') return order(a.nanos, b.nanos);
  if (a[kind] === 'timestamp' && b[kind] === 'timestamp') return order(a.nanos, b.nanos);
  if (a[kind] === 'quantity' && b[kind] === 'quantity') {
    const exponent = Math.min(a.exponent, b.exponent);
    return order(
      a.digits * 10n ** BigInt(a.exponent - exponent),
      b.digits * 10n ** BigInt(b.exponent - exponent),
    );
  }
  if (a[kind] === 'semver' && b[kind] === 'semver') {
    return (
      order(a.major, b.major) ||
      order(a.minor, b.minor) ||
      order(a.patch, b.patch) ||
      comparePrereleases(a.prerelease, b.prerelease)
    );
  }
  if (a[kind] === 'ip' && b[kind] === 'ip') return order(a.family, b.family) || order(a.bits, b.bits);
  throw noSuchOverload();
}

/** Semantic Versioning 2.0.0, 11.4: a release is above its prereleases, numbers are below words. */
function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length;
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const x = a[index] ?? '';
    const y = b[index] ?? '';
    const numbers = [x, y].map((part) => /^\d+$/.test(part));
    const result =
      numbers[0] && numbers[1]
        ? order(BigInt(x), BigInt(y))
        : numbers[0] === numbers[1]
          ? order(x, y)
          : numbers[0]
            ? -1
            : 1;
    if (result !== 0) return result;
  }
  return a.length - b.length;
}

function order<T extends bigint | number | string | boolean>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isIn(item: CelValue, container: CelValue): boolean {
  // Nothing but the same text equals a text.
  if (isList(container))
    return typeof item === 'string'
      ? container.includes(item)
      : container.some((other) => equals(item, other));
  if (isMap(container)) return hasEntry(container, item);
  throw noSuchOverload();
}

function arithmetic(op: '+' | '-' | '*' | '/' | '%', a: CelValue, b: CelValue): CelValue {
  if (typeof a === 'bigint' && typeof b === 'bigint') return checkedInt(integerResult(op, a, b));
  if (op === '+') {
    if (typeof a === 'string' && typeof b === 'string') return a + b;
    if (isList(a) && isList(b)) return concat(a, b);
    if (a instanceof Uint8Array && b instanceof Uint8Array) return new Uint8Array([...a, ...b]);
  }
  if (!isSpecial(a) || !isSpecial(b)) throw noSuchOverload();
  if (a[kind] === 'uint' && b[kind] === 'uint') return checkedUint(integerResult(op, a.value, b.value));
  if (a[kind] === 'double' && b[kind] === 'double') return double(doubleResult(op, a.value, b.value));
  const time = op === '+' ? addTimes(a, b) : op === '-' ? subtractTimes(a, b) : undefined;
  if (time === undefined) throw noSuchOverload();
  return time;
}

function concat(a: CelList, b: CelList): CelList {
  return a.length === 0 ? b : b.length === 0 ? a : [...a, ...b];
}

function integerResult(op: '+' | '-' | '*' | '/' | '%', a: bigint, b: bigint): bigint {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      if (b === 0n) throw new CelError('division by zero');
      return a / b;
    case '%':
      if (b === 0n) throw new CelError('modulus by zero');
      return a % b;
  }
}

function doubleResult(op: '+' | '-' | '*' | '/' | '%', a: number, b: number): number {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      throw noSuchOverload();
  }
}

export function checkedInt(value: bigint): bigint {
  if (!fitsInt(value)) throw new CelError('integer overflow');
  return value;
}

export function checkedUint(value: bigint): CelValue {
  if (value < 0n || value > 18446744073709551615n) throw new CelError('unsigned integer overflow');
  return uint(value);
}
