import type { Mapping } from '../../source/value.ts';
import {
  type Check,
  each,
  eachText,
  invalid,
  notSupported,
  required,
  requireTexts,
  within,
} from './check.ts';
import { has, isEmpty, numeric, optionalText, struct, text } from './fields.ts';
import { parseIp } from './ip.ts';
import { validateMetadata } from './metadata.ts';
import {
  checkText,
  dns1035Label,
  dns1123Label,
  dns1123Subdomain,
  pathSegment,
  portName,
  portNumber,
  wildcardSubdomain,
} from './names.ts';

const classAnnotation = 'kubernetes.io/ingress.class';
const forbiddenInPaths = ['//', '/./', '/../', '%2f', '%2F'];
const forbiddenAtPathEnds = ['/..', '/.'];

export function validateIngress(ingress: Mapping, check: Check): void {
  validateMetadata(ingress, check, { namespaced: true, name: dns1123Subdomain });
  const spec = struct(ingress, 'spec');
  check.path.push('spec');
  if (isEmpty(spec, 'rules') && !has(spec, 'defaultBackend'))
    invalid(check, [], '', 'must have rules or defaultBackend');
  within(check, spec, 'defaultBackend', validateBackend);
  each(check, spec, 'rules', validateRule);
  each(check, spec, 'tls', validateTls);
  const className = optionalText(spec, 'ingressClassName');
  if (className !== undefined) checkText(check, 'ingressClassName', className, dns1123Subdomain);
  check.path.pop();
  const annotation = optionalText(struct(struct(ingress, 'metadata'), 'annotations'), classAnnotation);
  if (annotation !== undefined && className !== undefined && annotation !== className)
    invalid(
      check,
      ['metadata', 'annotations', classAnnotation],
      annotation,
      'must have the same value as ingressClassName',
      'remove the annotation',
    );
}

/** Checks a reference to an object of the same namespace that the path stands at. */
export function validateTypedReference(reference: Mapping, check: Check): void {
  const group = optionalText(reference, 'apiGroup');
  if (group !== undefined) checkText(check, 'apiGroup', group, dns1123Subdomain);
  requireTexts(reference, check, 'kind', 'name');
  for (const key of ['kind', 'name']) checkText(check, key, text(reference, key), pathSegment);
}

function validateRule(rule: Mapping, check: Check): void {
  const host = text(rule, 'host');
  if (host !== '') {
    if (parseIp(host) !== undefined) invalid(check, 'host', host, 'must be a DNS name, not an IP address');
    else checkText(check, 'host', host, host.includes('*') ? wildcardSubdomain : dns1123Subdomain);
  }
  within(check, rule, 'http', (http) => {
    if (isEmpty(http, 'paths')) required(check, 'paths', 'must have at least one path');
    each(check, http, 'paths', validatePath);
  });
}

function validatePath(path: Mapping, check: Check): void {
  const type = optionalText(path, 'pathType');
  if (type === undefined) {
    required(check, 'pathType', 'must be Exact, Prefix or ImplementationSpecific');
    return;
  }
  const value = text(path, 'path');
  if (type === 'Exact' || type === 'Prefix') {
    if (!value.startsWith('/')) invalid(check, 'path', value, 'must begin with "/"', `write "/${value}"`);
    for (const part of forbiddenInPaths)
      if (value.includes(part)) invalid(check, 'path', value, `must not contain "${part}"`);
    for (const end of forbiddenAtPathEnds)
      if (value.endsWith(end)) invalid(check, 'path', value, `must not end with "${end}"`);
  } else if (type === 'ImplementationSpecific') {
    if (value !== '' && !value.startsWith('/'))
      invalid(check, 'path', value, 'must begin with "/"', `write "/${value}"`);
  } else notSupported(check, 'pathType', type, ['Exact', 'ImplementationSpecific', 'Prefix']);
  if (has(path, 'backend')) within(check, path, 'backend', validateBackend);
  else invalid(check, 'backend', '', 'must have a service or a resource');
}

function validateTls(tls: Mapping, check: Check): void {
  eachText(check, tls, 'hosts', (host, _, index) =>
    checkText(check, index, host, host.includes('*') ? wildcardSubdomain : dns1123Subdomain),
  );
  const secret = text(tls, 'secretName');
  if (secret !== '') checkText(check, 'secretName', secret, dns1123Subdomain);
}

function validateBackend(backend: Mapping, check: Check): void {
  const hasService = has(backend, 'service');
  const hasResource = has(backend, 'resource');
  if (hasService && hasResource) invalid(check, [], '', 'must have one of service and resource, not both');
  else if (hasResource) within(check, backend, 'resource', validateTypedReference);
  else if (hasService) within(check, backend, 'service', validateServiceBackend);
  else invalid(check, [], '', 'must have a service or a resource');
}

function validateServiceBackend(service: Mapping, check: Check): void {
  const name = text(service, 'name');
  if (name === '') required(check, 'name');
  else checkText(check, 'name', name, check.minor >= 36 ? dns1123Label : dns1035Label);
  const port = struct(service, 'port');
  const named = text(port, 'name');
  const number = numeric(port, 'number') ?? 0;
  if (named !== '' && number !== 0) invalid(check, 'port', '', 'must have one of name and number, not both');
  else if (named !== '') checkText(check, ['port', 'name'], named, portName);
  else if (number === 0) required(check, 'port', 'must have a name or a number');
  else if (portNumber(number) !== undefined)
    invalid(check, ['port', 'number'], number, 'must be between 1 and 65535');
}
