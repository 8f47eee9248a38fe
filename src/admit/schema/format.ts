import { parseCidr, parseIp } from '../validation/ip.ts';
import { isBase64, isDateTime } from './decode.ts';

/** Whether `text` is of a format that CRD schemas name; formats that the server does not know hold for everything. */
export function hasFormat(text: string, format: string, kubernetesVersion: string): boolean {
  const name = format.replaceAll('-', '');
  const check = formats.get(name);
  const isLater = name.startsWith('k8s') && Number(kubernetesVersion.slice(2)) < 34;
  return check === undefined || isLater || check(text);
}

/** Whether a server knows a format for a type of CRD schemas; what was new in its own version it does not (GetUnrecognizedFormats of 1.36). */
export function isKnownFormat(format: string, type: string, minor: number): boolean {
  if (type === 'integer') return format === 'int32' || format === 'int64';
  if (type === 'number') return format === 'float' || format === 'double';
  if (type !== '' && type !== 'string') return false;
  const name = format.replaceAll('-', '');
  if (name.startsWith('k8s') && minor < 35) return false;
  return formats.has(name) || unchecked.has(name);
}

/** Formats that are known, and hold for everything here. */
const unchecked: ReadonlySet<string> = new Set([
  'isbn',
  'isbn10',
  'isbn13',
  'creditcard',
  'rgbcolor',
  'password',
]);

const uuid = (
  version: '[0-9a-f]{4}' | '3[0-9a-f]{3}' | '4[0-9a-f]{3}' | '5[0-9a-f]{3}',
  variant: '[0-9a-f]{4}' | '[89ab][0-9a-f]{3}',
): RegExp => new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${version}-?${variant}-?[0-9a-f]{12}$`, 'i');
const isMatch = (pattern: RegExp) => (text: string) => pattern.test(text);
const shortName = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const longName = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

// `k8s.io/kube-openapi/pkg/validation/strfmt`, less the checksums of ISBNs and credit cards.
const formats: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['bsonobjectid', isMatch(/^[0-9a-f]{24}$/i)],
  ['uri', isUri],
  ['email', isMatch(/^[^\s@<>]+@[^\s@<>]+$/)],
  ['hostname', isHostname],
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
  ['date', isDate],
  ['datetime', isTimestamp],
  ['duration', isDuration],
  ['k8sshortname', isMatch(shortName)],
  ['k8slongname', isMatch(longName)],
]);

function isUri(text: string): boolean {
  if (text.startsWith('/')) return !/[\s\p{Cc}]/u.test(text);
  return /^[a-z][a-z0-9+.-]*:/i.test(text) && !/[\s\p{Cc}]/u.test(text) && URL.canParse(text);
}

function isIpv4(text: string): boolean {
  return text.includes('.') && parseIp(text) !== undefined;
}

function isIpv6(text: string): boolean {
  return (
    text.includes(':') && !text.includes('%') && !/[[\]]/.test(text) && URL.canParse(`http://[${text}]/`)
  );
}

function isCidr(text: string): boolean {
  return parseCidr(text) !== undefined;
}

const hostname =
  /^(?:[a-zA-Z0-9\p{S}\p{L}]-?[a-zA-Z0-9\p{S}\p{L}]{0,62}|(?:[a-zA-Z0-9\p{S}\p{L}](?:[-a-zA-Z0-9\p{S}\p{L}]{0,61}[a-zA-Z0-9\p{S}\p{L}])?\.)+[a-zA-Z\p{L}]{2,63})$/u;

/** The last of several labels is a top-level domain of at least two letters. */
function isHostname(text: string): boolean {
  return text.length <= 255 && hostname.test(text) && text.split('.').every((part) => part.length <= 63);
}

const timePattern = /^([0-9]{2}):([0-9]{2}):([0-9]{2})(?:.[0-9]+)?(?:z|[+-][0-9]{2}:[0-9]{2})$/;

/** Any offset will do, and any character before the fraction, but nothing besides "T" before the time. */
function isTimestamp(text: string): boolean {
  const [date = '', time] = text.toLowerCase().split('t');
  const [, hour = '', minute = '', second = ''] = timePattern.exec(time ?? '') ?? [];
  return isDate(date) && hour !== '' && hour <= '23' && minute <= '59' && second <= '59';
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && isDateTime(`${text}T00:00:00Z`);
}

const goDuration = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const units = ['ns', 'us', 'µs', 'ms', 's', 'm', 'min', 'h', 'hr', 'd', 'w', 'wk'];
const unitBeginnings = ['nano', 'micro', 'milli', 'sec', 'min', 'hour', 'day', 'week'];

/** A duration of Go, or a text with a number and a unit of time anywhere in it. */
function isDuration(text: string): boolean {
  if (goDuration.test(text)) return true;
  return [...text.matchAll(/\d+\s*([A-Za-zµ]+)/g)].some(([, word = '']) => {
    const unit = word.toLowerCase();
    return units.includes(unit) || unitBeginnings.some((beginning) => unit.startsWith(beginning));
  });
}
