import { isMapping, isSequence, type Value } from '../source/value.ts';
import { compareBytes } from './byte-order.ts';

/** JSON as Go's json.Marshal writes it, or with an indent json.MarshalIndent: keys in byte order, HTML characters escaped. */
export function formatGoJson(value: Value, indent = '', margin = ''): string {
  if (typeof value === 'string') return quote(value);
  if (!isSequence(value) && !isMapping(value)) return String(value);
  const inner = margin + indent;
  const parts = isSequence(value)
    ? value.map((item) => formatGoJson(item, indent, inner))
    : Object.keys(value)
        .sort(compareBytes)
        .map((key) => {
          const member = formatGoJson(value[key] as Value, indent, inner);
          return `${quote(key)}:${indent === '' ? '' : ' '}${member}`;
        });
  const [open, close] = isSequence(value) ? '[]' : '{}';
  if (parts.length === 0) return `${open}${close}`;
  if (indent === '') return `${open}${parts.join(',')}${close}`;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`;
}

function quote(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
