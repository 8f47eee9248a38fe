import type { Mapping } from '../../source/value.ts';
import { type Check, duplicate, eachText, invalid, notSupported, required } from './check.ts';
import { isEmpty, numeric, struct, text, texts } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, type TextRule } from './names.ts';
import { decodeBase64, isDerSequence, pemBlocks } from './pem.ts';
import { signerNameProblem } from './signer-name.ts';

const usages = [
  'any',
  'cert sign',
  'client auth',
  'code signing',
  'content commitment',
  'crl sign',
  'data encipherment',
  'decipher only',
  'digital signature',
  'email protection',
  'encipher only',
  'ipsec end system',
  'ipsec tunnel',
  'ipsec user',
  'key agreement',
  'key encipherment',
  'microsoft sgc',
  'netscape sgc',
  'ocsp signing',
  's/mime',
  'server auth',
  'signing',
  'timestamping',
];
const legacySigner = 'kubernetes.io/legacy-unknown';
const anyName: TextRule = () => undefined;

/** The signature of the request is not looked at; that it is a request is. */
export function validateCertificateSigningRequest(request: Mapping, check: Check): void {
  validateMetadata(request, check, { namespaced: false, name: anyName });
  const spec = struct(request, 'spec');
  check.path.push('spec');
  const problem = requestProblem(text(spec, 'request'));
  if (problem !== undefined) invalid(check, 'request', text(spec, 'request'), problem);
  if (isEmpty(spec, 'usages')) required(check, 'usages', 'must have at least one item');
  eachText(check, spec, 'usages', (usage, _, index) => {
    if (!usages.includes(usage)) notSupported(check, index, usage, usages);
    if (texts(spec, 'usages').indexOf(usage) < index) duplicate(check, index, usage);
  });
  const signer = text(spec, 'signerName');
  if (signer === '') required(check, 'signerName');
  else if (signer === legacySigner)
    invalid(check, 'signerName', signer, 'cannot be requested in this version');
  else checkText(check, 'signerName', signer, signerNameProblem);
  const seconds = numeric(spec, 'expirationSeconds');
  if (seconds !== undefined && seconds < 600)
    invalid(check, 'expirationSeconds', seconds, 'must be at least 600');
  check.path.pop();
}

function requestProblem(encoded: string): string | undefined {
  const bytes = decodeBase64(encoded) ?? new Uint8Array();
  const [block] = pemBlocks(new TextDecoder().decode(bytes));
  if (block?.type !== 'CERTIFICATE REQUEST') return 'must be a PEM block of type CERTIFICATE REQUEST';
  return isDerSequence(block.bytes) ? undefined : 'is not a certificate request';
}
