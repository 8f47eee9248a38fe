import { plural } from '../../diagnostic/plural.ts';
import type { ClusterGraph } from '../../reconcile/graph.ts';
import { objectLabel } from '../finding/object-label.ts';
import { foldGraph } from '../graph/fold-graph.ts';
import { clusterSvg } from '../graph/graph-svg.ts';
import { findingsByNode, type NodeFindings } from '../graph/node-findings.ts';
import type { Report } from '../report.ts';
import { type Html, html } from './html-text.ts';
import { headPart, scrollPart } from './table.ts';

// A picture of more shows nothing; the table below it still does.
const mostNodes = 150;

/** What Flux and Argo CD apply, in which order, and what more than one of them applies. */
export function deploymentPart(report: Report): Html {
  const { clusters } = report;
  if (clusters.length === 0) return html``;
  return html`<h2 id="deployment">Deployment</h2>
<p class="soft">From left to right. Line: applies. Dotted line: must be ready first. Dashed box: not fully rendered here. Bar: its objects have findings.</p>
${clusters.map((cluster, index) => clusterPart(cluster, report, `arrow${index}`))}`;
}

function clusterPart(cluster: ClusterGraph, report: Report, arrow: string): Html {
  const { name, nodes, shared } = cluster;
  const findings = findingsByNode(cluster, report);
  const folded = foldGraph(cluster);
  const isFolded = folded.boxes.length < nodes.length;
  const label = `Deployment of ${name}, as in the table below`;
  const whole =
    nodes.length > mostNodes
      ? undefined
      : picturePart(
          `${name}, each one separately`,
          clusterSvg(cluster, { label: `${label}, each one separately`, arrow, findings }),
        );
  const tooMany = html`<p>${nodes.length} are too many for a diagram.</p>`;
  if (!isFolded)
    return html`<h3>${name}</h3>
${whole ?? tooMany}${nodesTable(cluster, findings)}
${sharedPart(shared)}`;
  const short =
    folded.boxes.length > mostNodes
      ? tooMany
      : picturePart(name, clusterSvg(cluster, { label, arrow: `${arrow}-folded`, findings, folded }));
  const unfolded =
    whole === undefined
      ? html``
      : html`<details><summary>Each one separately (${nodes.length})</summary>${whole}</details>\n`;
  return html`<h3>${name}</h3>
${short}${unfolded}${nodesTable(cluster, findings)}
${sharedPart(shared)}`;
}

/** A picture in its own scroll area; where scripts run, with buttons for its size. */
function picturePart(name: string, picture: Html): Html {
  const button = (zoom: string, words: string, sign: string): Html =>
    html`<button type="button" class="zoom" data-z="${zoom}" aria-label="${words} picture of ${name}">${sign}</button>`;
  return html`<div class="picture"><p class="zooms">${button('out', 'Smaller', '−')}${button('fit', 'Fit the', 'Fit')}${button('in', 'Larger', '+')}</p>${scrollPart(`Picture of ${name}`, picture)}</div>`;
}

function nodesTable({ name, nodes, edges }: ClusterGraph, findings: readonly NodeFindings[]): Html {
  const names = (indices: readonly number[]): string =>
    indices.map((index) => nodes[index]?.name ?? '').join(', ');
  const rows = nodes.map((node, index) => {
    const appliedBy = edges.filter(({ to, waits }) => to === index && !waits).map(({ from }) => from);
    const waitsFor = edges.filter(({ from, waits }) => from === index && waits).map(({ to }) => to);
    return html`<tr><th scope="row">${node.name}</th><td>${node.kind}</td><td><code>${node.source}</code></td><td class="number">${node.objects}</td><td>${names(appliedBy)}</td><td>${names(waitsFor)}</td><td>${foundWords(findings[index])}</td><td>${node.notRendered.join('; ')}</td></tr>\n`;
  });
  const table = html`<table>${headPart(['name', 'kind', 'source', 'objects', 'applied by', 'waits for', 'findings', 'not rendered here'])}<tbody>
${rows}</tbody></table>`;
  return html`<details><summary>As a table (${nodes.length})</summary>${scrollPart(`Table of ${name}`, table)}</details>`;
}

function foundWords(found: NodeFindings | undefined): string {
  return (['error', 'warning', 'note'] as const)
    .flatMap((severity) => {
      const count = found?.[severity] ?? 0;
      return count === 0 ? [] : [plural(count, severity)];
    })
    .join(', ');
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
