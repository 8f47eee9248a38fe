import type { Mapping } from '../../source/value.ts';
import { type Check, invalid, required, requireTexts, within } from './check.ts';
import { flag, has, numeric, struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1035Label, dns1123Subdomain, portNumber } from './names.ts';

/** kube-aggregator `ValidateAPIService` (v1.36). */
export function validateApiService(apiService: Mapping, check: Check): void {
  const spec = struct(apiService, 'spec');
  const group = text(spec, 'group');
  const version = text(spec, 'version');
  const wanted = `${version}.${group}`;
  validateMetadata(apiService, check, {
    namespaced: false,
    name: (name) => (name === wanted ? undefined : `must be version and group of the spec: ${wanted}`),
  });
  check.path.push('spec');
  if (group !== '') checkText(check, 'group', group, dns1123Subdomain);
  else if (version !== 'v1') required(check, 'group', 'must be set: only v1 is a version without a group');
  checkText(check, 'version', version, dns1035Label);
  priority(check, spec, 'groupPriorityMinimum', 20_000);
  priority(check, spec, 'versionPriority', 1_000);
  const isInsecure = flag(spec, 'insecureSkipTLSVerify') === true;
  const hasBundle = text(spec, 'caBundle') !== '';
  if (spec === undefined || !has(spec, 'service')) {
    if (hasBundle) invalid(check, 'caBundle', '…', 'has no effect without a service');
    if (isInsecure) invalid(check, 'insecureSkipTLSVerify', true, 'has no effect without a service');
  } else {
    within(check, spec, 'service', validateService);
    if (isInsecure && hasBundle) invalid(check, 'insecureSkipTLSVerify', true, 'must be false with caBundle');
  }
  check.path.pop();
}

function validateService(service: Mapping, check: Check): void {
  requireTexts(service, check, 'namespace', 'name');
  const port = numeric(service, 'port');
  if (port !== undefined && portNumber(port) !== undefined)
    invalid(check, 'port', port, 'must be between 1 and 65535');
}

function priority(check: Check, spec: Mapping | undefined, key: string, most: number): void {
  const value = numeric(spec, key) ?? 0;
  if (value <= 0 || value > most) invalid(check, key, value, `must be between 1 and ${most}`);
}
