import type { ClusterGraph } from '../../reconcile/graph.ts';

/** A graph without secrets in what it says of things that are not rendered, such as the words of a template that fails. */
export function redactedGraph(graph: ClusterGraph, redact: (words: string) => string): ClusterGraph {
  const nodes = graph.nodes.map((node) => ({ ...node, notRendered: node.notRendered.map(redact) }));
  return { ...graph, nodes };
}
