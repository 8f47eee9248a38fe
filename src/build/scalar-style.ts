import type { Origin, Tracked } from '../object/provenance.ts';
import { resolvesToOtherType } from '../source/emit/emit-resolve.ts';
import { spanAt } from '../source/position.ts';
import { resolveScalar } from '../source/scalar.ts';
import type { Value } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';

/**
 * The value that a scalar takes in the place of another. kustomize's setters keep the style of the scalar that was there
 * (kyaml FieldSetter), so a number that is set over a quoted string becomes a string.
 */
export function inStyleOf(previous: Origin, previousValue: Value, value: Value, origin: Origin): Value {
  if (typeof previousValue !== 'string' || typeof value === 'string' || value === null) return value;
  if (typeof value === 'object') return value;
  return isQuoted(previous, previousValue) ? (sourceText(origin) ?? String(value)) : value;
}

/** Whether a string stands in quotes or in a block, as far as its first line of history tells. */
function isQuoted(origin: Origin, value: string): boolean {
  let first = origin;
  while ('last' in first) first = first.previous ?? first.last;
  const text = sourceText(first);
  return text === undefined ? resolvesToOtherType(value) : /^["'|>]/.test(text);
}

/** How a scalar is written in its file, undefined where it does not come straight from one. */
export function sourceText(origin: Origin): string | undefined {
  if (!('positions' in origin)) return undefined;
  const { file, start, end } = spanAt(origin.positions, origin.index);
  return file.text.slice(start, end);
}

/** The text of a scalar as a Go node holds it: a number as written, a string without its quotes; empty for the rest. */
export function scalarSource({ value, origin }: Tracked): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) return '';
  return sourceText(origin) ?? (value === null ? '' : String(value));
}

/** `text` in the place of a scalar, whose type it keeps; undefined where it cannot be of that type. */
export function inTypeOf({ value, origin }: Tracked, text: string): Value | undefined {
  if (typeof value === 'string') return text;
  const resolved = resolveScalar(text, 'kustomize');
  if (value === null) return resolved === null ? null : undefined;
  if (typeof value === 'boolean') return typeof resolved === 'boolean' ? resolved : undefined;
  if (typeof resolved !== 'number' && typeof resolved !== 'bigint') return undefined;
  const wasFloat = isFloatText(sourceText(origin) ?? valueText(value));
  return isFloatText(text) && !wasFloat ? undefined : resolved;
}

function isFloatText(text: string): boolean {
  return /[.eE]/.test(text) && !/^[-+]?0x/i.test(text);
}
