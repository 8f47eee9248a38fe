import type { Reader } from './document.ts';
import { resolveScalar } from './scalar.ts';

/** A scalar that its decoder, or JSON, refuses. */
export interface ScalarProblem {
  readonly problem: string;
  readonly help: string;
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
    // A tag of its own makes everything a string, `!` is none.
    if (!isPlain || (tag !== undefined && tag !== '!')) return text;
    return resolveScalar(text, reader) === undefined
      ? notFinite(text)
      : (resolveScalar(text, reader) as string);
  }
  if (kind === 'str' || kind === 'merge') return text;
  if (kind === 'binary') return decodeBinary(text);
  const value = resolveScalar(text, reader);
  if (value === undefined) return notFinite(text);
  return matches(kind, value) ? value : mismatch(text, kind);
}

const prefix = 'tag:yaml.org,2002:';
const known = new Set(['str', 'int', 'float', 'bool', 'null', 'binary', 'timestamp', 'merge']);

function matches(kind: string, value: null | boolean | number | bigint | string): boolean {
  switch (kind) {
    case 'int':
      return typeof value === 'bigint' || Number.isInteger(value);
    case 'float':
      return typeof value === 'number' || typeof value === 'bigint';
    case 'bool':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    default:
      return typeof value === 'string';
  }
}

function decodeBinary(text: string): string | ScalarProblem {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  } catch {
    return { problem: '!!binary value is not base64', help: 'Encode the value as base64.' };
  }
}

function notFinite(text: string): ScalarProblem {
  return { problem: `${text} is no JSON number`, help: 'Put the value in quotes if a string is meant.' };
}

function mismatch(text: string, kind: string): ScalarProblem {
  return { problem: `"${text}" is not a !!${kind}`, help: `Correct the value, or remove the tag !!${kind}.` };
}
