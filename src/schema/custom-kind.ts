import { grouped } from '../diagnostic/grouped.ts';
import { knownOnce } from '../object/known-once.ts';
import { nameOf } from '../object/resource.ts';
import { ownOf } from '../source/own.ts';
import { equalValues, isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import { customFactsText } from './custom-facts-data.ts';
import { type CustomSchema, readSchema } from './custom-schema.ts';
import { productFacts } from './product-facts-data.ts';

/** A kind that a CustomResourceDefinition defines. */
export interface CustomKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Whether status is a subresource, so that a create drops it unseen. */
  readonly hasStatus: boolean;
  /** Undefined where the CRD has no schema that can be read. */
  readonly schema: CustomSchema | undefined;
  /** The release of a product whose CRD it is, where the repository has none: a cluster may have another. */
  readonly release?: string;
  /** Whether its CRD stands in another part of the repository than what is checked: a cluster may have another. */
  readonly isElsewhere?: true;
  /** Whether its CRD does not come with what is checked, so that the cluster may as well have the one that the package knows. */
  readonly isBeside?: true;
  /** The same kind as other CRDs define it, where nobody says which of them the cluster has. */
  readonly others?: readonly CustomKind[];
}

/** The kinds of the CRDs in a repository, by `group/version/kind`. */
export interface CustomKinds {
  readonly kinds: ReadonlyMap<string, CustomKind>;
  /** Groups with versions, as objects write them, that the cluster serves without a schema being known. */
  readonly alsoServed?: ReadonlySet<string>;
}

export const noCustomKinds: CustomKinds = { kinds: new Map() };

/** The kinds that these CRDs serve; of several definitions of a kind any will do, and the last is the one that is told of. */
export function customKindsOf(crds: readonly Mapping[]): CustomKinds {
  const found = new Map<string, CustomKind[]>();
  for (const crd of withoutCopies(crds)) {
    for (const kind of kindsOfCrd(crd)) {
      const key = `${kind.group}/${kind.version}/${kind.kind}`;
      found.set(key, [kind, ...(found.get(key) ?? [])]);
    }
  }
  const kinds = new Map<string, CustomKind>();
  for (const [key, [last, ...others]] of found)
    if (last !== undefined) kinds.set(key, others.length === 0 ? last : withOthers(last, others));
  return { kinds };
}

/** Each CRD once, however many builds render it; the last copy stays. */
function withoutCopies(crds: readonly Mapping[]): Mapping[] {
  const byName = new Map<string, Mapping[]>();
  const distinct: Mapping[] = [];
  for (const crd of [...new Set(crds)].reverse()) {
    const name = nameOf(crd);
    const known = byName.get(name) ?? [];
    if (known.some((one) => equalValues(one['spec'] ?? null, crd['spec'] ?? null))) continue;
    byName.set(name, [...known, crd]);
    distinct.push(crd);
  }
  return distinct.reverse();
}

/** What some CRDs define, and beside that what others do. */
export function preferKinds(preferred: CustomKinds, others: CustomKinds): CustomKinds {
  return { kinds: new Map([...others.kinds, ...preferred.kinds]) };
}

/** The same kinds for a cluster that the CRDs are not seen to be applied to. */
export function kindsElsewhere(kinds: CustomKinds): CustomKinds {
  return withMark(kinds, 'isElsewhere');
}

/** The same kinds for what somebody applies without the CRDs, to a cluster that has these or others. */
export function kindsBeside(kinds: CustomKinds): CustomKinds {
  return withMark(kinds, 'isBeside');
}

// Its own schema is read only where it is asked for, as that of each CRD.
function withMark({ kinds }: CustomKinds, mark: 'isBeside' | 'isElsewhere'): CustomKinds {
  const marked = (kind: CustomKind): CustomKind =>
    Object.create(kind, { [mark]: { value: true } }) as CustomKind;
  return { kinds: new Map([...kinds].map(([key, kind]) => [key, marked(kind)])) };
}

/** A kind of the repository's CRDs, or of those that the package knows: Flux, Argo CD, the Gateway API, and common products. */
export function findCustomKind(
  known: CustomKinds,
  group: string,
  version: string,
  kind: string,
): CustomKind | undefined {
  const own = known.kinds.get(`${group}/${version}/${kind}`);
  if (own === undefined) return bundledKind(known, group, version, kind);
  if (own.isElsewhere !== true && own.isBeside !== true) return own;
  const other = bundledAs(group, version, kind);
  return other === undefined ? own : withOthers(own, [...(own.others ?? []), other]);
}

/** A kind of a group, to suggest it. */
export interface KnownKind {
  readonly version: string;
  readonly kind: string;
  /** Whether it is of a product that a cluster may have in another version, which serves others. */
  readonly isOfProduct: boolean;
}

/** The kinds of a group that are known, to suggest one. */
export function customKindsIn(known: CustomKinds, group: string): readonly KnownKind[] {
  const own = kindsByGroup(known).get(group) ?? [];
  const owned = new Set(own.map(({ kind }) => kind));
  const prefix = `${group}/`;
  const others = bundlesOf(group).flatMap(({ release, raw }) =>
    Object.entries(raw.kinds)
      .filter(([key]) => key.startsWith(prefix))
      .flatMap(([key, list]) =>
        Object.keys(list).map((kind) => ({
          version: key.slice(prefix.length),
          kind,
          isOfProduct: release !== undefined,
        })),
      ),
  );
  const named = own.map(({ version, kind, isElsewhere = false }) => ({
    version,
    kind,
    isOfProduct: isElsewhere,
  }));
  return [...named, ...others.filter(({ kind }) => !owned.has(kind))];
}

const kindsByGroup = knownOnce(({ kinds }: CustomKinds) => grouped(kinds.values(), ({ group }) => group));

/** The versions in which a custom kind is served. */
export function customKindVersions(known: CustomKinds, group: string, kind: string): readonly string[] {
  const versions = versionsOf(known);
  const key = `${group}/${kind}`;
  const found =
    versions.get(key) ??
    customKindsIn(known, group).flatMap((one) => (one.kind === kind ? [one.version] : []));
  versions.set(key, found);
  return found;
}

const versionsOf = knownOnce((_known: CustomKinds) => new Map<string, readonly string[]>());

type RawKind = readonly [schema: number, scope: string, plural: string, status: number];

/** The text's form: kinds by group and version, schemas as CRDs write them with indices for the schemas below. */
interface RawFacts {
  readonly kinds: Readonly<Record<string, Readonly<Record<string, RawKind>>>>;
  readonly schemas: readonly Mapping[];
}

/** CRDs that the package knows: its own ones, or those of a product, which a cluster may have in another version. */
interface Bundle {
  readonly release: string | undefined;
  readonly raw: RawFacts;
  readonly schemas: (CustomSchema | undefined)[];
}

let core: Bundle | undefined;
const productBundles = new Map<string, readonly Bundle[]>();
const bundled = new Map<string, CustomKind | undefined>();

function bundlesOf(group: string): readonly Bundle[] {
  core ??= bundleOf(undefined, customFactsText);
  let products = productBundles.get(group);
  if (products === undefined) {
    products = productFacts(group).map(({ release, text }) => bundleOf(release, text));
    productBundles.set(group, products);
  }
  return [core, ...products];
}

function bundleOf(release: string | undefined, text: string): Bundle {
  return { release, raw: JSON.parse(text) as RawFacts, schemas: [] };
}

function bundledKind(
  known: CustomKinds,
  group: string,
  version: string,
  kind: string,
): CustomKind | undefined {
  // A CRD of the repository says all that there is of its kind, older versions too.
  for (const other of known.kinds.values()) {
    if (other.group === group && other.kind === kind && other.isElsewhere !== true) return undefined;
  }
  return bundledAs(group, version, kind);
}

function bundledAs(group: string, version: string, kind: string): CustomKind | undefined {
  const key = `${group}/${version}/${kind}`;
  if (!bundled.has(key)) {
    const found = bundlesOf(group).map((bundle) => readBundled(bundle, group, version, kind));
    bundled.set(
      key,
      found.find((one) => one !== undefined),
    );
  }
  return bundled.get(key);
}

function readBundled(bundle: Bundle, group: string, version: string, kind: string): CustomKind | undefined {
  const { kinds } = bundle.raw;
  const groupVersion = `${group}/${version}`;
  const list = Object.hasOwn(kinds, groupVersion) ? ownOf(kinds, groupVersion) : undefined;
  const found = list !== undefined && Object.hasOwn(list, kind) ? ownOf(list, kind) : undefined;
  if (found === undefined) return undefined;
  const [schema, scope, plural, status] = found;
  return {
    group,
    version,
    kind,
    plural,
    namespaced: scope === 'n',
    hasStatus: status === 1,
    schema: bundledSchema(bundle, schema),
    ...(bundle.release === undefined ? {} : { release: bundle.release }),
  };
}

function bundledSchema(bundle: Bundle, index: Value | undefined): CustomSchema | undefined {
  if (typeof index !== 'number') return undefined;
  const source = bundle.raw.schemas[index];
  if (source === undefined) return undefined;
  bundle.schemas[index] ??= readSchema(source, (below) => bundledSchema(bundle, below));
  return bundle.schemas[index];
}

const depthLimit = 128;

// One CRD serves every build of a run, and its schema is large.
const kindsByCrd = new WeakMap<Mapping, readonly CustomKind[]>();

function kindsOfCrd(crd: Mapping): readonly CustomKind[] {
  const known = kindsByCrd.get(crd);
  if (known !== undefined) return known;
  const kinds = readKinds(crd);
  kindsByCrd.set(crd, kinds);
  return kinds;
}

// Its own schema is read only where it is asked for, as that of each CRD.
function withOthers(kind: CustomKind, others: readonly CustomKind[]): CustomKind {
  return Object.create(kind, { others: { value: others } }) as CustomKind;
}

function readKinds(crd: Mapping): readonly CustomKind[] {
  const spec = crd['spec'];
  const names = isMapping(spec) ? spec['names'] : undefined;
  if (!isMapping(spec) || !isMapping(names) || !isSequence(spec['versions'])) return [];
  const { group, scope } = spec;
  const { kind, plural } = names;
  if (typeof group !== 'string' || typeof kind !== 'string' || typeof plural !== 'string') return [];
  return spec['versions'].filter(isMapping).flatMap((version) => {
    if (typeof version['name'] !== 'string' || version['served'] !== true) return [];
    const subresources = version['subresources'];
    let schema: CustomSchema | undefined;
    let isRead = false;
    return [
      {
        group,
        version: version['name'],
        kind,
        plural,
        namespaced: scope !== 'Cluster',
        hasStatus: isMapping(subresources) && isMapping(subresources['status']),
        // Most CRDs of a repository have no object there.
        get schema() {
          if (!isRead) schema = schemaOfVersion(version);
          isRead = true;
          return schema;
        },
      },
    ];
  });
}

function schemaOfVersion(version: Mapping): CustomSchema | undefined {
  const holder = version['schema'];
  const source = isMapping(holder) ? holder['openAPIV3Schema'] : undefined;
  return wholeSchema(source);
}

/** The schema at one place of a CRD, with all that stands in it. */
export function wholeSchema(source: Value | undefined): CustomSchema | undefined {
  return schemaInPlace(source, 0);
}

function schemaInPlace(source: Value | undefined, depth: number): CustomSchema | undefined {
  if (!isMapping(source) || depth > depthLimit) return undefined;
  return readSchema(source, (value) => schemaInPlace(value, depth + 1));
}
