import { isMapping, type Mapping } from '../../source/value.ts';
import { type Check, each, eachText, forbidden, invalid, required, within } from './check.ts';
import { entryText, isEmpty, items, struct, structs, text } from './fields.ts';
import { validateLabels } from './metadata.ts';
import { checkText, labelValue, qualifiedName } from './names.ts';

/** Checks a LabelSelector under `key`; an absent one is fine here. */
export function validateLabelSelector(parent: Mapping | undefined, key: string, check: Check): void {
  within(check, parent, key, validateSelectorFields);
}

/** Checks a LabelSelector that the path stands at already. */
export function validateSelectorFields(selector: Mapping, check: Check): void {
  validateLabels(selector, 'matchLabels', check);
  each(check, selector, 'matchExpressions', validateRequirement);
}

/** Whether the selector asks for nothing. */
export function isEmptySelector(selector: Mapping | undefined): boolean {
  return isEmpty(selector, 'matchLabels') && isEmpty(selector, 'matchExpressions');
}

/** Whether the labels match; an absent selector matches nothing, an empty one everything. */
export function matchesSelector(selector: Mapping | undefined, labels: Mapping | undefined): boolean {
  if (selector === undefined) return false;
  return (
    matchesLabels(struct(selector, 'matchLabels'), labels) &&
    structs(selector, 'matchExpressions').every((requirement) => matchesRequirement(requirement, labels))
  );
}

/** Whether all of `wanted` stand in `labels`. */
export function matchesLabels(wanted: Mapping | undefined, labels: Mapping | undefined): boolean {
  for (const key in wanted) if (labelOf(labels, key) !== entryText(wanted[key])) return false;
  return true;
}

/** Whether the selector can be evaluated at all: known operators with the values that they need. */
export function isUsableSelector(selector: Mapping | undefined): boolean {
  return structs(selector, 'matchExpressions').every((requirement) => {
    const values = items(requirement, 'values').length;
    const operator = text(requirement, 'operator');
    if (operator === 'In' || operator === 'NotIn') return values > 0;
    return (operator === 'Exists' || operator === 'DoesNotExist') && values === 0;
  });
}

function validateRequirement(requirement: Mapping, check: Check): void {
  const operator = text(requirement, 'operator');
  const values = items(requirement, 'values');
  if (operator === 'In' || operator === 'NotIn') {
    if (values.length === 0) required(check, 'values', `must have an item with operator ${operator}`);
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values.length > 0)
      forbidden(
        check,
        'values',
        `must be empty with operator ${operator}`,
        'remove the values, or use In or NotIn',
      );
  } else invalid(check, 'operator', operator, 'must be one of In, NotIn, Exists, DoesNotExist');
  checkText(check, 'key', text(requirement, 'key'), qualifiedName);
  eachText(check, requirement, 'values', (value, _, index) => checkText(check, index, value, labelValue));
}

function matchesRequirement(requirement: Mapping, labels: Mapping | undefined): boolean {
  const value = labelOf(labels, text(requirement, 'key'));
  const values = items(requirement, 'values');
  switch (text(requirement, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    default:
      return value === undefined;
  }
}

function labelOf(labels: Mapping | undefined, key: string): string | undefined {
  return isMapping(labels) && Object.hasOwn(labels, key) ? entryText(labels[key]) : undefined;
}
