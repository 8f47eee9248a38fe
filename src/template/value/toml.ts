import { FunctionError } from '../template-error.ts';
import { isMap, sortedKeys } from './datum.ts';
import { integerOf } from './kind.ts';
import type { Datum, GoMap } from './model.ts';

/** A map as BurntSushi/toml 1.5 writes it: simple values first, then tables, each in the order of their keys. */
export function formatToml(value: Datum): string {
  if (value === null || value === undefined)
    throw new FunctionError('reflect: call of reflect.Value.Type on zero Value');
  if (!isMap(value) && tablesOf(value)?.length) return 'toml: top-level values must be Go maps or structs';
  if (!isMap(value)) return formatValue(value);
  return formatTable(value, []).replace(/^\n/u, '');
}

function formatTable(table: GoMap, path: readonly string[]): string {
  const margin = '  '.repeat(Math.max(0, path.length - 1) + (path.length > 0 ? 1 : 0));
  const keys = sortedKeys(table).filter((key) => (table.entries.get(key)?.value ?? null) !== null);
  const isTable = (key: string): boolean => {
    const value = table.entries.get(key)?.value;
    return isMap(value) || tablesOf(value) !== undefined;
  };
  const simple = keys
    .filter((key) => !isTable(key))
    .map((key) => `${margin}${formatKey(key)} = ${formatValue(table.entries.get(key)?.value)}\n`);
  const tables = keys
    .filter(isTable)
    .map((key) => formatInner(table.entries.get(key)?.value, [...path, key]));
  return simple.join('') + tables.join('');
}

function formatInner(value: Datum, path: readonly string[]): string {
  const name = path.map(formatKey).join('.');
  const margin = '  '.repeat(path.length - 1);
  const list = tablesOf(value);
  if (list !== undefined)
    return list.map((table) => `\n${margin}[[${name}]]\n${formatTable(table, path)}`).join('');
  return isMap(value)
    ? `${path.length === 1 ? '\n' : ''}${margin}[${name}]\n${formatTable(value, path)}`
    : '';
}

/** The items of a list that has nothing but tables. */
function tablesOf(value: Datum): GoMap[] | undefined {
  if (typeof value !== 'object' || value === null || value.kind !== 'list') return undefined;
  const tables = value.items.map((item) => item.value).filter(isMap);
  return tables.length > 0 && tables.length === value.items.length ? tables : undefined;
}

function formatKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/u.test(key) ? key : quote(key);
}

function formatValue(value: Datum): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return formatFloat(value);
  if (typeof value === 'boolean') return String(value);
  const integer = integerOf(value);
  if (integer !== undefined) return String(integer);
  if (isMap(value)) {
    const entries = sortedKeys(value).map(
      (key) => `${formatKey(key)} = ${formatValue(value.entries.get(key)?.value)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  if (typeof value !== 'object' || value === null || value.kind !== 'list') return '""';
  if (value.items.some((item) => (item.value ?? null) === null))
    throw new FunctionError('toml: cannot encode array with nil element');
  return `[${value.items.map((item) => formatValue(item.value)).join(', ')}]`;
}

function formatFloat(value: number): string {
  if (Number.isInteger(value)) return value.toFixed(1);
  // Go writes two digits of an exponent at least.
  return String(value).replace(/e([+-])(\d)$/u, 'e$10$2');
}

function quote(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}
