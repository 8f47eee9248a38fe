import { isRewritten, type Origin, type Tracked } from '../object/provenance.ts';
import { resolvesToOtherType } from '../source/emit/emit-resolve.ts';
import { formatFloat } from '../source/float-text.ts';
import { readAt } from '../source/position.ts';
import { resolveScalar } from '../source/scalar.ts';
import { readTimestamp } from '../source/timestamp.ts';
import type { Value } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';

/**
 * The value that a scalar takes in the place of another. kustomize's setters keep the style of the scalar that was there
 * (kyaml FieldSetter), so a number that is set over a quoted string becomes a string.
 */
export function inStyleOf(previous: Origin, previousValue: Value, value: Value, origin: Origin): Value {
  if (typeof previousValue !== 'string' || typeof value === 'object') return value;
  return isQuoted(previous, previousValue) ? scalarSource({ value, origin }) : value;
}

/** The value that a setter leaves where it writes `text` over a scalar: it keeps the style, and with it what quotes make a string. */
export function writtenOver(previous: Tracked, text: string): Value {
  const resolved = resolveScalar(text, 'kustomize');
  return resolved === undefined || resolved === text || isQuoted(previous.origin, previous.value)
    ? text
    : resolved;
}

/**
 * What is left where a setter writes a number over a scalar: a string in quotes, unless a tag tells the type beside them. Quotes of an
 * object that went through JSON are those that its values need.
 */
export function numberOver(previous: Tracked, value: Value, isRewritten = false): Value {
  if (isRewritten)
    return typeof previous.value === 'string' && resolvesToOtherType(previous.value)
      ? valueText(value)
      : value;
  const isString = isQuoted(previous.origin, previous.value) && !isTagged(previous.origin);
  return isString ? valueText(value) : value;
}

/** Whether a scalar stands in quotes or in a block, as far as its first line of history tells. */
function isQuoted(origin: Origin, value: Value): boolean {
  const text = sourceText(firstOrigin(origin));
  if (text === undefined) return typeof value === 'string' && resolvesToOtherType(value);
  return /^["'|>]/.test(text);
}

const longestTag = 200;

function isTagged(origin: Origin): boolean {
  return tagOf(firstOrigin(origin)) !== undefined;
}

/** The tag that a scalar is written with, without its handle. */
export function tagOf(origin: Origin): string | undefined {
  if (!('positions' in origin)) return undefined;
  const { text, start } = readAt(origin.positions, origin.index);
  const before = text.slice(Math.max(0, start - longestTag), start);
  const tag = /(![^\s,[\]{}]*)(?:\s+&\S+)?\s*$/.exec(before)?.[1];
  if (tag?.startsWith('!<') === true) return tag.slice(2, -1);
  return tag?.startsWith('!!') === true ? `tag:yaml.org,2002:${tag.slice(2)}` : tag;
}

function firstOrigin(origin: Origin): Origin {
  let first = origin;
  while ('last' in first) first = first.previous ?? first.last;
  return first;
}

/** How a scalar is written, undefined where it does not come straight from a file. */
export function sourceText(origin: Origin): string | undefined {
  if (!('positions' in origin)) return undefined;
  const { text, start, end } = readAt(origin.positions, origin.index);
  return text.slice(start, end);
}

/** Whether a value is not written at all, as behind `{a: }`; a tag alone, as in `a: !!str`, makes a text of it. */
export function isUnwritten(origin: Origin): boolean {
  return sourceText(origin) === '' && (tagOf(origin) ?? '!') === '!';
}

/** The text of a scalar as a Go node holds it: a number or a date as written, a string without its quotes; empty for the rest. */
export function scalarSource({ value, origin }: Tracked): string {
  if (typeof value === 'string') return plainDate(value, origin) ?? value;
  if (typeof value === 'object' && value !== null) return '';
  const text = sourceText(origin) ?? (value === null ? '' : spell(value, origin));
  // A tag made another type of a text in quotes, in which nothing can be escaped then.
  return /^["']/.test(text) ? text.slice(1, -1) : text;
}

/** Behind a JSON 6902 patch, every number is a float that go-yaml has written. */
function spell(value: boolean | number | bigint, origin: Origin): string {
  return typeof value !== 'boolean' && isRewritten(origin) ? formatFloat(Number(value)) : String(value);
}

/** How a date is written that YAML makes a timestamp of; undefined for every other text. */
function plainDate(value: string, origin: Origin): string | undefined {
  if (!/^\d{4}-\d\d-\d\dT/.test(value)) return undefined;
  const source = sourceText(origin);
  return source !== undefined && resolveScalar(source, 'kustomize') === value ? source : undefined;
}

/** `text` in the place of a scalar, whose type it keeps; undefined where it cannot be of that type. */
export function inTypeOf({ value, origin }: Tracked, text: string): Value | undefined {
  if (typeof value === 'string')
    return plainDate(value, origin) === undefined || readTimestamp(text) !== undefined ? text : undefined;
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
