import { isMapping, type Mapping } from '../../source/value.ts';
import {
  type Check,
  duplicate,
  each,
  eachText,
  forbidden,
  invalid,
  notSupported,
  required,
} from './check.ts';
import {
  isShortList,
  validateDeviceConfiguration,
  validateDeviceTolerations,
  validateSelectors,
} from './device-selectors.ts';
import { has, isEmpty, numeric, optionalText, struct, structs, text } from './fields.ts';
import { validateMetadata, validateTemplateMetadata } from './metadata.ts';
import { checkText, cIdentifier, dns1123Label, dns1123Subdomain } from './names.ts';
import { isExtended } from './resources.ts';

const mostRequests = 32;
const mostAlternatives = 8;
const templateFields = ['labels', 'annotations', 'managedFields'];

export function validateResourceClaim(claim: Mapping, check: Check): void {
  validateMetadata(claim, check, { namespaced: true, name: dns1123Subdomain });
  check.path.push('spec');
  validateClaimSpec(struct(claim, 'spec'), check, isFlat(claim));
  check.path.pop();
}

export function validateResourceClaimTemplate(template: Mapping, check: Check): void {
  validateMetadata(template, check, { namespaced: true, name: dns1123Subdomain });
  const spec = struct(template, 'spec');
  check.path.push('spec');
  validateTemplateMetadata(spec, check);
  for (const key in struct(spec, 'metadata'))
    if (!templateFields.includes(key) && has(struct(spec, 'metadata'), key) && !isZero(spec, key))
      forbidden(check, ['metadata', key], 'must not be set in a template');
  check.path.push('spec');
  validateClaimSpec(struct(spec, 'spec'), check, isFlat(template));
  check.path.pop();
  check.path.pop();
}

function isZero(spec: Mapping | undefined, key: string): boolean {
  const value = struct(spec, 'metadata')?.[key];
  return value === '' || (key === 'generation' && value === 0);
}

/** In v1beta1 the request itself has the fields that stand under `exactly` later. */
function isFlat(object: Mapping): boolean {
  return text(object, 'apiVersion').endsWith('/v1beta1');
}

function validateClaimSpec(spec: Mapping | undefined, check: Check, isFlatVersion: boolean): void {
  const devices = struct(spec, 'devices');
  const names = requestNames(devices);
  check.path.push('devices');
  if (isShortList(devices, 'requests', check, mostRequests)) {
    each(check, devices, 'requests', (request) => validateRequest(request, check, isFlatVersion));
    reportSameNames(devices, 'requests', check);
  }
  if (isShortList(devices, 'constraints', check, mostRequests))
    each(check, devices, 'constraints', (constraint) => {
      validateReferences(constraint, names, check);
      validateConstraint(constraint, check);
    });
  if (isShortList(devices, 'config', check, mostRequests))
    each(check, devices, 'config', (config) => {
      validateReferences(config, names, check);
      validateDeviceConfiguration(config, check);
    });
  check.path.pop();
}

/** The names that a constraint may use: of requests, and of their alternatives after a slash. */
function requestNames(devices: Mapping | undefined): ReadonlySet<string> {
  const names = structs(devices, 'requests').flatMap((request) => {
    const name = text(request, 'name');
    return [name, ...structs(request, 'firstAvailable').map((one) => `${name}/${text(one, 'name')}`)];
  });
  return new Set(names);
}

function reportSameNames(parent: Mapping | undefined, key: string, check: Check): void {
  const seen = new Set<string>();
  structs(parent, key).forEach((item, index) => {
    const name = text(item, 'name');
    if (seen.has(name)) duplicate(check, [key, index], name);
    seen.add(name);
  });
}

function validateRequest(request: Mapping, check: Check, isFlatVersion: boolean): void {
  checkText(check, 'name', text(request, 'name'), dns1123Label);
  const hasAlternatives = !isEmpty(request, 'firstAvailable');
  const exactly = isFlatVersion ? flatRequest(request) : struct(request, 'exactly');
  if (hasAlternatives && exactly !== undefined)
    invalid(check, [], null, 'must have exactly or firstAvailable, not both');
  else if (hasAlternatives) validateAlternatives(request, check);
  else if (exactly === undefined) required(check, [], 'must have exactly or firstAvailable');
  else {
    if (!isFlatVersion) check.path.push('exactly');
    validateExactRequest(exactly, check);
    if (!isFlatVersion) check.path.pop();
  }
}

function flatRequest(request: Mapping): Mapping | undefined {
  return has(request, 'deviceClassName') || isEmpty(request, 'firstAvailable') ? request : undefined;
}

function validateAlternatives(request: Mapping, check: Check): void {
  if (!isShortList(request, 'firstAvailable', check, mostAlternatives)) return;
  each(check, request, 'firstAvailable', (alternative) => {
    checkText(check, 'name', text(alternative, 'name'), dns1123Label);
    validateExactRequest(alternative, check);
  });
  reportSameNames(request, 'firstAvailable', check);
}

function validateExactRequest(request: Mapping, check: Check): void {
  const className = text(request, 'deviceClassName');
  if (className === '') required(check, 'deviceClassName', 'must name a DeviceClass');
  else checkText(check, 'deviceClassName', className, dns1123Subdomain);
  validateSelectors(request, check);
  validateAllocation(request, check);
  if (check.minor >= 36) validateDeviceTolerations(request, check);
}

/** One device where nothing is said. */
function validateAllocation(request: Mapping, check: Check): void {
  const mode = text(request, 'allocationMode') || 'ExactCount';
  const count = numeric(request, 'count') ?? 0;
  if (mode === 'All') {
    if (count !== 0)
      invalid(check, 'count', count, 'must not be set together with allocationMode: All', 'remove it');
  } else if (mode !== 'ExactCount') notSupported(check, 'allocationMode', mode, ['All', 'ExactCount']);
  else if (count < 0) invalid(check, 'count', count, 'must be greater than 0');
}

function validateReferences(parent: Mapping, names: ReadonlySet<string>, check: Check): void {
  if (!isShortList(parent, 'requests', check, mostRequests)) return;
  const seen = new Set<string>();
  eachText(check, parent, 'requests', (name, _, index) => {
    const isName = name.split('/').every((part) => dns1123Label(part) === undefined);
    if (!isName || !names.has(name))
      invalid(check, index, name, 'must be the name of a request, or of one of its alternatives after "/"');
    if (seen.has(name)) duplicate(check, index, name);
    seen.add(name);
  });
}

function validateConstraint(constraint: Mapping, check: Check): void {
  const match = optionalText(constraint, 'matchAttribute');
  const distinct = check.minor >= 36 ? optionalText(constraint, 'distinctAttribute') : undefined;
  if (match !== undefined) checkText(check, 'matchAttribute', match, attributeName);
  else if (distinct !== undefined) checkText(check, 'distinctAttribute', distinct, attributeName);
  else required(check, check.minor >= 36 ? [] : 'matchAttribute', 'must name an attribute');
}

/** A domain, "/" and an identifier, as drivers name attributes of devices. */
function attributeName(name: string): string | undefined {
  if (!name.includes('/')) return 'must be a domain and a name, such as "gpu.example.com/numa"';
  const [domain = '', id = '', ...rest] = name.split('/');
  // Upstream looks at no name with more than one slash.
  if (rest.length > 0) return undefined;
  return qualifiedDeviceName(domain, id);
}

function qualifiedDeviceName(domain: string, id: string): string | undefined {
  if (domain.length > 63) return 'the domain must have at most 63 characters';
  if (dns1123Subdomain(domain.toLowerCase()) !== undefined) return 'the part before "/" must be a domain';
  return id.length > 32 ? 'the name after "/" must have at most 32 characters' : cIdentifier(id);
}

/** Checks the kind DeviceClass. */
export function validateDeviceClass(deviceClass: Mapping, check: Check): void {
  validateMetadata(deviceClass, check, { namespaced: false, name: dns1123Subdomain });
  const spec = struct(deviceClass, 'spec');
  check.path.push('spec');
  if (isMapping(spec)) validateSelectors(spec, check);
  if (isShortList(spec, 'config', check, mostRequests))
    each(check, spec, 'config', validateDeviceConfiguration);
  const extended = optionalText(spec, 'extendedResourceName');
  // A field of a feature that is on since 1.36 and dropped before.
  if (extended !== undefined && check.minor >= 36 && !isExtended(extended))
    invalid(
      check,
      'extendedResourceName',
      extended,
      'must be the name of an extended resource, with a domain',
    );
  check.path.pop();
}
