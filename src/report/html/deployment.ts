import type { ClusterGraph } from '../../reconcile/graph.ts';
import { objectLabel } from '../finding/object-label.ts';
import { plural } from '../finding/summary-line.ts';
import { clusterSvg } from '../graph/graph-svg.ts';
import type { Report } from '../report.ts';
import { type Html, html } from './html-text.ts';
import { headPart, scrollPart } from './table.ts';

// A picture of more shows nothing; the table below it still does.
const mostNodes = 150;

/** What Flux and Argo CD apply, in which order, and what more than one of them applies. */
export function deploymentPart({ clusters }: Report): Html {
  if (clusters.length === 0) return html``;
  return html`<h2 id="deployment">Deployment</h2>
<p class="soft">Left comes before right. A line: applies; a dotted one: has to be ready first. A dashed box: not all of it is rendered here.</p>
${clusters.map((cluster, index) => clusterPart(cluster, `arrow${index}`))}`;
}

function clusterPart(cluster: ClusterGraph, arrow: string): Html {
  const { name, nodes, shared } = cluster;
  const picture =
    nodes.length > mostNodes
      ? html`<p>${nodes.length} are too many for a picture.</p>`
      : scrollPart(
          `Picture of ${name}`,
          clusterSvg(cluster, { label: `Deployment of ${name}; the table below says the same`, arrow }),
        );
  return html`<h3>${name}</h3>
${picture}${nodesTable(cluster)}
${sharedPart(shared)}`;
}

function nodesTable({ name, nodes, edges }: ClusterGraph): Html {
  const names = (indices: readonly number[]): string =>
    indices.map((index) => nodes[index]?.name ?? '').join(', ');
  const rows = nodes.map((node, index) => {
    const appliedBy = edges.filter(({ to, waits }) => to === index && !waits).map(({ from }) => from);
    const waitsFor = edges.filter(({ from, waits }) => from === index && waits).map(({ to }) => to);
    return html`<tr><th scope="row">${node.name}</th><td>${node.kind}</td><td><code>${node.source}</code></td><td class="number">${node.objects}</td><td>${names(appliedBy)}</td><td>${names(waitsFor)}</td><td>${node.notRendered.join('; ')}</td></tr>\n`;
  });
  const table = html`<table>${headPart(['name', 'kind', 'source', 'objects', 'applied by', 'waits for', 'not rendered here'])}<tbody>
${rows}</tbody></table>`;
  return html`<details><summary>As a table (${nodes.length})</summary>${scrollPart(`Table of ${name}`, table)}</details>`;
}

function sharedPart(shared: ClusterGraph['shared']): Html {
  if (shared.length === 0) return html`<p>Each object has one owner.</p>\n`;
  const items = shared.map(
    ({ object, owners }) => html`<li>${objectLabel(object)}: ${owners.join(' and ')}</li>\n`,
  );
  return html`<details><summary class="bad">${plural(shared.length, 'object')} with more than one owner</summary><ul>
${items}</ul></details>
`;
}
