import { type CustomSchema, readSchema } from '../../schema/custom-schema.ts';
import { isMapping, type Mapping, newMapping, type Value } from '../../source/value.ts';
import { newRunBudgets } from '../policy/run-budget.ts';
import { validateEmbedded } from '../schema/custom-embedded.ts';
import { unknownFields } from '../schema/custom-fields.ts';
// Loaded when called: few defaults have rules.
import { validateRules } from '../schema/custom-rules.ts';
import { validateValues } from '../schema/custom-values.ts';
import { type Check, forbidden, invalid } from './check.ts';
import { flag, has } from './fields.ts';

/** Where a default stands: in the metadata of an object it is judged as metadata, which is not done here. */
export type DefaultPlace = 'root' | 'field' | 'metadata' | 'root metadata';

/** A default must fit its own schema and its rules, and have nothing that pruning would take away. */
export function validateDefault(schema: Mapping, check: Check, place: DefaultPlace): void {
  const value = schema['default'];
  if (value === undefined || (value === null && flag(schema, 'nullable') !== true)) return;
  if (place === 'root' || place === 'root metadata') {
    forbidden(check, 'default', 'must not be at the root or in its metadata');
    return;
  }
  const object = newMapping();
  object['default'] = value;
  const wrapper = wrapped(schema);
  const unpruned = place === 'metadata' ? [] : unknownFields(object, wrapper);
  const problems = [
    ...unpruned,
    ...validateEmbedded(object, wrapper, check.minor),
    ...(isTakenAsAnything(schema, value) ? [] : validateValues(object, wrapper, `1.${check.minor}`, true)),
  ];
  const broken =
    problems.length > 0 || !hasRules(schema, 0)
      ? problems
      : validateRules(object, wrapper, { budgets: newRunBudgets() });
  for (const { field, badValue, detail } of broken)
    invalid(check, field, badValue, `does not match its schema: ${detail}`);
}

/** A default of an int-or-string that is neither passes the server, which asks for the type of what stands below a default only. */
function isTakenAsAnything(schema: Mapping, value: Value): boolean {
  if (flag(schema, 'x-kubernetes-int-or-string') !== true || has(schema, 'anyOf') || has(schema, 'allOf'))
    return false;
  const isNumber = typeof value === 'number' && !Number.isInteger(value);
  return isNumber || typeof value === 'boolean' || (typeof value === 'object' && value !== null);
}

function wrapped(schema: Mapping): CustomSchema {
  return {
    ...resolve(newMapping()),
    types: ['object'],
    properties: new Map([['default', resolve(schema)]]),
  };
}

function resolve(value: Mapping): CustomSchema {
  const below = (part: Value | undefined): CustomSchema | undefined =>
    isMapping(part) ? readSchema(part, below) : undefined;
  return readSchema(value, below);
}

function hasRules(schema: Value | undefined, depth: number): boolean {
  if (!isMapping(schema) || depth > 50) return false;
  if (has(schema, 'x-kubernetes-validations')) return true;
  const properties = schema['properties'];
  const parts = [
    schema['items'],
    schema['additionalProperties'],
    ...(isMapping(properties) ? Object.values(properties) : []),
  ];
  return parts.some((part) => hasRules(part, depth + 1));
}
