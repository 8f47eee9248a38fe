import { ownOf } from '../../source/own.ts';
import {
  formatPath,
  formatValue,
  type Mapping,
  type MutableMapping,
  newMapping,
  type Path,
  type Value,
  valueAt,
} from '../../source/value.ts';
import type { FieldErrorType } from '../field-error.ts';
import type { Check } from '../validation/check.ts';
import { differencesOf, isSame } from './equal.ts';

/** One update as the registry judges it: the stored object and what shall replace it, both with their defaults. */
export interface Update {
  readonly old: Mapping;
  readonly next: Mapping;
  /** The same before it is stored, where empty lists and maps are not absent yet. */
  readonly requested: Mapping;
  readonly check: Check;
}

/** A change that the server refuses. */
export interface Refusal {
  readonly path: Path;
  readonly detail?: string;
  readonly help?: string | undefined;
  /** What is compared where it is not the field itself, without the parts that may change. */
  readonly before?: Value | undefined;
  readonly after?: Value | undefined;
}

const immutableDetail = 'must not change once the object exists';
const differenceLimit = 3;

/** Whether the field says the same in both. */
export function isUnchanged({ old, next }: Update, path: Path): boolean {
  return isSame(valueAt(old, path), valueAt(next, path));
}

/** `ValidateImmutableField` of apimachinery. */
export function immutable(update: Update, path: Path, help?: string): void {
  if (!isUnchanged(update, path)) refuse(update, 'Invalid', { path, help });
}

/** Reports a change at the field that the server names, with the fields below that differ. */
export function refuse(update: Update, type: FieldErrorType, refusal: Refusal): void {
  const { path, detail = immutableDetail } = refusal;
  const before = 'before' in refusal ? refusal.before : valueAt(update.old, path);
  const after = 'after' in refusal ? refusal.after : valueAt(update.next, path);
  const changes = differencesOf(before, after, path, differenceLimit);
  const [change = path] = changes;
  const names = changes.filter((one) => one.length > path.length).map(formatPath);
  const { help = keep(before) } = refusal;
  update.check.errors.push({
    type,
    field: path,
    ...(type === 'Invalid' ? { badValue: valueAt(update.next, path) ?? null } : {}),
    detail: names.length === 0 ? detail : `${detail}: ${names.join(', ')} ${differ(names)}`,
    ...(help === undefined ? {} : { help }),
    ...(change.length > path.length ? { change } : {}),
  });
}

function differ(names: readonly string[]): string {
  return names.length === 1 ? 'differs' : 'differ';
}

function keep(value: Value | undefined): string | undefined {
  if (value === undefined || value === null) return 'leave it out, as it was';
  return typeof value === 'object' ? undefined : `keep ${formatValue(value)}`;
}

/** A mapping with some fields replaced; undefined removes one. */
export function withFields(
  mapping: Mapping | undefined,
  fields: Readonly<Record<string, Value | undefined>>,
): MutableMapping {
  const result: MutableMapping = Object.assign(newMapping(), mapping);
  for (const key of Object.keys(fields)) {
    const value = ownOf(fields, key);
    if (value === undefined) delete result[key];
    else result[key] = value;
  }
  return result;
}
