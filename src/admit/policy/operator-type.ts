import { asMap, bool, type CelType, dyn, isAssignable, mostGeneral } from './cel-type.ts';
import { typeFrom } from './signatures.ts';

const numbers = ['int', 'uint', 'double'];
const ordered = new Set([...numbers, 'string', 'bool', 'bytes', 'duration', 'timestamp']);
const duration = typeFrom('duration');
const timestamp = typeFrom('timestamp');

/** The type that a binary operator gives; undefined where no overload takes the operands. */
export function binaryResult(op: string, a: CelType, b: CelType): CelType | undefined {
  switch (op) {
    case '==':
    case '!=':
      return isAssignable(a, b) ? bool : undefined;
    case 'in':
      return isMember(a, asMap(b)) ? bool : undefined;
    case '<':
    case '<=':
    case '>':
    case '>=':
      return isComparable(a, b) ? bool : undefined;
    case '+':
      return a.name === 'list' && b.name === 'list'
        ? joined(a, b)
        : overloadResult(a, b, [...numbers, 'string', 'bytes', 'list', 'duration'], additions);
    case '-':
      return overloadResult(a, b, [...numbers, 'duration'], subtractions);
    case '%':
      return overloadResult(a, b, ['int', 'uint'], []);
    default:
      return overloadResult(a, b, numbers, []);
  }
}

function isMember(item: CelType, range: CelType): boolean {
  if (range.name === 'dyn') return true;
  if (range.name !== 'list' && range.name !== 'map') return false;
  return isAssignable(range.of[0] ?? dyn, item);
}

function isComparable(a: CelType, b: CelType): boolean {
  if (a.name === 'dyn' || b.name === 'dyn') {
    const other = a.name === 'dyn' ? b.name : a.name;
    return other === 'dyn' || ordered.has(other);
  }
  if (numbers.includes(a.name) && numbers.includes(b.name)) return true;
  return a.name === b.name && ordered.has(a.name);
}

type Overload = readonly [left: CelType, right: CelType, result: CelType];

const additions: readonly Overload[] = [
  [duration, timestamp, timestamp],
  [timestamp, duration, timestamp],
];
const subtractions: readonly Overload[] = [
  [timestamp, timestamp, duration],
  [timestamp, duration, timestamp],
];

/** Where an operand is dynamic, every overload that the other one fits may be meant: one result if they agree, else none is known. */
function overloadResult(
  a: CelType,
  b: CelType,
  same: readonly string[],
  mixed: readonly Overload[],
): CelType | undefined {
  const alike = same.flatMap((name) => (fits(a, name) && fits(b, name) ? [a.name === 'dyn' ? b : a] : []));
  const others = mixed.filter(([left, right]) => fits(a, left.name) && fits(b, right.name));
  const results = [...alike, ...others.map(([, , result]) => result)];
  const [first] = results;
  return results.every((result) => result.name === first?.name) ? first : dyn;
}

function fits(type: CelType, name: string): boolean {
  return type.name === 'dyn' || type.name === name;
}

function joined(a: CelType, b: CelType): CelType | undefined {
  return isAssignable(a, b) ? mostGeneral(a, b) : undefined;
}
