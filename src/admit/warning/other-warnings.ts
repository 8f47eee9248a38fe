import type { Mapping } from '../../source/value.ts';
import { type Check, invalid, within } from '../validation/check.ts';
import { has, numeric, struct, text } from '../validation/fields.ts';
import { decodeBase64, pemBlocks } from '../validation/pem.ts';
import { warnOfSelector } from './node-labels.ts';

const ingressClass = 'kubernetes.io/ingress.class';
const mountableSecrets = 'kubernetes.io/enforce-mountable-secrets';

export function warnOfIngress(ingress: Mapping, check: Check): void {
  const isClassSet = has(struct(ingress, 'spec'), 'ingressClassName');
  if (!isClassSet && has(struct(struct(ingress, 'metadata'), 'annotations'), ingressClass))
    invalid(
      check,
      ['metadata', 'annotations', ingressClass],
      null,
      'is deprecated',
      'set spec.ingressClassName instead',
    );
}

export function warnOfAccount(account: Mapping, check: Check): void {
  if (check.minor >= 32 && has(struct(struct(account, 'metadata'), 'annotations'), mountableSecrets))
    invalid(
      check,
      ['metadata', 'annotations', mountableSecrets],
      null,
      'is deprecated as of Kubernetes 1.32',
      'keep Secrets in separate namespaces',
    );
}

export function warnOfRuntimeClass(runtimeClass: Mapping, check: Check): void {
  within(check, runtimeClass, 'scheduling', (scheduling) => warnOfSelector(scheduling, check));
}

export function warnOfNode(node: Mapping, check: Check): void {
  const spec = struct(node, 'spec');
  if (text(spec, 'externalID') !== '')
    invalid(check, ['spec', 'externalID'], null, 'is deprecated, and nothing reads it', 'remove it');
}

/** A certificate and key that no server can read; what they say is not looked at. */
export function warnOfSecret(secret: Mapping, check: Check): void {
  if (text(secret, 'type') !== 'kubernetes.io/tls') return;
  for (const [key, isFine] of [
    ['tls.crt', (type: string) => type === 'CERTIFICATE'],
    ['tls.key', (type: string) => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY')],
  ] as const) {
    const written = text(struct(secret, 'stringData'), key);
    const bytes = written === '' ? decodeBase64(text(struct(secret, 'data'), key)) : undefined;
    const content = written === '' ? new TextDecoder().decode(bytes ?? new Uint8Array()) : written;
    if (!pemBlocks(content).some(({ type }) => isFine(type)))
      invalid(
        check,
        [written === '' ? 'data' : 'stringData', key],
        null,
        'has no PEM block, so no server can read it',
      );
  }
}

/** Names that only configuration files of the server may have (`static_suffix.go` of admissionregistration). */
export function warnOfStaticName(object: Mapping, check: Check): void {
  const name = text(struct(object, 'metadata'), 'name');
  if (check.minor >= 36 && name.endsWith('.static.k8s.io'))
    invalid(
      check,
      ['metadata', 'name'],
      name,
      'is reserved for configuration that the server reads from files',
    );
}

export function warnOfResourceSlice(slice: Mapping, check: Check): void {
  const driver = text(struct(slice, 'spec'), 'driver');
  if (check.minor >= 35 && driver !== driver.toLowerCase())
    invalid(check, ['spec', 'driver'], driver, 'should be in lower case');
}

/** More than a Job can keep count of, if many of its indexes fail (`pkg/api/job/warnings.go`). */
export function warnOfIndexes(spec: Mapping | undefined, check: Check): void {
  const [completions = 0, parallelism = 0] = ['completions', 'parallelism'].map((key) => numeric(spec, key));
  if (text(spec, 'completionMode') === 'Indexed' && completions > 100_000 && parallelism > 10_000)
    invalid(
      check,
      'completions',
      completions,
      'is more than Kubernetes can reliably count with a parallelism over 10000',
    );
}

export function warnOfHistory(statefulSet: Mapping, check: Check): void {
  const limit = numeric(struct(statefulSet, 'spec'), 'revisionHistoryLimit');
  if (check.minor >= 33 && limit !== undefined && limit < 0)
    invalid(check, ['spec', 'revisionHistoryLimit'], limit, 'is negative, so every revision is kept');
}
