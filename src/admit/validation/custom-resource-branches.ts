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
      validateBranch(branch, check, schema, junctor === 'allOf' && index === 0 && isFirstExempt),
    );
  }
  within(check, schema, 'not', (branch) => validateBranch(branch, check, schema, false));
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
function validateBranch(
  branch: Mapping,
  check: Check,
  structural: Mapping | undefined,
  isTypeAllowed: boolean,
): void {
  if (check.path.length > maxDepth) return;
  for (const key of notStructural)
    if (has(branch, key) && branch[key] !== '' && branch[key] !== false)
      forbidden(check, key, 'must not be below allOf, anyOf, oneOf or not', 'move it out');
  if (!isEmpty(branch, 'x-kubernetes-validations'))
    forbidden(
      check,
      'x-kubernetes-validations',
      'must not be below allOf, anyOf, oneOf or not',
      'move it out',
    );
  validatePattern(branch, check);
  validateBranchParts(branch, check, structural);
  for (const junctor of junctors) {
    if (junctor === 'anyOf' && isTypeAllowed) continue;
    each(check, branch, junctor, (part) => validateBranch(part, check, structural, false));
  }
  within(check, branch, 'not', (part) => validateBranch(part, check, structural, false));
}

function validateBranchParts(branch: Mapping, check: Check, structural: Mapping | undefined): void {
  within(check, branch, 'items', (part) => {
    if (has(structural, 'items')) validateBranch(part, check, struct(structural, 'items'), false);
    else required(check, [], 'must be defined outside the branch too');
  });
  within(check, branch, 'properties', (properties) => {
    if (has(properties, 'metadata'))
      forbidden(check, 'metadata', 'must not be restricted below allOf, anyOf, oneOf or not');
    for (const name of Object.keys(properties))
      within(check, properties, name, (part) => {
        const known = struct(struct(structural, 'properties'), name);
        if (known === undefined) required(check, [], 'must be defined outside the branch too');
        else validateBranch(part, check, known, false);
      });
  });
}
