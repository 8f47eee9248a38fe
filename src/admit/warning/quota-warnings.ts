import { millis, parseQuantity } from '../../object/quantity.ts';
import { type Mapping, valueAt } from '../../source/value.ts';
import { type Check, invalid } from '../validation/check.ts';
import { has, struct } from '../validation/fields.ts';
import { compareResources } from '../validation/resources.ts';

/** Warns of a quantity of bytes that is no whole number, such as 128m for 128Mi. */
export function warnOfFraction(parent: Mapping, path: readonly string[], check: Check): void {
  const value = valueAt(parent, path);
  const quantity = parseQuantity(value);
  if (value === undefined || quantity === undefined || millis(quantity) % 1000n === 0n) return;
  const meant =
    typeof value === 'string' && /^\d+m$/.test(value) ? `write ${value.slice(0, -1)}Mi` : undefined;
  invalid(check, path, value, 'is a fraction of a byte', meant);
}

/** Warns where a quota lets more be requested than used. */
export function warnOfQuota(quota: Mapping, check: Check): void {
  const hard = struct(struct(quota, 'spec'), 'hard');
  for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
    // The bare names of these two mean requests as well.
    const isBare = name !== 'ephemeral-storage' && !has(hard, `requests.${name}`);
    const key = isBare ? name : `requests.${name}`;
    if (!has(hard, key) || !has(hard, `limits.${name}`)) continue;
    if (compareResources(hard?.[key], hard?.[`limits.${name}`]) > 0)
      invalid(check, ['spec', 'hard', key], hard?.[key], `should not exceed limits.${name}`);
  }
}
