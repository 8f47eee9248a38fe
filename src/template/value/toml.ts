import { FunctionError } from '../template-error.ts';
import { isList, isMap, sortedKeys } from './datum.ts';
import { integerOf } from './kind.ts';
import type { Datum } from './model.ts';
import { printFloat } from './print.ts';

/** A map or a struct as BurntSushi/toml 1.6 writes it: simple values first, then tables, those of a map in the order of their keys. */
export function formatToml(value: Datum): string {
  if (value === null || value === undefined)
    throw new FunctionError('reflect: call of reflect.Value.Type on zero Value');
  const table = tableOf(value);
  if (table !== undefined) return formatTable(table, []).replace(/^\n/u, '');
  return tablesOf(value)?.length ? 'toml: top-level values must be Go maps or structs' : formatValue(value);
}

/** The entries of a table that say something. */
type Table = readonly (readonly [key: string, value: Datum])[];

function tableOf(value: Datum): Table | undefined {
  if (isMap(value)) return sortedKeys(value).map((key) => [key, value.entries.get(key)?.value] as const);
  if (typeof value !== 'object' || value === null || value.kind !== 'object' || value.json !== undefined)
    return undefined;
  return [...value.fields].map(([key, field]) => [key, field.value] as const);
}

function isNothing(value: Datum): boolean {
  return (value ?? null) === null || ((isMap(value) || isList(value)) && value.isNil === true);
}

function formatTable(table: Table, path: readonly string[]): string {
  const margin = '  '.repeat(Math.max(0, path.length - 1) + (path.length > 0 ? 1 : 0));
  const entries = table.filter(([, value]) => !isNothing(value));
  const isTable = (value: Datum): boolean => tableOf(value) !== undefined || tablesOf(value) !== undefined;
  const simple = entries
    .filter(([, value]) => !isTable(value))
    .map(([key, value]) => `${margin}${formatKey(key)} = ${formatValue(value)}\n`);
  const tables = entries
    .filter(([, value]) => isTable(value))
    .map(([key, value]) => formatInner(value, [...path, key]));
  return simple.join('') + tables.join('');
}

function formatInner(value: Datum, path: readonly string[]): string {
  const name = path.map(formatKey).join('.');
  const margin = '  '.repeat(path.length - 1);
  const list = tablesOf(value);
  if (list !== undefined)
    return list.map((table) => `\n${margin}[[${name}]]\n${formatTable(table, path)}`).join('');
  const table = tableOf(value);
  return table === undefined
    ? ''
    : `${path.length === 1 ? '\n' : ''}${margin}[${name}]\n${formatTable(table, path)}`;
}

/** The items of a list that has nothing but tables. */
function tablesOf(value: Datum): Table[] | undefined {
  if (!isList(value)) return undefined;
  const tables = value.items.flatMap((item) => {
    const table = tableOf(item.value);
    return table === undefined ? [] : [table];
  });
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
  const table = tableOf(value);
  if (table !== undefined)
    return `{${table.map(([key, inner]) => `${formatKey(key)} = ${formatValue(inner)}`).join(', ')}}`;
  if (typeof value === 'object' && value?.kind === 'object')
    return value.seconds === undefined ? quote(value.text) : (value.json ?? '');
  if (!isList(value)) return '""';
  if (value.items.some((item) => (item.value ?? null) === null))
    throw new FunctionError('toml: cannot encode array with nil element');
  return `[${value.items.map((item) => formatValue(item.value)).join(', ')}]`;
}

function formatFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  const text = printFloat(value);
  return /[.e]/u.test(text) ? text : `${text}.0`;
}

function quote(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}
