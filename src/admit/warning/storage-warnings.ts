import type { Mapping } from '../../source/value.ts';
import { noFields } from '../../source/value.ts';
import { type Check, each, invalid, within } from '../validation/check.ts';
import { has, isEmpty, struct, text } from '../validation/fields.ts';
import { warnOfExpressions, warnOfTerms } from './node-labels.ts';
import { warnOfFraction } from './quota-warnings.ts';

const storageClass = 'volume.beta.kubernetes.io/storage-class';
const mountOptions = 'volume.beta.kubernetes.io/mount-options';
const volumes: Readonly<Record<string, string>> = {
  cephfs: '1.31',
  photonPersistentDisk: '1.16',
  scaleIO: '1.22',
  storageOS: '1.25',
  glusterfs: '1.26',
  rbd: '1.31',
};

export function warnOfClaim(claim: Mapping, check: Check): void {
  warnOfAnnotation(claim, storageClass, 'storageClassName', check);
  check.path.push('spec');
  for (const list of ['requests', 'limits'])
    warnOfFraction(struct(claim, 'spec') ?? noFields, ['resources', list, 'storage'], check);
  check.path.pop();
}

export function warnOfVolume(volume: Mapping, check: Check): void {
  warnOfAnnotation(volume, storageClass, 'storageClassName', check);
  if (check.minor >= 31) warnOfAnnotation(volume, mountOptions, 'mountOptions', check);
  within(check, volume, 'spec', (spec) => {
    if (text(spec, 'persistentVolumeReclaimPolicy') === 'Recycle')
      invalid(
        check,
        'persistentVolumeReclaimPolicy',
        'Recycle',
        'is deprecated',
        'provision volumes dynamically',
      );
    within(check, spec, 'nodeAffinity', (affinity) =>
      within(check, affinity, 'required', (required) => warnOfTerms(required, 'nodeSelectorTerms', check)),
    );
    for (const [source, since] of Object.entries(volumes))
      if (has(spec, source)) invalid(check, source, null, `volumes have no effect as of Kubernetes ${since}`);
  });
}

export function warnOfStorageClass(storage: Mapping, check: Check): void {
  each(check, storage, 'allowedTopologies', (term) =>
    warnOfExpressions(term, check, 'matchLabelExpressions'),
  );
}

export function warnOfCsiDriver(driver: Mapping, check: Check): void {
  const spec = struct(driver, 'spec');
  if (check.minor < 35 || isEmpty(spec, 'tokenRequests') || has(spec, 'serviceAccountTokenInSecrets')) return;
  const detail = 'are passed to the driver where it may log them';
  invalid(check, ['spec', 'tokenRequests'], null, detail, 'set serviceAccountTokenInSecrets: true');
}

function warnOfAnnotation(object: Mapping, key: string, field: string, check: Check): void {
  if (has(struct(struct(object, 'metadata'), 'annotations'), key))
    invalid(check, ['metadata', 'annotations', key], null, 'is deprecated', `set ${field} instead`);
}
