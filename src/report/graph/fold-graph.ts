import type { ClusterGraph, GraphEdge, GraphNode } from '../../reconcile/graph.ts';

/** A graph in which some boxes stand for several nodes. */
export interface FoldedGraph {
  /** What each box stands for; a box of one node is that node. */
  readonly boxes: readonly (readonly number[])[];
  readonly edges: readonly GraphEdge[];
}

// Three of a kind are still read one by one.
const fewestFolded = 4;

// More boxes than this are a wallpaper: what siblings wait for is left to the picture of each by itself.
const mostBoxes = 24;

/**
 * Siblings made one box: nodes of one kind that the same nodes apply, that wait for the same ones, for which nobody waits, and that
 * apply nothing but their own HelmReleases, which go with them.
 */
export function foldGraph(graph: ClusterGraph): FoldedGraph {
  const exact = foldBy(graph, true);
  return exact.boxes.length > mostBoxes ? foldBy(graph, false) : exact;
}

function foldBy({ nodes, edges }: ClusterGraph, byWaiting: boolean): FoldedGraph {
  const absorbed = absorbedReleases(nodes, edges);
  const homeOf = (index: number): number => absorbed.get(index) ?? index;
  const outer = distinct(edges.map((edge) => ({ ...edge, from: homeOf(edge.from), to: homeOf(edge.to) })));
  const groups = new Map<string, number[]>();
  nodes.forEach((node, index) => {
    if (absorbed.has(index)) return;
    const key =
      siblingKey(node, index, byWaiting ? outer : outer.filter(isNoWait(index))) ?? `alone ${index}`;
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  const kept = [...groups.values()].flatMap((group) =>
    group.length >= fewestFolded ? [group] : group.map((index) => [index]),
  );
  const boxOf = new Map(kept.flatMap((group, box) => group.map((index) => [index, box] as const)));
  const boxes = kept.map((group) => [
    ...group,
    ...[...absorbed].flatMap(([release, home]) => (group.includes(home) ? [release] : [])),
  ]);
  const place = (index: number): number => boxOf.get(index) ?? 0;
  return {
    boxes,
    edges: distinct(outer.map(({ from, to, waits }) => ({ from: place(from), to: place(to), waits }))),
  };
}

/** HelmReleases that one node alone applies and that nothing waits for, by that node. */
function absorbedReleases(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): Map<number, number> {
  const found = new Map<number, number>();
  nodes.forEach(({ kind }, index) => {
    const own = edges.filter(({ from, to }) => from === index || to === index);
    const [only, ...others] = own;
    if (kind === 'HelmRelease' && only?.waits === false && only.to === index && others.length === 0)
      found.set(index, only.from);
  });
  return found;
}

/** Of a node all but what it waits for. */
function isNoWait(index: number): (edge: GraphEdge) => boolean {
  return ({ from, waits }) => !waits || from !== index;
}

/** Equal for siblings; undefined for what others hang on. */
function siblingKey(
  { kind, notRendered }: GraphNode,
  index: number,
  edges: readonly GraphEdge[],
): string | undefined {
  if (edges.some(({ from, to, waits }) => (waits ? to : from) === index)) return undefined;
  const appliedBy = edges.flatMap(({ from, to, waits }) => (!waits && to === index ? [from] : []));
  const waitsFor = edges.flatMap(({ from, to, waits }) => (waits && from === index ? [to] : []));
  return JSON.stringify([kind, notRendered.length > 0, appliedBy.sort(byNumber), waitsFor.sort(byNumber)]);
}

function byNumber(a: number, b: number): number {
  return a - b;
}

function distinct(edges: readonly GraphEdge[]): GraphEdge[] {
  const apart = edges.filter(({ from, to }) => from !== to);
  return [...new Map(apart.map((edge) => [`${edge.from} ${edge.to} ${edge.waits}`, edge])).values()];
}
