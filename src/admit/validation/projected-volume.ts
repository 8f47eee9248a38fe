import type { Mapping } from '../../source/value.ts';
import { type Check, each, forbidden, invalid, required, requireTexts, supported, within } from './check.ts';
import { has, numeric, optionalText, structs, text } from './fields.ts';
import { validateLabelSelector } from './label-selector.ts';
import { validateAnnotations } from './metadata.ts';
import { checkText, dns1123Subdomain } from './names.ts';
import { checkVolumeFilePath } from './paths.ts';
import { validateDownwardFile, validateKeyToPaths, validateMode } from './volume-files.ts';

const oldSourceKinds = ['secret', 'configMap', 'downwardAPI', 'serviceAccountToken'];
// Up to 1.36 the others were dropped unread: their gates were off.
const sourceKinds = [...oldSourceKinds, 'clusterTrustBundle', 'podCertificate'];
const keyTypes = ['RSA3072', 'RSA4096', 'ECDSAP256', 'ECDSAP384', 'ECDSAP521', 'ED25519'];
const leastTokenSeconds = 600;
const mostTokenSeconds = 2 ** 32;

/** Checks a projected volume: its sources, and that no two of them write the same file. */
export function validateProjectedVolume(volume: Mapping, check: Check): void {
  validateMode(volume, 'defaultMode', check);
  const paths = new Set<string>();
  each(check, volume, 'sources', (source) => {
    within(check, source, 'secret', (secret) => validateFiles(secret, check, paths));
    within(check, source, 'configMap', (configMap) => validateFiles(configMap, check, paths));
    within(check, source, 'downwardAPI', (downward) => validateDownward(downward, check, paths));
    within(check, source, 'serviceAccountToken', validateToken);
    if (check.minor >= 37)
      within(check, source, 'clusterTrustBundle', (bundle) => validateTrustBundle(bundle, check, paths));
    if (check.minor >= 37)
      within(check, source, 'podCertificate', (certificate) =>
        validateCertificate(certificate, check, paths),
      );
    if ((check.minor >= 37 ? sourceKinds : oldSourceKinds).filter((kind) => has(source, kind)).length > 1)
      forbidden(check, [], 'must have one source, not several', 'split it into two items');
  });
}

function validateFiles(source: Mapping, check: Check, paths: Set<string>): void {
  requireTexts(source, check, 'name');
  validateKeyToPaths(source, check);
  structs(source, 'items').forEach((item, index) => {
    claimPath(check, ['items', index, 'path'], text(item, 'path'), paths);
  });
}

function validateDownward(source: Mapping, check: Check, paths: Set<string>): void {
  each(check, source, 'items', (file) => {
    validateDownwardFile(file, check);
    claimPath(check, ['path'], text(file, 'path'), paths);
  });
}

function validateToken(token: Mapping, check: Check): void {
  const seconds = numeric(token, 'expirationSeconds');
  if (seconds !== undefined && seconds < leastTokenSeconds)
    invalid(check, 'expirationSeconds', seconds, `must be at least ${leastTokenSeconds} seconds`);
  if (seconds !== undefined && seconds > mostTokenSeconds)
    invalid(check, 'expirationSeconds', seconds, 'must be at most 2^32 seconds');
  requireTexts(token, check, 'path');
  checkVolumeFilePath(check, 'path', text(token, 'path'));
}

function validateTrustBundle(bundle: Mapping, check: Check, paths: Set<string>): void {
  const name = optionalText(bundle, 'name');
  const signer = optionalText(bundle, 'signerName');
  if (name !== undefined && signer !== undefined)
    invalid(check, [], '', 'must have one of name and signerName, not both');
  else if (name !== undefined) {
    if (name === '') required(check, 'name');
    if (has(bundle, 'labelSelector'))
      invalid(check, 'labelSelector', bundle['labelSelector'], 'must not be set together with name');
  } else if (signer !== undefined) {
    validateSignerName(signer, check);
    validateLabelSelector(bundle, 'labelSelector', check);
  } else required(check, [], 'must have name or signerName');
  requireTexts(bundle, check, 'path');
  checkVolumeFilePath(check, 'path', text(bundle, 'path'));
  claimPath(check, ['path'], text(bundle, 'path'), paths);
}

function validateCertificate(certificate: Mapping, check: Check, paths: Set<string>): void {
  validateSignerName(text(certificate, 'signerName'), check);
  validateAnnotations(certificate, check, 'userAnnotations');
  supported(check, 'keyType', text(certificate, 'keyType'), keyTypes);
  const seconds = numeric(certificate, 'maxExpirationSeconds');
  if (seconds !== undefined && seconds < 3600)
    invalid(check, 'maxExpirationSeconds', seconds, 'must be at least 3600');
  const files = ['credentialBundlePath', 'keyPath', 'certificateChainPath'].filter(
    (key) => text(certificate, key) !== '',
  );
  if (files.length === 0)
    required(check, [], 'must have credentialBundlePath, keyPath or certificateChainPath');
  for (const key of files) {
    checkVolumeFilePath(check, key, text(certificate, key));
    claimPath(check, [key], text(certificate, key), paths);
  }
}

function validateSignerName(signer: string, check: Check): void {
  const slash = signer.indexOf('/');
  if (signer === '') required(check, 'signerName');
  else if (slash <= 0 || slash === signer.length - 1)
    invalid(check, 'signerName', signer, 'must be a domain, "/" and a path');
  else checkText(check, 'signerName', signer.slice(0, slash), dns1123Subdomain);
}

function claimPath(check: Check, at: readonly (string | number)[], path: string, paths: Set<string>): void {
  if (path === '') return;
  if (paths.has(path)) invalid(check, at, path, 'another source already writes this file');
  paths.add(path);
}
