import type { Datum } from './model.ts';

/** What Go's reflect calls the kind of a value. */
export function kindOf(value: Datum): string {
  if (value === undefined || value === null) return 'invalid';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'float64';
  if (typeof value === 'bigint') return 'int';
  switch (value.kind) {
    case 'integer':
      return value.type;
    case 'map':
      return 'map';
    case 'list':
    case 'bytes':
      return 'slice';
    case 'object':
      return value.type.startsWith('*') ? 'ptr' : 'struct';
  }
}

/** What Go calls the type of a value (%T). */
export function typeOf(value: Datum): string {
  if (value === undefined || value === null) return '<nil>';
  if (typeof value !== 'object') return kindOf(value);
  switch (value.kind) {
    case 'map':
      return value.type ?? 'map[string]interface {}';
    case 'list':
      return value.type ?? '[]interface {}';
    case 'bytes':
      return '[]uint8';
    default:
      return value.type;
  }
}

/** Whether a value counts as true in a template. */
export function isTruthy(value: Datum): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== 'object') return Boolean(value);
  switch (value.kind) {
    case 'integer':
      return value.value !== 0n;
    case 'map':
      return value.entries.size > 0;
    case 'list':
      return value.items.length > 0;
    case 'bytes':
      return value.text !== '';
    case 'object':
      return true;
  }
}

/** The integer that a value is, of whatever size; undefined for all else. */
export function integerOf(value: Datum): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'object' && value !== null && value.kind === 'integer' ? value.value : undefined;
}
