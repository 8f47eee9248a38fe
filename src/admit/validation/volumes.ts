import type { Mapping } from '../../source/value.ts';
import { type Check, duplicate, each, invalid, required } from './check.ts';
import { has, struct, structs, text } from './fields.ts';
import { checkText, dns1123Label, dns1123Subdomain } from './names.ts';
import type { Volumes } from './volume-mounts.ts';
import { validateVolumeSource } from './volume-source.ts';

/**
 * Checks `volumes` of a pod and gives them by name. `claims` are the volumes that a StatefulSet adds, which take the
 * place of the pod's own of the same name; `podName` is set where the pod is not a template.
 */
export function validateVolumes(spec: Mapping, check: Check, claims: Volumes, podName: string): Volumes {
  const volumes = new Map(claims);
  const createdClaims = namesOfCreatedClaims(spec, podName);
  each(check, spec, 'volumes', (volume) => {
    const name = text(volume, 'name');
    if (claims.has(name)) return;
    validateVolumeSource(volume, check);
    if (name === '') required(check, 'name');
    else checkText(check, 'name', name, dns1123Label);
    if (volumes.has(name)) duplicate(check, 'name', name, `there is already a volume "${name}"`);
    volumes.set(name, volume);
    if (podName !== '' && has(volume, 'ephemeral'))
      checkText(check, 'name', `${podName}-${name}`, dns1123Subdomain);
    const claimName = text(struct(volume, 'persistentVolumeClaim'), 'claimName');
    if (createdClaims.has(claimName))
      invalid(
        check,
        ['persistentVolumeClaim', 'claimName'],
        claimName,
        'this claim belongs to an ephemeral volume of the pod',
      );
  });
  return volumes;
}

function namesOfCreatedClaims(spec: Mapping, podName: string): ReadonlySet<string> {
  const names = new Set<string>();
  if (podName === '') return names;
  for (const volume of structs(spec, 'volumes'))
    if (has(volume, 'ephemeral')) names.add(`${podName}-${text(volume, 'name')}`);
  return names;
}
