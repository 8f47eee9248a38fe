import { ownOf } from '../../source/own.ts';
import type { Mapping } from '../../source/value.ts';
import { validateMatchConditions, validateMatchResources } from './admission-rules.ts';
import {
  type Check,
  each,
  invalid,
  notSupported,
  required,
  requireOneOf,
  supported,
  within,
} from './check.ts';
import { has, isEmpty, optionalText, struct, structs, text, texts } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';
import { reportExpressions, validateParamKind, validateVariables } from './validating-admission-policy.ts';
import { validateParamRef } from './validating-admission-policy-binding.ts';

const operations = ['*', 'CONNECT', 'CREATE', 'UPDATE'];
const patchTypes: Readonly<Record<string, string>> = {
  ApplyConfiguration: 'applyConfiguration',
  JSONPatch: 'jsonPatch',
};

export function validateMutatingAdmissionPolicy(policy: Mapping, check: Check): void {
  validateMetadata(policy, check, { namespaced: false, name: dns1123Subdomain, anyFinalizer: true });
  const spec = struct(policy, 'spec');
  check.path.push('spec');
  supported(check, 'failurePolicy', optionalText(spec, 'failurePolicy'), ['Fail', 'Ignore']);
  within(check, spec, 'paramKind', validateParamKind);
  if (!has(spec, 'matchConstraints'))
    required(check, 'matchConstraints', 'must specify the resources that the policy applies to');
  within(check, spec, 'matchConstraints', (match) => {
    validateMutableResources(match, check);
    if (isEmpty(match, 'resourceRules'))
      required(check, 'resourceRules', 'must specify the resources that the policy applies to');
  });
  if (spec !== undefined) {
    validateMatchConditions(spec, check);
    validateVariables(spec, check);
  }
  if (isEmpty(spec, 'mutations')) required(check, 'mutations', 'must have at least one item');
  each(check, spec, 'mutations', validateMutation);
  requireOneOf(check, 'reinvocationPolicy', text(spec, 'reinvocationPolicy'), ['IfNeeded', 'Never']);
  check.path.pop();
  reportExpressions(policy, check);
}

export function validateMutatingAdmissionPolicyBinding(binding: Mapping, check: Check): void {
  validateMetadata(binding, check, { namespaced: false, name: dns1123Subdomain, anyFinalizer: true });
  const spec = struct(binding, 'spec');
  check.path.push('spec');
  const policyName = text(spec, 'policyName');
  if (policyName === '') required(check, 'policyName');
  else if (dns1123Subdomain(policyName) !== undefined)
    invalid(check, 'policyName', policyName, dns1123Subdomain(policyName) ?? '');
  within(check, spec, 'paramRef', validateParamRef);
  within(check, spec, 'matchResources', validateMutableResources);
  check.path.pop();
}

/** What is deleted cannot be changed on the way. */
function validateMutableResources(match: Mapping, check: Check): void {
  validateMatchResources(match, check);
  structs(match, 'resourceRules').forEach((rule, index) => {
    texts(rule, 'operations').forEach((operation, position) => {
      if (!operations.includes(operation))
        notSupported(check, ['resourceRules', index, 'operations', position], operation, operations);
    });
  });
}

function validateMutation(mutation: Mapping, check: Check): void {
  const type = text(mutation, 'patchType');
  const own = Object.hasOwn(patchTypes, type) ? ownOf(patchTypes, type) : undefined;
  if (own === undefined) {
    requireOneOf(check, 'patchType', type, Object.keys(patchTypes));
    return;
  }
  for (const key of Object.values(patchTypes))
    if (key !== own && has(mutation, key))
      invalid(check, key, mutation[key], `must not be set together with patchType: ${type}`);
  if (!has(mutation, own)) required(check, own, `must be set for patchType: ${type}`);
  within(check, mutation, own, (patch) => {
    if (text(patch, 'expression').trim() === '') required(check, 'expression');
  });
}
