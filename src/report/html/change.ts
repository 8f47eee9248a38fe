import { type ChangeSeverity, changeSeverities } from '../../diagnostic/change-severity.ts';
import { plural } from '../../diagnostic/plural.ts';
import {
  type Action,
  type ChangedPlace,
  type ChangeReport,
  type ChangeRow,
  type ClusterChange,
  countedActions,
  isGrave,
  type ObjectChange,
  stopsMerge,
} from '../change-report.ts';
import { place } from '../finding/place.ts';
import { noChangeKnown } from '../finding/summary-line.ts';
import type { Report } from '../report.ts';
import { framePart } from './frame.ts';
import { type Html, html } from './html-text.ts';
import { headPart, scrollPart } from './table.ts';

const looks: Readonly<Record<ChangeSeverity, string>> = {
  destroys: 'error',
  breaks: 'error',
  disrupts: 'warning',
  changes: 'note',
  silent: 'soft',
};

/** What the change does to each cluster: a table of clusters and actions, and each cause with all that it does. */
export function changePart({ change, unchecked }: Report): Html {
  if (change === undefined) return html``;
  const { base, head, rows, builds } = change;
  const differ = `${builds.changed} of ${plural(builds.all, 'build')} ${builds.changed === 1 ? 'differs' : 'differ'}`;
  return html`<h2 id="change">This change</h2>
<p>${base.name} → ${head.name}, ${differ}</p>
${clustersPart(change)}
${rows.length === 0 ? nonePart(unchecked.length > 0) : rowsPart(change)}
`;
}

function nonePart(isOpen: boolean): Html {
  return isOpen ? html`<p>${noChangeKnown}</p>` : html`<p class="good">No cluster changes.</p>`;
}

/** The rows, with a box for each severity that hides its rows: they stand beside each other, for `~` looks at siblings. */
function rowsPart(change: ChangeReport): Html {
  const { rows, summary } = change;
  const boxes = changeSeverities
    .filter((one) => summary[one] > 0)
    .map(
      (one) =>
        html`<input type="checkbox" id="x-${one}" aria-label="what ${one} (${summary[one]})" checked>&nbsp;<label for="x-${one}">${one} (${summary[one]})</label>`,
    );
  const parts = rows.map((row) => rowPart(row, change));
  return html`<span class="filter">Show</span>${boxes}
<div class="rows">${parts}</div>`;
}

function clustersPart({ clusters }: ChangeReport): Html {
  const touched = clusters.filter(({ severity }) => severity !== undefined);
  if (touched.length === 0) return html``;
  const shown = countedActions.filter((action) =>
    touched.some(({ actions }) => actions[action] !== undefined),
  );
  return scrollPart(
    'Clusters and what happens in them',
    html`<table><caption>Objects, by what happens to them</caption>${headPart(['cluster', ...shown])}<tbody>
${touched.map((cluster) => clusterPart(cluster, shown))}</tbody></table>`,
  );
}

function clusterPart({ name, actions, severity = 'silent' }: ClusterChange, shown: readonly Action[]): Html {
  const cells = shown.map((action) => html`<td class="number">${actions[action] ?? 0}</td>`);
  return html`<tr><th scope="row" class="${looks[severity]}">${name}</th>${cells}</tr>
`;
}

function rowPart(row: ChangeRow, change: ChangeReport): Html {
  const { severity, title, clusters, pods, details, why, link, safe } = row;
  const where = clusters.length === 1 ? (clusters[0] ?? '') : plural(clusters.length, 'cluster');
  const started = pods === 0 ? '' : `, ${plural(pods, 'pod')} ${pods === 1 ? 'starts' : 'start'} again`;
  const isOpen = isGrave(row);
  const source = link === undefined ? html`` : html` <a href="${link}" rel="noreferrer">source</a>`;
  return html`<details class="x-${severity}"${isOpen ? html` open` : html``}><summary><b class="${looks[severity]}">${severity}</b> ${title} <span class="soft">${where}${started}</span></summary>
${row.place === undefined ? html`` : placePart(row.place, change)}
${details.map((one) => html`<p>${one}</p>\n`)}<p><b>Why</b> ${why}${source}</p>
${safe.length === 0 ? html`` : html`<p><b>Safe way</b></p><ol>${safe.map((step) => html`<li>${step.text}${step.place === undefined ? '' : ` (${place(step.place.span)})`}</li>`)}</ol>`}
${meantPart(row)}${objectsPart(row.objects)}</details>
`;
}

/** Who says that it is meant, who forbids it, or how to say so. */
function meantPart(row: ChangeRow): Html {
  const { reason, digest, acknowledged, protected: kept } = row;
  if (kept !== undefined)
    return html`<p><b>Protected</b> ${kept}: remove cdb-lint.dev/protect in an earlier change</p>\n`;
  if (acknowledged !== undefined)
    return html`<p><b>Meant</b> ${acknowledged.reason} (${acknowledged.by})</p>\n`;
  return stopsMerge(row)
    ? html`<p><b>To acknowledge</b> <code>cdb-ack: ${reason} ${digest} -- why</code></p>\n`
    : html``;
}

function placePart({ span, revision }: ChangedPlace, { secrets }: ChangeReport): Html {
  const gone = revision === 'base' ? ' (of the base)' : '';
  return html`<p class="place">${place(span)}${gone}</p>${framePart(span, secrets[revision])}`;
}

function objectsPart(objects: readonly ObjectChange[]): Html {
  return html`<details><summary>${plural(objects.length, 'object')}</summary>${scrollPart(
    'Objects of this row',
    html`<table>${headPart(['cluster', 'kind', 'object', 'applied by', 'what happens'])}<tbody>
${objects.map(objectPart)}</tbody></table>`,
  )}</details>`;
}

function objectPart(object: ObjectChange): Html {
  const { cluster, kind, namespace, name, owner, actions, fields = [] } = object;
  const full = namespace === undefined ? name : `${namespace}/${name}`;
  return html`<tr><td>${cluster}</td><td>${kind}</td><td>${full}</td><td>${owner}</td><td>${actions.join(', ')}</td></tr>
${fields.length === 0 ? html`` : html`<tr><td colspan="5">${sidesPart(object)}</td></tr>\n`}`;
}

/** Each field as it was beside what it is. */
function sidesPart({ fields = [], moreFields = 0 }: ObjectChange): Html {
  const rows = fields.map(
    ({ path, before, after }) =>
      html`<tr><th scope="row">${path}</th>${sidePart(before)}${sidePart(after)}</tr>\n`,
  );
  const more = moreFields === 0 ? html`` : html`<p class="soft">${plural(moreFields, 'more field')}</p>`;
  return html`<table class="sides">${headPart(['field', 'before', 'after'])}<tbody>
${rows}</tbody></table>${more}`;
}

function sidePart(text: string | undefined): Html {
  return text === undefined ? html`<td class="soft">not there</td>` : html`<td><pre>${text}</pre></td>`;
}
