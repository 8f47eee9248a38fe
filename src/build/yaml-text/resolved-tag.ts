import { resolveScalar } from '../../source/scalar.ts';
import { readTimestamp } from '../../source/timestamp.ts';

/** The tag of a plain scalar with this text (resolve of go-yaml v3). */
export function resolvedTag(text: string): string {
  if (text === '<<') return '!!merge';
  const value = resolveScalar(text, 'kustomize');
  if (value === null) return '!!null';
  switch (typeof value) {
    case 'boolean':
      return '!!bool';
    case 'bigint':
      return '!!int';
    case 'undefined':
      return '!!float';
    case 'number':
      return isFloat(value, text) ? '!!float' : '!!int';
    default:
      return /^\d/.test(text) && readTimestamp(text) !== undefined ? '!!timestamp' : '!!str';
  }
}

function isFloat(value: number, text: string): boolean {
  return !Number.isSafeInteger(value) || (/[.eE]/.test(text) && !/^[-+]?0[xX]/.test(text));
}
