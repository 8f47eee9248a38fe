import { sortedKeys } from './datum.ts';
import type { Datum, GoObject } from './model.ts';

/** A value as Go's fmt prints it with %v; maps go by the order of their keys. */
export function printValue(value: Datum): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '<nil>';
  if (typeof value === 'number') return printFloat(value);
  if (typeof value !== 'object') return String(value);
  switch (value.kind) {
    case 'integer':
      return String(value.value);
    case 'bytes':
      return `[${new TextEncoder().encode(value.text).join(' ')}]`;
    case 'map':
      return `map[${sortedKeys(value)
        .map((key) => `${key}:${printInside(value.entries.get(key)?.value)}`)
        .join(' ')}]`;
    case 'list':
      return `[${value.items.map((item) => printInside(item.value)).join(' ')}]`;
    case 'object':
      return value.text;
  }
}

function printInside(value: Datum): string {
  return (typeof value === 'object' && value?.kind === 'object' && value.textInside) || printValue(value);
}

/** A float64 as Go's %v: the fewest digits, with an exponent from a million on. */
export function printFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (Object.is(value, -0)) return '-0';
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  const power = Number(exponent);
  if (value === 0 || (power >= -4 && power < 6)) return String(value);
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** What a template prints for a value that an action ends with. */
export function printResult(value: Datum): string {
  if (value === undefined || value === null) return '<no value>';
  // What a pointer points to, unless it says itself what it is printed as.
  return isPointer(value) ? value.text.slice(1) : printValue(value);
}

function isPointer(value: Datum): value is GoObject {
  return typeof value === 'object' && value?.kind === 'object' && value.textInside !== undefined;
}
