import { encodeBytes } from './base64.ts';
import { sortedKeys } from './datum.ts';
import { integerOf } from './kind.ts';
import type { Datum, Known } from './model.ts';

/** How JSON is written. */
export interface JsonStyle {
  /** Without one everything stands in one line. */
  readonly indent?: string;
  /** As json.Marshal does, which thinks of what stands in a page. */
  readonly escapesHtml: boolean;
}

/** JSON as Go's encoding/json writes it, keys in the order of their bytes. */
export function formatJson(value: Datum, style: JsonStyle, margin = ''): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'string') return quoteJson(value, style);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value !== 'object') return String(value);
  switch (value.kind) {
    case 'integer':
      return String(integerOf(value));
    case 'bytes':
      return quoteJson(encodeBytes(value.text), style);
    case 'list':
      if (value.isNil) return 'null';
      return bracketed(
        '[]',
        value.items.map((item) => (inner) => formatJson(item.value, style, inner)),
        style,
        margin,
      );
    case 'map':
      if (value.isNil) return 'null';
      return formatEntries(sortedKeys(value), value.entries, style, margin);
    case 'object':
      if (value.json !== undefined) return quoteJson(value.json, style);
      return formatEntries([...value.fields.keys()], value.fields, style, margin);
  }
}

function formatEntries(
  keys: readonly string[],
  entries: ReadonlyMap<string, Known>,
  style: JsonStyle,
  margin: string,
): string {
  const parts = keys.map((key) => (inner: string) => {
    const member = formatJson(entries.get(key)?.value, style, inner);
    return `${quoteJson(key, style)}:${style.indent === undefined ? '' : ' '}${member}`;
  });
  return bracketed('{}', parts, style, margin);
}

function bracketed(
  [open = '', close = '']: string,
  parts: readonly ((inner: string) => string)[],
  { indent }: JsonStyle,
  margin: string,
): string {
  if (parts.length === 0) return open + close;
  const inner = margin + (indent ?? '');
  const texts = parts.map((part) => part(inner));
  if (indent === undefined) return open + texts.join(',') + close;
  return `${open}\n${inner}${texts.join(`,\n${inner}`)}\n${margin}${close}`;
}

function quoteJson(text: string, { escapesHtml }: JsonStyle): string {
  // What is no character Go writes as the one that stands for it.
  const quoted = JSON.stringify(text).replace(/\\ud[89a-f][0-9a-f]{2}/gu, '\\ufffd');
  return quoted.replace(escapesHtml ? /[<>&\u2028\u2029]/gu : /[\u2028\u2029]/gu, (one) => {
    return `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
