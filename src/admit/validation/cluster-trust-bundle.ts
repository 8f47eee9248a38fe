import type { Mapping } from '../../source/value.ts';
import { type Check, invalid } from './check.ts';
import { struct, text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { checkText, dns1123Subdomain } from './names.ts';
import { isDerSequence, type PemBlock, pemBlocks } from './pem.ts';
import { signerNameProblem } from './signer-name.ts';

const largestBundle = 1024 * 1024;
// The object identifier of basic constraints in DER, and the boolean that says whose certificate may sign others.
const basicConstraints = [0x06, 0x03, 0x55, 0x1d, 0x13];
const isAuthority = [0x01, 0x01, 0xff];

export function validateClusterTrustBundle(bundle: Mapping, check: Check): void {
  const spec = struct(bundle, 'spec');
  const signer = text(spec, 'signerName');
  validateMetadata(bundle, check, { namespaced: false, name: (name) => bundleNameProblem(name, signer) });
  if (signer !== '') checkText(check, ['spec', 'signerName'], signer, signerNameProblem);
  const problem = anchorsProblem(text(spec, 'trustBundle'));
  if (problem !== undefined) invalid(check, ['spec', 'trustBundle'], null, problem);
}

function bundleNameProblem(name: string, signer: string): string | undefined {
  if (signer === '')
    return name.includes(':') ? 'must not contain ":" without a signer' : dns1123Subdomain(name);
  const prefix = `${signer.replaceAll('/', ':')}:`;
  return name.startsWith(prefix)
    ? dns1123Subdomain(name.slice(prefix.length))
    : `must begin with ${prefix}, which is the signer`;
}

function anchorsProblem(anchors: string): string | undefined {
  if (anchors.length > largestBundle) return 'must be at most 1 MiB';
  const blocks = pemBlocks(anchors);
  const problem = blocks.map(anchorProblem).find((one) => one !== undefined);
  if (problem !== undefined) return problem;
  if (blocks.length === 0) return 'must contain a PEM certificate';
  const isDouble = new Set(blocks.map(({ bytes }) => bytes.join())).size < blocks.length;
  return isDouble ? 'must not contain a certificate twice' : undefined;
}

function anchorProblem({ type, hasHeaders, bytes }: PemBlock): string | undefined {
  if (type !== 'CERTIFICATE') return `must contain only blocks of type CERTIFICATE, not ${type}`;
  if (hasHeaders) return 'must not have headers in its PEM blocks';
  if (!isDerSequence(bytes)) return 'must contain only X.509 certificates';
  return isOfAuthority(bytes) ? undefined : 'must contain only CA certificates';
}

function isOfAuthority(bytes: Uint8Array): boolean {
  const start = indexOf(bytes, basicConstraints, 0);
  const end = start + 24;
  const found = start < 0 ? -1 : lastIndexOf(bytes.subarray(0, end), isAuthority, start);
  // The first such boolean says that the extension is critical, the one inside the sequence that it is an authority.
  return found > 0 && bytes[found - 2] === 0x30;
}

function indexOf(bytes: Uint8Array, wanted: readonly number[], from: number): number {
  for (let start = from; start <= bytes.length - wanted.length; start++)
    if (wanted.every((byte, index) => bytes[start + index] === byte)) return start;
  return -1;
}

function lastIndexOf(bytes: Uint8Array, wanted: readonly number[], from: number): number {
  let last = -1;
  for (let found = indexOf(bytes, wanted, from); found >= 0; found = indexOf(bytes, wanted, found + 1))
    last = found;
  return last;
}
