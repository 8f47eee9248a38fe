import type { Mapping } from '../../source/value.ts';
import { type Check, each, invalid, required } from './check.ts';
import { isEmpty, struct } from './fields.ts';
import { validateSelectorFields } from './label-selector.ts';
import { validateMetadata } from './metadata.ts';
import { pathSegment } from './names.ts';

export function validateRole(role: Mapping, check: Check): void {
  validateMetadata(role, check, { namespaced: true, name: pathSegment });
  each(check, role, 'rules', (rule) => validatePolicyRule(rule, check, true));
}

export function validateClusterRole(role: Mapping, check: Check): void {
  validateMetadata(role, check, { namespaced: false, name: pathSegment });
  each(check, role, 'rules', (rule) => validatePolicyRule(rule, check, false));
  const aggregation = struct(role, 'aggregationRule');
  if (aggregation === undefined) return;
  if (isEmpty(aggregation, 'clusterRoleSelectors'))
    required(check, ['aggregationRule', 'clusterRoleSelectors'], 'must have at least one selector');
  check.path.push('aggregationRule');
  each(check, aggregation, 'clusterRoleSelectors', validateSelectorFields);
  check.path.pop();
}

function validatePolicyRule(rule: Mapping, check: Check, namespaced: boolean): void {
  if (isEmpty(rule, 'verbs')) required(check, 'verbs', 'must have at least one verb');
  if (!isEmpty(rule, 'nonResourceURLs')) {
    if (namespaced)
      invalid(
        check,
        'nonResourceURLs',
        rule['nonResourceURLs'],
        'a Role cannot grant URLs, only a ClusterRole can',
      );
    if (['apiGroups', 'resources', 'resourceNames'].some((key) => !isEmpty(rule, key)))
      invalid(
        check,
        'nonResourceURLs',
        rule['nonResourceURLs'],
        'must not be set together with resources',
        'split it into two rules',
      );
    return;
  }
  if (isEmpty(rule, 'apiGroups'))
    required(check, 'apiGroups', 'must have at least one API group; the core group is ""');
  if (isEmpty(rule, 'resources')) required(check, 'resources', 'must have at least one resource');
}
