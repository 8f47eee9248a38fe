import { sortedKeys } from './datum.ts';
import type { Datum } from './model.ts';

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
        .map((key) => `${key}:${printValue(value.entries.get(key)?.value)}`)
        .join(' ')}]`;
    case 'list':
      return `[${value.items.map((item) => printValue(item.value)).join(' ')}]`;
    case 'object':
      return value.text;
  }
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
  return value === undefined || value === null ? '<no value>' : printValue(value);
}
