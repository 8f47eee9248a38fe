import { ownOf } from '../source/own.ts';
import { factsText } from './facts-data.ts';

/**
 * What is known of one Kubernetes version. The text behind it holds all versions: a type is `{p: properties, v: versions,
 * r: required, mt: map type}`, a property a type or `[type, attributes]` or `{_: [[property, from, to], …]}`, where
 * versions are indices, `@3` is the fourth type, `[]` a list and `{}` a map.
 */
export interface Facts {
  /** Minor version, `1.36`. */
  readonly version: string;
  readonly index: number;
  readonly types: (ObjectType | undefined)[];
}

export type ScalarName =
  | 'str'
  | 'i32'
  | 'i64'
  | 'num'
  | 'bool'
  | 'bytes'
  | 'quantity'
  | 'intOrString'
  | 'time'
  | 'microtime'
  | 'any'
  | 'raw'
  | 'schemaOrArray'
  | 'schemaOrBool'
  | 'schemaOrStrings';

export type Type = ScalarType | ListType | MapType | ObjectType;

export interface ScalarType {
  readonly is: ScalarName;
}
export interface ListType {
  readonly is: 'list';
  readonly items: Type;
}
export interface MapType {
  readonly is: 'map';
  readonly values: Type;
}
export interface ObjectType {
  readonly is: 'object';
  readonly id: number;
  /** Filled when the first object of the type comes along; read it with `propertiesOf`. */
  properties: ReadonlyMap<string, Property> | undefined;
}

export interface Property {
  readonly type: Type;
  readonly attributes: Attributes | undefined;
}

/** What OpenAPI says of a field besides its type. */
export interface Attributes {
  /** List type: `atomic`, `set` or `map`, the latter with its keys. */
  readonly lt?: string;
  readonly lk?: readonly string[];
  /** Merge key and strategy of a strategic merge patch. */
  readonly pk?: string;
  readonly ps?: string;
  readonly mt?: string;
  readonly e?: readonly string[];
  readonly d?: unknown;
}

export interface KindFacts {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly type: ObjectType;
}

/** The life of a kind in a group and version; `replacement` is `group/version/Kind`. */
export interface Lifecycle {
  readonly introduced?: string;
  readonly deprecated?: string;
  readonly removed?: string;
  readonly replacement?: string;
}

type RawAttributed = string | readonly [string, Attributes];
type Runs<T> = { readonly _: readonly (readonly [T, number, number])[] };
type Folded<T> = T | Runs<T>;
type RawKind = readonly [number, string, string, number?, number?];

interface RawType {
  readonly p: Readonly<Record<string, Folded<RawAttributed>>>;
  readonly v?: readonly [number, number];
  readonly r?: Folded<readonly string[]>;
  readonly mt?: string;
}

interface RawFacts {
  readonly versions: readonly string[];
  readonly names: Readonly<Record<string, string>>;
  readonly types: readonly RawType[];
  readonly kinds: Readonly<Record<string, Readonly<Record<string, RawKind>>>>;
  readonly lifecycle: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

let raw: RawFacts | undefined;
const cache = new Map<string, Facts>();

/** The facts of a version such as `1.36`, `v1.36` or `1.36.3`; beyond what is known, of the nearest known one. */
export function factsFor(version: string): Facts {
  const known = cache.get(version);
  if (known !== undefined) return known;
  const index = nearest(version);
  const minor = minorName(rawFacts().versions[index] ?? '');
  const facts = cache.get(minor) ?? { version: minor, index, types: [] };
  cache.set(minor, facts);
  cache.set(version, facts);
  return facts;
}

/** The minor versions that are known, the oldest first. */
export function supportedVersions(): readonly string[] {
  return rawFacts().versions.map(minorName);
}

/** A kind as the version serves it. */
export function findKind(facts: Facts, group: string, version: string, kind: string): KindFacts | undefined {
  const kinds = own(rawFacts().kinds, group === '' ? version : `${group}/${version}`);
  const found = kinds === undefined ? undefined : own(kinds, kind);
  if (found === undefined || !isIn(facts, found[3], found[4])) return undefined;
  const type = objectType(facts, found[0]);
  return { group, version, kind, plural: found[2], namespaced: found[1] === 'n', type };
}

/** The API versions in which a kind of a group is served. */
export function kindVersions(facts: Facts, group: string, kind: string): readonly string[] {
  knownVersions ??= versionsByKind();
  const known = knownVersions.get(`${group}/${kind}`) ?? [];
  return known.filter((version) => findKind(facts, group, version, kind) !== undefined);
}

let knownVersions: ReadonlyMap<string, readonly string[]> | undefined;

/** The versions in which any known Kubernetes serves `group/Kind`. */
function versionsByKind(): ReadonlyMap<string, readonly string[]> {
  const all = new Map<string, string[]>();
  for (const [groupVersion, kinds] of Object.entries(rawFacts().kinds)) {
    const slash = groupVersion.indexOf('/');
    const group = groupVersion.slice(0, Math.max(slash, 0));
    const version = groupVersion.slice(slash + 1);
    for (const kind of Object.keys(kinds)) {
      const key = `${group}/${kind}`;
      all.set(key, [...(all.get(key) ?? []), version]);
    }
  }
  return all;
}

/** Every kind that the version serves. */
export function kindsOf(facts: Facts): readonly KindFacts[] {
  const all: KindFacts[] = [];
  for (const [groupVersion, kinds] of Object.entries(rawFacts().kinds)) {
    const slash = groupVersion.indexOf('/');
    const group = slash < 0 ? '' : groupVersion.slice(0, slash);
    for (const kind of Object.keys(kinds)) {
      const found = findKind(facts, group, groupVersion.slice(slash + 1), kind);
      if (found !== undefined) all.push(found);
    }
  }
  return all;
}

/** The plural and scope of a kind, which no version of it changes. */
export function namesOfBuiltIn(
  group: string,
  kind: string,
): { readonly plural: string; readonly namespaced: boolean } | undefined {
  builtInNames ??= new Map(
    Object.entries(rawFacts().kinds).flatMap(([groupVersion, kinds]) => {
      const prefix = groupVersion.slice(0, groupVersion.lastIndexOf('/') + 1) || '/';
      return Object.entries(kinds).map(
        ([name, [, scope, plural]]) => [prefix + name, { plural, namespaced: scope === 'n' }] as const,
      );
    }),
  );
  return builtInNames.get(`${group}/${kind}`);
}
let builtInNames: ReadonlyMap<string, { plural: string; namespaced: boolean }> | undefined;

/** Whether the group is one of Kubernetes' own, in any version. */
export function isBuiltInGroup(group: string): boolean {
  if (builtInGroups === undefined) {
    const { kinds, lifecycle } = rawFacts();
    const names = [...Object.keys(kinds), ...Object.keys(lifecycle)];
    builtInGroups = new Set(names.map((name) => name.slice(0, Math.max(name.indexOf('/'), 0))));
  }
  return builtInGroups.has(group);
}
let builtInGroups: ReadonlySet<string> | undefined;

/** The first and last known version that serve the kind, as minor names. */
export function servedVersions(
  group: string,
  version: string,
  kind: string,
): readonly [string, string] | undefined {
  const { kinds, versions } = rawFacts();
  const list = own(kinds, group === '' ? version : `${group}/${version}`);
  const found = list === undefined ? undefined : own(list, kind);
  if (found === undefined) return undefined;
  return [
    minorName(versions[found[3] ?? 0] ?? ''),
    minorName(versions[found[4] ?? versions.length - 1] ?? ''),
  ];
}

/** When the kind came, was deprecated and removed; undefined for one that only came. */
export function lifecycleOf(group: string, version: string, kind: string): Lifecycle | undefined {
  const kinds = own(rawFacts().lifecycle, group === '' ? version : `${group}/${version}`);
  const words = (kinds === undefined ? undefined : own(kinds, kind))?.split(' ');
  if (words === undefined) return undefined;
  const [introduced, deprecated, removed, replacement] = words.map((word) =>
    word === '-' ? undefined : word,
  );
  return {
    ...(introduced === undefined ? {} : { introduced }),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(removed === undefined ? {} : { removed }),
    ...(replacement === undefined ? {} : { replacement }),
  };
}

/** The fields of an object type in its version. */
export function propertiesOf(facts: Facts, type: ObjectType): ReadonlyMap<string, Property> {
  if (type.properties !== undefined) return type.properties;
  const properties = new Map<string, Property>();
  for (const [name, folded] of Object.entries(rawFacts().types[type.id]?.p ?? {})) {
    const found = valueIn(facts, folded);
    if (found === undefined) continue;
    const [text, attributes] = typeof found === 'string' ? [found, undefined] : found;
    properties.set(name, { type: parseType(facts, text), attributes });
  }
  type.properties = properties;
  return properties;
}

/** The fields that OpenAPI calls required; most of them the server's own validation asks for, but not all. */
export function requiredOf(facts: Facts, type: ObjectType): readonly string[] {
  const required = rawFacts().types[type.id]?.r;
  return (required === undefined ? undefined : valueIn(facts, required)) ?? [];
}

/** Whether a server-side apply replaces values of the type as a whole, `x-kubernetes-map-type: atomic`. */
export function isAtomicType(type: ObjectType): boolean {
  return rawFacts().types[type.id]?.mt === 'atomic';
}

/** The first and last known version that have the field. */
export function fieldVersions(type: ObjectType, name: string): readonly [string, string] | undefined {
  const { types, versions } = rawFacts();
  const holder = types[type.id];
  const folded = holder === undefined ? undefined : own(holder.p, name);
  if (holder === undefined || folded === undefined) return undefined;
  const runs = isRuns(folded) ? folded._ : undefined;
  const from = runs?.[0]?.[1] ?? holder.v?.[0] ?? 0;
  const to = runs?.at(-1)?.[2] ?? holder.v?.[1] ?? versions.length - 1;
  return [minorName(versions[from] ?? ''), minorName(versions[to] ?? '')];
}

/** A type by its name in the Go sources, `core.v1.PodSpec`. */
export function typeNamed(facts: Facts, name: string): ObjectType | undefined {
  typeIds ??= new Map(allTypeNames().map((one, id) => [one, id]));
  const id = typeIds.get(name);
  return id === undefined ? undefined : objectType(facts, id);
}

let typeNames: readonly string[] | undefined;
let typeIds: ReadonlyMap<string, number> | undefined;

function allTypeNames(): readonly string[] {
  typeNames ??= Object.entries(rawFacts().names).flatMap(([group, list]) =>
    list.split(' ').map((name) => `${group}.${name}`),
  );
  return typeNames;
}

/** The name of a type in the Go sources, `core.v1.PodSpec`. */
export function typeNameOf({ id }: ObjectType): string {
  return allTypeNames()[id] ?? '';
}

function rawFacts(): RawFacts {
  raw ??= JSON.parse(factsText) as RawFacts;
  return raw;
}

function objectType(facts: Facts, id: number): ObjectType {
  const known = facts.types[id];
  if (known !== undefined) return known;
  const type: ObjectType = { is: 'object', id, properties: undefined };
  facts.types[id] = type;
  return type;
}

const scalars = new Map<string, ScalarType>();

function parseType(facts: Facts, text: string): Type {
  if (text.startsWith('@')) return objectType(facts, Number(text.slice(1)));
  if (text.startsWith('[]')) return { is: 'list', items: parseType(facts, text.slice(2)) };
  if (text.startsWith('{}')) return { is: 'map', values: parseType(facts, text.slice(2)) };
  const type = scalars.get(text) ?? { is: text as ScalarName };
  scalars.set(text, type);
  return type;
}

function valueIn<T extends RawAttributed | readonly string[]>(
  facts: Facts,
  folded: Folded<T>,
): T | undefined {
  if (!isRuns(folded)) return folded;
  return folded._.find(([, from, to]) => isIn(facts, from, to))?.[0];
}

function isRuns<T extends RawAttributed | readonly string[]>(folded: Folded<T>): folded is Runs<T> {
  return typeof folded === 'object' && '_' in folded;
}

function isIn(facts: Facts, from = 0, to = Number.POSITIVE_INFINITY): boolean {
  return from <= facts.index && facts.index <= to;
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? ownOf(record, key) : undefined;
}

function minorName(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function nearest(version: string): number {
  const wanted = minorNumber(version);
  const { versions } = rawFacts();
  if (Number.isNaN(wanted)) return versions.length - 1;
  const known = versions.map(minorNumber);
  return Math.max(
    0,
    known.findLastIndex((minor) => minor <= wanted),
  );
}

function minorNumber(version: string): number {
  return Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? Number.NaN);
}
