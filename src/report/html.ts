import type { Span } from '../diagnostic/span.ts';
import { codeFrame } from './code-frame.ts';
import { paintWith } from './colour.ts';
import { type Html, html } from './html-text.ts';
import { impactWords } from './impact.ts';
import { lineColumn } from './line-column.ts';
import { type Cell, criteriaMatrices, type Matrix } from './matrix.ts';
import { rankFindings } from './rank.ts';
import type { Finding, Report } from './report.ts';

// No script, and a policy that lets none run: whatever a reader's browser takes for one does nothing.
const policy = "default-src 'none'; style-src 'unsafe-inline'";

const style = `:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{max-width:75rem;margin:2rem auto;padding:0 1rem}
pre{overflow-x:auto;padding:.6rem;border:1px solid #8886}
table{border-collapse:collapse}
th,td{padding:.2rem .6rem;border:1px solid #8886;text-align:center}
th:first-child{text-align:left}
.error,.bad{color:#c22}.warning,.unknown{color:#a60}.note{color:#27b}.good{color:#273}
code,pre{font:13px/1.45 ui-monospace,monospace}
article{margin:1.5rem 0}`;

const verdicts = {
  0: 'nothing that stops the merge',
  1: 'this must not be merged',
  2: 'not everything could be checked',
} as const;

/** The report as one page that needs nothing else: verdict, what was not checked, criteria, findings with their layers. */
export function htmlReport(report: Report): string {
  const { summary, exitCode, baseline } = report;
  const title = `cdb-lint: ${verdicts[exitCode]}`;
  const known =
    baseline === undefined
      ? ''
      : `; ${baseline.known.length} known, ${baseline.fixed.length} fixed since the baseline`;
  const { markup } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${{ markup: policy }}">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${{ markup: style }}</style>
</head>
<body>
<h1>${title}</h1>
<p>${summary.error} errors, ${summary.warning} warnings, ${summary.note} notes, ${summary.suppressed} accepted${known}</p>
${uncheckedPart(report)}
${criteriaMatrices(report).map(matrixPart)}
${rankFindings(report.findings).map((finding) => findingPart(finding, report.secrets))}
${acceptedPart(report)}
</body>
</html>
`;
  return markup;
}

function uncheckedPart({ unchecked }: Report): Html {
  if (unchecked.length === 0) return html``;
  const items = unchecked.map(({ what, why }) => html`<li><code>${what}</code>: ${why}</li>\n`);
  return html`<h2 class="bad">Not checked</h2>\n<p>Nothing here says that this is fine.</p>\n<ul>\n${items}</ul>`;
}

function matrixPart({ environment, criteria, rows }: Matrix): Html {
  const heads = criteria.map(({ name }) => html`<th>${name}</th>`);
  const lines = rows.map(({ service, cells }) => html`<tr><th>${service}</th>${cells.map(cellPart)}</tr>\n`);
  return html`<h2>${environment.name} (${environment.objects} objects)</h2>
<table>
<tr><th>service</th>${heads}</tr>
${lines}</table>
`;
}

function cellPart(cell: Cell): Html {
  if (cell === 'unchecked') return html`<td class="unknown">?</td>`;
  if (cell === 'not-judged') return html`<td>–</td>`;
  return cell === 0 ? html`<td class="good">✓</td>` : html`<td class="bad">✗ ${cell}</td>`;
}

function findingPart(finding: Finding, secrets: readonly Span[]): Html {
  const { rule, severity, message, help, span, related } = finding;
  const impact = impactWords([finding]);
  const layers = related.map(
    (one) =>
      html`<li>${one.message}: <code>${place(one.span)}</code>${framePart(one.span, severity, secrets)}</li>\n`,
  );
  return html`<article>
<h3><span class="${severity}">${severity}</span> <code>${rule}</code>: ${message}</h3>
<p><code>${place(span)}</code>${impact === '' ? '' : `; ${impact}`}</p>
${framePart(span, severity, secrets)}
${help === undefined ? html`` : html`<p>Help: ${help}</p>`}
${layers.length === 0 ? html`` : html`<details><summary>How it came to be</summary><ol>\n${layers}</ol></details>`}
</article>
`;
}

function framePart(span: Span, severity: Finding['severity'], secrets: readonly Span[]): Html {
  const lines = codeFrame(span, { paint: paintWith(false), style: severity, secrets, width: 140 });
  return lines.length === 0 ? html`` : html`<pre>${lines.map((line) => html`${line}\n`)}</pre>`;
}

function acceptedPart({ suppressed }: Report): Html {
  if (suppressed.length === 0) return html``;
  const items = suppressed.map(
    ({ finding, reason }) =>
      html`<li><code>${finding.rule}</code> at <code>${place(finding.span)}</code>: ${reason}</li>\n`,
  );
  return html`<h2>Accepted</h2>\n<ul>\n${items}</ul>`;
}

function place({ file, start }: Span): string {
  const { line, column } = lineColumn(file, start);
  return `${file.path}:${line}:${column}`;
}
