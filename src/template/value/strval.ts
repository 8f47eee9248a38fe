import type { Datum, Known } from './model.ts';
import { printValue } from './print.ts';

/** A value as the text that sprig takes it for (strval). */
export function strval(value: Datum): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null && value.kind === 'bytes'
    ? value.text
    : printValue(value);
}

/** The items of a list as texts, those left out that are nil; of anything else itself (strslice). */
export function strslice(value: Datum): string[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'object' && value.kind === 'list') return textsOf(value.items);
  return [strval(value)];
}

function textsOf(items: readonly Known[]): string[] {
  return items.flatMap((item) =>
    item.value === null || item.value === undefined ? [] : [strval(item.value)],
  );
}
