import { objectReference } from '../build/resource.ts';
import type { ObjectReference } from '../diagnostic/diagnostic.ts';
import type { Cluster } from './cluster.ts';
import { describeReconciliation, type Reconciliation } from './reconciliation.ts';

/** Something that applies manifests to a cluster. */
export interface GraphNode {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** The directory that it applies, or what else it takes its manifests from. */
  readonly source: string;
  readonly objects: number;
  /** Why nothing or not everything of it is rendered here. */
  readonly notRendered: readonly string[];
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

export function clusterGraph({ name, reconciliations, inventory }: Cluster): ClusterGraph {
  const indexOf = new Map(reconciliations.map((one, index) => [one, index]));
  const byDeclaration = new Map(reconciliations.map((one) => [one.declaration, one]));
  const byName = new Map(reconciliations.map((one) => [`${one.kind} ${one.namespace}/${one.name}`, one]));
  const edge = (one: Reconciliation, other: Reconciliation | undefined, waits: boolean): GraphEdge[] => {
    const from = indexOf.get(one);
    const to = other === undefined ? undefined : indexOf.get(other);
    return from === undefined || to === undefined || from === to ? [] : [{ from, to, waits }];
  };
  return {
    name,
    nodes: reconciliations.map(graphNode),
    edges: reconciliations.flatMap((one) => [
      ...one.build.resources.flatMap((resource) => edge(one, byDeclaration.get(resource), false)),
      ...one.dependsOn.flatMap((other) =>
        edge(one, byName.get(`${other.kind} ${other.namespace}/${other.name}`), true),
      ),
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

function graphNode(one: Reconciliation): GraphNode {
  const { kind, name, namespace, path, source, build, notRendered } = one;
  return {
    kind,
    name,
    namespace,
    source: path ?? source?.name ?? '',
    objects: build.resources.length,
    notRendered,
  };
}
