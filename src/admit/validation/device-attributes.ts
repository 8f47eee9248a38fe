import { parseQuantity } from '../../object/quantity.ts';
import { isMapping, type Mapping, newMapping, type Value } from '../../source/value.ts';
import { type Check, duplicate, forbidden, invalid, required, within } from './check.ts';
import { flag, has, isEmpty, items, optionalText, struct } from './fields.ts';
import { checkText, cIdentifier, dns1123Subdomain } from './names.ts';
import { compareResources } from './resources.ts';

const mostFields = 32;
const longestValue = 64;
// Lists of values belong to a feature that is off by default: the server drops them.
const valueKeys = ['bool', 'int', 'string', 'version'];
const semver =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*)?(?:\+[0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*)?$/;

/** Checks `attributes` of a device: names, and one value each. */
export function validateDeviceAttributes(device: Mapping, check: Check): void {
  const count = keysOf(device, 'attributes').length + keysOf(device, 'capacity').length;
  if (count > mostFields)
    invalid(check, [], count, `must have at most ${mostFields} attributes and capacities together`);
  within(check, device, 'attributes', (attributes) => {
    for (const name of Object.keys(attributes)) {
      checkText(check, name, name, deviceFieldName);
      const value = attributes[name];
      check.path.push(name);
      validateAttribute(isMapping(value) ? value : newMapping(), check);
      check.path.pop();
    }
  });
}

function keysOf(parent: Mapping, key: string): readonly string[] {
  return Object.keys(struct(parent, key) ?? {});
}

function validateAttribute(attribute: Mapping, check: Check): void {
  const given = valueKeys.filter((key) => has(attribute, key));
  if (given.length !== 1) invalid(check, [], null, 'must have exactly one value');
  for (const [key, one] of [
    ['string', optionalText(attribute, 'string')],
    ['version', optionalText(attribute, 'version')],
  ] as const)
    if (one !== undefined) validateText(key, one, check);
}

function validateText(kind: string, value: string, check: Check): void {
  if (kind === 'version' && !semver.test(value))
    invalid(check, kind, value, 'must be a version such as 1.2.3');
  if (value.length > longestValue)
    invalid(check, kind, value, `must have at most ${longestValue} characters`);
}

/** An identifier, alone or after a domain and "/". */
function deviceFieldName(name: string): string | undefined {
  const parts = name.split('/');
  // Upstream looks at no name with more than one slash.
  if (parts.length > 2) return undefined;
  const [id = '', domain] = parts.reverse();
  if (domain !== undefined && (domain.length > 63 || dns1123Subdomain(domain.toLowerCase()) !== undefined))
    return 'the part before "/" must be a domain of at most 63 characters';
  return id.length > 32 ? 'the name must have at most 32 characters' : cIdentifier(id);
}

/** Checks `capacity` of a device: names, and how it may be shared out. */
export function validateDeviceCapacity(device: Mapping, check: Check): void {
  const isShared = flag(device, 'allowMultipleAllocations') === true;
  within(check, device, 'capacity', (capacity) => {
    for (const name of Object.keys(capacity)) {
      checkText(check, name, name, deviceFieldName);
      within(check, capacity, name, (one) => {
        // A field of a feature that is on since 1.36 and dropped before.
        if (!has(one, 'requestPolicy') || check.minor < 36) return;
        if (!isShared) forbidden(check, 'requestPolicy', 'needs allowMultipleAllocations: true');
        else within(check, one, 'requestPolicy', (policy) => validateRequestPolicy(policy, one, check));
      });
    }
  });
}

function validateRequestPolicy(policy: Mapping, capacity: Mapping, check: Check): void {
  const hasValues = !isEmpty(policy, 'validValues');
  if (hasValues && has(policy, 'validRange')) {
    forbidden(check, [], 'must have validValues or validRange, not both');
    return;
  }
  if (!hasValues && !has(policy, 'validRange')) return;
  if (!has(policy, 'default')) required(check, 'default', 'must be set with validValues or validRange');
  else if (hasValues) validateValues(policy, capacity, check);
  else within(check, policy, 'validRange', (range) => validateRange(range, policy, capacity, check));
}

function validateValues(policy: Mapping, capacity: Mapping, check: Check): void {
  const values = items(policy, 'validValues');
  values.forEach((value, index) => {
    if (index > 0 && compareResources(values[index - 1], value) > 0)
      invalid(check, ['validValues', index], value, 'must not be less than the value before it');
    if (compareResources(value, capacity['value']) > 0)
      invalid(check, ['validValues', index], value, 'must not exceed the capacity');
    if (values.slice(0, index).some((other) => compareResources(other, value) === 0))
      duplicate(check, ['validValues', index], value, 'this value is already in the list');
  });
  if (!values.some((value) => compareResources(value, policy['default']) === 0))
    invalid(check, 'validValues', policy['default'], 'must contain the default');
}

function validateStep(range: Mapping, policy: Mapping, capacity: Mapping, check: Check): void {
  const [step, min, all] = [range['step'], range['min'], capacity['value']].map(wholeOf);
  if (step === undefined || min === undefined) return;
  if (step === 0n) {
    // The server divides by it, and answers nothing.
    invalid(check, 'step', range['step'], 'must be greater than 0');
    return;
  }
  if (all !== undefined && min + step > all)
    invalid(check, 'step', range['step'], 'must not exceed the capacity');
  for (const value of [policy['default'], range['max']].map(wholeOf))
    if (value !== undefined && (value - min) % step !== 0n)
      invalid(check, 'step', range['step'], 'must divide the distance from min to the default and to max');
}

/** A quantity rounded up to a whole number, as upstream counts steps. */
function wholeOf(value: Value | undefined): bigint | undefined {
  if (value === undefined || value === null) return undefined;
  const nanos = parseQuantity(value)?.nanos;
  if (nanos === undefined) return undefined;
  const whole = nanos / 1_000_000_000n;
  return nanos % 1_000_000_000n > 0n ? whole + 1n : whole;
}

function validateRange(range: Mapping, policy: Mapping, capacity: Mapping, check: Check): void {
  const { min, max } = range;
  if (!has(range, 'min')) {
    required(check, 'min');
    return;
  }
  if (compareResources(min, capacity['value']) > 0)
    invalid(check, 'min', min, 'must not exceed the capacity');
  if (compareResources(policy['default'], min) < 0) invalid(check, 'min', min, 'must not exceed the default');
  validateStep(range, policy, capacity, check);
  if (!has(range, 'max')) return;
  if (compareResources(min, max) > 0) invalid(check, 'max', max, 'must not be less than min');
  if (compareResources(max, capacity['value']) > 0)
    invalid(check, 'max', max, 'must not exceed the capacity');
  if (compareResources(policy['default'], max) > 0)
    invalid(check, 'max', max, 'must not be less than the default');
}
