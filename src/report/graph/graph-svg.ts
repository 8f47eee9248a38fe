import { plural } from '../../diagnostic/plural.ts';
import type { ClusterGraph, GraphEdge, GraphNode } from '../../reconcile/graph.ts';
import { type Html, html } from '../html/html-text.ts';
import type { FoldedGraph } from './fold-graph.ts';
import { type GraphPlace, layOut } from './graph-layout.ts';
import { contentOf, isRelease } from './graph-words.ts';
import type { NodeFindings } from './node-findings.ts';

const box = { width: 250, height: 62 };
const gap = { x: 48, y: 18 };
const margin = 12;

/** A picture of its own, which follows the light or dark of whoever shows it. */
export function graphSvg(clusters: readonly ClusterGraph[]): string {
  const drawn = clusters.map((cluster) => ({ cluster, size: sizeOf(layOut(cluster)) }));
  const titleHeight = 28;
  const width = Math.max(...drawn.map(({ size }) => size.width));
  let y = 0;
  const parts = drawn.map(({ cluster, size }) => {
    const top = y;
    y += titleHeight + size.height;
    return html`<g transform="translate(0 ${top})"><text x="${margin}" y="20" font-weight="bold" fill="currentColor">${cluster.name}</text><g transform="translate(0 ${titleHeight})">${graphBody(cluster, 'arrow')}</g></g>\n`;
  });
  const { markup } =
    html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}" font-family="system-ui,sans-serif" font-size="13">
<title>What is deployed, by whom, in which order</title>
<style>svg{color:#1f2328;background:#fff}.box{fill:#fff}@media(prefers-color-scheme:dark){svg{color:#e6edf3;background:#0d1117}.box{fill:#0d1117}}</style>
${arrowHead('arrow')}
${parts}</svg>
`;
  return markup;
}

/** What a picture of one cluster on a page shows. */
export interface ClusterPicture {
  readonly label: string;
  readonly arrow: string;
  readonly findings: readonly NodeFindings[];
  /** What each box stands for, and what goes between them; every node by itself where absent. */
  readonly folded?: FoldedGraph;
}

/** The picture of one cluster for a page that says its colours. */
export function clusterSvg(cluster: ClusterGraph, { label, arrow, findings, folded }: ClusterPicture): Html {
  const { boxes, edges } = folded ?? {
    boxes: cluster.nodes.map((_, index) => [index]),
    edges: cluster.edges,
  };
  const places = layOut({ nodes: boxes, edges });
  const { width, height } = sizeOf(places);
  const drawn = boxes.map((members, index) => {
    const nodes = members.flatMap((member) => cluster.nodes[member] ?? []);
    const found = members.flatMap((member) => findings[member] ?? []);
    return boxPart({ nodes, found }, places[index] ?? { column: 0, row: 0 });
  });
  const lines = drawnEdges(edges).map((edge) => edgeLine(edge, places, arrow));
  return html`<svg role="img" aria-label="${label}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${arrowHead(arrow)}${[...lines, ...drawn]}</svg>`;
}

interface Box {
  readonly nodes: readonly GraphNode[];
  readonly found: readonly NodeFindings[];
}

/** A node, or several of one kind, with what is found of their objects. */
function boxPart({ nodes, found }: Box, place: GraphPlace): Html {
  const [first] = nodes;
  const alike = nodes.filter(({ kind }) => kind === first?.kind);
  if (first === undefined) return html``;
  const mark = findingsMark(found, place);
  if (alike.length < 2) return nodeBox(withReleases(first, nodes.length - 1), place, mark);
  const { x, y } = corner(place);
  const names = alike.map(({ name }) => name);
  const objects = alike.reduce((sum, node) => sum + node.objects, 0);
  const content = isRelease(first) ? '' : plural(objects, 'object');
  const rows = [
    html`<text x="${x + 10}" y="${y + 19}" font-weight="600" fill="currentColor">${alike.length} ${first.kind}s</text>`,
    html`<text x="${x + 10}" y="${y + 36}" opacity=".8" fill="currentColor">${beginning(names.join(', '))}</text>`,
    html`<text x="${x + 10}" y="${y + 53}" opacity=".8" fill="currentColor">${content}</text>`,
  ];
  const dashes = first.notRendered.length > 0 ? html` stroke-dasharray="6 3"` : html``;
  const behind = html`<rect x="${x + 4}" y="${y + 4}" width="${box.width}" height="${box.height}" rx="6" class="box" stroke="currentColor" opacity=".6"/>`;
  return html`<g><title>${names.join(', ')}${mark.words}</title>${behind}<rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="6" class="box" stroke="currentColor"${dashes}/>${rows}${mark.drawn}</g>`;
}

function withReleases(node: GraphNode, more: number): GraphNode {
  return more === 0 ? node : { ...node, releases: node.releases + more };
}

interface Mark {
  /** For the title of the box. */
  readonly words: string;
  readonly drawn: Html;
}

const noMark: Mark = { words: '', drawn: html`` };

/** A bar in the colour of the gravest finding, and how many there are of it: nobody has to tell colours apart. */
function findingsMark(found: readonly NodeFindings[], place: GraphPlace): Mark {
  const { x, y } = corner(place);
  const gravest = (['error', 'warning', 'note'] as const)
    .map((severity) => ({ severity, count: found.reduce((sum, one) => sum + one[severity], 0) }))
    .find(({ count }) => count > 0);
  if (gravest === undefined) return noMark;
  const { severity, count } = gravest;
  const words = plural(count, severity);
  return {
    words: `; ${words}`,
    drawn: html`<g class="${severity}"><rect x="${x}" y="${y}" width="5" height="${box.height}" fill="currentColor"/><text x="${x + box.width - 10}" y="${y + 19}" text-anchor="end" font-weight="600" fill="currentColor">${words}</text></g>`,
  };
}

/** Ids count for a whole page, so that each picture needs one of its own. */
function arrowHead(id: string): Html {
  return html`<defs><marker id="${id}" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="currentColor"/></marker></defs>`;
}

function sizeOf(places: readonly GraphPlace[]): { width: number; height: number } {
  const columns = 1 + Math.max(0, ...places.map(({ column }) => column));
  const rows = 1 + Math.max(0, ...places.map(({ row }) => row));
  return {
    width: 2 * margin + columns * box.width + (columns - 1) * gap.x,
    height: 2 * margin + rows * box.height + (rows - 1) * gap.y,
  };
}

function graphBody(cluster: ClusterGraph, arrow: string): Html[] {
  const places = layOut(cluster);
  return [
    ...drawnEdges(cluster.edges).map((edge) => edgeLine(edge, places, arrow)),
    ...cluster.nodes.map((node, index) => nodeBox(node, places[index] ?? { column: 0, row: 0 })),
  ];
}

/** Without what other lines say: that one applies what waits for something else that it applies. */
function drawnEdges(edges: readonly GraphEdge[]): GraphEdge[] {
  const applied = new Set(edges.filter(({ waits }) => !waits).map(({ from, to }) => `${from} ${to}`));
  return edges.filter(
    ({ from, to, waits }) =>
      waits || !edges.some((one) => one.waits && one.from === to && applied.has(`${from} ${one.to}`)),
  );
}

function corner({ column, row }: GraphPlace): { x: number; y: number } {
  return { x: margin + column * (box.width + gap.x), y: margin + row * (box.height + gap.y) };
}

/** From left to right in the order of time: who is waited for stands first. */
function edgeLine({ from, to, waits }: GraphEdge, places: readonly GraphPlace[], arrow: string): Html {
  const [first, second] = waits ? [places[to], places[from]] : [places[from], places[to]];
  if (first === undefined || second === undefined) return html``;
  const start = corner(first);
  const end = corner(second);
  const [x1, y1] = [start.x + box.width, start.y + box.height / 2];
  const [x2, y2] = [end.x - 1, end.y + box.height / 2];
  const bend = Math.max(30, Math.abs(x2 - x1) / 2);
  return html`<path d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" fill="none" stroke="currentColor" opacity=".6"${waits ? html` stroke-dasharray="3 4"` : html``} marker-end="url(#${arrow})"/>`;
}

function nodeBox(node: GraphNode, place: GraphPlace, mark: Mark = noMark): Html {
  const { x, y } = corner(place);
  const { kind, name, namespace, source, notRendered } = node;
  const full = `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}, ${source}${isRelease(node) ? '' : `, ${contentOf(node)}`}${notRendered.length > 0 ? `; not all rendered here: ${notRendered.join('; ')}` : ''}${mark.words}`;
  const rows = [
    html`<text x="${x + 10}" y="${y + 19}" font-weight="600" fill="currentColor">${shortened(name, mark.words === '' ? 26 : 26 - mark.words.length)}</text>`,
    html`<text x="${x + 10}" y="${y + 36}" opacity=".8" fill="currentColor">${shortened(source)}</text>`,
    html`<text x="${x + 10}" y="${y + 53}" opacity=".8" fill="currentColor">${shortened(isRelease(node) ? kind : `${kind}, ${contentOf(node)}`)}</text>`,
  ];
  const dashes = notRendered.length > 0 ? html` stroke-dasharray="6 3"` : html``;
  return html`<g><title>${full}</title><rect x="${x}" y="${y}" width="${box.width}" height="${box.height}" rx="${isRelease(node) ? 24 : 6}" class="box" stroke="currentColor"${dashes}/>${rows}${mark.drawn}</g>`;
}

function beginning(text: string): string {
  return text.length <= 29 ? text : `${text.slice(0, 28)}…`;
}

// The end of a path tells it from its neighbours.
function shortened(text: string, most = 29): string {
  return text.length <= most ? text : `…${text.slice(1 - most)}`;
}
