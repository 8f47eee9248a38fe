import type { Mapping } from '../../source/value.ts';
import { type Check, each, invalid, notSupported, supported } from './check.ts';
import { numeric, text } from './fields.ts';
import { checkText, labelValue, qualifiedName } from './names.ts';

export const taintEffects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

/** Checks `tolerations` of a pod or a runtime class. */
export function validateTolerations(parent: Mapping | undefined, check: Check): void {
  each(check, parent, 'tolerations', (toleration) => {
    const key = text(toleration, 'key');
    const operator = text(toleration, 'operator');
    const effect = text(toleration, 'effect');
    if (key !== '') checkText(check, 'key', key, qualifiedName);
    else if (operator !== 'Exists')
      invalid(
        check,
        'operator',
        operator,
        'must be Exists if key is empty',
        'write operator: Exists, or set a key',
      );
    if (numeric(toleration, 'tolerationSeconds') !== undefined && effect !== 'NoExecute')
      invalid(check, 'effect', effect, 'must be NoExecute with tolerationSeconds', 'write effect: NoExecute');
    validateOperator(operator, text(toleration, 'value'), check);
    if (effect !== '') supported(check, 'effect', effect, taintEffects);
  });
}

function validateOperator(operator: string, value: string, check: Check): void {
  if (operator === '' || operator === 'Equal') {
    const problem = labelValue(value);
    if (problem !== undefined) invalid(check, 'value', value, problem);
  } else if (operator === 'Exists') {
    if (value !== '')
      invalid(
        check,
        'value',
        value,
        'must be empty with operator Exists',
        'remove the value, or use operator: Equal',
      );
  } else notSupported(check, 'operator', operator, ['Equal', 'Exists']);
}
