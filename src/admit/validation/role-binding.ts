import type { Mapping } from '../../source/value.ts';
import { type Check, each, notSupported, required } from './check.ts';
import { struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Subdomain, pathSegment } from './names.ts';

const rbacGroup = 'rbac.authorization.k8s.io';

export function validateRoleBinding(binding: Mapping, check: Check): void {
  validateMetadata(binding, check, { namespaced: true, name: pathSegment });
  validateBinding(binding, check, ['Role', 'ClusterRole'], false);
}

export function validateClusterRoleBinding(binding: Mapping, check: Check): void {
  validateMetadata(binding, check, { namespaced: false, name: pathSegment });
  validateBinding(binding, check, ['ClusterRole'], true);
}

function validateBinding(
  binding: Mapping,
  check: Check,
  kinds: readonly string[],
  needsNamespace: boolean,
): void {
  const role = struct(binding, 'roleRef');
  check.path.push('roleRef');
  reportOtherGroup(text(role, 'apiGroup'), rbacGroup, check);
  const kind = text(role, 'kind');
  if (!kinds.includes(kind)) notSupported(check, 'kind', kind, kinds);
  const name = text(role, 'name');
  if (name === '') required(check, 'name');
  else checkText(check, 'name', name, pathSegment);
  check.path.pop();
  each(check, binding, 'subjects', (subject) => validateSubject(subject, check, needsNamespace));
}

function validateSubject(subject: Mapping, check: Check, needsNamespace: boolean): void {
  const name = text(subject, 'name');
  const group = text(subject, 'apiGroup');
  const kind = text(subject, 'kind');
  if (name === '') required(check, 'name');
  if (kind === 'ServiceAccount') {
    if (name !== '') checkText(check, 'name', name, dns1123Subdomain);
    if (group !== '') notSupported(check, 'apiGroup', group, ['']);
    if (needsNamespace && text(subject, 'namespace') === '')
      required(check, 'namespace', 'must be set to the namespace of the service account');
  } else if (kind === 'User' || kind === 'Group') reportOtherGroup(group, rbacGroup, check);
  else notSupported(check, 'kind', kind, ['ServiceAccount', 'User', 'Group']);
}

/** An absent group is the right one: the API server fills it in. */
function reportOtherGroup(group: string, allowed: string, check: Check): void {
  if (group !== '' && group !== allowed) notSupported(check, 'apiGroup', group, [allowed]);
}
