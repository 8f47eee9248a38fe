import type { Reader } from './document.ts';
import { looseText } from './loose-text.ts';
import { isInteger, resolveScalar } from './scalar.ts';
import { readTimestamp } from './timestamp.ts';

/** A scalar that its decoder, or JSON, refuses. */
export interface ScalarProblem {
  readonly problem: string;
  readonly help: string;
  /** Whether every decoder takes it, so that it only counts where it is written as JSON. */
  readonly isDecoded?: true;
}

export function isProblem(value: unknown): value is ScalarProblem {
  return typeof value === 'object' && value !== null && 'problem' in value;
}

/** Decodes a scalar of any style under its explicit tag, if it has one. */
export function resolveTagged(
  text: string,
  tag: string | undefined,
  isPlain: boolean,
  reader: Reader,
): null | boolean | number | bigint | string | ScalarProblem {
  const kind = tag?.startsWith(prefix) === true ? tag.slice(prefix.length) : undefined;
  if (kind === undefined || !known.has(kind)) {
    // A tag of its own makes a string of everything; so does a lone `!` in go-yaml v2.
    const isString = tag !== undefined && (tag !== '!' || reader === 'api-server');
    if (!isPlain || isString) return text;
    const value = resolveScalar(text, reader);
    return value === undefined ? notFinite(text) : value;
  }
  if (kind === 'str' || kind === 'merge') return text;
  if (kind === 'binary') return decodeBinary(text);
  const value = resolveScalar(text, reader);
  if (value === undefined) return kind === 'float' ? notFinite(text) : mismatch(text, kind);
  if (!matches(kind, value) || !isWrittenAs(kind, text, reader)) return mismatch(text, kind);
  return kind === 'float' ? Number(value) : value;
}

const prefix = 'tag:yaml.org,2002:';
const known = new Set(['str', 'int', 'float', 'bool', 'null', 'binary', 'timestamp', 'merge']);

/** Whether the text itself is of the kind: `1.0` is a whole number and no integer. */
function isWrittenAs(kind: string, text: string, reader: Reader): boolean {
  if (kind === 'int') return isInteger(text, reader);
  return kind !== 'timestamp' || readTimestamp(text) !== undefined;
}

function matches(kind: string, value: null | boolean | number | bigint | string): boolean {
  switch (kind) {
    case 'int':
      return typeof value === 'bigint' || Number.isInteger(value);
    case 'float':
      return typeof value === 'number' || (typeof value === 'bigint' && value < 2n ** 63n);
    case 'bool':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    default:
      return typeof value === 'string';
  }
}

function decodeBinary(text: string): string | ScalarProblem {
  const compact = text.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact)) {
    return { problem: '!!binary value is not base64', help: 'encode the value as base64' };
  }
  const bytes = Uint8Array.from(atob(compact), (character) => character.charCodeAt(0));
  // Go's JSON has U+FFFD for each byte that is no part of a character.
  return looseText(bytes).replace(/\p{Surrogate}/gu, '\uFFFD');
}

function notFinite(text: string): ScalarProblem {
  const problem = `${text} is not a JSON number`;
  return { problem, help: 'put the value in quotes if it is a string', isDecoded: true };
}

function mismatch(text: string, kind: string): ScalarProblem {
  return { problem: `"${text}" is not a !!${kind}`, help: `Correct the value, or remove the tag !!${kind}.` };
}
