import {
  type CustomKinds,
  customKindsIn,
  customKindsOf,
  findCustomKind,
  noCustomKinds,
} from '../../schema/custom-kind.ts';
import { customKindNode } from '../../schema/custom-node.ts';
import { type Facts, factsFor, findKind, kindsOf, typeNamed } from '../../schema/facts.ts';
import { factsNode } from '../../schema/facts-node.ts';
import { productKinds } from '../../schema/product-kinds-data.ts';
import { leafNode, type SchemaNode } from '../../schema/schema-node.ts';
import type { FileSystem } from '../../source/file-system.ts';
import { openSources } from '../../source/load.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import type { Knowledge } from '../judging/knowledge.ts';

/** The kinds that somebody may write in a folder. */
export interface Kinds {
  readonly facts: Facts;
  node(group: string, version: string, kind: string): SchemaNode | undefined;
  byPlural(group: string, version: string, plural: string): SchemaNode | undefined;
  /** Every kind, with its versions as objects write them, the newest first. */
  all(): readonly NamedKind[];
  /** What every object has. */
  readonly metadata: SchemaNode;
}

export interface NamedKind {
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Where it is known. */
  readonly plural?: string;
  /** Whether a cluster has it only with a product, of which the repository has no definition. */
  readonly isOfProduct?: true;
}

/** Of the repository's own definitions, of products that are known, and of the Kubernetes version that the clusters have. */
export function kindsIn(files: FileSystem | undefined, knowledge: Knowledge): Kinds {
  const { kubernetesVersion, definitions } = knowledge;
  let all: readonly NamedKind[] | undefined;
  const facts = factsFor(kubernetesVersion);
  const meta = typeNamed(facts, 'apimachinery.pkg.apis.meta.v1.ObjectMeta');
  const metadata = meta === undefined ? leafNode('ObjectMeta') : factsNode(facts, meta);
  return {
    facts,
    metadata,
    node: (group, version, kind) => {
      const builtIn = findKind(facts, group, version, kind);
      if (builtIn !== undefined) return factsNode(facts, builtIn.type);
      const own = definitions.find((one) => one.group === group && one.kind === kind);
      const known = own === undefined || files === undefined ? noCustomKinds : definedIn(files, own.file);
      const custom = findCustomKind(known, group, version, kind);
      return custom && customKindNode(custom, metadata);
    },
    byPlural(group, version, plural) {
      const found = kindsOf(facts).find(
        (one) => one.group === group && one.version === version && one.plural === plural,
      );
      return found && factsNode(facts, found.type);
    },
    all: () => {
      all ??= allKinds(facts, knowledge);
      return all;
    },
  };
}

// What somebody writes an object of is written on for a while.
let lastRead: { readonly bytes: Uint8Array; readonly kinds: CustomKinds } | undefined;

/** The definitions of a file; the last one that was asked for is remembered while it stays the same. */
function definedIn(files: FileSystem, path: string): CustomKinds {
  const bytes = files.read(path);
  if (typeof bytes === 'string') return noCustomKinds;
  if (lastRead !== undefined && equal(lastRead.bytes, bytes)) return lastRead.kinds;
  const loaded = openSources(files).load(path, 'kustomize');
  const crds = loaded.documents.flatMap(({ value }) => (isDefinition(value) ? [value] : []));
  lastRead = { bytes, kinds: customKindsOf(crds) };
  return lastRead.kinds;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function isDefinition(value: unknown): value is Mapping {
  return isMapping(value as Mapping) && (value as Mapping)['kind'] === 'CustomResourceDefinition';
}

/** Groups of controllers that the package knows the kinds of in their current version. */
const knownGroups = [
  'kustomize.toolkit.fluxcd.io',
  'source.toolkit.fluxcd.io',
  'helm.toolkit.fluxcd.io',
  'notification.toolkit.fluxcd.io',
  'image.toolkit.fluxcd.io',
  'fluxcd.controlplane.io',
  'argoproj.io',
  'gateway.networking.k8s.io',
];

function allKinds(facts: Facts, { definitions }: Knowledge): NamedKind[] {
  const builtIn = kindsOf(facts).map(({ group, version, kind, plural }) => ({
    apiVersion: joined(group, version),
    group,
    version,
    kind,
    plural,
  }));
  const own = definitions.flatMap(({ group, kind, versions, plural }) =>
    versions.map((version) => ({ apiVersion: joined(group, version), group, version, kind, plural })),
  );
  const known = knownGroups.flatMap((group) =>
    customKindsIn(noCustomKinds, group).map(({ version, kind }) => ({
      apiVersion: joined(group, version),
      group,
      version,
      kind,
    })),
  );
  const defined = new Set([...own, ...known].map(({ group, kind }) => `${group} ${kind}`));
  const others = kindsOfProducts().filter(({ group, kind }) => !defined.has(`${group} ${kind}`));
  return [...builtIn, ...own, ...known, ...others];
}

let ofProducts: readonly NamedKind[] | undefined;

function kindsOfProducts(): readonly NamedKind[] {
  ofProducts ??= productKinds
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [apiVersion = '', ...kinds] = line.split(' ');
      const [group = '', version = ''] = apiVersion.split('/');
      return kinds.map((kind) => ({ apiVersion, group, version, kind, isOfProduct: true as const }));
    });
  return ofProducts;
}

function joined(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}
