import { closestField } from '../../schema/suggestion.ts';
import type { Path, PathElement, Value } from '../../source/value.ts';
import { formatValue, isMapping, type Mapping, newMapping } from '../../source/value.ts';
import type { FieldError, FieldErrorType } from '../field-error.ts';
import { isEmpty, items, text } from './fields.ts';

/**
 * A walk over one object: where it stands and what it found. The path is one array that grows and shrinks with the
 * walk and is copied only into an error, so that a right object costs no allocation per field.
 */
export interface Check {
  readonly path: PathElement[];
  readonly errors: FieldError[];
  /** The minor version of Kubernetes that judges: 36 for 1.36. */
  readonly minor: number;
}

/** A field relative to where the check stands. */
export type At = PathElement | Path;

export function newCheck(minor: number): Check {
  return { path: [], errors: [], minor };
}

export function required(check: Check, at: At, detail = 'must be set', help?: string): void {
  add(check, 'Required', at, undefined, detail, help);
}

export function invalid(
  check: Check,
  at: At,
  badValue: Value | undefined,
  detail: string,
  help?: string,
): void {
  add(check, 'Invalid', at, badValue, detail, help);
}

/** What is wrong with two fields together, told at the later one. */
export function clash(
  check: Check,
  at: At,
  { badValue, detail, twin }: { readonly badValue: Value; readonly detail: string; readonly twin: Path },
): void {
  invalid(check, at, badValue, detail);
  const error = check.errors.pop();
  if (error !== undefined) check.errors.push({ ...error, twin });
}

/** What a server refuses as long as a feature gate is off, which it is by default. */
export function gated(check: Check, at: At, badValue: Value, detail: string, gate: string): void {
  invalid(
    check,
    at,
    badValue,
    detail,
    `the API server accepts it only with the feature gate ${gate}, which is off by default`,
  );
  const error = check.errors.pop();
  if (error !== undefined) check.errors.push({ ...error, gate });
}

export function forbidden(check: Check, at: At, detail: string, help?: string): void {
  add(check, 'Forbidden', at, undefined, detail, help);
}

export function duplicate(check: Check, at: At, badValue: Value, detail?: string, help?: string): void {
  add(check, 'Duplicate', at, badValue, detail ?? `${formatValue(badValue)} is duplicated here`, help);
}

export function notFound(check: Check, at: At, badValue: Value, detail: string, help?: string): void {
  add(check, 'NotFound', at, badValue, detail, help);
}

export function tooLong(check: Check, at: At, limit: number, unit = 'characters'): void {
  add(check, 'TooLong', at, undefined, `must have at most ${limit} ${unit}`, undefined);
}

export function tooMany(check: Check, at: At, count: number, limit: number): void {
  add(check, 'TooMany', at, count, `has ${count} items, but at most ${limit} are allowed`, undefined);
}

// Words that are close are looked for among all that there are.
export const mostHelped = 100;

/** Reports a value outside a closed set, with the one it was probably meant to be. */
export function notSupported(check: Check, at: At, badValue: Value, allowed: readonly string[]): void {
  const meant =
    allowed.length === 1
      ? allowed[0]
      : check.errors.length >= mostHelped
        ? undefined
        : closestField(typeof badValue === 'string' ? badValue : formatValue(badValue), allowed) || undefined;
  const help = meant === undefined ? undefined : `write ${JSON.stringify(meant)}`;
  const list = allowed.map((value) => JSON.stringify(value)).join(', ');
  const detail = allowed.length === 1 ? `only ${list} is supported` : `must be one of ${list}`;
  add(check, 'NotSupported', at, badValue, detail, help);
}

/** Reports each key that is missing or empty. */
export function requireTexts(source: Mapping, check: Check, ...keys: readonly string[]): void {
  for (const key of keys) if (text(source, key) === '' && isEmpty(source, key)) required(check, key);
}

/** Reports where `value` is not in the set; an empty value is reported as missing. */
export function requireOneOf(check: Check, at: At, value: string, allowed: readonly string[]): void {
  if (value === '') required(check, at, `must be one of ${allowed.join(', ')}`);
  else supported(check, at, value, allowed);
}

/** Reports where `value` is given and not in the set. */
export function supported(check: Check, at: At, value: string | undefined, allowed: readonly string[]): void {
  if (value !== undefined && !allowed.includes(value)) notSupported(check, at, value, allowed);
}

/** Checks the mapping under `key` with the path moved into it; does nothing where it is absent or null. */
export function within(
  check: Check,
  parent: Mapping | undefined,
  key: string,
  validate: (value: Mapping, check: Check) => void,
): void {
  const value = parent?.[key];
  if (!isMapping(value)) return;
  check.path.push(key);
  validate(value, check);
  check.path.pop();
}

/** Checks each item of the list under `key`; a null item is an empty mapping, as the API server decodes it. */
export function each(
  check: Check,
  parent: Mapping | undefined,
  key: string,
  validate: (item: Mapping, check: Check, index: number) => void,
): void {
  eachItem(check, parent, key, (item, index) => {
    check.path.push(index);
    validate(isMapping(item) ? item : newMapping(), check, index);
    check.path.pop();
  });
}

/** Checks each string of the list under `key`, the path standing at the list. */
export function eachText(
  check: Check,
  parent: Mapping | undefined,
  key: string,
  validate: (text: string, check: Check, index: number) => void,
): void {
  eachItem(check, parent, key, (item, index) => validate(typeof item === 'string' ? item : '', check, index));
}

function eachItem(
  check: Check,
  parent: Mapping | undefined,
  key: string,
  visit: (item: Value | undefined, index: number) => void,
): void {
  const list = items(parent, key);
  if (list.length === 0) return;
  check.path.push(key);
  for (let index = 0; index < list.length; index++) visit(list[index], index);
  check.path.pop();
}

function add(
  check: Check,
  type: FieldErrorType,
  at: At,
  badValue: Value | undefined,
  detail: string,
  help: string | undefined,
): void {
  const field = typeof at === 'object' ? [...check.path, ...at] : [...check.path, at];
  check.errors.push({
    type,
    field,
    ...(badValue === undefined ? {} : { badValue }),
    detail,
    ...(help === undefined ? {} : { help }),
  });
}
