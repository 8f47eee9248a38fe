import { isUnit, parseQuantity } from '../../object/quantity.ts';
import type { Mapping } from '../../source/value.ts';
import { type Check, each, invalid, notFound, notSupported, required, within } from './check.ts';
import { has, struct, structs, text } from './fields.ts';
import {
  checkText,
  configKey,
  dns1123Label,
  dns1123Subdomain,
  envName,
  qualifiedName,
  relaxedEnvName,
} from './names.ts';
import { checkNoBacksteps } from './paths.ts';

const podFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.uid',
  'spec.nodeName',
  'spec.serviceAccountName',
  'status.hostIP',
  'status.hostIPs',
  'status.podIP',
  'status.podIPs',
];
const convertibleFields = [
  ...podFields,
  'metadata.annotations',
  'metadata.labels',
  'spec.restartPolicy',
  'spec.schedulerName',
  'status.phase',
];
const containerResources = [
  'limits.cpu',
  'limits.memory',
  'limits.ephemeral-storage',
  'requests.cpu',
  'requests.memory',
  'requests.ephemeral-storage',
];

/** The fields of a pod that a file of a downward API volume can show. */
export const volumeFields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'metadata.annotations',
  'metadata.uid',
];

/** Checks `env` of one container. */
export function validateEnv(container: Mapping, check: Check): void {
  each(check, container, 'env', (variable) => {
    const name = text(variable, 'name');
    if (name === '') required(check, 'name');
    else checkText(check, 'name', name, envName(check.minor));
    within(check, variable, 'valueFrom', (source) =>
      validateValueFrom(source, check, text(variable, 'value')),
    );
  });
}

/** Checks `envFrom` of one container. */
export function validateEnvFrom(container: Mapping, check: Check): void {
  each(check, container, 'envFrom', (source) => {
    const prefix = text(source, 'prefix');
    if (prefix !== '') checkText(check, 'prefix', prefix, envName(check.minor));
    within(check, source, 'configMapRef', validateSourceName);
    within(check, source, 'secretRef', validateSourceName);
    const count = Number(has(source, 'configMapRef')) + Number(has(source, 'secretRef'));
    if (count === 0) invalid(check, [], '', 'must have configMapRef or secretRef');
    if (count > 1)
      invalid(
        check,
        [],
        '',
        'must have one of configMapRef and secretRef, not both',
        'split it into two items',
      );
  });
}

/** Reports variables that read a file of a volume that is not there, or not an emptyDir. */
export function validateFileKeyVolumes(
  container: Mapping,
  check: Check,
  volumes: ReadonlyMap<string, Mapping>,
): void {
  if (!structs(container, 'env').some((variable) => has(struct(variable, 'valueFrom'), 'fileKeyRef'))) return;
  each(check, container, 'env', (variable) => {
    const volumeName = text(struct(struct(variable, 'valueFrom'), 'fileKeyRef'), 'volumeName');
    if (!has(struct(variable, 'valueFrom'), 'fileKeyRef')) return;
    const at = ['valueFrom', 'fileKeyRef', 'volumeName'];
    const volume = volumes.get(volumeName);
    if (volume === undefined) notFound(check, at, volumeName, 'no volume of the pod has this name');
    else if (!has(volume, 'emptyDir')) invalid(check, at, volumeName, 'must be a volume of type emptyDir');
  });
}

/** Checks a fieldRef against the fields that can be shown in this place. */
export function validateFieldRef(reference: Mapping, check: Check, allowed: readonly string[]): void {
  const path = text(reference, 'fieldPath');
  if (path === '') {
    required(check, 'fieldPath');
    return;
  }
  if (has(reference, 'apiVersion') && !['', 'v1'].includes(text(reference, 'apiVersion')))
    invalid(
      check,
      'fieldPath',
      path,
      `pods have no fields of version ${JSON.stringify(text(reference, 'apiVersion'))}`,
      'write apiVersion: v1',
    );
  else validateFieldPath(path, check, allowed);
}

/** Checks a resourceFieldRef; a volume must say of which container. */
export function validateResourceFieldRef(reference: Mapping, check: Check, inVolume: boolean): void {
  const resource = text(reference, 'resource');
  if (inVolume && text(reference, 'containerName') === '')
    required(check, 'containerName', 'must name the container');
  else if (resource === '') required(check, 'resource');
  else if (!containerResources.includes(resource) && !isHugePages(resource))
    notSupported(check, 'resource', resource, containerResources);
  validateDivisor(reference, resource, check);
}

function validateFieldPath(path: string, check: Check, allowed: readonly string[]): void {
  const subscript = /^(.*)\['(.*)'\]$/s.exec(path);
  if (subscript !== null) {
    const [, field = '', key = ''] = subscript;
    if (field === 'metadata.annotations') checkText(check, 'fieldPath', key.toLowerCase(), qualifiedName);
    else if (field === 'metadata.labels') checkText(check, 'fieldPath', key, qualifiedName);
    else
      invalid(
        check,
        'fieldPath',
        path,
        'only metadata.labels and metadata.annotations can have a key in brackets',
      );
    return;
  }
  if (!convertibleFields.includes(path) && path !== 'spec.host')
    invalid(
      check,
      'fieldPath',
      path,
      `is not a field that can be used here; use one of ${allowed.join(', ')}`,
    );
  else if (!allowed.includes(path) && !(path === 'spec.host' && allowed.includes('spec.nodeName')))
    notSupported(check, 'fieldPath', path, allowed);
}

function validateValueFrom(source: Mapping, check: Check, value: string): void {
  within(check, source, 'fieldRef', (reference) => validateFieldRef(reference, check, podFields));
  within(check, source, 'resourceFieldRef', (reference) => validateResourceFieldRef(reference, check, false));
  within(check, source, 'configMapKeyRef', validateKeyReference);
  within(check, source, 'secretKeyRef', validateKeyReference);
  within(check, source, 'fileKeyRef', validateFileKeyReference);
  const kinds = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef', 'fileKeyRef'];
  const count = kinds.filter((kind) => has(source, kind)).length;
  if (count === 0) invalid(check, [], '', `must have one of ${kinds.join(', ')}`);
  else if (value !== '')
    invalid(check, [], '', 'must not be set together with a value', 'remove value or valueFrom');
  else if (count > 1) invalid(check, [], '', 'must have one source, not several');
}

function validateSourceName(reference: Mapping, check: Check): void {
  const name = text(reference, 'name');
  if (name === '') required(check, 'name');
  // Upstream checks this name as if more were to follow it, so a final "-" passes.
  else
    checkText(
      check,
      'name',
      name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name,
      dns1123Subdomain,
    );
}

function validateKeyReference(reference: Mapping, check: Check): void {
  const name = text(reference, 'name');
  if (name === '') invalid(check, 'name', '', 'must be set');
  else checkText(check, 'name', name, dns1123Subdomain);
  const key = text(reference, 'key');
  if (key === '') required(check, 'key');
  else checkText(check, 'key', key, configKey);
}

function validateFileKeyReference(reference: Mapping, check: Check): void {
  const key = text(reference, 'key');
  if (key === '') required(check, 'key');
  else checkText(check, 'key', key, relaxedEnvName);
  const volumeName = text(reference, 'volumeName');
  if (volumeName === '') required(check, 'volumeName');
  else checkText(check, 'volumeName', volumeName, dns1123Label);
  const path = text(reference, 'path');
  if (path === '') required(check, 'path');
  else checkNoBacksteps(check, 'path', path);
}

function isHugePages(resource: string): boolean {
  return resource.startsWith('requests.hugepages-') || resource.startsWith('limits.hugepages-');
}

function validateDivisor(reference: Mapping, resource: string, check: Check): void {
  const divisor = parseQuantity(reference['divisor']);
  if (divisor === undefined || divisor.nanos === 0n) return;
  const isCpu = resource === 'limits.cpu' || resource === 'requests.cpu';
  if (isCpu) {
    if (divisor.nanos !== 1_000_000n && divisor.nanos !== 1_000_000_000n)
      invalid(check, 'divisor', reference['divisor'], 'must be 1m or 1 for cpu');
  } else if ((containerResources.includes(resource) || isHugePages(resource)) && !isUnit(divisor))
    invalid(
      check,
      'divisor',
      reference['divisor'],
      'must be 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi or 1Ei',
    );
}
