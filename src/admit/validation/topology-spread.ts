import type { Mapping } from '../../source/value.ts';
import { validateMatchLabelKeys } from './affinity.ts';
import {
  type Check,
  duplicate,
  each,
  eachText,
  forbidden,
  invalid,
  notSupported,
  required,
  supported,
} from './check.ts';
import { isEmpty, numeric, optionalText, struct, structs, text } from './fields.ts';
import { validateLabelSelector } from './label-selector.ts';
import { checkText, qualifiedName } from './names.ts';

/** Checks `topologySpreadConstraints` of a pod. */
export function validateTopologySpread(spec: Mapping, check: Check, podLabels: Mapping | undefined): void {
  const seen = new Set<string>();
  each(check, spec, 'topologySpreadConstraints', (constraint) => {
    const action = text(constraint, 'whenUnsatisfiable');
    const topologyKey = text(constraint, 'topologyKey');
    if ((numeric(constraint, 'maxSkew') ?? 0) <= 0)
      invalid(check, 'maxSkew', numeric(constraint, 'maxSkew') ?? 0, 'must be greater than 0');
    if (topologyKey === '')
      required(check, 'topologyKey', 'must be set, for example to topology.kubernetes.io/zone');
    if (action !== 'DoNotSchedule' && action !== 'ScheduleAnyway')
      notSupported(check, 'whenUnsatisfiable', action, ['DoNotSchedule', 'ScheduleAnyway']);
    const pair = `${topologyKey}, ${action}`;
    if (seen.has(pair)) duplicate(check, 'topologyKey', pair, `there is already a constraint for ${pair}`);
    seen.add(pair);
    validateMinDomains(constraint, check, action);
    for (const key of ['nodeAffinityPolicy', 'nodeTaintsPolicy'])
      supported(check, key, optionalText(constraint, key), ['Honor', 'Ignore']);
    // Since 1.34 the keys become part of the selector, as those of affinity do.
    if (check.minor >= 34) validateMatchLabelKeys(constraint, check, podLabels);
    else validateSpreadLabelKeys(constraint, check);
    validateLabelSelector(constraint, 'labelSelector', check);
  });
}

function validateMinDomains(constraint: Mapping, check: Check, action: string): void {
  const minDomains = numeric(constraint, 'minDomains');
  if (minDomains === undefined) return;
  if (minDomains <= 0) invalid(check, 'minDomains', minDomains, 'must be greater than 0');
  if (action !== 'DoNotSchedule')
    invalid(check, 'minDomains', minDomains, 'needs whenUnsatisfiable: DoNotSchedule');
}

function validateSpreadLabelKeys(constraint: Mapping, check: Check): void {
  if (isEmpty(constraint, 'matchLabelKeys')) return;
  const selector = struct(constraint, 'labelSelector');
  if (selector === undefined) forbidden(check, 'matchLabelKeys', 'needs a labelSelector');
  const labels = struct(selector, 'matchLabels');
  const expressions = structs(selector, 'matchExpressions').map((expression) => text(expression, 'key'));
  eachText(check, constraint, 'matchLabelKeys', (key, _, index) => {
    checkText(check, index, key, qualifiedName);
    if ((labels !== undefined && Object.hasOwn(labels, key)) || expressions.includes(key))
      invalid(check, index, key, 'is also in the labelSelector');
  });
}
