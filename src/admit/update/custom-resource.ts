import { nameOf } from '../../object/resource.ts';
import type { CustomKind } from '../../schema/custom-kind.ts';
import type { CustomSchema } from '../../schema/custom-schema.ts';
import { isMapping, type Mapping, valueAt } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';
import type { RunBudgets } from '../policy/run-budget.ts';
import { isRatcheted } from '../schema/correlation.ts';
import { blocksRules } from '../schema/custom-resource.ts';
// Loaded when called: few objects come with rules in CEL.
import { validateRules } from '../schema/custom-rules.ts';
import { settle } from '../schema/custom-settle.ts';
import { validateValues } from '../schema/custom-values.ts';
import { applyValue, patchValue } from './apply.ts';
import { customShape } from './shape.ts';
import type { States } from './stored.ts';
import { withFields } from './update.ts';

/** What is needed to judge an update of a custom resource. */
export interface CustomUpdate {
  readonly kind: CustomKind;
  readonly appliedBy: 'server-side-apply' | 'client-side-apply';
  /** `1.36` */
  readonly kubernetesVersion: string;
  /** What rules may still spend in this run. */
  readonly budgets: RunBudgets;
}

const ratchetingSince = 30;

/** What the CRD says of an update: its schema, its rules and those about `oldSelf`, as far as a part of the object changed. */
export function validateCustomUpdate(
  old: Mapping,
  next: Mapping,
  update: CustomUpdate,
): readonly FieldError[] {
  const { schema } = update.kind;
  if (schema === undefined) return [];
  const states = playCustomUpdate(old, next, update);
  const errors = judge(states.old, states.next, schema, update);
  return errors.map((error) => (isEmptied(error, states.next, next) ? emptied(error) : error));
}

/** Plays an update of a custom resource: `old` is created, then `next` applied by the same manager. */
export function playCustomUpdate(
  old: Mapping,
  next: Mapping,
  update: Pick<CustomUpdate, 'kind' | 'appliedBy'>,
): States {
  const live = settled(old, update, 'dropped');
  return { old: live, next: settled(apply(live, old, next, update), update, 'kept') };
}

function isEmptied({ type, field }: FieldError, merged: Mapping, next: Mapping): boolean {
  const written = valueAt(next, field);
  return (
    type === 'TypeInvalid' &&
    valueAt(merged, field) === null &&
    typeof written === 'object' &&
    written !== null
  );
}

/** A server-side apply that gives up the last field below another leaves null there, whatever the file says. */
function emptied(error: FieldError): FieldError {
  return {
    ...error,
    detail: 'must not become empty: when server-side apply gives up the last field in it, null remains',
    help: 'remove the whole field',
  };
}

function settled(object: Mapping, { kind }: Pick<CustomUpdate, 'kind'>, nulls: 'dropped' | 'kept'): Mapping {
  const value = settle(
    kind.hasStatus ? withFields(object, { status: undefined }) : object,
    kind.schema,
    nulls,
  );
  return isMapping(value) ? value : object;
}

function apply(
  live: Mapping,
  old: Mapping,
  next: Mapping,
  { kind, appliedBy }: Pick<CustomUpdate, 'kind' | 'appliedBy'>,
): Mapping {
  // The stored object would be converted first; what differs between versions is not known here.
  if (old['apiVersion'] !== next['apiVersion'] || nameOf(old) !== nameOf(next)) return next;
  const states = { live, applied: old, next };
  const isPatch = appliedBy === 'client-side-apply';
  const shape = customShape(kind.schema, isPatch);
  const merged = isPatch ? patchValue(states, shape) : applyValue(states, shape);
  return isMapping(merged) ? merged : next;
}

function judge(
  old: Mapping,
  next: Mapping,
  schema: CustomSchema,
  { kubernetesVersion, budgets }: CustomUpdate,
): readonly FieldError[] {
  const isRatcheting = Number(kubernetesVersion.split('.')[1] ?? 0) >= ratchetingSince;
  const root = { value: next, old, schema };
  const found = validateValues(next, schema, kubernetesVersion);
  const hadDuplicates =
    found.some(isDuplicate) && validateValues(old, schema, kubernetesVersion).some(isDuplicate);
  const errors = found.filter((error) => {
    if (isDuplicate(error)) return !hadDuplicates;
    return !isRatcheting || !isRatcheted(root, error.field);
  });
  if (errors.some(blocksRules)) return errors;
  return [...errors, ...validateRules(next, schema, { budgets, old })];
}

/** Lists with keys that do not tell their items apart are let pass where there were such before, changed or not. */
function isDuplicate({ type }: FieldError): boolean {
  return type === 'Duplicate';
}
