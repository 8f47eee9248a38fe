import type { Mapping } from '../../source/value.ts';
import { type Check, forbidden, required, supported } from './check.ts';
import { flag, numeric, optionalText, struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';

const highestUserPriority = 1_000_000_000;
const systemPriorities = new Map([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', 2_000_000_000],
]);

export function validatePriorityClass(priorityClass: Mapping, check: Check): void {
  validateMetadata(priorityClass, check, { namespaced: false, name: dns1123Subdomain });
  const name = text(struct(priorityClass, 'metadata'), 'name');
  const value = numeric(priorityClass, 'value') ?? 0;
  if (name.startsWith('system-')) {
    if (systemPriorities.get(name) !== value || flag(priorityClass, 'globalDefault') === true)
      forbidden(check, ['metadata', 'name'], 'names that begin with "system-" are reserved');
  } else if (value > highestUserPriority) forbidden(check, 'value', `must be at most ${highestUserPriority}`);
  const preemption = optionalText(priorityClass, 'preemptionPolicy');
  if (preemption === '') required(check, 'preemptionPolicy');
  else supported(check, 'preemptionPolicy', preemption, ['PreemptLowerPriority', 'Never']);
}
