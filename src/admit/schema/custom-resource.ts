import type { CustomKind } from '../../schema/custom-kind.ts';
import type { CustomSchema } from '../../schema/custom-schema.ts';
import type { Facts } from '../../schema/facts.ts';
import { withEffort } from '../../source/effort.ts';
import { copyMapping, isMapping, type Mapping } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';
import type { RunBudgets } from '../policy/run-budget.ts';
import { decodeEmbedded, metadataErrors, validateEmbedded } from './custom-embedded.ts';
import { unknownFields } from './custom-fields.ts';
// Loaded when called: few objects come with rules in CEL.
import { validateRules } from './custom-rules.ts';
import { settle } from './custom-settle.ts';
import { validateValues } from './custom-values.ts';
import { validateNulls } from './server-side-apply.ts';

const blocking: readonly FieldError['type'][] = [
  'NotSupported',
  'Required',
  'TooLong',
  'TooMany',
  'TypeInvalid',
];

/** Whether an error of the schema keeps the server from running rules. */
export function blocksRules({ type }: FieldError): boolean {
  return blocking.includes(type);
}

/** What keeps the server from validating the object at all: metadata that does not decode, and unknown fields. */
export function decodeCustom(
  object: Mapping,
  facts: Facts,
  { schema, hasStatus }: CustomKind,
  appliedBy: string,
): readonly FieldError[] {
  const errors = metadataErrors(object['metadata'] ?? null, facts).map((error) => ({
    ...error,
    field: ['metadata', ...error.field],
  }));
  if (schema === undefined) return errors;
  const decoding = [...errors, ...unknownFields(object, schema), ...decodeEmbedded(object, schema, facts)];
  if (decoding.length > 0 || appliedBy !== 'server-side-apply') return decoding;
  return validateNulls(hasStatus ? withoutStatus(object) : object, schema);
}

/** Judges an object that decodes by its CRD, in the server's order: the schema, then the rules in CEL. */
export function validateCustom(
  object: Mapping,
  facts: Facts,
  kind: CustomKind,
  budgets: RunBudgets,
): readonly FieldError[] {
  const { schema, hasStatus } = kind;
  if (schema === undefined) return [];
  const settled = settle(hasStatus ? withoutStatus(object) : object, schema);
  if (!isMapping(settled)) return [];
  const embedded = validateEmbedded(settled, schema, Number(facts.version.split('.')[1] ?? 0));
  return [...embedded, ...judge(settled, schema, facts.version, budgets)];
}

function judge(
  object: Mapping,
  schema: CustomSchema,
  kubernetesVersion: string,
  budgets: RunBudgets,
): readonly FieldError[] {
  const errors = withEffort(budgets.effort, 2, () => validateValues(object, schema, kubernetesVersion));
  if (errors.some(blocksRules)) return errors;
  return [...errors, ...validateRules(object, schema, { budgets })];
}

function withoutStatus(object: Mapping): Mapping {
  if (!Object.hasOwn(object, 'status')) return object;
  const rest = copyMapping(object);
  delete rest['status'];
  return rest;
}
