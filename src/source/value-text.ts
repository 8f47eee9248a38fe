import { formatValue, type Value } from './value.ts';

/** A value as a text, whatever it is: a scalar as it stands, a list or a mapping as JSON, nothing for what is absent. */
export function valueText(value: Value | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? formatValue(value) : String(value);
}

/** A value as a number, whatever it is; not a number for what is none, a list or a mapping above all. */
export function valueNumber(value: Value | undefined): number {
  return typeof value === 'object' && value !== null ? Number.NaN : Number(value);
}
