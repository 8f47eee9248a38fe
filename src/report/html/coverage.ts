import { plural } from '../../diagnostic/plural.ts';
import { place } from '../finding/place.ts';
import { leftOutWords, loweredWords } from '../left-out.ts';
import { notRenderedByReason } from '../not-rendered.ts';
import type { BaselineReport, ComparedReport, Finding, LeftOut, Report } from '../report.ts';
import { type Html, html, withCode } from './html-text.ts';

/** What was not judged and so is not fine; nothing where all was. */
export function uncheckedPart({ unchecked }: Report): Html {
  if (unchecked.length === 0) return html``;
  const items = unchecked.map(({ what, why }) => html`<li><code>${what}</code>: ${withCode(why)}</li>\n`);
  return html`<h2 class="bad" id="unchecked">Not checked</h2>\n<p>These were not checked, so the result is not clean.</p>\n<ul>\n${items.slice(0, mostBefore)}</ul>\n${moreOf(items.slice(mostBefore))}`;
}

/** As many stand before the findings; the others are closed. */
const mostBefore = 10;

function moreOf(items: readonly Html[]): Html {
  if (items.length === 0) return html``;
  return html`<details><summary>${items.length} more not checked</summary><ul>\n${items}</ul></details>\n`;
}

/** What was looked at, what was left out, and what is suppressed. */
export function coveragePart(report: Report): Html {
  const { coverage, environments } = report;
  const looked = [
    plural(coverage.filesParsed, 'file'),
    plural(coverage.documents, 'document'),
    plural(coverage.builds, 'build'),
    plural(coverage.objects, 'object'),
    plural(coverage.policies, 'policy', 'policies'),
    plural(report.rules.length, 'rule'),
  ];
  return html`<h2 id="coverage">Coverage</h2>
<dl>
<dt>checked</dt><dd>${looked.join(', ')}</dd>
${row(
  'environments',
  environments.map(({ name }) => name),
)}${row(`${plural(coverage.objectsWithoutSchema, 'object')} without schema, checked by policies only`, coverage.withoutSchema)}${row('components that no environment uses, tried on top of some', coverage.tried ?? [])}${row('external sources without a digest in a lock', coverage.unlocked ?? [])}${(coverage.leftOut ?? []).map((one) => leftOutRow(one))}${row('findings that are warnings for lack of evidence', (coverage.lowered ?? []).map(loweredWords))}${notRenderedByReason(coverage).map(({ why, names }) => row(`deployed, but not rendered here: ${why} (${names.length})`, names))}${row('variables without a value here', coverage.unresolvedVariables ?? [])}</dl>
${suppressedPart(report)}${report.baseline === undefined ? html`` : baselinePart(report.baseline)}${report.compared === undefined ? html`` : comparedPart(report.compared)}`;
}

function leftOutRow(one: LeftOut): Html {
  return row(one.why, [leftOutWords(one, (path) => path)]);
}

function row(title: string, values: readonly string[]): Html {
  return values.length === 0 ? html`` : html`<dt>${withCode(title)}</dt><dd>${values.join(', ')}</dd>\n`;
}

/** Longer lists are closed. */
const mostListed = 20;

function suppressedPart({ suppressed }: Report): Html {
  if (suppressed.length === 0) return html``;
  const items = suppressed.map(
    ({ finding, reason }) =>
      html`<li><code>${finding.rule}</code> at <span class="place">${place(finding.span)}</span>: ${withCode(reason)}</li>\n`,
  );
  const list = html`<ul>\n${items}</ul>`;
  const folded = html`<details><summary>${plural(items.length, 'finding')} with a reason</summary>${list}</details>`;
  return html`<h2 id="suppressed">Suppressed</h2>\n${items.length > mostListed ? folded : list}\n`;
}

function comparedPart({ base, before, gone, uncheckedBefore }: ComparedReport): Html {
  const item = ({ rule, span }: Finding): Html =>
    html`<li><code>${rule}</code> at <span class="place">${place(span)}</span></li>\n`;
  const open = uncheckedBefore.map(
    ({ what, why }) => html`<li><code>${what}</code>: ${withCode(why)}</li>\n`,
  );
  return html`<h2 id="compared">Before the change</h2>
<p>${before.length} as in <code>${base}</code>, ${gone.length} gone; ${open.length} not checked, as before</p>
<details><summary>As before (${before.length})</summary><ul>
${before.map(item)}</ul></details>
<details><summary>Gone (${gone.length})</summary><ul>
${gone.map(item)}</ul></details>
<details><summary>Not checked, as before, and not affected by the change (${open.length})</summary><ul>
${open}</ul></details>
`;
}

function baselinePart({ file, known, fixed }: BaselineReport): Html {
  const knownItems = known.map(
    ({ finding, since }) =>
      html`<li><code>${finding.rule}</code> at <span class="place">${place(finding.span)}</span>, since ${since}</li>\n`,
  );
  const fixedItems = fixed.map((entry) => html`<li><code>${entry.rule}</code> in ${entry.file}</li>\n`);
  return html`<h2 id="baseline">Baseline</h2>
<p>${known.length} known, ${fixed.length} fixed since <code>${file}</code></p>
<details><summary>Known (${known.length})</summary><ul>
${knownItems}</ul></details>
<details><summary>Fixed (${fixed.length})</summary><ul>
${fixedItems}</ul></details>
`;
}
