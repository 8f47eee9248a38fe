import type { Mapping } from '../../source/value.ts';
import { type Check, each, eachText, forbidden, invalid, required, within } from './check.ts';
import { isEmpty, items, structs, text } from './fields.ts';
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
