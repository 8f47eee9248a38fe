/** Circles in a graph, each told once. */
export function dependencyCycles<Node>(
  nodes: readonly Node[],
  next: (node: Node) => readonly Node[],
): Node[][] {
  const done = new Set<Node>();
  return nodes.map((start) => findCycle(start, next, done)).filter((cycle) => cycle.length > 0);
}

/** The first circle that `start` leads into, without those that were met before; iterative, for chains of any length. */
function findCycle<Node>(start: Node, next: (node: Node) => readonly Node[], done: Set<Node>): Node[] {
  const trail: { readonly node: Node; readonly rest: Node[] }[] = [];
  const places = new Map<Node, number>();
  const enter = (node: Node): void => {
    done.add(node);
    places.set(node, trail.length);
    trail.push({ node, rest: [...next(node)] });
  };
  if (done.has(start)) return [];
  enter(start);
  for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
    const following = top.rest.pop();
    if (following === undefined) {
      trail.pop();
      places.delete(top.node);
      continue;
    }
    const at = places.get(following);
    if (at !== undefined) return trail.slice(at).map(({ node }) => node);
    if (!done.has(following)) enter(following);
  }
  return [];
}
