import { place } from '../finding/place.ts';
import { differs, type ParityCell, type ParityReport, type ParityRow } from '../parity-report.ts';
import type { Report } from '../report.ts';
import { type Html, html } from './html-text.ts';
import { headPart, scrollPart } from './table.ts';

/** Which safeguards environments have that others lack. */
export function parityPart({ parity }: Report): Html {
  if (parity.length === 0) return html``;
  return html`<h2 id="parity">Parity</h2>
<p class="soft">✓ yes, ✗ no, – no such service, ? could not be built</p>
${parity.map(familyPart)}`;
}

function familyPart(report: ParityReport): Html {
  const names = report.environments.map(({ name }) => name).join(', ');
  const differing = report.rows.filter(differs);
  const same = report.rows.filter((row) => !differs(row));
  const first =
    differing.length === 0
      ? html`<p class="good">${names} have the same safeguards.</p>\n`
      : tablePart(report, differing, `Where ${names} differ`);
  return html`${first}${same.length === 0 ? html`` : html`<details><summary>The same in ${names} (${same.length})</summary>${tablePart(report, same, `The same in ${names}`)}</details>\n`}`;
}

function tablePart({ environments }: ParityReport, rows: readonly ParityRow[], label: string): Html {
  const lines = rows.map(
    ({ service, property, cells }) =>
      html`<tr><th scope="row">${service ?? 'environment'}</th><td>${property}</td>${cells.map(cellPart)}</tr>\n`,
  );
  const head = headPart(['service', 'safeguard', ...environments.map(({ name }) => name)]);
  return scrollPart(label, html`<table>${head}<tbody>\n${lines}</tbody></table>`);
}

function cellPart({ state, span, approved }: ParityCell): Html {
  if (state === 'unknown') return html`<td class="unknown">?</td>`;
  if (state === 'absent') return html`<td class="soft">–</td>`;
  if (state === 'has')
    return html`<td class="good">✓${span === undefined ? html`` : html` <span class="place soft">${place(span)}</span>`}</td>`;
  return approved === undefined ? html`<td>✗</td>` : html`<td class="soft">✗ accepted: ${approved}</td>`;
}
