import { isBase64, isDateTime } from './decode.ts';

/** Whether `text` is of a format that CRD schemas name; formats that the server does not know hold for everything. */
export function hasFormat(text: string, format: string, kubernetesVersion: string): boolean {
  const name = format.replaceAll('-', '');
  const check = formats.get(name);
  const isLater = name.startsWith('k8s') && Number(kubernetesVersion.slice(2)) < 34;
  return check === undefined || isLater || check(text);
}

const uuid = (version: string, variant: string): RegExp =>
  new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${version}-?${variant}-?[0-9a-f]{12}$`, 'i');
const isMatch = (pattern: RegExp) => (text: string) => pattern.test(text);
const shortName = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const longName = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

// `k8s.io/kube-openapi/pkg/validation/strfmt`, less the checksums of ISBNs and credit cards.
const formats: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['bsonobjectid', isMatch(/^[0-9a-f]{24}$/i)],
  ['uri', isUri],
  ['email', isMatch(/^[^\s@<>]+@[^\s@<>]+$/)],
  ['hostname', isMatch(/^[a-z0-9](?:[-a-z0-9]{0,62})(?:\.[a-z0-9][-a-z0-9]{0,62})*\.?$/i)],
  ['ipv4', isIpv4],
  ['ipv6', isIpv6],
  ['cidr', isCidr],
  [
    'mac',
    isMatch(/^(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1)*[0-9a-f]{2}$|^(?:[0-9a-f]{4}\.){2,}[0-9a-f]{4}$/i),
  ],
  ['uuid', isMatch(uuid('[0-9a-f]{4}', '[0-9a-f]{4}'))],
  ['uuid3', isMatch(uuid('3[0-9a-f]{3}', '[0-9a-f]{4}'))],
  ['uuid4', isMatch(uuid('4[0-9a-f]{3}', '[89ab][0-9a-f]{3}'))],
  ['uuid5', isMatch(uuid('5[0-9a-f]{3}', '[89ab][0-9a-f]{3}'))],
  ['ssn', isMatch(/^\d{3}[- ]?\d{2}[- ]?\d{4}$/)],
  ['hexcolor', isMatch(/^#?(?:[0-9a-f]{3}|[0-9a-f]{6})$/i)],
  ['byte', isBase64],
  ['date', (text) => /^\d{4}-\d\d-\d\d$/.test(text) && isDateTime(`${text}T00:00:00Z`)],
  ['datetime', (text) => isDateTime(text.replace(/^(.{10})[t ]/, '$1T').replace(/z$/, 'Z'))],
  [
    'duration',
    isMatch(
      /^[+-]?(?:0|(?:\d+\.?\d*|\.\d+)\s*(?:[numµμ]?s|m|h|d|w|[a-z]+)(?:(?:\d+\.?\d*|\.\d+)[a-zµμ]+)*)$/i,
    ),
  ],
  ['k8sshortname', isMatch(shortName)],
  ['k8slongname', isMatch(longName)],
]);

function isUri(text: string): boolean {
  if (text.startsWith('/')) return !/[\s\p{Cc}]/u.test(text);
  return /^[a-z][a-z0-9+.-]*:/i.test(text) && !/[\s\p{Cc}]/u.test(text) && URL.canParse(text);
}

function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return (
    parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
  );
}

function isIpv6(text: string): boolean {
  return (
    text.includes(':') && !text.includes('%') && !/[[\]]/.test(text) && URL.canParse(`http://[${text}]/`)
  );
}

function isCidr(text: string): boolean {
  const match = /^(.*)\/(0|[1-9]\d{0,2})$/.exec(text);
  const [, address = '', length = ''] = match ?? [];
  return (isIpv4(address) && Number(length) <= 32) || (isIpv6(address) && Number(length) <= 128);
}
