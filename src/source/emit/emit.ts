import { isSequence, type Mapping, type Sequence, type Value } from '../value.ts';
import { naturalOrder } from './emit-key-order.ts';
import { formatNumber } from './emit-number.ts';
import { formatComplexKey, formatSimpleKey, formatString, isSimpleKey } from './emit-scalar.ts';

/** The documents as `kustomize build` prints them, byte for byte. */
export function emitDocuments(objects: readonly Mapping[]): string {
  let text = '';
  for (const object of objects) text += text === '' ? emitDocument(object) : `---\n${emitDocument(object)}`;
  return text;
}

/**
 * One document as the yaml v2 encoder behind sigs.k8s.io/yaml prints it after a round through JSON (go.yaml.in/yaml/v2 2.4,
 * emitterc.go): block style, indentation of two, sequences not indented below their key, lines folded after column 80.
 */
export function emitDocument(value: Mapping): string {
  const keys = naturalOrder(Object.keys(value));
  return keys.length === 0 ? '{}\n' : emitMapping(value, keys, 0);
}

// The text of a block starts where its first line's indentation ends, and ends at the start of a line.

function emitMapping(mapping: Mapping, keys: readonly string[], indent: number): string {
  const margin = spaces(indent);
  let text = '';
  for (const key of keys) {
    if (text !== '') text += margin;
    const value = mapping[key] as Value;
    if (isSimpleKey(key)) {
      const name = formatSimpleKey(key);
      text += name;
      text += emitAfterKey(value, indent, indent + name.length + 2);
    } else {
      text += `? ${formatComplexKey(key, indent)}${margin}:${emitAfterIndicator(value, indent)}`;
    }
  }
  return text;
}

function emitAfterKey(value: Value, indent: number, column: number): string {
  if (typeof value === 'string') return `: ${formatString(value, indent + 2, column)}`;
  if (typeof value !== 'object' || value === null) return `: ${formatScalar(value)}`;
  if (isSequence(value)) {
    if (value.length === 0) return ': []\n';
    return `:\n${spaces(indent)}${emitSequence(value, indent)}`;
  }
  const keys = naturalOrder(Object.keys(value));
  if (keys.length === 0) return ': {}\n';
  return `:\n${spaces(indent + 2)}${emitMapping(value as Mapping, keys, indent + 2)}`;
}

function emitSequence(sequence: Sequence, indent: number): string {
  const dash = `${spaces(indent)}-`;
  let text = '';
  for (const item of sequence) {
    text += text === '' ? '-' : dash;
    text += emitAfterIndicator(item, indent);
  }
  return text;
}

/** What follows `-`, or the `:` of a complex key: a block starts in the same line. */
function emitAfterIndicator(value: Value, indent: number): string {
  if (typeof value === 'string') return ` ${formatString(value, indent + 2, indent + 2)}`;
  if (typeof value !== 'object' || value === null) return ` ${formatScalar(value)}`;
  if (isSequence(value)) return value.length === 0 ? ' []\n' : ` ${emitSequence(value, indent + 2)}`;
  const keys = naturalOrder(Object.keys(value));
  return keys.length === 0 ? ' {}\n' : ` ${emitMapping(value as Mapping, keys, indent + 2)}`;
}

function formatScalar(value: null | boolean | number | bigint): string {
  if (value === null) return 'null\n';
  return typeof value === 'boolean' ? `${value}\n` : `${formatNumber(value)}\n`;
}

const margins: string[] = [];

function spaces(count: number): string {
  let margin = margins[count];
  if (margin === undefined) {
    margin = ' '.repeat(count);
    margins[count] = margin;
  }
  return margin;
}
