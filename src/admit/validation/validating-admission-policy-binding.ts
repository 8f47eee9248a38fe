import type { Mapping } from '../../source/value.ts';
import { validateMatchResources } from './admission-rules.ts';
import {
  type Check,
  duplicate,
  eachText,
  forbidden,
  invalid,
  notSupported,
  required,
  requireOneOf,
  within,
} from './check.ts';
import { has, items, struct, text } from './fields.ts';
import { validateLabelSelector } from './label-selector.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Subdomain, pathSegment } from './names.ts';

const actions = ['Audit', 'Deny', 'Warn'];

export function validateValidatingAdmissionPolicyBinding(binding: Mapping, check: Check): void {
  validateMetadata(binding, check, { namespaced: false, name: dns1123Subdomain, anyFinalizer: true });
  const spec = struct(binding, 'spec');
  check.path.push('spec');
  const policyName = text(spec, 'policyName');
  if (policyName === '') required(check, 'policyName');
  else checkText(check, 'policyName', policyName, dns1123Subdomain);
  within(check, spec, 'paramRef', validateParamRef);
  within(check, spec, 'matchResources', validateMatchResources);
  validateActions(spec, check);
  check.path.pop();
}

/** Checks `paramRef` of a binding. */
export function validateParamRef(reference: Mapping, check: Check): void {
  const name = text(reference, 'name');
  const hasSelector = has(reference, 'selector');
  if (name !== '') checkText(check, 'name', name, pathSegment);
  validateLabelSelector(reference, 'selector', check);
  if (name !== '' && hasSelector)
    forbidden(check, 'selector', 'must not be set together with name', 'remove one of the two');
  if (name === '' && !hasSelector) required(check, [], 'must have name or selector');
  requireOneOf(check, 'parameterNotFoundAction', text(reference, 'parameterNotFoundAction'), [
    'Deny',
    'Allow',
  ]);
}

function validateActions(spec: Mapping | undefined, check: Check): void {
  const given = items(spec, 'validationActions');
  if (given.length === 0)
    required(check, 'validationActions', 'must have at least one of Deny, Warn and Audit');
  const seen = new Set<string>();
  eachText(check, spec, 'validationActions', (action, _, index) => {
    if (!actions.includes(action)) notSupported(check, index, action, actions);
    if (seen.has(action)) duplicate(check, index, action);
    seen.add(action);
  });
  if (seen.has('Deny') && seen.has('Warn'))
    invalid(
      check,
      'validationActions',
      given,
      'Deny and Warn would report the same violation twice',
      'remove Warn',
    );
}
