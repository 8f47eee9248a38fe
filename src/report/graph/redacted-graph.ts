import type { ClusterGraph } from '../../reconcile/graph.ts';

/** A graph without secrets in what it says of things that are not rendered, such as the words of a template that fails, and in its names. */
export function redactedGraph(
  graph: ClusterGraph,
  redact: (words: string) => string,
  redactName: (name: string) => string = (name) => name,
): ClusterGraph {
  const nodes = graph.nodes.map((node) => ({
    ...node,
    name: redactName(node.name),
    namespace: redactName(node.namespace),
    source: redactName(node.source),
    notRendered: node.notRendered.map((words) => redactName(redact(words))),
  }));
  return { ...graph, nodes };
}
