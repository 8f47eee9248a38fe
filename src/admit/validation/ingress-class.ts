import type { Mapping } from '../../source/value.ts';
import { type Check, forbidden, required, supported, tooLong, within } from './check.ts';
import { has, optionalText, struct, text } from './fields.ts';
import { validateTypedReference } from './ingress.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Label, dns1123Subdomain, domainPrefixedPath } from './names.ts';

const maxController = 250;

export function validateIngressClass(ingressClass: Mapping, check: Check): void {
  validateMetadata(ingressClass, check, { namespaced: false, name: dns1123Subdomain });
  const spec = struct(ingressClass, 'spec');
  check.path.push('spec');
  const controller = text(spec, 'controller');
  if (controller === '')
    required(check, 'controller', 'must be a domain and a path, such as "example.com/ingress-controller"');
  else if (controller.length > maxController) tooLong(check, 'controller', maxController);
  else checkText(check, 'controller', controller, domainPrefixedPath);
  within(check, spec, 'parameters', validateParameters);
  check.path.pop();
}

function validateParameters(parameters: Mapping, check: Check): void {
  validateTypedReference(parameters, check);
  const scope = optionalText(parameters, 'scope') ?? 'Cluster';
  supported(check, 'scope', scope, ['Cluster', 'Namespace']);
  const namespace = optionalText(parameters, 'namespace');
  if (scope === 'Namespace') {
    if (namespace === undefined) required(check, 'namespace', 'must be set with scope Namespace');
    else checkText(check, 'namespace', namespace, dns1123Label);
  } else if (scope === 'Cluster' && has(parameters, 'namespace'))
    forbidden(
      check,
      'namespace',
      'must not be set with scope Cluster',
      'remove it, or write scope: Namespace',
    );
}
