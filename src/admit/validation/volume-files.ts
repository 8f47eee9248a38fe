import type { Mapping } from '../../source/value.ts';
import { type Check, each, invalid, required, requireTexts, within } from './check.ts';
import { validateFieldRef, validateResourceFieldRef, volumeFields } from './env.ts';
import { has, numeric, text } from './fields.ts';
import { checkVolumeFilePath } from './paths.ts';

/** Checks `items` that put keys into files: each with a key, a path and perhaps a mode. */
export function validateKeyToPaths(source: Mapping, check: Check): void {
  each(check, source, 'items', (item) => {
    requireTexts(item, check, 'key', 'path');
    checkVolumeFilePath(check, 'path', text(item, 'path'));
    validateMode(item, 'mode', check);
  });
}

/** Checks one file of a downward API volume. */
export function validateDownwardFile(file: Mapping, check: Check): void {
  requireTexts(file, check, 'path');
  checkVolumeFilePath(check, 'path', text(file, 'path'));
  within(check, file, 'fieldRef', (reference) => validateFieldRef(reference, check, volumeFields));
  if (!has(file, 'fieldRef'))
    within(check, file, 'resourceFieldRef', (reference) => validateResourceFieldRef(reference, check, true));
  const count = Number(has(file, 'fieldRef')) + Number(has(file, 'resourceFieldRef'));
  if (count === 0) required(check, [], 'must have fieldRef or resourceFieldRef');
  if (count === 2) invalid(check, [], '', 'must have one of fieldRef and resourceFieldRef, not both');
  validateMode(file, 'mode', check);
}

/** Reports permission bits beyond 0777. */
export function validateMode(parent: Mapping, key: string, check: Check): void {
  const mode = numeric(parent, key);
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return;
  const octal = /^[0-7]{3,4}$/.test(String(mode)) && Number.parseInt(String(mode), 8) <= 0o777;
  invalid(
    check,
    key,
    mode,
    'must be between 0 and 0777 octal (511)',
    octal ? `write 0${String(mode).replace(/^0+/, '')} for the octal number` : undefined,
  );
}
