import { isMapping, isSequence, type Value } from '../source/value.ts';

/** Whether a value counts as true in Go's templates. */
export function isTruthy(value: Value | undefined): boolean {
  if (isSequence(value)) return value.length > 0;
  if (isMapping(value)) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== false && value !== '' && Number(value) !== 0;
}

/** A value as Go's fmt prints it with %v; maps go by the order of their keys. */
export function printValue(value: Value | undefined): string {
  if (value === undefined || value === null) return '<no value>';
  if (isSequence(value)) return `[${value.map(printInside).join(' ')}]`;
  if (isMapping(value))
    return `map[${Object.keys(value)
      .sort()
      .map((key) => `${key}:${printInside(value[key])}`)
      .join(' ')}]`;
  return typeof value === 'number' ? printFloat(value) : String(value);
}

/** A float64 as Go's %v: the fewest digits, with an exponent from a million on. */
function printFloat(value: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value === 0 || (power >= -4 && power < 6)) return String(value);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function printInside(value: Value | undefined): string {
  return value === undefined || value === null ? '<nil>' : printValue(value);
}
