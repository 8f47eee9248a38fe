import type { Mapping } from '../../source/value.ts';
import { type At, type Check, each, eachText, invalid, required } from './check.ts';
import { items, struct, structs, text, texts } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain } from './names.ts';
import { isQuotaHugePages, resourceName, validateResourceQuantity } from './resources.ts';

const computeResources = ['cpu', 'memory', 'limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'];
const quotaResources = [
  ...computeResources,
  'ephemeral-storage',
  'requests.storage',
  'requests.ephemeral-storage',
  'limits.ephemeral-storage',
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'persistentvolumeclaims',
  'configmaps',
  'services.nodeports',
  'services.loadbalancers',
];
const podScopes = [
  'Terminating',
  'NotTerminating',
  'NotBestEffort',
  'PriorityClass',
  'CrossNamespacePodAffinity',
];
const existenceScopes = [
  'BestEffort',
  'NotBestEffort',
  'Terminating',
  'NotTerminating',
  'CrossNamespacePodAffinity',
];
const scopes = [...podScopes, 'BestEffort', 'VolumeAttributesClass'];
const exclusiveScopes = [
  ['BestEffort', 'NotBestEffort'],
  ['Terminating', 'NotTerminating'],
] as const;

export function validateResourceQuota(quota: Mapping, check: Check): void {
  validateMetadata(quota, check, { namespaced: true, name: dns1123Subdomain });
  const spec = struct(quota, 'spec');
  const hard = struct(spec, 'hard');
  check.path.push('spec');
  for (const name in hard) {
    const problem = quotaResourceName(name);
    if (problem !== undefined) invalid(check, ['hard', name], name, problem);
    validateResourceQuantity(check, ['hard', name], name, hard[name]);
  }
  const names = Object.keys(hard ?? {});
  eachText(check, spec, 'scopes', (scope, _, index) => validateScope(scope, index, names, check));
  reportExclusive(texts(spec, 'scopes'), 'scopes', check);
  validateScopeSelector(spec, names, check);
  check.path.pop();
}

function quotaResourceName(name: string): string | undefined {
  const problem = resourceName(name);
  if (problem !== undefined || name.includes('/')) return problem;
  return isQuotaResource(name) ? undefined : 'is not a resource that a quota can limit';
}

function isQuotaResource(name: string): boolean {
  return quotaResources.includes(name) || isQuotaHugePages(name);
}

function validateScope(scope: string, at: At, resources: readonly string[], check: Check): void {
  if (!scopes.includes(scope)) invalid(check, at, scope, `must be one of ${scopes.join(', ')}`);
  const unfit = resources.find((name) => isQuotaResource(name) && !fitsScope(scope, name));
  if (unfit !== undefined) invalid(check, at, scope, `the scope ${scope} cannot be applied to ${unfit}`);
}

function fitsScope(scope: string, resource: string): boolean {
  if (scope === 'BestEffort') return resource === 'pods';
  if (scope === 'VolumeAttributesClass')
    return resource === 'persistentvolumeclaims' || resource === 'requests.storage';
  return !podScopes.includes(scope) || resource === 'pods' || computeResources.includes(resource);
}

function validateScopeSelector(spec: Mapping | undefined, resources: readonly string[], check: Check): void {
  const selector = struct(spec, 'scopeSelector');
  check.path.push('scopeSelector');
  each(check, selector, 'matchExpressions', (requirement) => {
    const scope = text(requirement, 'scopeName');
    const operator = text(requirement, 'operator');
    const count = items(requirement, 'values').length;
    validateScope(scope, 'scopeName', resources, check);
    if (existenceScopes.includes(scope) && operator !== 'Exists')
      invalid(check, 'operator', operator, `must be Exists for the scope ${scope}`, 'write Exists');
    if (operator === 'In' || operator === 'NotIn') {
      if (count === 0) required(check, 'values', `must have an item with operator ${operator}`);
    } else if (operator === 'Exists' || operator === 'DoesNotExist') {
      if (count > 0)
        invalid(check, 'values', requirement['values'], `must be empty with operator ${operator}`);
    } else invalid(check, 'operator', operator, 'must be one of In, NotIn, Exists, DoesNotExist');
  });
  const names = structs(selector, 'matchExpressions').map((requirement) => text(requirement, 'scopeName'));
  reportExclusive(names, 'matchExpressions', check);
  check.path.pop();
}

function reportExclusive(given: readonly string[], at: string, check: Check): void {
  for (const [one, other] of exclusiveScopes)
    if (given.includes(one) && given.includes(other))
      invalid(check, at, [...given], `${one} and ${other} are mutually exclusive`);
}
