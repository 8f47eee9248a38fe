import type { Cluster } from './cluster.ts';
import type { Reconciliation } from './reconciliation.ts';

export type GraphFormat = 'mermaid' | 'dot';

/** The clusters as a graph: what applies what, and what waits for what (dotted). */
export function drawClusters(clusters: readonly Cluster[], format: GraphFormat): string {
  const lines = clusters.flatMap((cluster, index) => drawCluster(cluster, `c${index}`, format));
  return format === 'mermaid'
    ? `flowchart LR\n${lines.map((line) => `  ${line}\n`).join('')}`
    : `digraph clusters {\n  rankdir=LR;\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

function drawCluster({ name, reconciliations }: Cluster, id: string, format: GraphFormat): string[] {
  const idOf = new Map(reconciliations.map((one, index) => [one, `${id}_${index}`]));
  const byDeclaration = new Map(reconciliations.map((one) => [one.declaration, one]));
  const byName = new Map(reconciliations.map((one) => [`${one.kind} ${one.namespace}/${one.name}`, one]));
  const edge = (from: Reconciliation, to: Reconciliation | undefined, waits: boolean): string[] => {
    const target = to === undefined ? undefined : idOf.get(to);
    if (target === undefined || from === to) return [];
    const source = idOf.get(from);
    if (format === 'mermaid') return [`${source} ${waits ? '-.->' : '-->'} ${target}`];
    return [`${source} -> ${target}${waits ? ' [style=dotted]' : ''};`];
  };
  const nodes = reconciliations.map((one) => node(one, idOf.get(one) ?? '', format));
  const edges = reconciliations.flatMap((one) => [
    ...one.build.resources.flatMap((resource) => edge(one, byDeclaration.get(resource), false)),
    ...one.dependsOn.flatMap((other) =>
      edge(one, byName.get(`${other.kind} ${other.namespace}/${other.name}`), true),
    ),
  ]);
  return format === 'mermaid'
    ? [`subgraph ${id}["${plainText(name)}"]`, ...nodes, 'end', ...edges]
    : [`subgraph cluster_${id} {`, `label="${plainText(name)}";`, ...nodes, '}', ...edges];
}

function node(one: Reconciliation, id: string, format: GraphFormat): string {
  const words = [one.name, one.path ?? one.source?.name ?? '', `${one.build.resources.length} objects`];
  const label = words.filter((word) => word !== '').map(plainText);
  return format === 'mermaid'
    ? `${id}["${label.join('<br/>')}"]`
    : `${id} [shape=box,label="${label.join('\\n')}"];`;
}

// Names come from files that anybody may write: nothing of theirs may end a label or begin a tag.
function plainText(text: string): string {
  return text.replaceAll(/[^\w .:/@+-]/gu, '_');
}
