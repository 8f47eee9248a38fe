import { type CelType, partsOf, typeFrom } from './cel-type.ts';

/**
 * The operators and functions of the API server's CEL environment, as `k8s.io/apiserver/pkg/cel/environment` 0.36 declares them: overloads
 * by section. New expressions compile with the libraries of the version before, so that each section stands under the version after
 * the one that brought it. `A`, `B`, `T`, `K` and `V` stand for any type, one and the same within a signature.
 */
const sections: readonly (readonly [minor: number, signatures: string])[] = [
  [
    26,
    `!_(bool) bool|-_(int) int|-_(double) double
_&&_(bool,bool) bool|_||_(bool,bool) bool|_?_:_(bool,A,A) A|_==_(A,A) bool|_!=_(A,A) bool
@in(A,list<A>) bool|@in(A,map<A,B>) bool
_+_(bytes,bytes) bytes|_+_(double,double) double|_+_(duration,duration) duration|_+_(duration,timestamp) timestamp
_+_(timestamp,duration) timestamp|_+_(int,int) int|_+_(list<A>,list<A>) list<A>|_+_(string,string) string|_+_(uint,uint) uint
_-_(double,double) double|_-_(duration,duration) duration|_-_(int,int) int|_-_(timestamp,duration) timestamp
_-_(timestamp,timestamp) duration|_-_(uint,uint) uint
_*_(double,double) double|_*_(int,int) int|_*_(uint,uint) uint|_/_(double,double) double|_/_(int,int) int|_/_(uint,uint) uint
_%_(int,int) int|_%_(uint,uint) uint
_[_](list<A>,int) A|_[_](map<A,B>,A) B|_[_](optional<list<V>>,int) optional<V>|_[_](optional<map<K,V>>,K) optional<V>
_[?_](list<V>,int) optional<V>|_[?_](map<K,V>,K) optional<V>|_[?_](optional<list<V>>,int) optional<V>|_[?_](optional<map<K,V>>,K) optional<V>
string(string) string|string(bool) string|string(int) string|string(uint) string|string(double) string|string(bytes) string
string(timestamp) string|string(duration) string
int(int) int|int(uint) int|int(double) int|int(string) int|int(timestamp) int|int(duration) int
uint(uint) uint|uint(int) uint|uint(double) uint|uint(string) uint
double(double) double|double(int) double|double(uint) double|double(string) double
bool(bool) bool|bool(string) bool|bytes(bytes) bytes|bytes(string) bytes|dyn(A) dyn|type(A) type
duration(string) duration|duration(duration) duration|duration(int) duration
timestamp(string) timestamp|timestamp(int) timestamp|timestamp(timestamp) timestamp
size(string) int|size(bytes) int|size(list<A>) int|size(map<A,B>) int
string.size() int|bytes.size() int|list<A>.size() int|map<A,B>.size() int
string.startsWith(string) bool|string.endsWith(string) bool|string.contains(string) bool
string.matches(string) bool|matches(string,string) bool
timestamp.getFullYear() int|timestamp.getFullYear(string) int|timestamp.getMonth() int|timestamp.getMonth(string) int
timestamp.getDate() int|timestamp.getDate(string) int|timestamp.getDayOfMonth() int|timestamp.getDayOfMonth(string) int
timestamp.getDayOfWeek() int|timestamp.getDayOfWeek(string) int|timestamp.getDayOfYear() int|timestamp.getDayOfYear(string) int
timestamp.getHours() int|timestamp.getHours(string) int|timestamp.getMinutes() int|timestamp.getMinutes(string) int
timestamp.getSeconds() int|timestamp.getSeconds(string) int|timestamp.getMilliseconds() int|timestamp.getMilliseconds(string) int
duration.getHours() int|duration.getMinutes() int|duration.getSeconds() int|duration.getMilliseconds() int
list<A>.indexOf(A) int|list<A>.lastIndexOf(A) int
string.charAt(int) string|string.indexOf(string) int|string.indexOf(string,int) int
string.lastIndexOf(string) int|string.lastIndexOf(string,int) int|string.lowerAscii() string|string.upperAscii() string
string.replace(string,string) string|string.replace(string,string,int) string
string.split(string) list<string>|string.split(string,int) list<string>|string.substring(int) string|string.substring(int,int) string
string.trim() string|list<string>.join() string|list<string>.join(string) string|string.format(list<dyn>) string
strings.quote(string) string
string.find(string) string|string.findAll(string) list<string>|string.findAll(string,int) list<string>
url(string) url|isURL(string) bool|url.getScheme() string|url.getHost() string|url.getHostname() string|url.getPort() string
url.getEscapedPath() string|url.getQuery() map<string,list<string>>
authorizer.path(string) pathCheck|authorizer.group(string) groupCheck|authorizer.serviceAccount(string,string) authorizer
groupCheck.resource(string) resourceCheck|resourceCheck.subresource(string) resourceCheck|resourceCheck.namespace(string) resourceCheck
resourceCheck.name(string) resourceCheck|pathCheck.check(string) decision|resourceCheck.check(string) decision
decision.allowed() bool|decision.reason() string|decision.errored() bool|decision.error() string
quantity(string) quantity|isQuantity(string) bool|quantity.isLessThan(quantity) bool|quantity.isGreaterThan(quantity) bool
quantity.compareTo(quantity) int|quantity.add(quantity) quantity|quantity.add(int) quantity|quantity.sub(quantity) quantity
quantity.sub(int) quantity|sign(quantity) int|quantity.isInteger() bool|quantity.asInteger() int|quantity.asApproximateFloat() double
optional.of(V) optional<V>|optional.none() optional<V>|optional.ofNonZeroValue(V) optional<V>|optional.unwrap(list<optional<V>>) list<V>
list<optional<V>>.unwrapOpt() list<V>|optional<V>.hasValue() bool|optional<V>.value() V
optional<V>.or(optional<V>) optional<V>|optional<V>.orValue(V) V|list<V>.first() optional<V>|list<V>.last() optional<V>`,
  ],
  [
    30,
    'sets.contains(list<T>,list<T>) bool|sets.equivalent(list<T>,list<T>) bool|sets.intersects(list<T>,list<T>) bool',
  ],
  [
    31,
    `ip(string) ip|isIP(string) bool|ip.isCanonical(string) bool|ip.family() int|ip.isUnspecified() bool|ip.isLoopback() bool
ip.isLinkLocalMulticast() bool|ip.isLinkLocalUnicast() bool|ip.isGlobalUnicast() bool|string(ip) string|string(cidr) string
cidr(string) cidr|isCIDR(string) bool|cidr.ip() ip|cidr.masked() cidr|cidr.prefixLength() int
cidr.containsIP(string) bool|cidr.containsIP(ip) bool|cidr.containsCIDR(string) bool|cidr.containsCIDR(cidr) bool`,
  ],
  [
    32,
    `format.named(string) optional<format>|format.dns1123Label() format|format.dns1123Subdomain() format|format.dns1035Label() format
format.qualifiedName() format|format.dns1123LabelPrefix() format|format.dns1123SubdomainPrefix() format
format.dns1035LabelPrefix() format|format.labelValue() format|format.uri() format|format.uuid() format|format.byte() format
format.date() format|format.datetime() format|format.validate(string) optional<list<string>>
resourceCheck.fieldSelector(string) resourceCheck|resourceCheck.labelSelector(string) resourceCheck`,
  ],
  [
    34,
    `semver(string) semver|semver(string,bool) semver|isSemver(string) bool|isSemver(string,bool) bool
semver.major() int|semver.minor() int|semver.patch() int|semver.compareTo(semver) int
semver.isLessThan(semver) bool|semver.isGreaterThan(semver) bool`,
  ],
  [
    35,
    `list<T>.distinct() list<T>|list<list<T>>.flatten() list<T>|list<dyn>.flatten(int) list<dyn>
list<T>.slice(int,int) list<T>|list<T>.reverse() list<T>|lists.range(int) list<int>`,
  ],
];

// In the order of cel-go: what is known of nothing becomes the first that fits.
const ordered = ['bool', 'int', 'uint', 'double', 'string', 'bytes', 'timestamp', 'duration'];
const numbers = ['int', 'uint', 'double'];
const orderedInLists = [...numbers, 'bool', 'duration', 'timestamp', 'string', 'bytes'];

/** Overloads that differ in nothing but a type. */
function repeated(): readonly (readonly [minor: number, signatures: string])[] {
  const comparisons = ['_<_', '_<=_', '_>_', '_>=_'].flatMap((op) => [
    ...ordered.map((type) => `${op}(${type},${type}) bool`),
    ...numbers.flatMap((a) => numbers.flatMap((b) => (a === b ? [] : [`${op}(${a},${b}) bool`]))),
  ]);
  const lists = orderedInLists.flatMap((type) => [
    `list<${type}>.isSorted() bool`,
    `list<${type}>.min() ${type}`,
    `list<${type}>.max() ${type}`,
  ]);
  const sums = [...numbers, 'duration'].map((type) => `list<${type}>.sum() ${type}`);
  const sorts = orderedInLists.map((type) => `list<${type}>.sort() list<${type}>`);
  return [
    [26, [...comparisons, ...lists, ...sums].join('|')],
    [35, sorts.join('|')],
  ];
}

/** The functions of a minor version as they are declared above, `string.size() int`, operators left out. */
export function declaredFunctions(minor: number): string[] {
  const all = sections.flatMap(([since, text]) => (since <= minor ? text.split(/[|\n]/u) : []));
  return all.filter((text) => /^[\w.<>,]+\(/u.test(text) && !text.startsWith('_') && text !== '');
}

export interface Signature {
  readonly name: string;
  readonly receiver: CelType | undefined;
  readonly args: readonly CelType[];
  readonly result: CelType;
  /** The minor version of Kubernetes whose new expressions may use it. */
  readonly since: number;
}

let table: ReadonlyMap<string, readonly Signature[]> | undefined;

/** The overloads of an operator, a function or a method; namespaced functions go by their full name. */
export function signaturesOf(name: string): readonly Signature[] {
  table ??= readTable();
  return table.get(name) ?? [];
}

const namespaces = new Set(['strings', 'sets', 'lists']);

function readTable(): Map<string, Signature[]> {
  const found = new Map<string, Signature[]>();
  for (const [since, text] of [...sections, ...repeated()]) {
    for (const line of text.split(/(?<![|_])\|(?!\|)|\n/)) {
      const signature = readSignature(line, since);
      found.set(signature.name, [...(found.get(signature.name) ?? []), signature]);
    }
  }
  return found;
}

function readSignature(line: string, since: number): Signature {
  const open = line.indexOf('(');
  const close = line.lastIndexOf(')');
  const args = partsOf(line.slice(open + 1, close)).map(typeFrom);
  const result = typeFrom(line.slice(close + 2));
  const called = line.slice(0, open);
  const dot = called.lastIndexOf('.');
  const owner = called.slice(0, Math.max(0, dot));
  if (dot < 0 || isNamespaced(called, owner))
    return { name: called, receiver: undefined, args, result, since };
  return { name: called.slice(dot + 1), receiver: typeFrom(owner), args, result, since };
}

// `format.x()` makes a format, `format.validate()` and the methods of ip belong to values; `ip.isCanonical` is a function.
function isNamespaced(called: string, owner: string): boolean {
  return (
    namespaces.has(owner) ||
    owner === 'optional' ||
    called === 'ip.isCanonical' ||
    (owner === 'format' && called !== 'format.validate')
  );
}
