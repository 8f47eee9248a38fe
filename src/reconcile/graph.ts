import { withoutCredentials } from '../credential/dots.ts';
import type { ObjectReference } from '../diagnostic/diagnostic.ts';
import { objectKey } from '../diagnostic/suppression.ts';
import { objectReference } from '../object/resource.ts';
import { type Cluster, inventoryKey } from './cluster.ts';
import { type HelmRelease, helmReleasesIn } from './flux/helm-release.ts';
import { describeReconciliation, type Reconciliation } from './reconciliation.ts';

/** Something that applies manifests to a cluster, or a HelmRelease, which applies those of a chart. */
export interface GraphNode {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** The directory that it applies, or what else it takes its manifests from. */
  readonly source: string;
  readonly objects: number;
  /** How many of the objects are HelmReleases without a node of their own. */
  readonly releases: number;
  /** Why nothing or not everything of it is rendered here. */
  readonly notRendered: readonly string[];
  /** The objects that it applies, as `objectKey` names them. */
  readonly held: ReadonlySet<string>;
}

/** `from` applies `to`, or waits until it is ready; both by their place among the nodes. */
export interface GraphEdge {
  readonly from: number;
  readonly to: number;
  readonly waits: boolean;
}

/** An object that more than one applies. */
export interface SharedObject {
  readonly object: ObjectReference;
  readonly owners: readonly string[];
}

/** What reaches one cluster, by whom and in which order. */
export interface ClusterGraph {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly shared: readonly SharedObject[];
}

/** More nodes than this show nothing: HelmReleases that neither wait nor are waited for are counted where they are applied. */
const mostNodes = 60;

export function clusterGraph({ name, reconciliations, inventory }: Cluster): ClusterGraph {
  const rendered = new Set(reconciliations.map(({ declaration }) => declaration));
  const releases = helmReleasesIn(reconciliations.flatMap(({ build }) => build.resources)).filter(
    ({ declaration }) => !rendered.has(declaration),
  );
  const isSmall = reconciliations.length + releases.length <= mostNodes;
  const shown = isSmall ? releases : inOrder(releases);
  const nodes = [...reconciliations, ...shown];
  const indexOf = new Map(nodes.map((one, index) => [nodeKey(one), index]));
  const byDeclaration = new Map(
    nodes.flatMap(({ declaration }, index) =>
      declaration === undefined ? [] : [[inventoryKey(declaration), index] as const],
    ),
  );
  const edge = (from: number, to: number | undefined, waits: boolean): GraphEdge[] =>
    to === undefined || from === to ? [] : [{ from, to, waits }];
  const folded = new Set(releases.filter((one) => !shown.includes(one)).map((one) => one.declaration));
  return {
    name,
    nodes: [
      ...reconciliations.map((one) => ({
        ...graphNode(one),
        releases: one.build.resources.filter((resource) => folded.has(resource)).length,
      })),
      ...shown.map(releaseNode),
    ],
    edges: nodes.flatMap((one, from) => [
      ...('build' in one ? one.build.resources : []).flatMap((resource) =>
        edge(from, byDeclaration.get(inventoryKey(resource)), false),
      ),
      ...one.dependsOn.flatMap((other) => edge(from, indexOf.get(nodeKey(other)), true)),
    ]),
    shared: [...inventory.values()]
      .filter((owned) => owned.length > 1)
      .flatMap((owned) => {
        const [first] = owned;
        const owners = owned.map(({ owner }) => describeReconciliation(owner));
        return first === undefined ? [] : [{ object: objectReference(first.resource.object), owners }];
      }),
  };
}

function nodeKey({ kind, namespace, name }: Pick<GraphNode, 'kind' | 'namespace' | 'name'>): string {
  return `${kind} ${namespace}/${name}`;
}

/** The HelmReleases that wait for another one, or that another one waits for. */
function inOrder(releases: readonly HelmRelease[]): HelmRelease[] {
  const known = new Set(releases.map(nodeKey));
  const awaited = new Set(releases.flatMap(({ dependsOn }) => dependsOn.map(nodeKey)));
  return releases.filter(
    (one) => awaited.has(nodeKey(one)) || one.dependsOn.some((other) => known.has(nodeKey(other))),
  );
}

function graphNode(one: Reconciliation): Omit<GraphNode, 'releases'> {
  const { kind, name, namespace, path, source, build, notRendered } = one;
  return {
    kind,
    name,
    namespace,
    source: withoutCredentials(path ?? source?.name ?? ''),
    objects: build.resources.length,
    notRendered: notRendered.map(withoutCredentials),
    held: new Set(build.resources.map(({ object }) => objectKey(objectReference(object)))),
  };
}

function releaseNode({ kind, name, namespace, chart }: HelmRelease): GraphNode {
  return {
    kind,
    name,
    namespace,
    source: withoutCredentials(chart),
    objects: 0,
    releases: 0,
    notRendered: ['charts are not rendered'],
    held: new Set(),
  };
}
