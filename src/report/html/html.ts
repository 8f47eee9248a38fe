import type { Severity } from '../../diagnostic/severity.ts';
import { entryPointWord } from '../finding/entry-point-word.ts';
import type { Report, Summary } from '../report.ts';
import { trendOf } from '../trend.ts';
import { changePart } from './change.ts';
import { coveragePart, uncheckedPart } from './coverage.ts';
import { deploymentPart } from './deployment.ts';
import { findingsPart } from './finding.ts';
import { type Html, html } from './html-text.ts';
import { matricesPart } from './matrix.ts';
import { ownershipPart } from './ownership.ts';
import type { PageFacts, PageOptions } from './page-options.ts';
import { parityPart } from './parity.ts';
import { resourcesPart } from './resources.ts';
import { script, scriptHash } from './script.ts';
import { style, styleHash } from './style.ts';
import { trendPart } from './trend.ts';

// A policy that lets no script run and no style but the ones here: whatever a reader's browser takes for one does nothing.
const policy = `default-src 'none'; style-src '${styleHash}'; script-src '${scriptHash}'; base-uri 'none'; form-action 'none'`;

const verdicts = {
  0: { words: 'passed', look: '' },
  1: { words: 'failed', look: 'failed' },
  2: { words: 'not everything could be checked', look: 'open' },
} as const;

/** The report as one page that needs nothing else, whatever was found. */
export function htmlReport(report: Report, options: PageOptions = {}): string {
  const { words, look } = verdicts[report.exitCode];
  const title = `cdb-lint: ${words}`;
  const trend = trendOf(options.earlier ?? [], report);
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ markup: policy }}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
<header class="${look}">
<h1>${title}</h1>
${factsPart(options.facts ?? {})}
${countsPart(report)}
</header>
${navigationPart(report, trend.length > 1)}
<main>
${changePart(report)}
${uncheckedPart(report)}
${findingsPart(report, options)}
${trendPart(trend)}
${matricesPart(report)}
${parityPart(report)}
${resourcesPart(report)}
${deploymentPart(report)}
${ownershipPart(report)}
${coveragePart(report)}
</main>
<script>${{ markup: script }}</script>
</body>
</html>
`;
  return markup;
}

/** What the page is of: without it nobody knows a week later. */
function factsPart({ repository, commit, branch, date, version, configuration }: PageFacts): Html {
  const facts = [
    ['Repository', repository],
    ['Commit', commit],
    ['Branch', branch],
    ['Written', date],
    ['Configuration', configuration],
    ['cdb-lint', version],
  ] as const;
  const known = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [html`<div><dt>${name}</dt><dd>${value}</dd></div>`],
  );
  return known.length === 0 ? html`` : html`<dl class="facts">${known}</dl>`;
}

function countsPart({ summary, baseline, compared, environments, coverage }: Report): Html {
  const counts = [
    ...(['error', 'warning', 'note'] as const).map((one) => severityCount(one, summary)),
    count(summary.suppressed, 'suppressed', '', 'suppressed'),
    ...(baseline === undefined
      ? []
      : [
          count(baseline.known.length, 'known', '', 'known'),
          count(baseline.fixed.length, 'fixed since the baseline', 'good', 'fixed since the baseline'),
        ]),
    ...(compared === undefined
      ? []
      : [
          count(compared.before.length, 'as before', '', 'as before'),
          count(compared.gone.length, 'gone', 'good', 'gone'),
        ]),
    count(environments.length, entryPointWord(environments), ''),
    count(coverage.objects, 'object', ''),
  ];
  return html`<ul class="counts">${counts}</ul>`;
}

/** Causes, and the places that they show in where these are more. */
function severityCount(severity: Severity, { places, ...causes }: Summary): Html {
  const number = causes[severity];
  const where = places[severity] === number ? '' : ` in ${places[severity]} places`;
  return count(number, `${severity}${where}`, severity, `${severity}s${where}`);
}

function count(number: number, one: string, look: string, many = `${one}s`): Html {
  return html`<li${number > 0 && look !== '' ? html` class="${look}"` : html``}><b>${number}</b> ${number === 1 ? one : many}</li>`;
}

function navigationPart(report: Report, hasTrend: boolean): Html {
  const sections = [
    ['change', 'This change', report.change !== undefined],
    ['unchecked', 'Not checked', report.unchecked.length > 0],
    ['findings', 'Findings', true],
    ['trend', 'Trend', hasTrend],
    ['criteria', 'Criteria', report.environments.some(({ services }) => services.length > 0)],
    ['parity', 'Parity', report.parity.length > 0],
    ['resources', 'Resources', report.resources.length > 0],
    ['deployment', 'Deployment', report.clusters.length > 0],
    ['applied-by', 'Applied by', report.ownership.length > 0],
    ['coverage', 'Coverage', true],
    ['suppressed', 'Suppressed', report.suppressed.length > 0],
    ['baseline', 'Baseline', report.baseline !== undefined],
    ['compared', 'Before the change', report.compared !== undefined],
  ] as const;
  const links = sections
    .filter(([, , isThere]) => isThere)
    .map(([id, words]) => html`<li><a href="#${id}">${words}</a></li>`);
  return html`<nav aria-label="Sections"><ul>${links}</ul></nav>`;
}
