import { formatValue, type Mapping } from '../../source/value.ts';
import { bool, type CelType, dyn, mapOf, objectOf, string } from '../policy/cel-type.ts';
import { type Check, each, invalid, required, requireOneOf, supported, tooMany, within } from './check.ts';
import { validateExpression } from './expressions.ts';
import { has, isEmpty, items, struct, text } from './fields.ts';
import { byteLength } from './metadata.ts';
import { checkText, labelValue, qualifiedName } from './names.ts';
import { validateDriverName } from './volume-source.ts';

const mostItems = 32;
const longestExpression = 10 * 1024;
const longestParameters = 10 * 1024;
export const deviceTaintEffects = ['NoExecute', 'NoSchedule', 'None'];

/** Reports a list of more items than are allowed; whether it is short enough to look into. */
export function isShortList(parent: Mapping | undefined, key: string, check: Check, limit: number): boolean {
  const { length } = items(parent, key);
  if (length > limit) tooMany(check, key, length, limit);
  return length <= limit;
}

/** `k8s.io/dynamic-resource-allocation/cel`: what a selector knows of the device that it looks at. */
function deviceNames(minor: number): ReadonlyMap<string, CelType> {
  const quantity: CelType = { name: 'quantity', of: [] };
  const fields = new Map<string, CelType>([
    ['driver', string],
    ['attributes', mapOf(string, mapOf(string, dyn))],
    ['capacity', mapOf(string, mapOf(string, quantity))],
    ...(minor >= 34 ? [['allowMultipleAllocations', bool] as const] : []),
  ]);
  return new Map([['device', objectOf('kubernetes.DRADevice', () => fields)]]);
}

/** Checks `selectors` of a request or class. */
export function validateSelectors(parent: Mapping, check: Check): void {
  if (!isShortList(parent, 'selectors', check, mostItems)) return;
  each(check, parent, 'selectors', (selector) => {
    if (!has(selector, 'cel')) required(check, 'cel');
    within(check, selector, 'cel', (cel) => {
      const expression = text(cel, 'expression');
      if (byteLength(expression) > longestExpression)
        invalid(check, 'expression', expression, `must have at most ${longestExpression} bytes`);
      else
        validateExpression(expression, check, 'expression', {
          names: deviceNames(check.minor),
          result: 'bool',
          kubernetesMinor: check.minor,
        });
    });
  });
}

/** Checks what a claim or class tells a driver. */
export function validateDeviceConfiguration(config: Mapping, check: Check): void {
  if (!has(config, 'opaque')) required(check, 'opaque');
  within(check, config, 'opaque', (opaque) => {
    validateDriverName(check, 'driver', text(opaque, 'driver'));
    validateParameters(opaque, check);
  });
}

function validateParameters(opaque: Mapping, check: Check): void {
  const { parameters } = opaque;
  if (parameters === undefined || parameters === null) required(check, 'parameters');
  else if (struct(opaque, 'parameters') === undefined)
    invalid(check, 'parameters', parameters, 'must be a mapping');
  else if (byteLength(formatValue(parameters)) > longestParameters)
    invalid(check, 'parameters', null, `must have at most ${longestParameters} bytes as JSON`);
}

/** Checks `tolerations` of a device request. */
export function validateDeviceTolerations(parent: Mapping, check: Check): void {
  if (!isShortList(parent, 'tolerations', check, 16)) return;
  each(check, parent, 'tolerations', (toleration) => {
    const key = text(toleration, 'key');
    const value = text(toleration, 'value');
    const operator = text(toleration, 'operator') || 'Equal';
    if (key !== '') checkText(check, 'key', key, qualifiedName);
    requireOneOf(check, 'operator', operator, ['Equal', 'Exists']);
    if (operator === 'Equal') checkText(check, 'value', value, labelValue);
    else if (operator === 'Exists' && value !== '')
      invalid(check, 'value', value, 'must be empty for Exists');
    if (!isEmptyText(toleration, 'effect'))
      supported(check, 'effect', text(toleration, 'effect'), deviceTaintEffects);
  });
}

function isEmptyText(parent: Mapping, key: string): boolean {
  return isEmpty(parent, key) && text(parent, key) === '';
}
