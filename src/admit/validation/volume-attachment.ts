import type { Mapping } from '../../source/value.ts';
import { type Check, forbidden, required, within } from './check.ts';
import { has, optionalText, struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Subdomain } from './names.ts';
import { validateInlineVolume } from './persistent-volume.ts';
import { validateDriverName } from './volume-source.ts';

const oneSource = 'must have persistentVolumeName or inlineVolumeSpec';

export function validateVolumeAttachment(attachment: Mapping, check: Check): void {
  validateMetadata(attachment, check, { namespaced: false, name: dns1123Subdomain });
  const spec = struct(attachment, 'spec');
  const source = struct(spec, 'source');
  const volume = optionalText(source, 'persistentVolumeName');
  check.path.push('spec');
  validateDriverName(check, 'attacher', text(spec, 'attacher'));
  if (has(source, 'inlineVolumeSpec')) validateInline(source, volume, check);
  else if (volume === undefined) required(check, 'source', oneSource);
  else if (volume === '') required(check, ['source', 'persistentVolumeName'], 'must not be empty');
  if (volume !== undefined) checkText(check, ['source', 'persistentVolumeName'], volume, dns1123Subdomain);
  checkText(check, 'nodeName', text(spec, 'nodeName'), dns1123Subdomain);
  check.path.pop();
}

function validateInline(source: Mapping | undefined, volume: string | undefined, check: Check): void {
  if (volume !== undefined) {
    forbidden(check, 'source', `${oneSource}, not both`);
    return;
  }
  check.path.push('source');
  within(check, source, 'inlineVolumeSpec', validateInlineVolume);
  check.path.pop();
}
