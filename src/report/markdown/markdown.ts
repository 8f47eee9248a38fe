import type { Span } from '../../diagnostic/span.ts';
import type { ChangedLines } from '../finding/changed-lines.ts';
import { codeFrame } from '../finding/code-frame.ts';
import { fixableWords } from '../finding/fix-words.ts';
import { impactWords } from '../finding/impact.ts';
import { lineColumn } from '../finding/line-column.ts';
import { rankFindings } from '../finding/rank.ts';
import { listSome, plural } from '../finding/summary-line.ts';
import { coveragePercent } from '../finding/verdict.ts';
import { leftOutLines } from '../left-out.ts';
import { criteriaMatrices } from '../matrix.ts';
import { notRenderedByReason } from '../not-rendered.ts';
import type { Finding, Report } from '../report.ts';
import { paintWith } from '../terminal/colour.ts';
import { changeBlocks } from './change-markdown.ts';
import { tableRow } from './markdown-table.ts';
import { codeElement, codeSpan, fenced } from './markdown-text.ts';
import { matrixTable } from './matrix-markdown.ts';
import { differenceTable, parityWords } from './parity-markdown.ts';
import { quotaTable, resourceTable } from './resource-markdown.ts';

export interface MarkdownOptions {
  /** UTF-8 bytes to stay below. */
  readonly limit?: number;
  readonly changed?: ChangedLines;
}

// GitHub drops a summary above 1 MiB as a whole.
const defaultLimit = 1024 * 1024 - 1024;
const mostFrames = 10;
const roomForTheLastLine = 400;

/** The summary that a reviewer reads: verdict, what was not checked, the criteria, the worst root causes, then all others. */
export function markdownReport(report: Report, options: MarkdownOptions = {}): string {
  const limit = (options.limit ?? defaultLimit) - roomForTheLastLine;
  const ranked = rankFindings(report.findings, { policies: report.policies, changed: options.changed });
  const page = openPage(limit);
  for (const block of report.change === undefined ? [] : changeBlocks(report.change)) page.add(block);
  page.add(verdict(report));
  for (const block of [...uncheckedBlocks(report), ...baselineBlocks(report), ...comparedBlocks(report)])
    page.add(block);
  for (const matrix of criteriaMatrices(report)) page.add(matrixTable(matrix));
  for (const block of [...resourceBlocks(report), ...parityBlocks(report)]) page.add(block);
  const worst = ranked.slice(0, mostFrames);
  if (worst.length > 0) page.add('### Worst root causes');
  const framed = worst.filter((finding) => page.add(findingBlock(finding, report.secrets)));
  const others = ranked.slice(mostFrames);
  const listed = listRows(page, `${others.length} more root causes`, others.map(findingRow));
  page.add(coverageBlock(report));
  const left = worst.length - framed.length + others.length - listed;
  const rest =
    left === 0 ? '' : `\n${left} more root causes did not fit here; the JSON report has all of them.\n`;
  return `${page.text()}${rest}`;
}

interface Page {
  /** Whether the block fitted. */
  add(block: string): boolean;
  text(): string;
}

function openPage(limit: number): Page {
  const encoder = new TextEncoder();
  const blocks: string[] = [];
  let used = 0;
  return {
    add(block) {
      if (block === '') return true;
      const bytes = encoder.encode(block).length + 2;
      if (used + bytes > limit) return false;
      used += bytes;
      blocks.push(block);
      return true;
    },
    text: () => `${blocks.join('\n\n')}\n`,
  };
}

const verdicts = {
  0: '## ✅ cdb-lint: nothing that stops the merge',
  1: '## ❌ cdb-lint: this must not be merged',
  2: '## ⚠️ cdb-lint: not everything could be checked',
} as const;

function verdict({ exitCode, summary, baseline, compared, environments, coverage }: Report): string {
  const counts = [
    plural(summary.error, 'error'),
    plural(summary.warning, 'warning'),
    plural(summary.note, 'note'),
    ...(summary.suppressed > 0 ? [`${summary.suppressed} accepted`] : []),
    ...(baseline === undefined
      ? []
      : [`${baseline.known.length} known since the baseline`, `${baseline.fixed.length} fixed`]),
    ...(compared === undefined
      ? []
      : [
          `${compared.before.length} as before (against ${codeSpan(compared.base)})`,
          `${compared.gone.length} gone`,
        ]),
  ].join(', ');
  const fresh = baseline === undefined && compared === undefined ? '' : 'new: ';
  const where = `${plural(environments.length, 'environment')}, ${plural(coverage.objects, 'object')}`;
  return `${verdicts[exitCode]}\n\n${fresh}${counts}; ${where}`;
}

function uncheckedBlocks({ unchecked }: Report): string[] {
  if (unchecked.length === 0) return [];
  const shown = unchecked.slice(0, 50).map(({ what, why }) => `- ${codeSpan(what)}: ${codeSpan(why)}`);
  const rest = unchecked.length > 50 ? [`- and ${unchecked.length - 50} more`] : [];
  return ['### Not checked\n\nNothing here says that this is fine:', [...shown, ...rest].join('\n')];
}

function baselineBlocks({ baseline }: Report): string[] {
  if (baseline === undefined || baseline.fixed.length === 0) return [];
  const rows = baseline.fixed
    .slice(0, 100)
    .map(({ rule, file }) => `- ${codeSpan(rule)} in ${codeSpan(file)}`);
  const rest = baseline.fixed.length > 100 ? [`- and ${baseline.fixed.length - 100} more`] : [];
  return [
    details(
      `${plural(baseline.fixed.length, 'finding')} fixed since the baseline`,
      [...rows, ...rest].join('\n'),
    ),
  ];
}

function comparedBlocks({ compared }: Report): string[] {
  if (compared === undefined) return [];
  const { gone, uncheckedBefore } = compared;
  const rows = gone.map(({ rule, span }) => `- ${codeSpan(rule)} in ${codeSpan(span.file.path)}`);
  const open = uncheckedBefore.map(({ what, why }) => `- ${codeSpan(what)}: ${codeSpan(why)}`);
  return [
    ...(rows.length === 0 ? [] : [details(`${plural(rows.length, 'finding')} gone`, firstOf(rows))]),
    ...(open.length === 0
      ? []
      : [details(`${open.length} not checked, as before, and not reached by the change`, firstOf(open))]),
  ];
}

function firstOf(rows: readonly string[]): string {
  const rest = rows.length > 100 ? [`- and ${rows.length - 100} more`] : [];
  return [...rows.slice(0, 100), ...rest].join('\n');
}

function resourceBlocks({ resources }: Report): string[] {
  if (resources.length === 0) return [];
  const exceeded = resources
    .flatMap(({ quotas }) => quotas)
    .filter((quota) => quota.exceededBy !== undefined);
  const quotas = exceeded.length === 0 ? '' : `; ${plural(exceeded.length, 'quota limit')} exceeded`;
  const tables = [resourceTable(resources), quotaTable(resources)].filter((table) => table !== '');
  return [details(`Resources of ${plural(resources.length, 'environment')}${quotas}`, tables.join('\n\n'))];
}

function parityBlocks({ parity }: Report): string[] {
  return parity.flatMap((one) => {
    const table = differenceTable(one);
    return table === '' ? [] : [details(parityWords(one), table)];
  });
}

function findingBlock(finding: Finding, secrets: readonly Span[]): string {
  const { rule, severity, message, help, span, related, fix } = finding;
  const impact = impactWords([finding]);
  const layers = related.map(
    (one, index) =>
      `${index + 1}. ${codeSpan(place(one.span))}: ${codeSpan(one.message)}\n\n${frame(one.span, severity, secrets)}`,
  );
  return [
    `**${severity}** ${codeSpan(rule)}: ${codeSpan(message)}`,
    `${codeSpan(place(span))}${impact === '' ? '' : `; ${impact}`}`,
    frame(span, severity, secrets),
    ...(help === undefined ? [] : [`Help: ${codeSpan(help)}${fix === undefined ? '' : `; ${fixableWords}`}`]),
    ...(help !== undefined || fix === undefined ? [] : [`${fixableWords}: ${codeSpan(fix.description)}`]),
    ...(layers.length === 0 ? [] : [details('How it came to be', layers.join('\n\n'))]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function frame(span: Span, style: Finding['severity'], secrets: readonly Span[]): string {
  const lines = codeFrame(span, { paint: paintWith(false), style, secrets, width: 110 });
  return lines.length === 0 ? '' : fenced(lines);
}

function findingRow({ severity, rule, span, message }: Finding): string {
  return tableRow([severity, codeElement(rule), codeElement(place(span)), codeElement(message)]);
}

/** Puts as many rows as fit into a collapsed table and says how many. */
function listRows(page: Page, title: string, rows: readonly string[]): number {
  if (rows.length === 0) return 0;
  const head = [tableRow(['severity', 'rule', 'place', 'message']), '| :-- | :-- | :-- | :-- |'];
  for (let count = rows.length; count > 0; count = Math.floor(count * 0.8)) {
    if (page.add(details(title, [...head, ...rows.slice(0, count)].join('\n')))) return count;
  }
  return 0;
}

function coverageBlock({ coverage, suppressed, unchecked }: Report): string {
  const lists = [
    ...coverage.withoutSchema.map((kind) => `- no schema, so only policies judged: ${codeSpan(kind)}`),
    ...(coverage.tried ?? []).map(
      (one) => `- component of no environment, tried on top of some: ${codeSpan(one)}`,
    ),
    ...leftOutLines(coverage, codeSpan).map((line) => `- ${line}`),
    ...notRenderedByReason(coverage).map(
      ({ why, names }) =>
        `- deployed, but not rendered here: ${codeSpan(why)} (${names.length}): ${listSome(names.map(codeSpan))}`,
    ),
    ...(coverage.unresolvedVariables ?? []).map(
      (name) => `- no value here for the variable ${codeSpan(name)}`,
    ),
    ...suppressed.map(
      ({ finding, reason }) =>
        `- accepted: ${codeSpan(finding.rule)} at ${codeSpan(place(finding.span))}: ${codeSpan(reason)}`,
    ),
  ];
  const shown = lists.slice(0, 200);
  const rest = lists.length > shown.length ? [`- and ${lists.length - shown.length} more`] : [];
  const words = `${plural(coverage.filesParsed, 'file')}, ${plural(coverage.documents, 'document')}, ${plural(coverage.builds, 'build')}, ${plural(coverage.objects, 'object')} (${coveragePercent(coverage)} of what is known judged in full), ${plural(coverage.policies, 'policy', 'policies')}`;
  return details(
    `Covered: ${words}`,
    [...(lists.length === 0 && unchecked.length === 0 ? ['Everything was judged.'] : shown), ...rest].join(
      '\n',
    ),
  );
}

/** `title` is Markdown of our own. */
function details(title: string, body: string): string {
  return `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
}

function place({ file, start }: Span): string {
  const { line, column } = lineColumn(file, start);
  return `${file.path}:${line}:${column}`;
}
