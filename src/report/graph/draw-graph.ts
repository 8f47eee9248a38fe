import type { ClusterGraph, GraphNode } from '../../reconcile/graph.ts';
import { graphSvg } from './graph-svg.ts';
import { contentOf, isRelease } from './graph-words.ts';

export const graphFormats = ['mermaid', 'dot', 'svg'] as const;
export type GraphFormat = (typeof graphFormats)[number];

/** The clusters as a graph: what applies what, and what waits for what (dotted). */
export function drawGraph(clusters: readonly ClusterGraph[], format: GraphFormat): string {
  if (format === 'svg') return graphSvg(clusters);
  const lines = clusters.flatMap((cluster, index) =>
    format === 'mermaid' ? mermaidLines(cluster, `c${index}`) : dotLines(cluster, `c${index}`),
  );
  return format === 'mermaid'
    ? `flowchart LR\n${lines.map((line) => `  ${line}\n`).join('')}`
    : `digraph clusters {\n  rankdir=LR;\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
}

function mermaidLines({ name, nodes, edges }: ClusterGraph, id: string): string[] {
  return [
    `subgraph ${id}["${plainText(name)}"]`,
    ...nodes.map((node, index) => {
      const [open, close] = isRelease(node) ? ['([', '])'] : ['[', ']'];
      return `${id}_${index}${open}"${words(node).join('<br/>')}"${close}`;
    }),
    'end',
    ...edges.map(({ from, to, waits }) => `${id}_${from} ${waits ? '-.->' : '-->'} ${id}_${to}`),
  ];
}

function dotLines({ name, nodes, edges }: ClusterGraph, id: string): string[] {
  return [
    `subgraph cluster_${id} {`,
    `label="${plainText(name)}";`,
    ...nodes.map(
      (node, index) =>
        `${id}_${index} [shape=${isRelease(node) ? 'ellipse' : 'box'},label="${words(node).join('\\n')}"];`,
    ),
    '}',
    ...edges.map(({ from, to, waits }) => `${id}_${from} -> ${id}_${to}${waits ? ' [style=dotted]' : ''};`),
  ];
}

function words(node: GraphNode): string[] {
  return [node.name, node.source, contentOf(node)].filter((word) => word !== '').map(plainText);
}

// Names come from files that anybody may write: nothing of theirs may end a label or begin a tag.
function plainText(text: string): string {
  return text.replaceAll(/[^\w ,.:/@+-]/gu, '_');
}
