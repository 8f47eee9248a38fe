import type { Mapping } from '../../source/value.ts';
import { noFields } from '../../source/value.ts';
import { forbidden, invalid } from '../validation/check.ts';
import { numeric, optionalText, struct, text, texts } from '../validation/fields.ts';
import { isAllocated } from './stored-service.ts';
import type { Update } from './update.ts';

const once = 'must not change once it is set';
const newService = 'keep it, or give the new Service another name';

export function validateServiceUpdate(update: Update): void {
  const old = struct(update.old, 'spec') ?? noFields;
  const next = struct(update.next, 'spec') ?? noFields;
  if (text(old, 'type') !== 'ExternalName' && text(next, 'type') !== 'ExternalName') {
    validateAddresses(update, old, next);
    validateFamilies(update, old, next);
  }
  validateLoadBalancerClass(update, old, next);
  validateHealthCheckPort(update, old, next);
}

function isHeadless(spec: Mapping): boolean {
  const addresses = texts(spec, 'clusterIPs');
  return addresses.length === 1 && addresses[0] === 'None';
}

function validateAddresses({ check }: Update, old: Mapping, next: Mapping): void {
  if (isHeadless(old) && isHeadless(next)) return;
  const before = texts(old, 'clusterIPs');
  const after = texts(next, 'clusterIPs');
  const report = (index: number, detail: string): void => {
    const written = text(next, 'clusterIP') === '' ? ['spec', 'clusterIPs', index] : ['spec', 'clusterIP'];
    invalid(check, index === 0 ? written : ['spec', 'clusterIPs', index], [...after], detail, newService);
  };
  const shared = Math.min(before.length, after.length);
  const compared = before.length === after.length ? shared : Math.min(shared, 1);
  for (let index = 0; index < compared; index++) {
    if (before[index] === after[index]) continue;
    report(
      index,
      isAllocated(before[index])
        ? 'must not change once the Service exists: the cluster has already given it another address'
        : once,
    );
  }
  if (before.length > 0 && after.length === 0) report(0, 'must not be removed');
  if (before.length > 1 && after.length === 1 && optionalText(next, 'ipFamilyPolicy') !== 'SingleStack')
    reportPolicy(check, next);
}

function reportPolicy(check: Update['check'], next: Mapping): void {
  invalid(
    check,
    ['spec', 'ipFamilyPolicy'],
    next['ipFamilyPolicy'] ?? null,
    'must be SingleStack if the second address or family is removed',
  );
}

function validateFamilies({ check }: Update, old: Mapping, next: Mapping): void {
  if (isHeadless(old) || isHeadless(next)) return;
  const before = texts(old, 'ipFamilies');
  const after = texts(next, 'ipFamilies');
  const report = (index: number): void => {
    invalid(check, ['spec', 'ipFamilies', index], [...after], once, newService);
  };
  const shared = Math.min(before.length, after.length);
  const compared = before.length === after.length ? shared : Math.min(shared, 1);
  // Which family the cluster prefers is not known here.
  for (let index = 0; index < compared; index++)
    if (before[index] !== after[index] && before[index] !== '') report(index);
  if (before.length > 1 && after.length === 1 && optionalText(next, 'ipFamilyPolicy') !== 'SingleStack')
    reportPolicy(check, next);
}

function validateLoadBalancerClass({ check }: Update, old: Mapping, next: Mapping): void {
  if (text(old, 'type') !== 'LoadBalancer' || text(next, 'type') !== 'LoadBalancer') return;
  if (optionalText(old, 'loadBalancerClass') === optionalText(next, 'loadBalancerClass')) return;
  invalid(check, ['spec', 'loadBalancerClass'], next['loadBalancerClass'] ?? null, once, newService);
}

function needsHealthCheck(spec: Mapping): boolean {
  return text(spec, 'type') === 'LoadBalancer' && text(spec, 'externalTrafficPolicy') === 'Local';
}

function validateHealthCheckPort({ check }: Update, old: Mapping, next: Mapping): void {
  if (!needsHealthCheck(old) || !needsHealthCheck(next)) return;
  const after = numeric(next, 'healthCheckNodePort') ?? 0;
  const before = numeric(old, 'healthCheckNodePort') ?? 0;
  if (after === before) return;
  forbidden(check, ['spec', 'healthCheckNodePort'], once, newService);
}
