import { parseUrl } from '../template/value/url.ts';
import { isRegularExpression } from './schema-keywords.ts';

type Test = (text: string) => boolean;

const formats: ReadonlyMap<string, Test> = new Map<string, Test>([
  ['date', isDate],
  ['date-time', isDateTime],
  ['duration', isDuration],
  ['email', isEmail],
  ['hostname', isHostname],
  ['ipv4', isIpv4],
  ['ipv6', isIpv6],
  ['iri', isAddress],
  ['iri-reference', isReference],
  ['json-pointer', isPointer],
  ['period', isPeriod],
  ['regex', isRegularExpression],
  ['relative-json-pointer', (text) => /^(?:0|[1-9]\d*)(?:#$|$|(?=\/))/u.test(text) && isRelative(text)],
  ['semver', isVersion],
  ['time', isTime],
  ['uri', isAddress],
  ['uri-reference', isReference],
  ['uri-template', isAddressTemplate],
  ['uuid', (text) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(text)],
]);

/** Whether a text has a format of JSON Schema (format.go of jsonschema 6.0.3); one that is not known there says nothing. */
export function hasFormat(text: string, format: string): boolean {
  return formats.get(format)?.(text) ?? true;
}

function isPointer(text: string): boolean {
  return text === '' || (text.startsWith('/') && !/~(?![01])/u.test(text));
}

function isRelative(text: string): boolean {
  const rest = text.replace(/^\d+/u, '');
  return rest === '#' || isPointer(rest);
}

function isDuration(text: string): boolean {
  if (/^P\d+W$/u.test(text)) return true;
  return /^P(?=\d|T)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/u.test(text);
}

function isPeriod(text: string): boolean {
  const slash = text.indexOf('/');
  const [start, end] = [text.slice(0, slash), text.slice(slash + 1)];
  if (slash < 0) return false;
  if (start.startsWith('P')) return isDuration(start) && isDateTime(end);
  return isDateTime(start) && (end.startsWith('P') ? isDuration(end) : isDateTime(end));
}

function isIpv4(text: string): boolean {
  const groups = text.split('.');
  return (
    groups.length === 4 &&
    groups.every((group) => /^(?:0|[1-9]\d{0,2})$/u.test(group) && Number(group) <= 255)
  );
}

function isIpv6(text: string): boolean {
  const tail = /(?<=:)\d+\.\d+\.\d+\.\d+$/u.exec(text)?.[0];
  if (tail !== undefined && !isIpv4(tail)) return false;
  const groups = (tail === undefined ? text : `${text.slice(0, -tail.length)}0:0`).split('::');
  if (groups.length > 2) return false;
  const parts = groups.map((part) => (part === '' ? [] : part.split(':')));
  const count = parts.flat().length;
  if (!parts.flat().every((part) => /^[\da-f]{1,4}$/iu.test(part))) return false;
  return groups.length === 2 ? count < 8 : count === 8;
}

function isHostname(text: string): boolean {
  const name = text.replace(/\.$/u, '');
  return (
    name.length <= 253 &&
    name.split('.').every((label) => /^(?!-)[A-Za-z\d-]{1,63}$/u.test(label) && !label.endsWith('-'))
  );
}

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  if (at < 0 || text.length > 254 || bytesOf(text) > 254 || bytesOf(local) > 64) return false;
  const isQuoted = /^".*"$/su.test(local) && local.length > 1;
  const isLocal = isQuoted
    ? !/[\\"]/u.test(local.slice(1, -1))
    : /^[A-Za-z\d.!#$%&'*+\-/=?^_`{|}~]*$/u.test(local) && !/^\.|\.$|\.\./u.test(local);
  if (!isLocal) return false;
  if (!/^\[.*\]$/su.test(domain)) return isHostname(domain);
  const inside = domain.slice(1, -1);
  return inside.startsWith('IPv6:') ? isIpv6(inside.slice('IPv6:'.length)) : isIpv4(inside);
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/u.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

function isTime(text: string): boolean {
  const found = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[zZ]|([+-])(\d\d):(\d\d))$/u.exec(text);
  if (found === null) return false;
  const [hour = 0, minute = 0, second = 0] = found.slice(1, 4).map(Number);
  const [hours, minutes] = [Number(found[5] ?? 0), Number(found[6] ?? 0)];
  if (hour > 23 || minute > 59 || second > 60 || hours > 23 || minutes > 59) return false;
  const day = 24 * 60;
  const offset = (hours * 60 + minutes) * (found[4] === '-' ? 1 : -1);
  const passed = hour * 60 + minute + offset;
  // A leap second is the last of a day.
  return second < 60 || (passed < 0 ? passed + day : passed) === day - 1;
}

function isDateTime(text: string): boolean {
  return /^.{10}[tT]/su.test(text) && isDate(text.slice(0, 10)) && isTime(text.slice(11));
}

function isAddress(text: string): boolean {
  const url = parseUrl(text);
  return typeof url !== 'string' && url.scheme !== '' && hasReadableHost(url.host);
}

function isReference(text: string): boolean {
  const url = parseUrl(text);
  return !text.includes('\\') && typeof url !== 'string' && hasReadableHost(url.host);
}

function isAddressTemplate(text: string): boolean {
  const url = parseUrl(text);
  if (typeof url === 'string' || !hasReadableHost(url.host)) return false;
  return url.path.split('/').every((part) => /^(?:[^{}]|\{[^{}]*\})*$/u.test(part));
}

function hasReadableHost(host: string): boolean {
  const inside = /^\[(.*)\](?::\d*)?$/su.exec(host)?.[1];
  return inside === undefined
    ? !host.replace(/:\d*$/u, '').includes(':')
    : !inside.includes(':') || isIpv6(inside);
}

/** Semantic Versioning 2.0.0; part by part, so that a long text costs no more than its length. */
function isVersion(text: string): boolean {
  const [, core = '', ahead, build] = /^([^-+]*)(?:-([^+]*))?(?:\+(.*))?$/su.exec(text) ?? [];
  const areAll = (list: string | undefined, isOne: Test): boolean => list?.split('.').every(isOne) ?? true;
  const isNumber: Test = (part) => /^(?:0|[1-9]\d*)$/u.test(part);
  const isIdentifier: Test = (part) => /^[\dA-Za-z-]+$/u.test(part);
  return (
    core.split('.').length === 3 &&
    areAll(core, isNumber) &&
    areAll(ahead, (part) => isIdentifier(part) && (isNumber(part) || !/^\d+$/u.test(part))) &&
    areAll(build, isIdentifier)
  );
}
