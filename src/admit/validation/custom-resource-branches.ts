import { isMapping, type Mapping, type Value } from '../../source/value.ts';
import { compilePattern } from '../policy/library/regex.ts';
import { type Check, each, forbidden, invalid, required, within } from './check.ts';
import { has, isEmpty, items, struct, text } from './fields.ts';

const junctors = ['allOf', 'anyOf', 'oneOf'];
const notStructural = [
  'type',
  'default',
  'title',
  'description',
  'nullable',
  'additionalProperties',
  'x-kubernetes-preserve-unknown-fields',
  'x-kubernetes-embedded-resource',
  'x-kubernetes-int-or-string',
  'x-kubernetes-list-map-keys',
  'x-kubernetes-list-type',
  'x-kubernetes-map-type',
];
const maxDepth = 100;

/** Checks the branches of a structural schema: `apiextensions-apiserver/pkg/apiserver/schema/validation.go`. */
export function validateBranches(schema: Mapping, check: Check): void {
  const [first] = items(schema, 'allOf');
  const isFirstExempt = isMapping(first) && isIntegerOrString(first['anyOf']);
  for (const junctor of junctors) {
    // That its value is an integer or a string may be said in one way.
    if (junctor === 'anyOf' && isIntegerOrString(schema[junctor])) continue;
    each(check, schema, junctor, (branch, _, index) =>
      validateBranch(branch, check, junctor === 'allOf' && index === 0 && isFirstExempt),
    );
  }
  within(check, schema, 'not', (branch) => validateBranch(branch, check, false));
}

/** Checks that branches speak of what is defined outside of them, which the API server asks for at the root only. */
export function validateCompleteness(branches: Mapping, structural: Mapping, check: Check): void {
  if (check.path.length > maxDepth) return;
  for (const junctor of junctors)
    each(check, branches, junctor, (branch) => complete(branch, structural, check));
  within(check, branches, 'not', (branch) => complete(branch, structural, check));
}

function complete(branch: Mapping, structural: Mapping, check: Check): void {
  validateCompleteness(branch, structural, check);
  validateParts(branch, structural, check);
}

function validateParts(branch: Mapping, structural: Mapping, check: Check): void {
  const inner = (part: Mapping, known: Mapping | undefined): void => {
    if (known === undefined) required(check, [], 'must also be defined outside the branch');
    else complete(part, known, check);
  };
  within(check, branch, 'items', (part) => inner(part, struct(structural, 'items')));
  within(check, branch, 'properties', (properties) => {
    const outside = struct(structural, 'properties');
    for (const name of Object.keys(properties))
      within(check, properties, name, (part) => inner(part, struct(outside, name)));
  });
}

/** Checks that the `pattern` is a regular expression. */
export function validatePattern(schema: Mapping, check: Check): void {
  const pattern = text(schema, 'pattern');
  if (pattern === '') return;
  const program = compilePattern(pattern);
  if (typeof program === 'string')
    invalid(check, 'pattern', pattern, `is not a regular expression: ${program}`);
}

/** Whether it is `[{type: integer}, {type: string}]`, in this order and with nothing else. */
function isIntegerOrString(anyOf: Value | undefined): boolean {
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return false;
  return ['integer', 'string'].every((type, index) => {
    const branch = anyOf[index] as Value;
    return isMapping(branch) && branch['type'] === type && Object.keys(branch).length === 1;
  });
}

/** A branch of allOf, anyOf, oneOf or not can only narrow what stands beside it. */
function validateBranch(branch: Mapping, check: Check, isTypeAllowed: boolean): void {
  if (check.path.length > maxDepth) return;
  for (const key of notStructural)
    if (has(branch, key) && branch[key] !== '' && branch[key] !== false)
      forbidden(check, key, 'must not be inside allOf, anyOf, oneOf or not', 'move it out');
  if (!isEmpty(branch, 'x-kubernetes-validations'))
    forbidden(
      check,
      'x-kubernetes-validations',
      'must not be inside allOf, anyOf, oneOf or not',
      'move it out',
    );
  validatePattern(branch, check);
  validateBranchParts(branch, check);
  for (const junctor of junctors) {
    if (junctor === 'anyOf' && isTypeAllowed) continue;
    each(check, branch, junctor, (part) => validateBranch(part, check, false));
  }
  within(check, branch, 'not', (part) => validateBranch(part, check, false));
}

function validateBranchParts(branch: Mapping, check: Check): void {
  within(check, branch, 'items', (part) => validateBranch(part, check, false));
  within(check, branch, 'properties', (properties) => {
    if (has(properties, 'metadata'))
      forbidden(check, 'metadata', 'must not be restricted inside allOf, anyOf, oneOf or not');
    for (const name of Object.keys(properties))
      within(check, properties, name, (part) => validateBranch(part, check, false));
  });
}
