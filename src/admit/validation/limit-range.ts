import { parseQuantity } from '../../object/quantity.ts';
import type { Mapping, Value } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type Check, duplicate, each, forbidden, invalid, required } from './check.ts';
import { isEmpty, struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain, qualifiedName } from './names.ts';
import { compareResources, containerResourceName, isOvercommitAllowed, resourceName } from './resources.ts';

const types = ['Pod', 'Container', 'PersistentVolumeClaim'];
const lists = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'];

/** One limit's quantities of one resource, defaults filled in; undefined where it says nothing. */
interface Quantities {
  readonly min: Value | undefined;
  readonly max: Value | undefined;
  readonly standard: Value | undefined;
  readonly request: Value | undefined;
  readonly ratio: Value | undefined;
}

/** A LimitRange needs no name: the API server makes one up. */
export function validateLimitRange(limitRange: Mapping, check: Check): void {
  validateMetadata(limitRange, check, { namespaced: true, name: dns1123Subdomain, nameOptional: true });
  const seen = new Set<string>();
  check.path.push('spec');
  each(check, struct(limitRange, 'spec'), 'limits', (limit) => {
    const type = text(limit, 'type');
    validateType(type, check);
    if (seen.has(type)) duplicate(check, 'type', type, `there is already a limit of type ${type}`);
    seen.add(type);
    validateLimit(limit, check, type);
  });
  check.path.pop();
}

function validateType(type: string, check: Check): void {
  const problem =
    qualifiedName(type) ??
    (type.includes('/') || types.includes(type) ? undefined : `must be one of ${types.join(', ')}`);
  if (problem !== undefined) invalid(check, 'type', type, problem);
}

function validateLimit(limit: Mapping, check: Check, type: string): void {
  if (type === 'Pod')
    for (const list of ['default', 'defaultRequest'])
      if (!isEmpty(limit, list)) forbidden(check, list, 'is not allowed for limits of type Pod');
  const names = new Set<string>();
  for (const list of lists)
    for (const name in struct(limit, list)) {
      const problem =
        type === 'Pod' || type === 'Container' ? containerResourceName(name) : resourceName(name);
      if (problem !== undefined) invalid(check, [list, name], name, problem);
      names.add(name);
    }
  if (
    type === 'PersistentVolumeClaim' &&
    valueIn(limit, 'min', 'storage') === undefined &&
    valueIn(limit, 'max', 'storage') === undefined
  )
    required(check, 'max', 'must set storage here or in min');
  for (const name of names) compareQuantities(name, quantitiesOf(limit, name, type), check);
}

/** The API server fills the defaults of containers: from max, then the default request from the default, then from min. */
function quantitiesOf(limit: Mapping, name: string, type: string): Quantities {
  const isContainer = type === 'Container';
  const min = valueIn(limit, 'min', name);
  const max = valueIn(limit, 'max', name);
  const standard = firstGiven(valueIn(limit, 'default', name), isContainer ? max : undefined);
  const request = firstGiven(
    valueIn(limit, 'defaultRequest', name),
    isContainer ? firstGiven(standard, min) : undefined,
  );
  return { min, max, standard, request, ratio: valueIn(limit, 'maxLimitRequestRatio', name) };
}

function compareQuantities(
  name: string,
  { min, max, standard, request, ratio }: Quantities,
  check: Check,
): void {
  if (exceeds(min, max)) {
    // All that is derived from the two would be reported again.
    invalid(check, ['min', name], min, `must not exceed max (${valueText(max)})`);
    return;
  }
  if (exceeds(min, request))
    invalid(check, ['defaultRequest', name], request, `must not be less than min (${valueText(min)})`);
  if (exceeds(request, max))
    invalid(check, ['defaultRequest', name], request, `must not exceed max (${valueText(max)})`);
  if (exceeds(request, standard))
    invalid(check, ['defaultRequest', name], request, `must not exceed default (${valueText(standard)})`);
  if (exceeds(min, standard))
    invalid(check, ['default', name], standard, `must not be less than min (${valueText(min)})`);
  if (exceeds(standard, max))
    invalid(check, ['default', name], standard, `must not exceed max (${valueText(max)})`);
  if (exceeds(1, ratio)) invalid(check, ['maxLimitRequestRatio', name], ratio, 'must be at least 1');
  if (
    ratio !== undefined &&
    min !== undefined &&
    max !== undefined &&
    numberOf(ratio) > numberOf(max) / numberOf(min)
  )
    invalid(check, ['maxLimitRequestRatio', name], ratio, 'must not exceed max divided by min');
  if (
    !isOvercommitAllowed(name) &&
    standard !== undefined &&
    request !== undefined &&
    compareResources(standard, request) !== 0
  )
    invalid(
      check,
      ['defaultRequest', name],
      request,
      `must equal default (${valueText(standard)}), because ${name} cannot be overcommitted`,
    );
}

function exceeds(low: Value | undefined, high: Value | undefined): boolean {
  return low !== undefined && high !== undefined && compareResources(low, high) > 0;
}

function numberOf(value: Value): number {
  return Number(parseQuantity(value)?.nanos ?? 0n) / 1e9;
}

/** Null counts as given: it is a quantity of zero. */
function firstGiven(value: Value | undefined, fallback: Value | undefined): Value | undefined {
  return value === undefined ? fallback : value;
}

function valueIn(limit: Mapping, list: string, name: string): Value | undefined {
  const quantities = struct(limit, list);
  return quantities !== undefined && Object.hasOwn(quantities, name) ? quantities[name] : undefined;
}
