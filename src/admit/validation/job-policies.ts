import type { Mapping } from '../../source/value.ts';
import {
  type Check,
  duplicate,
  each,
  invalid,
  required,
  requireOneOf,
  supported,
  tooLong,
  tooMany,
  within,
} from './check.ts';
import { has, items, numberOf, numeric, optionalText, struct, structs, text } from './fields.ts';
import { checkText, qualifiedName } from './names.ts';
import { nonNegative } from './numbers.ts';

const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore'];
const maxRules = 20;
const maxExitCodes = 255;
const maxIndexesText = 64 * 1024;

/** Checks `podFailurePolicy` of a Job, beside the spec that it stands in. */
export function validatePodFailurePolicy(policy: Mapping, check: Check, spec: Mapping): void {
  const count = items(policy, 'rules').length;
  if (count > maxRules) tooMany(check, 'rules', count, maxRules);
  const podSpec = struct(struct(spec, 'template'), 'spec');
  const containers = new Set(
    [...structs(podSpec, 'containers'), ...structs(podSpec, 'initContainers')].map((container) =>
      text(container, 'name'),
    ),
  );
  each(check, policy, 'rules', (rule) => {
    const action = text(rule, 'action');
    requireOneOf(check, 'action', action, actions);
    if (action === 'FailIndex' && !has(spec, 'backoffLimitPerIndex'))
      invalid(check, 'action', action, 'needs backoffLimitPerIndex');
    within(check, rule, 'onExitCodes', (codes) => validateExitCodes(codes, check, containers));
    const conditions = items(rule, 'onPodConditions').length;
    if (conditions > maxRules) tooMany(check, 'onPodConditions', conditions, maxRules);
    each(check, rule, 'onPodConditions', validateCondition);
    if (has(rule, 'onExitCodes') && conditions > 0)
      invalid(check, [], undefined, 'must have one of onExitCodes and onPodConditions, not both');
    if (!has(rule, 'onExitCodes') && conditions === 0)
      invalid(check, [], undefined, 'must have onExitCodes or onPodConditions');
  });
}

/** Checks `successPolicy` of an indexed Job. */
export function validateSuccessPolicy(policy: Mapping, check: Check, completions: number): void {
  const count = items(policy, 'rules').length;
  if (count === 0) required(check, 'rules', 'must have at least one rule');
  if (count > maxRules) tooMany(check, 'rules', count, maxRules);
  each(check, policy, 'rules', (rule) => {
    const indexes = optionalText(rule, 'succeededIndexes');
    const succeeded = numeric(rule, 'succeededCount');
    if (indexes === undefined && succeeded === undefined)
      required(check, [], 'must have succeededCount or succeededIndexes');
    if ((indexes ?? '').length > maxIndexesText) tooLong(check, 'succeededIndexes', maxIndexesText);
    const total = indexes === undefined ? completions : countIndexes(indexes, completions);
    if (total === undefined)
      invalid(
        check,
        'succeededIndexes',
        indexes,
        `must be ascending indexes less than ${completions}, such as "0,2-4"`,
      );
    nonNegative(check, rule, 'succeededCount');
    if (succeeded !== undefined && succeeded > Math.min(total ?? 0, completions))
      invalid(check, 'succeededCount', succeeded, `must not exceed the number of indexes (${total ?? 0})`);
  });
}

function validateExitCodes(codes: Mapping, check: Check, containers: ReadonlySet<string>): void {
  const operator = text(codes, 'operator');
  requireOneOf(check, 'operator', operator, ['In', 'NotIn']);
  const container = optionalText(codes, 'containerName');
  if (container !== undefined && !containers.has(container))
    invalid(check, 'containerName', container, 'no container of the template has this name');
  const values = items(codes, 'values').map(numberOf);
  if (values.length === 0) invalid(check, 'values', [], 'must have at least one exit code');
  if (values.length > maxExitCodes) tooMany(check, 'values', values.length, maxExitCodes);
  values.forEach((value, index) => {
    if (operator === 'In' && value === 0)
      invalid(check, ['values', index], value, 'must not be 0 with operator In');
    if (values.indexOf(value) < index) duplicate(check, ['values', index], value);
  });
  if (values.some((value, index) => index > 0 && (values[index - 1] ?? value) > value))
    invalid(check, 'values', values, 'must be sorted');
}

function validateCondition(condition: Mapping, check: Check): void {
  checkText(check, 'type', text(condition, 'type'), qualifiedName);
  const status = text(condition, 'status');
  if (status !== '') supported(check, 'status', status, ['False', 'True', 'Unknown']);
}

/** How many indexes a text such as "0,2-4" names, undefined where it is malformed or not rising. */
function countIndexes(written: string, completions: number): number | undefined {
  if (written === '') return 0;
  let last = -1;
  let total = 0;
  for (const interval of written.split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(interval);
    if (match === null) return undefined;
    const from = Number(match[1]);
    const to = match[2] === undefined ? from : Number(match[2]);
    const isRange = match[2] !== undefined;
    if (from <= last || to >= completions || (isRange && from >= to)) return undefined;
    last = to;
    total += to - from + 1;
  }
  return total;
}
