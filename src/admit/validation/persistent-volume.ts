import { ownOf } from '../../source/own.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import { validateNodeSelector } from './affinity.ts';
import { type Check, forbidden, notSupported, required, requireTexts, supported, within } from './check.ts';
import { has, isEmpty, optionalText, struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Label, dns1123Subdomain } from './names.ts';
import { inRange } from './numbers.ts';
import { checkNoBacksteps } from './paths.ts';
import { checkPositiveQuantity, validateAccessModes, volumeModes } from './persistent-volume-claim.ts';
import {
  validateAzureDisk,
  validateCsiDriver,
  validateFibreChannel,
  validateFlexVolume,
  validateFlocker,
  validateHostPath,
  validateIscsi,
  validateNfs,
} from './volume-source.ts';

type SourceRule = (source: Mapping, check: Check) => void;

// In the order in which the API server looks, because it blames the second source that it meets.
const sources: Readonly<Record<string, SourceRule>> = {
  hostPath: validateHostPath,
  gcePersistentDisk: (source, check) => {
    requireTexts(source, check, 'pdName');
    inRange(check, source, 'partition', 0, 255);
  },
  awsElasticBlockStore: (source, check) => {
    requireTexts(source, check, 'volumeID');
    inRange(check, source, 'partition', 0, 255);
  },
  glusterfs: (source, check) => requireTexts(source, check, 'endpoints', 'path'),
  flocker: validateFlocker,
  nfs: validateNfs,
  rbd: (source, check) => requireTexts(source, check, 'monitors', 'image'),
  quobyte: (source, check) => requireTexts(source, check, 'registry', 'volume'),
  cephfs: (source, check) => requireTexts(source, check, 'monitors'),
  iscsi: validateIscsi,
  cinder: (source, check) => {
    requireTexts(source, check, 'volumeID');
    within(check, source, 'secretRef', (reference) => requireTexts(reference, check, 'name', 'namespace'));
  },
  fc: validateFibreChannel,
  flexVolume: validateFlexVolume,
  azureFile: (source, check) => {
    requireTexts(source, check, 'secretName', 'shareName');
    if (optionalText(source, 'secretNamespace') === '')
      required(check, 'secretNamespace', 'must not be empty');
  },
  vsphereVolume: (source, check) => requireTexts(source, check, 'volumePath'),
  photonPersistentDisk: (source, check) => requireTexts(source, check, 'pdID'),
  portworxVolume: (source, check) => requireTexts(source, check, 'volumeID'),
  azureDisk: validateAzureDisk,
  scaleIO: (source, check) => requireTexts(source, check, 'gateway', 'system', 'volumeName'),
  local: (source, check) => {
    requireTexts(source, check, 'path');
    checkNoBacksteps(check, 'path', text(source, 'path'));
  },
  storageos: (source, check) => requireTexts(source, check, 'volumeName'),
  csi: validateCsi,
};
const secretReferences = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
];

export function validatePersistentVolume(volume: Mapping, check: Check): void {
  validateMetadata(volume, check, { namespaced: false, name: dns1123Subdomain });
  const spec = struct(volume, 'spec');
  check.path.push('spec');
  validateAccessModes(spec, check);
  validateCapacity(spec, check);
  const reclaim = text(spec, 'persistentVolumeReclaimPolicy');
  if (reclaim !== '')
    supported(check, 'persistentVolumeReclaimPolicy', reclaim, ['Delete', 'Recycle', 'Retain']);
  within(check, spec, 'nodeAffinity', (affinity) => {
    if (has(affinity, 'required')) within(check, affinity, 'required', validateNodeSelector);
    else required(check, 'required', 'must specify the nodes that can access the volume');
  });
  validateSource(spec, check);
  if (reclaim === 'Recycle' && /^\/+$/.test(text(struct(spec, 'hostPath'), 'path')))
    forbidden(
      check,
      'persistentVolumeReclaimPolicy',
      'must not be Recycle for the root directory of the node',
    );
  const storageClass = text(spec, 'storageClassName');
  if (storageClass !== '') checkText(check, 'storageClassName', storageClass, dns1123Subdomain);
  supported(check, 'volumeMode', optionalText(spec, 'volumeMode'), volumeModes);
  if (check.minor >= 34) validateAttributesClass(spec, check);
  check.path.pop();
}

function validateCapacity(spec: Mapping | undefined, check: Check): void {
  const capacity = struct(spec, 'capacity');
  const names = Object.keys(capacity ?? {});
  if (isEmpty(spec, 'capacity')) required(check, 'capacity', 'must set the size of the volume');
  else if (names.length > 1 || !names.includes('storage'))
    notSupported(check, 'capacity', names.find((name) => name !== 'storage') ?? '', ['storage']);
  for (const name in capacity) checkPositiveQuantity(check, ['capacity', name], capacity[name] ?? null);
}

function validateSource(spec: Mapping | undefined, check: Check): void {
  let first: string | undefined;
  for (const name of Object.keys(sources)) {
    if (!isMapping(spec?.[name])) continue;
    // Upstream counts it without looking whether there is one already.
    if (first !== undefined && name !== 'flexVolume') {
      forbidden(check, name, `the volume already has the type ${first}`);
      continue;
    }
    first = name;
    within(check, spec, name, ownOf(sources, name) as SourceRule);
  }
  if (first === undefined) required(check, [], 'must have a type of volume, such as csi or nfs');
  if (first === 'local' && !has(spec, 'nodeAffinity'))
    required(check, 'nodeAffinity', 'must be set for a local volume');
}

/** Checks a volume that an attachment spells out, which only drivers of CSI can attach. */
export function validateInlineVolume(spec: Mapping, check: Check): void {
  const reclaim = text(spec, 'persistentVolumeReclaimPolicy');
  const mode = optionalText(spec, 'volumeMode');
  const ofClaims = {
    capacity: !isEmpty(spec, 'capacity'),
    storageClassName: text(spec, 'storageClassName') !== '',
  };
  const isSet = { claimRef: has(spec, 'claimRef'), nodeAffinity: has(spec, 'nodeAffinity'), ...ofClaims };
  for (const key of Object.keys(isSet) as (keyof typeof isSet)[])
    if (isSet[key]) forbidden(check, key, 'must not be set for an inline volume');
  if (!has(spec, 'csi')) required(check, 'csi', 'must be set for an inline volume');
  validateAccessModes(spec, check);
  if (reclaim !== '' && reclaim !== 'Retain')
    forbidden(check, 'persistentVolumeReclaimPolicy', 'must be Retain for an inline volume');
  validateSource(spec, check);
  if (mode !== undefined && mode !== 'Filesystem')
    forbidden(check, 'volumeMode', 'must be Filesystem for an inline volume');
}

function validateCsi(source: Mapping, check: Check): void {
  validateCsiDriver(source, check);
  requireTexts(source, check, 'volumeHandle');
  for (const key of secretReferences)
    within(check, source, key, (reference) => {
      requireTexts(reference, check, 'name', 'namespace');
      if (text(reference, 'name') !== '') checkText(check, 'name', text(reference, 'name'), dns1123Subdomain);
      if (text(reference, 'namespace') !== '')
        checkText(check, 'namespace', text(reference, 'namespace'), dns1123Label);
    });
}

function validateAttributesClass(spec: Mapping | undefined, check: Check): void {
  const name = optionalText(spec, 'volumeAttributesClassName');
  if (name === undefined) return;
  if (name === '') required(check, 'volumeAttributesClassName', 'must not be empty');
  else checkText(check, 'volumeAttributesClassName', name, dns1123Subdomain);
  if (!has(spec, 'csi')) required(check, 'csi', 'must be set with volumeAttributesClassName');
}
