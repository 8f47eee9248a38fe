import { parseQuantity } from '../../object/quantity.ts';
import type { Mapping } from '../../source/value.ts';
import {
  type At,
  type Check,
  forbidden,
  invalid,
  notSupported,
  required,
  requireTexts,
  supported,
  within,
} from './check.ts';
import { optionalText, struct, text, texts } from './fields.ts';
import { validateLabelSelector } from './label-selector.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Label, dns1123Subdomain } from './names.ts';

export const volumeModes = ['Block', 'Filesystem'];
const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod'];

export function validatePersistentVolumeClaim(claim: Mapping, check: Check): void {
  validateMetadata(claim, check, { namespaced: true, name: dns1123Subdomain });
  validateClaimSpec(claim, check);
  validateDataSources(struct(claim, 'spec'), check);
}

/** Checks `spec` of a claim or of a claim's template. */
export function validateClaimSpec(claim: Mapping, check: Check): void {
  const spec = struct(claim, 'spec');
  check.path.push('spec');
  validateAccessModes(spec, check);
  validateLabelSelector(spec, 'selector', check);
  validateStorageRequest(spec, check);
  const storageClass = text(spec, 'storageClassName');
  if (storageClass !== '') checkText(check, 'storageClassName', storageClass, dns1123Subdomain);
  supported(check, 'volumeMode', optionalText(spec, 'volumeMode'), volumeModes);
  const attributesClass = text(spec, 'volumeAttributesClassName');
  if (attributesClass !== '' && check.minor >= 34)
    checkText(check, 'volumeAttributesClassName', attributesClass, dns1123Subdomain);
  check.path.pop();
}

/** Checks `accessModes` of a claim or volume. */
export function validateAccessModes(spec: Mapping | undefined, check: Check): void {
  const modes = texts(spec, 'accessModes');
  if (modes.length === 0)
    required(check, 'accessModes', 'must have at least one access mode', 'such as [ReadWriteOnce]');
  modes.forEach((mode, index) => {
    if (!accessModes.includes(mode)) notSupported(check, ['accessModes', index], mode, accessModes);
  });
  if (
    modes.includes('ReadWriteOncePod') &&
    modes.some((mode) => mode !== 'ReadWriteOncePod' && accessModes.includes(mode))
  )
    forbidden(check, 'accessModes', 'ReadWriteOncePod must be the only access mode');
}

/** Reports a quantity that is not above 0. */
export function checkPositiveQuantity(check: Check, at: At, value: Mapping[string]): void {
  const quantity = parseQuantity(value);
  if (quantity !== undefined && quantity.nanos <= 0n) invalid(check, at, value, 'must be greater than 0');
}

function validateStorageRequest(spec: Mapping | undefined, check: Check): void {
  const requests = struct(struct(spec, 'resources'), 'requests');
  const at = ['resources', 'requests', 'storage'];
  if (requests === undefined || !Object.hasOwn(requests, 'storage'))
    required(check, at, 'must set the requested storage');
  else checkPositiveQuantity(check, at, requests['storage'] ?? null);
}

/**
 * The API server drops a dataSource that is neither a claim nor a snapshot where no dataSourceRef stands beside it, and
 * a dataSourceRef into another namespace (CrossNamespaceVolumeDataSource is off), before it validates.
 */
function validateDataSources(spec: Mapping | undefined, check: Check): void {
  const source = struct(spec, 'dataSource');
  const written = struct(spec, 'dataSourceRef');
  const reference = text(written, 'namespace') === '' ? written : undefined;
  if (source === undefined && reference === undefined) return;
  check.path.push('spec');
  if (reference !== undefined) within(check, spec, 'dataSourceRef', validateDataSource);
  if (source !== undefined && (reference !== undefined || isClaimOrSnapshot(source))) {
    within(check, spec, 'dataSource', validateDataSource);
    if (reference !== undefined && !namesSame(source, reference))
      invalid(check, 'dataSource', source, 'must be the same as dataSourceRef', 'remove dataSource');
  }
  check.path.pop();
}

/** Checks where a claim template takes its data from: there the API server drops nothing and completes nothing. */
export function validateTemplateSources(spec: Mapping | undefined, check: Check): void {
  const source = struct(spec, 'dataSource');
  const reference = struct(spec, 'dataSourceRef');
  const namespace = text(reference, 'namespace');
  check.path.push('spec');
  within(check, spec, 'dataSource', validateDataSource);
  within(check, spec, 'dataSourceRef', validateDataSource);
  if (namespace !== '') checkText(check, ['dataSourceRef', 'namespace'], namespace, dns1123Label);
  if (source !== undefined && reference !== undefined) {
    if (namespace !== '')
      invalid(
        check,
        'dataSource',
        source,
        'must not be set together with a dataSourceRef into another namespace',
      );
    else if (!namesSame(source, reference))
      invalid(check, 'dataSource', source, 'must be the same as dataSourceRef', 'remove dataSource');
  }
  check.path.pop();
}

function namesSame(source: Mapping, reference: Mapping): boolean {
  return ['apiGroup', 'kind', 'name'].every(
    (key) => optionalText(source, key) === optionalText(reference, key),
  );
}

function isClaimOrSnapshot(source: Mapping): boolean {
  const group = text(source, 'apiGroup');
  const kind = text(source, 'kind');
  return group === ''
    ? kind === 'PersistentVolumeClaim'
    : group === 'snapshot.storage.k8s.io' && kind === 'VolumeSnapshot';
}

function validateDataSource(source: Mapping, check: Check): void {
  requireTexts(source, check, 'name', 'kind');
  const group = text(source, 'apiGroup');
  if (group !== '') checkText(check, 'apiGroup', group, dns1123Subdomain);
  else if (text(source, 'kind') !== 'PersistentVolumeClaim')
    invalid(
      check,
      'kind',
      text(source, 'kind'),
      'must be PersistentVolumeClaim without an apiGroup',
      'set apiGroup',
    );
}
