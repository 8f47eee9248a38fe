import { parseQuantity } from '../../object/quantity.ts';
import { ownOf } from '../../source/own.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import {
  type At,
  type Check,
  each,
  forbidden,
  invalid,
  notSupported,
  required,
  requireTexts,
  supported,
  within,
} from './check.ts';
import { flag, has, items, optionalText, struct, text } from './fields.ts';
import { validateTemplateMetadata } from './metadata.ts';
import { checkText, dns1123Label, dns1123Subdomain } from './names.ts';
import { inRange } from './numbers.ts';
import { checkNoBacksteps, checkRelativePath } from './paths.ts';
import { validateClaimSpec } from './persistent-volume-claim.ts';
import { validateProjectedVolume } from './projected-volume.ts';
import { validateDownwardFile, validateKeyToPaths, validateMode } from './volume-files.ts';

type SourceRule = (source: Mapping, check: Check) => void;

const hostPathTypes = [
  '',
  'DirectoryOrCreate',
  'Directory',
  'FileOrCreate',
  'File',
  'Socket',
  'CharDevice',
  'BlockDevice',
];

// In the order in which the API server looks, because it blames the second source that it meets.
const sources: Readonly<Record<string, SourceRule>> = {
  emptyDir: validateEmptyDir,
  hostPath: validateHostPath,
  gitRepo: validateGitRepo,
  gcePersistentDisk: (source, check) => {
    requireTexts(source, check, 'pdName');
    inRange(check, source, 'partition', 0, 255);
  },
  awsElasticBlockStore: (source, check) => {
    requireTexts(source, check, 'volumeID');
    inRange(check, source, 'partition', 0, 255);
  },
  secret: (source, check) => validateKeyFiles(source, check, 'secretName'),
  nfs: validateNfs,
  iscsi: validateIscsi,
  glusterfs: (source, check) => requireTexts(source, check, 'endpoints', 'path'),
  persistentVolumeClaim: (source, check) => requireTexts(source, check, 'claimName'),
  rbd: (source, check) => requireTexts(source, check, 'monitors', 'image'),
  cinder: (source, check) => {
    requireTexts(source, check, 'volumeID');
    within(check, source, 'secretRef', (reference) => requireTexts(reference, check, 'name'));
  },
  cephfs: (source, check) => requireTexts(source, check, 'monitors'),
  flocker: validateFlocker,
  quobyte: (source, check) => requireTexts(source, check, 'registry', 'volume'),
  downwardAPI: validateDownwardApi,
  fc: validateFibreChannel,
  flexVolume: validateFlexVolume,
  configMap: (source, check) => validateKeyFiles(source, check, 'name'),
  azureFile: (source, check) => requireTexts(source, check, 'secretName', 'shareName'),
  vsphereVolume: (source, check) => requireTexts(source, check, 'volumePath'),
  photonPersistentDisk: (source, check) => requireTexts(source, check, 'pdID'),
  portworxVolume: (source, check) => requireTexts(source, check, 'volumeID'),
  azureDisk: validateAzureDisk,
  storageos: validateStorageOs,
  projected: validateProjectedVolume,
  scaleIO: (source, check) => requireTexts(source, check, 'gateway', 'system', 'volumeName'),
  csi: (source, check) => {
    validateCsiDriver(source, check);
    within(check, source, 'nodePublishSecretRef', validateSecretName);
  },
  ephemeral: validateEphemeral,
  image: validateImage,
};
const sourceNames = Object.keys(sources);

/** Checks the source of one volume; without any the API server makes it an emptyDir. */
export function validateVolumeSource(volume: Mapping, check: Check): void {
  let first: string | undefined;
  for (const name of sourceNames) {
    if (!isMapping(volume[name])) continue;
    if (first !== undefined) {
      forbidden(check, name, `the volume already has the type ${first}`, 'split it into two volumes');
      continue;
    }
    first = name;
    within(check, volume, name, ownOf(sources, name) as SourceRule);
  }
}

/** Checks the name of a CSI driver under `driver`. */
export function validateCsiDriver(source: Mapping, check: Check): void {
  validateDriverName(check, 'driver', text(source, 'driver'));
}

/** Checks the name of a driver of storage or devices. */
export function validateDriverName(check: Check, at: At, driver: string): void {
  if (driver === '') required(check, at);
  else if (driver.length > 63) invalid(check, at, driver, 'must have at most 63 characters');
  else checkText(check, at, driver.toLowerCase(), dns1123Subdomain);
}

export function validateHostPath(source: Mapping, check: Check): void {
  requireTexts(source, check, 'path');
  checkNoBacksteps(check, 'path', text(source, 'path'));
  supported(check, 'type', optionalText(source, 'type'), hostPathTypes);
}

export function validateNfs(source: Mapping, check: Check): void {
  requireTexts(source, check, 'server', 'path');
  const path = text(source, 'path');
  if (path !== '' && !path.startsWith('/'))
    invalid(check, 'path', path, 'must be an absolute path', `write "/${path}"`);
}

export function validateIscsi(source: Mapping, check: Check): void {
  requireTexts(source, check, 'targetPortal', 'iqn');
  for (const key of ['iqn', 'initiatorName']) {
    const name = optionalText(source, key);
    if (name !== undefined && name !== '' && !isIscsiName(name))
      invalid(check, key, name, 'must be an iqn., eui. or naa. name');
  }
  inRange(check, source, 'lun', 0, 255);
  const needsSecret = flag(source, 'chapAuthDiscovery') === true || flag(source, 'chapAuthSession') === true;
  if (needsSecret && !has(source, 'secretRef')) required(check, 'secretRef', 'must be set for CHAP');
}

export function validateFibreChannel(source: Mapping, check: Check): void {
  const worldWideNames = items(source, 'targetWWNs').length;
  const identifiers = items(source, 'wwids').length;
  if (worldWideNames === 0 && identifiers === 0) required(check, 'targetWWNs', 'must be set, or wwids');
  if (worldWideNames > 0 && identifiers > 0)
    invalid(check, 'targetWWNs', source['targetWWNs'], 'must not be set together with wwids');
  if (worldWideNames > 0 && !has(source, 'lun')) required(check, 'lun', 'must be set with targetWWNs');
  if (worldWideNames > 0) inRange(check, source, 'lun', 0, 255);
}

export function validateFlexVolume(source: Mapping, check: Check): void {
  requireTexts(source, check, 'driver');
  for (const key in struct(source, 'options')) {
    const domain = `.${(key.split('/')[0] ?? '').toLowerCase()}`;
    if (domain.endsWith('.kubernetes.io') || domain.endsWith('.k8s.io'))
      invalid(check, ['options', key], key, 'the domains kubernetes.io and k8s.io are reserved');
  }
}

export function validateFlocker(source: Mapping, check: Check): void {
  const name = text(source, 'datasetName');
  const uuid = text(source, 'datasetUUID');
  if (name === '' && uuid === '') required(check, [], 'must have datasetName or datasetUUID');
  if (name !== '' && uuid !== '')
    invalid(check, [], '', 'must have one of datasetName and datasetUUID, not both');
  if (name.includes('/')) invalid(check, 'datasetName', name, 'must not contain "/"');
}

export function validateAzureDisk(source: Mapping, check: Check): void {
  requireTexts(source, check, 'diskName', 'diskURI');
  supported(check, 'cachingMode', optionalText(source, 'cachingMode'), ['None', 'ReadOnly', 'ReadWrite']);
  const kind = optionalText(source, 'kind');
  supported(check, 'kind', kind, ['Shared', 'Dedicated', 'Managed']);
  const prefix = kind === 'Managed' ? '/subscriptions/' : 'https://';
  const uri = text(source, 'diskURI');
  if (kind !== undefined && uri !== '' && !uri.startsWith(prefix))
    notSupported(check, 'diskURI', uri, [`${prefix}...`]);
}

function validateEmptyDir(source: Mapping, check: Check): void {
  const limit = parseQuantity(source['sizeLimit']);
  if (limit !== undefined && limit.nanos < 0n) forbidden(check, 'sizeLimit', 'must not be negative');
}

function validateGitRepo(source: Mapping, check: Check): void {
  requireTexts(source, check, 'repository');
  checkRelativePath(check, 'directory', text(source, 'directory'));
}

function validateKeyFiles(source: Mapping, check: Check, nameKey: string): void {
  requireTexts(source, check, nameKey);
  validateMode(source, 'defaultMode', check);
  validateKeyToPaths(source, check);
}

function validateDownwardApi(source: Mapping, check: Check): void {
  validateMode(source, 'defaultMode', check);
  each(check, source, 'items', validateDownwardFile);
}

function validateStorageOs(source: Mapping, check: Check): void {
  requireTexts(source, check, 'volumeName');
  for (const key of ['volumeName', 'volumeNamespace'])
    if (text(source, key) !== '') checkText(check, key, text(source, key), dns1123Label);
  within(check, source, 'secretRef', (reference) => requireTexts(reference, check, 'name'));
}

function validateSecretName(reference: Mapping, check: Check): void {
  requireTexts(reference, check, 'name');
  if (text(reference, 'name') !== '') checkText(check, 'name', text(reference, 'name'), dns1123Subdomain);
}

function validateEphemeral(source: Mapping, check: Check): void {
  if (!has(source, 'volumeClaimTemplate')) required(check, 'volumeClaimTemplate');
  within(check, source, 'volumeClaimTemplate', (template) => {
    validateTemplateMetadata(template, check);
    for (const key in struct(template, 'metadata')) {
      if (key !== 'labels' && key !== 'annotations' && has(struct(template, 'metadata'), key))
        forbidden(check, ['metadata', key], 'only labels and annotations can be set here');
    }
    validateClaimSpec(template, check);
  });
}

function validateImage(source: Mapping, check: Check): void {
  const policy = text(source, 'pullPolicy');
  if (policy !== '') supported(check, 'pullPolicy', policy, ['Always', 'IfNotPresent', 'Never']);
}

function isIscsiName(name: string): boolean {
  if (name.startsWith('iqn')) return /iqn\.\d{4}-\d{2}\.[A-Za-z0-9.-]+:[^,;*&$|\s]+$/.test(name);
  return /^(?:eui.[A-Za-z0-9]{16}|naa.[A-Za-z0-9]{32})$/.test(name);
}
