import type { Mapping } from '../../source/value.ts';
import { checkPolicy, correction } from '../policy/check-policy.ts';
import { readPolicy } from '../policy/policy.ts';
import { validateMatchConditions, validateMatchResources } from './admission-rules.ts';
import { type Check, duplicate, each, invalid, required, supported, tooMany, within } from './check.ts';
import { has, isEmpty, items, optionalText, struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, cIdentifier, dns1035Label, dns1123Subdomain, qualifiedName } from './names.ts';

const reservedNames = [
  'true',
  'false',
  'null',
  'in',
  'as',
  'break',
  'const',
  'continue',
  'else',
  'for',
  'function',
  'if',
  'import',
  'let',
  'loop',
  'package',
  'namespace',
  'return',
  'var',
  'void',
  'while',
];
const maxAuditAnnotations = 20;
const maxAuditExpression = 5 * 1024;

export function validateValidatingAdmissionPolicy(policy: Mapping, check: Check): void {
  validateMetadata(policy, check, { namespaced: false, name: dns1123Subdomain, anyFinalizer: true });
  const spec = struct(policy, 'spec');
  check.path.push('spec');
  supported(check, 'failurePolicy', optionalText(spec, 'failurePolicy'), ['Fail', 'Ignore']);
  within(check, spec, 'paramKind', validateParamKind);
  if (has(spec, 'matchConstraints'))
    within(check, spec, 'matchConstraints', (match) => {
      validateMatchResources(match, check);
      if (isEmpty(match, 'resourceRules'))
        required(check, 'resourceRules', 'must specify the resources that the policy applies to');
    });
  else required(check, 'matchConstraints', 'must specify the resources that the policy applies to');
  if (spec !== undefined) validateLists(spec, check, text(struct(policy, 'metadata'), 'name'));
  if (isEmpty(spec, 'validations') && isEmpty(spec, 'auditAnnotations'))
    required(check, 'validations', 'must have an item, or auditAnnotations');
  check.path.pop();
  reportExpressions(policy, check);
}

/** Reports each expression that does not compile, as far as it says anything at all. */
export function reportExpressions(policy: Mapping, check: Check): void {
  for (const { expression, problem } of checkPolicy(readPolicy(policy), { kubernetesMinor: check.minor })) {
    const { path, text: written } = expression;
    if (written.trim() !== '')
      invalid(check, path, written, `does not compile: ${problem.problem}`, correction(problem));
  }
}

function validateLists(spec: Mapping, check: Check, name: string): void {
  validateMatchConditions(spec, check);
  validateVariables(spec, check);
  each(check, spec, 'validations', (validation) => validateValidation(validation, check));
  validateAuditAnnotations(spec, check, name);
}

/** Checks the names of `variables` of a policy, and that each has an expression. */
export function validateVariables(spec: Mapping, check: Check): void {
  each(check, spec, 'variables', (variable) => {
    const variableName = text(variable, 'name').trim();
    if (variableName === '') required(check, 'name');
    else checkText(check, 'name', variableName, variableNameProblem);
    if (text(variable, 'expression').trim() === '') required(check, 'expression');
  });
}

function variableNameProblem(name: string): string | undefined {
  return reservedNames.includes(name) ? 'is a reserved word of CEL' : cIdentifier(name);
}

function validateValidation(validation: Mapping, check: Check): void {
  if (text(validation, 'expression').trim() === '') required(check, 'expression');
  const messageExpression = text(validation, 'messageExpression');
  if (messageExpression !== '' && messageExpression.trim() === '')
    invalid(check, 'messageExpression', messageExpression, 'must not be blank');
  const message = text(validation, 'message');
  if (message !== '' && message.trim() === '') invalid(check, 'message', message, 'must not be blank');
  else if (/[\n\r]/.test(message.trim())) invalid(check, 'message', message, 'must not contain line breaks');
  supported(check, 'reason', optionalText(validation, 'reason'), [
    'Forbidden',
    'Invalid',
    'RequestEntityTooLarge',
  ]);
}

function validateAuditAnnotations(spec: Mapping, check: Check, name: string): void {
  const count = items(spec, 'auditAnnotations').length;
  if (count > maxAuditAnnotations) tooMany(check, 'auditAnnotations', count, maxAuditAnnotations);
  const keys = new Set<string>();
  each(check, spec, 'auditAnnotations', (annotation) => {
    const key = text(annotation, 'key');
    const problem = name === '' ? undefined : qualifiedName(`${name}/${key}`);
    if (problem !== undefined) invalid(check, 'key', key, problem);
    if (keys.has(key)) duplicate(check, 'key', key);
    keys.add(key);
    const expression = text(annotation, 'valueExpression').trim();
    if (expression === '') required(check, 'valueExpression');
    else if (expression.length > maxAuditExpression)
      required(check, 'valueExpression', `must have at most ${maxAuditExpression} bytes`);
  });
}

/** Checks `paramKind` of a policy. */
export function validateParamKind(paramKind: Mapping, check: Check): void {
  const apiVersion = text(paramKind, 'apiVersion');
  if (apiVersion === '') required(check, 'apiVersion');
  else checkText(check, 'apiVersion', apiVersion, apiVersionProblem);
  const kind = text(paramKind, 'kind');
  if (kind === '') required(check, 'kind');
  else if (dns1035Label(kind.toLowerCase()) !== undefined)
    invalid(check, 'kind', kind, 'must be letters, digits and "-", beginning with a letter');
}

function apiVersionProblem(apiVersion: string): string | undefined {
  const parts = apiVersion.split('/');
  if (parts.length > 2) return 'must be a version, or a group, "/" and a version';
  const [group, version = ''] = parts.length === 2 ? parts : [undefined, parts[0]];
  if (group !== undefined && group !== '' && dns1123Subdomain(group) !== undefined)
    return `the group ${dns1123Subdomain(group)}`;
  return version === '' || dns1035Label(version) !== undefined
    ? 'the version must be a label such as v1'
    : undefined;
}
