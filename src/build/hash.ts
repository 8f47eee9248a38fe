import { ownOf } from '../source/own.ts';
import { sha256 } from '../source/sha256.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import { compareBytes } from './byte-order.ts';

/** The suffix kustomize gives to the name of a generated object (api/hasher/hasher.go): ten characters of its content's SHA-256. */
export function contentHash(object: Mapping): string {
  return sha256(encode(object))
    .slice(0, 10)
    .replace(/[013ae]/g, (digit) => ownOf(letters, digit) ?? digit);
}

// Digits and vowels that could spell a word are replaced.
const letters: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' };

function encode(object: Mapping): string {
  const kind = object['kind'];
  if (kind === 'ConfigMap')
    return `{${member(object, 'binaryData')}${encodeData(object)},"kind":"ConfigMap","name":""}`;
  if (kind === 'Secret') {
    const stringData = member(object, 'stringData');
    return `{${encodeData(object)},"kind":"Secret","name":"",${stringData}"type":${encodeField(object['type'])}}`;
  }
  // Upstream hashes the parse tree of any other kind, with its lines and columns; no built-in generator makes one.
  return toGoJson(object);
}

// The name is always empty: upstream looks it up under the single key `metadata/name`.

function encodeData(object: Mapping): string {
  return `"data":${encodeField(object['data'])}`;
}

/** A field that counts only where it is a mapping. */
function member(object: Mapping, key: string): string {
  const value = object[key];
  return isMapping(value) ? `"${key}":${toGoJson(value)},` : '';
}

/** A mapping as it is, a scalar as its text, a sequence as null, nothing as the empty string. */
function encodeField(value: Value | undefined): string {
  if (value === undefined || value === null) return '""';
  if (isMapping(value)) return toGoJson(value);
  return isSequence(value) ? 'null' : toGoJson(String(value));
}

/** Compact JSON as Go's json.Marshal writes it: keys in byte order, HTML characters escaped, numbers as float64. */
function toGoJson(value: Value): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'bigint') return String(Number(value));
  if (isSequence(value)) return `[${value.map(toGoJson).join(',')}]`;
  if (!isMapping(value)) return String(Object.is(value, -0) ? '-0' : value);
  const keys = Object.keys(value).sort(compareBytes);
  return `{${keys.map((key) => `${quote(key)}:${toGoJson(value[key] as Value)}`).join(',')}}`;
}

function quote(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
