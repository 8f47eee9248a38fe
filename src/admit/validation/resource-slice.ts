import type { Mapping } from '../../source/value.ts';
import { noFields } from '../../source/value.ts';
import { validateNodeSelector } from './affinity.ts';
import { type Check, duplicate, each, invalid, required, requireOneOf, tooMany, within } from './check.ts';
import { validateDeviceAttributes, validateDeviceCapacity } from './device-attributes.ts';
import { deviceTaintEffects, isShortList } from './device-selectors.ts';
import { flag, has, isEmpty, items, numeric, optionalText, struct, structs, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Label, dns1123Subdomain, labelValue, qualifiedName } from './names.ts';
import { validateDriverName } from './volume-source.ts';

const mostDevices = 128;
const mostPlainDevices = 64;

export function validateResourceSlice(slice: Mapping, check: Check): void {
  validateMetadata(slice, check, { namespaced: false, name: dns1123Subdomain });
  const spec = struct(slice, 'spec');
  check.path.push('spec');
  validateDriverName(check, 'driver', text(spec, 'driver'));
  validatePool(struct(spec, 'pool'), check);
  validateNodes(spec, ['nodeName', 'nodeSelector', 'allNodes', 'perDeviceNodeSelection'], check);
  if (items(struct(spec, 'nodeSelector'), 'nodeSelectorTerms').length > 1)
    invalid(check, ['nodeSelector', 'nodeSelectorTerms'], null, 'must have one term');
  if (has(spec, 'sharedCounters') && has(spec, 'devices'))
    invalid(check, [], null, 'must have sharedCounters or devices, not both');
  validateDevices(spec, check);
  validateCounterSets(spec, check);
  check.path.pop();
}

function validatePool(pool: Mapping | undefined, check: Check): void {
  const name = text(pool, 'name');
  check.path.push('pool');
  if (name === '') required(check, 'name');
  else if (name.length > 253) invalid(check, 'name', name, 'must have at most 253 characters');
  for (const part of name === '' ? [] : name.split('/')) checkText(check, 'name', part, dns1123Subdomain);
  const count = numeric(pool, 'resourceSliceCount') ?? 0;
  if (count <= 0) invalid(check, 'resourceSliceCount', count, 'must be greater than 0');
  const generation = numeric(pool, 'generation') ?? 0;
  if (generation < 0) invalid(check, 'generation', generation, 'must not be negative');
  check.path.pop();
}

/** Checks that exactly one of the fields says which nodes reach the devices. */
function validateNodes(parent: Mapping | undefined, keys: readonly string[], check: Check): void {
  let given = 0;
  for (const key of keys.filter((one) => has(parent, one))) {
    if (key === 'nodeSelector') within(check, parent, key, validateNodeSelector);
    else if (key === 'nodeName') {
      const name = text(parent, key);
      if (name !== '') checkText(check, key, name, dns1123Subdomain);
      else invalid(check, key, name, 'must not be empty');
      if (name === '') continue;
    } else if (flag(parent, key) !== true) {
      invalid(check, key, false, 'must be true, or not be set');
      continue;
    }
    given++;
  }
  if (given === 0) required(check, [], `must have one of ${keys.join(', ')}`);
  if (given > 1) invalid(check, [], null, `must have only one of ${keys.join(', ')}`);
}

function validateDevices(spec: Mapping | undefined, check: Check): void {
  const devices = structs(spec, 'devices');
  const isCostly = devices.some(
    (device) => !isEmpty(device, 'taints') || !isEmpty(device, 'consumesCounters'),
  );
  const limit = isCostly && check.minor >= 34 ? mostPlainDevices : mostDevices;
  if (devices.length > limit) {
    tooMany(check, 'devices', devices.length, limit);
    return;
  }
  const isPerDevice = flag(spec, 'perDeviceNodeSelection') === true;
  const names = new Set<string>();
  each(check, spec, 'devices', (device) => {
    const name = text(device, 'name');
    validateDevice(struct(device, 'basic') ?? device, name, check, isPerDevice);
    if (names.has(name)) duplicate(check, [], name);
    names.add(name);
  });
}

function validateDevice(device: Mapping, name: string, check: Check, isPerDevice: boolean): void {
  checkText(check, 'name', name, dns1123Label);
  validateDeviceAttributes(device, check);
  validateDeviceCapacity(device, check);
  if (isShortList(device, 'taints', check, 16)) each(check, device, 'taints', validateDeviceTaint);
  validateConsumedCounters(device, check);
  const keys = ['nodeName', 'nodeSelector', 'allNodes'];
  if (isPerDevice) validateNodes(device, keys, check);
  else if (keys.some((key) => has(device, key)))
    invalid(check, [], null, `${keys.join(', ')} need perDeviceNodeSelection: true in the spec`);
  validateBinding(device, check);
}

/** Checks a taint of a device. */
export function validateDeviceTaint(taint: Mapping, check: Check): void {
  checkText(check, 'key', text(taint, 'key'), qualifiedName);
  checkText(check, 'value', text(taint, 'value'), labelValue);
  requireOneOf(check, 'effect', text(taint, 'effect'), deviceTaintEffects);
}

function validateBinding(device: Mapping, check: Check): void {
  const lists = ['bindingConditions', 'bindingFailureConditions'] as const;
  const seen = new Set<string>();
  for (const key of lists) {
    if (!isShortList(device, key, check, 4)) continue;
    items(device, key).forEach((item, index) => {
      const condition = typeof item === 'string' ? item : '';
      checkText(check, [key, index], condition, qualifiedName);
      if (seen.has(condition)) duplicate(check, [key, index], condition);
      seen.add(condition);
    });
  }
  const [one, other] = lists.map((key) => !isEmpty(device, key));
  if (one !== other)
    invalid(check, 'bindingConditions', null, 'must be set together with bindingFailureConditions');
}

function validateConsumedCounters(device: Mapping, check: Check): void {
  if (!isShortList(device, 'consumesCounters', check, 2)) return;
  const names = new Set<string>();
  each(check, device, 'consumesCounters', (consumption) => {
    const name = text(consumption, 'counterSet');
    validateCounters(consumption, 'counterSet', check);
    if (names.has(name)) duplicate(check, [], name);
    names.add(name);
  });
}

function validateCounterSets(spec: Mapping | undefined, check: Check): void {
  if (!isShortList(spec, 'sharedCounters', check, 8)) return;
  const names = new Set<string>();
  each(check, spec, 'sharedCounters', (set) => {
    const name = text(set, 'name');
    validateCounters(set, 'name', check);
    if (names.has(name)) duplicate(check, [], name);
    names.add(name);
  });
}

function validateCounters(parent: Mapping, nameKey: string, check: Check): void {
  const name = text(parent, nameKey);
  if (name === '') required(check, nameKey);
  else checkText(check, nameKey, name, dns1123Label);
  const counters = Object.keys(struct(parent, 'counters') ?? {});
  if (counters.length === 0) required(check, 'counters');
  else if (counters.length > 32) tooMany(check, 'counters', counters.length, 32);
  else for (const counter of counters) checkText(check, ['counters', counter], counter, dns1123Label);
}

/** Checks the kind DeviceTaintRule. */
export function validateDeviceTaintRule(rule: Mapping, check: Check): void {
  validateMetadata(rule, check, { namespaced: false, name: dns1123Subdomain });
  const spec = struct(rule, 'spec');
  check.path.push('spec');
  within(check, spec, 'deviceSelector', (selector) => {
    const driver = optionalText(selector, 'driver');
    const device = optionalText(selector, 'device');
    if (driver !== undefined) validateDriverName(check, 'driver', driver);
    if (device !== undefined) checkText(check, 'device', device, dns1123Label);
  });
  check.path.push('taint');
  validateDeviceTaint(struct(spec, 'taint') ?? noFields, check);
  check.path.pop();
  check.path.pop();
}
