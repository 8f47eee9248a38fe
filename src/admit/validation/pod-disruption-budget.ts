import type { Mapping } from '../../source/value.ts';
import { type Check, invalid, supported } from './check.ts';
import { has, optionalText, struct } from './fields.ts';
import { validateLabelSelector } from './label-selector.ts';
import { validateMetadata } from './metadata.ts';
import { pathSegment } from './names.ts';
import { atMostAll, nonNegativeIntOrPercent } from './numbers.ts';

/** The name of a budget is only checked to fit into a URL. */
export function validatePodDisruptionBudget(budget: Mapping, check: Check): void {
  validateMetadata(budget, check, { namespaced: true, name: pathSegment, anyFinalizer: true });
  const spec = struct(budget, 'spec');
  check.path.push('spec');
  if (has(spec, 'minAvailable') && has(spec, 'maxUnavailable'))
    invalid(
      check,
      'maxUnavailable',
      spec?.['maxUnavailable'],
      'must not be set together with minAvailable',
      'remove one of the two',
    );
  for (const key of ['minAvailable', 'maxUnavailable']) {
    nonNegativeIntOrPercent(check, spec, key);
    atMostAll(check, spec, key);
  }
  validateLabelSelector(spec, 'selector', check);
  supported(check, 'unhealthyPodEvictionPolicy', optionalText(spec, 'unhealthyPodEvictionPolicy'), [
    'AlwaysAllow',
    'IfHealthyBudget',
  ]);
  check.path.pop();
}
