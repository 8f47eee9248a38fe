import type { CelType } from './cel-type.ts';

/**
 * The functions of the API server's CEL environment: overloads by section, each section under the Kubernetes version (1.x) that
 * brought it. `T`, `K` and `V` stand for any type, one and the same within a signature.
 */
const sections: readonly (readonly [minor: number, signatures: string])[] = [
  [
    26,
    `string(string) string|string(bool) string|string(int) string|string(uint) string|string(double) string|string(bytes) string
string(timestamp) string|string(duration) string|string(ip) string|string(cidr) string
int(int) int|int(uint) int|int(double) int|int(string) int|int(timestamp) int
uint(uint) uint|uint(int) uint|uint(double) uint|uint(string) uint
double(double) double|double(int) double|double(uint) double|double(string) double
bool(bool) bool|bool(string) bool|bytes(bytes) bytes|bytes(string) bytes|dyn(T) dyn|type(T) type
duration(string) duration|duration(duration) duration|timestamp(string) timestamp|timestamp(int) timestamp|timestamp(timestamp) timestamp
size(string) int|size(bytes) int|size(list<T>) int|size(map<K,V>) int
string.size() int|bytes.size() int|list<T>.size() int|map<K,V>.size() int
string.startsWith(string) bool|string.endsWith(string) bool|string.contains(string) bool
string.matches(string) bool|matches(string,string) bool
timestamp.getFullYear() int|timestamp.getFullYear(string) int|timestamp.getMonth() int|timestamp.getMonth(string) int
timestamp.getDate() int|timestamp.getDate(string) int|timestamp.getDayOfMonth() int|timestamp.getDayOfMonth(string) int
timestamp.getDayOfWeek() int|timestamp.getDayOfWeek(string) int|timestamp.getDayOfYear() int|timestamp.getDayOfYear(string) int
timestamp.getHours() int|timestamp.getHours(string) int|timestamp.getMinutes() int|timestamp.getMinutes(string) int
timestamp.getSeconds() int|timestamp.getSeconds(string) int|timestamp.getMilliseconds() int|timestamp.getMilliseconds(string) int
duration.getHours() int|duration.getMinutes() int|duration.getSeconds() int|duration.getMilliseconds() int
string.charAt(int) string|string.indexOf(string) int|string.indexOf(string,int) int
string.lastIndexOf(string) int|string.lastIndexOf(string,int) int|string.lowerAscii() string|string.upperAscii() string
string.replace(string,string) string|string.replace(string,string,int) string
string.split(string) list<string>|string.split(string,int) list<string>|string.substring(int) string|string.substring(int,int) string
string.trim() string|list<string>.join() string|list<string>.join(string) string|string.format(list<dyn>) string
strings.quote(string) string
string.find(string) string|string.findAll(string) list<string>|string.findAll(string,int) list<string>
url(string) url|isURL(string) bool|url.getScheme() string|url.getHost() string|url.getHostname() string|url.getPort() string
url.getEscapedPath() string|url.getQuery() map<string,list<string>>
list<T>.isSorted() bool|list<T>.sum() T|list<T>.min() T|list<T>.max() T|list<T>.indexOf(T) int|list<T>.lastIndexOf(T) int`,
  ],
  [
    27,
    `authorizer.path(string) pathCheck|authorizer.group(string) groupCheck|authorizer.serviceAccount(string,string) authorizer
groupCheck.resource(string) resourceCheck|resourceCheck.subresource(string) resourceCheck|resourceCheck.namespace(string) resourceCheck
resourceCheck.name(string) resourceCheck|pathCheck.check(string) decision|resourceCheck.check(string) decision
decision.allowed() bool|decision.reason() string|decision.errored() bool|decision.error() string`,
  ],
  [
    28,
    `quantity(string) quantity|isQuantity(string) bool|quantity.isLessThan(quantity) bool|quantity.isGreaterThan(quantity) bool
quantity.compareTo(quantity) int|quantity.add(quantity) quantity|quantity.add(int) quantity|quantity.sub(quantity) quantity
quantity.sub(int) quantity|quantity.sign() int|quantity.isInteger() bool|quantity.asInteger() int|quantity.asApproximateFloat() double
optional.of(T) optional<T>|optional.none() optional<dyn>|optional.ofNonZeroValue(T) optional<T>
optional<T>.hasValue() bool|optional<T>.value() T`,
  ],
  [
    29,
    'sets.contains(list<T>,list<T>) bool|sets.equivalent(list<T>,list<T>) bool|sets.intersects(list<T>,list<T>) bool',
  ],
  [
    30,
    `ip(string) ip|isIP(string) bool|ip.isCanonical(string) bool|ip.family() int|ip.isUnspecified() bool|ip.isLoopback() bool
ip.isLinkLocalMulticast() bool|ip.isLinkLocalUnicast() bool|ip.isGlobalUnicast() bool
cidr(string) cidr|isCIDR(string) bool|cidr.ip() ip|cidr.masked() cidr|cidr.prefixLength() int
cidr.containsIP(string) bool|cidr.containsIP(ip) bool|cidr.containsCIDR(string) bool|cidr.containsCIDR(cidr) bool`,
  ],
  [
    31,
    `format.named(string) optional<format>|format.dns1123Label() format|format.dns1123Subdomain() format|format.dns1035Label() format
format.qualifiedName() format|format.dns1123LabelPrefix() format|format.dns1123SubdomainPrefix() format
format.dns1035LabelPrefix() format|format.labelValue() format|format.uri() format|format.uuid() format|format.byte() format
format.date() format|format.datetime() format|format.validate(string) optional<list<string>>
resourceCheck.fieldSelector(string) resourceCheck|resourceCheck.labelSelector(string) resourceCheck`,
  ],
  [
    33,
    `semver(string) semver|semver(string,bool) semver|isSemver(string) bool|isSemver(string,bool) bool
semver.major() int|semver.minor() int|semver.patch() int|semver.compareTo(semver) int
semver.isLessThan(semver) bool|semver.isGreaterThan(semver) bool`,
  ],
  [
    34,
    `list<T>.sort() list<T>|list<T>.distinct() list<T>|list<T>.flatten() list<dyn>|list<T>.flatten(int) list<dyn>
list<T>.slice(int,int) list<T>|list<T>.reverse() list<T>|list<T>.first() optional<T>|list<T>.last() optional<T>
lists.range(int) list<int>`,
  ],
];

export interface Signature {
  readonly receiver: CelType | undefined;
  readonly args: readonly CelType[];
  readonly result: CelType;
  /** The minor version of Kubernetes that brought it. */
  readonly since: number;
}

let table: ReadonlyMap<string, readonly Signature[]> | undefined;

/** The overloads of a function or method; namespaced functions go by their full name. */
export function signaturesOf(name: string): readonly Signature[] {
  table ??= readTable();
  return table.get(name) ?? [];
}

const namespaces = new Set(['strings', 'optional', 'sets', 'lists']);

function readTable(): Map<string, Signature[]> {
  const found = new Map<string, Signature[]>();
  for (const [since, text] of sections) {
    for (const line of text.split(/[|\n]/)) {
      const [name, signature] = readSignature(line, since);
      found.set(name, [...(found.get(name) ?? []), signature]);
    }
  }
  return found;
}

function readSignature(line: string, since: number): [string, Signature] {
  const open = line.indexOf('(');
  const close = line.lastIndexOf(')');
  const args = splitTypes(line.slice(open + 1, close)).map(typeFrom);
  const result = typeFrom(line.slice(close + 2));
  const called = line.slice(0, open);
  const dot = called.lastIndexOf('.');
  const owner = called.slice(0, Math.max(0, dot));
  // `format.x()` makes a format, `format.validate()` and the methods of ip belong to values; `ip.isCanonical` is a function.
  const isNamespaced =
    dot < 0 ||
    namespaces.has(owner) ||
    called === 'ip.isCanonical' ||
    (owner === 'format' && called !== 'format.validate');
  if (isNamespaced) return [called, { receiver: undefined, args, result, since }];
  return [called.slice(dot + 1), { receiver: typeFrom(owner), args, result, since }];
}

/** Splits at the commas that stand in no angle brackets. */
function splitTypes(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (const [index, char] of [...text].entries()) {
    if (char === '<') depth++;
    else if (char === '>') depth--;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, index));
      start = index + 1;
    }
  }
  return text === '' ? [] : [...parts, text.slice(start)];
}

/** Reads `map<string,list<T>>`. */
export function typeFrom(text: string): CelType {
  const open = text.indexOf('<');
  if (open < 0) return { name: text, of: [] };
  return { name: text.slice(0, open), of: splitTypes(text.slice(open + 1, -1)).map(typeFrom) };
}
