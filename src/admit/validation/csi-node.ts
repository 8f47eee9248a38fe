import type { Mapping } from '../../source/value.ts';
import { type Check, duplicate, each, invalid, required } from './check.ts';
import { struct, text, texts } from './fields.ts';
import { byteLength, validateMetadata } from './metadata.ts';
import { checkText, dns1123Subdomain, qualifiedName } from './names.ts';
import { nonNegative } from './numbers.ts';
import { validateDriverName } from './volume-source.ts';

const longestNodeId = 256;

export function validateCsiNode(node: Mapping, check: Check): void {
  validateMetadata(node, check, { namespaced: false, name: dns1123Subdomain });
  const names = new Set<string>();
  check.path.push('spec');
  each(check, struct(node, 'spec'), 'drivers', (driver) => {
    const name = text(driver, 'name');
    validateDriverName(check, 'name', name);
    if (names.has(name)) duplicate(check, 'name', name);
    names.add(name);
    const id = text(driver, 'nodeID');
    if (id === '') required(check, 'nodeID');
    else if (byteLength(id) > longestNodeId)
      invalid(check, 'nodeID', id, `must have at most ${longestNodeId} characters`);
    nonNegative(check, struct(driver, 'allocatable'), 'count');
    validateTopologyKeys(driver, check);
  });
  check.path.pop();
}

function validateTopologyKeys(driver: Mapping, check: Check): void {
  const keys = texts(driver, 'topologyKeys');
  keys.forEach((key, index) => {
    if (keys.indexOf(key) < index) duplicate(check, ['topologyKeys', index], key);
    checkText(check, ['topologyKeys', index], key, qualifiedName);
  });
}
