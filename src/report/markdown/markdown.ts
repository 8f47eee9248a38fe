import { listSome } from '../../diagnostic/list-some.ts';
import { plural } from '../../diagnostic/plural.ts';
import type { Span } from '../../diagnostic/span.ts';
import { type Cause, causesOf } from '../finding/cause.ts';
import type { ChangedLines } from '../finding/changed-lines.ts';
import { entryPointWord } from '../finding/entry-point-word.ts';
import { lineColumn } from '../finding/line-column.ts';
import type { PlaceUrl } from '../finding/place-url.ts';
import { isOnChangedLine, rankFindings } from '../finding/rank.ts';
import { summaryWords, uncheckedThings } from '../finding/summary-line.ts';
import { counts, coveragePercent } from '../finding/verdict.ts';
import { leftOutLines } from '../left-out.ts';
import { criteriaMatrices } from '../matrix.ts';
import { notRenderedByReason } from '../not-rendered.ts';
import type { Finding, Report } from '../report.ts';
import { causeBlock, causeRow } from './cause-markdown.ts';
import { changeBlocks, changeVerdict } from './change-markdown.ts';
import type { FindingContext } from './finding-markdown.ts';
import { tableRow } from './markdown-table.ts';
import { codeSpan, details } from './markdown-text.ts';
import { matrixTable } from './matrix-markdown.ts';
import { differenceTable, parityWords } from './parity-markdown.ts';
import { quotaTable, resourceTable } from './resource-markdown.ts';

export interface MarkdownOptions {
  /** UTF-8 bytes to stay below. */
  readonly limit?: number;
  readonly changed?: ChangedLines;
  /** Where places can be read at the commit. */
  readonly urlOf?: PlaceUrl;
}

// GitHub drops a summary above 1 MiB as a whole.
const defaultLimit = 1024 * 1024 - 1024;
const mostFrames = 15;
const roomForTheLastLine = 400;

/**
 * The summary that a reviewer reads: the verdict in the first line, what could not be checked, the findings of the change with their lines,
 * what it does to clusters, and all else folded away and counted.
 */
export function markdownReport(report: Report, options: MarkdownOptions = {}): string {
  const limit = (options.limit ?? defaultLimit) - roomForTheLastLine;
  const context = { secrets: report.secrets, urlOf: options.urlOf ?? ((): undefined => undefined) };
  const page = openPage(limit);
  page.add(`## ${headline(report)}`);
  page.add(countsLine(report));
  for (const block of uncheckedBlocks(report)) page.add(block);
  const left = addCauses(page, report, { context, changed: options.changed });
  const untold = addChange(page, report, context.urlOf);
  for (const block of foldedBlocks(report)) page.add(block);
  page.add(coverageBlock(report));
  const missing = [
    ...(left === 0 ? [] : [`${plural(left, 'more root cause')}`]),
    ...(untold === 0 ? [] : [`${plural(untold, 'more row')} of what the change does`]),
  ];
  const rest =
    missing.length === 0
      ? ''
      : `\n${missing.join(' and ')} did not fit here; the JSON report has all of them.\n`;
  return `${page.text()}${rest}`;
}

/** Adds what a change does to clusters; how many rows of that did not fit. */
function addChange(page: Page, report: Report, urlOf: PlaceUrl): number {
  const { change } = report;
  if (change === undefined) return 0;
  const verdict = changeVerdict(change);
  page.add(headline(report) === verdict ? '### In the clusters' : `### ${verdict}`);
  const left = changeBlocks(change, urlOf).filter(({ text }) => !page.add(text));
  return left.reduce((sum, { rows }) => sum + rows, 0);
}

/** What is as it is, whatever the change does. */
function foldedBlocks(report: Report): string[] {
  const matrices = criteriaMatrices(report).map(matrixTable);
  const where = plural(report.environments.length, entryPointWord(report.environments));
  return [
    ...baselineBlocks(report),
    ...comparedBlocks(report),
    ...(matrices.length === 0 ? [] : [details(`Criteria of ${where}`, matrices.join('\n\n'))]),
    ...resourceBlocks(report),
    ...parityBlocks(report),
  ];
}

interface FindingsOptions {
  readonly context: FindingContext;
  readonly changed: ChangedLines | undefined;
}

/** Adds causes, those of the change first and with their lines; how many did not fit. */
function addCauses(page: Page, report: Report, { context, changed }: FindingsOptions): number {
  const ranked = rankFindings(report.findings, { policies: report.policies, changed });
  // Of a comparison everything is the change's own; without one the lines say what is.
  const isApart = report.compared === undefined && report.baseline === undefined && changed !== undefined;
  const own = isApart ? ranked.filter((one) => isOnChangedLine(one, changed)) : ranked;
  const others = isApart ? ranked.filter((one) => !own.includes(one)) : [];
  const causes = causesIn(report, own);
  const framed = causes.slice(0, mostFrames);
  if (framed.length > 0) page.add(`### ${titleOf(report, isApart)}`);
  const shown = framed.filter((cause) => page.add(causeBlock(cause, context))).length;
  const more = causes.slice(mostFrames);
  // What a change does to clusters has a part of the room.
  const share = report.change === undefined ? 0.9 : 0.5;
  const rest = causesIn(report, others);
  const row = (cause: Cause): string => causeRow(cause, context);
  const listed =
    listRows(page, `${more.length} more root causes`, { rows: more.map(row), share }) +
    listRows(page, `${plural(rest.length, 'root cause')} on lines that are not changed`, {
      rows: rest.map(row),
      share,
    });
  return causes.length + rest.length - shown - listed;
}

function causesIn(report: Report, findings: readonly Finding[]): Cause[] {
  return causesOf({ ...report, findings });
}

function titleOf({ compared, baseline, findings }: Report, isApart: boolean): string {
  if (isApart) return 'On the lines of this change';
  if (compared !== undefined || baseline !== undefined) return 'New findings';
  return findings.length > mostFrames ? 'Worst root causes' : 'Root causes';
}

interface Page {
  /** Whether the block fitted. */
  add(block: string): boolean;
  /** The same for a block that may take a part of what is left. */
  addWithin(share: number, block: string): boolean;
  text(): string;
}

function openPage(limit: number): Page {
  const encoder = new TextEncoder();
  const blocks: string[] = [];
  let used = 0;
  const put = (block: string, room: number): boolean => {
    if (block === '') return true;
    const bytes = encoder.encode(block).length + 2;
    if (bytes > room) return false;
    used += bytes;
    blocks.push(block);
    return true;
  };
  return {
    add: (block) => put(block, limit - used),
    addWithin: (share, block) => put(block, (limit - used) * share),
    text: () => `${blocks.join('\n\n')}\n`,
  };
}

/** The verdict: what stops the merge, or that nothing does. */
function headline(report: Report): string {
  const { exitCode, unchecked, change, compared, baseline } = report;
  if (exitCode === 2) {
    const count =
      unchecked.length === 0 ? 'not everything' : plural(uncheckedThings(unchecked).length, 'thing');
    return `⚠️ cdb-lint: ${count} could not be checked`;
  }
  const isNew = compared === undefined && baseline === undefined ? '' : 'new ';
  const failures = failureWords(report, isNew);
  if (exitCode === 1 && failures !== '') return `❌ cdb-lint failed: ${failures}`;
  return change === undefined || change.rows.length === 0 ? '✅ cdb-lint passed' : `${changeVerdict(change)}`;
}

function failureWords({ summary, failOn }: Report, isNew: string): string {
  const words = summaryWords(summary);
  return (['error', 'warning', 'note'] as const)
    .flatMap((one) => (counts(one, failOn) && summary[one] > 0 ? [words(one, `${isNew}${one}`)] : []))
    .join(', ');
}

function countsLine(report: Report): string {
  const { summary, baseline, compared, environments, coverage } = report;
  const words = summaryWords(summary);
  const numbers = [
    words('error'),
    words('warning'),
    words('note'),
    ...(summary.suppressed > 0 ? [`${summary.suppressed} suppressed`] : []),
    ...(baseline === undefined
      ? []
      : [`${baseline.known.length} in the baseline`, `${baseline.fixed.length} fixed`]),
    ...(compared === undefined
      ? []
      : [
          `${compared.before.length} as before (against ${codeSpan(compared.base)})`,
          `${compared.gone.length} gone`,
        ]),
  ].join(', ');
  const fresh = baseline === undefined && compared === undefined ? '' : 'new: ';
  const where = `${plural(environments.length, entryPointWord(environments))}, ${plural(coverage.objects, 'object')}`;
  return `${fresh}${numbers}; ${where}`;
}

// As many as leave the findings in sight.
const mostOpen = 5;
const mostFolded = 100;

function uncheckedBlocks({ unchecked }: Report): string[] {
  if (unchecked.length === 0) return [];
  const lines = uncheckedThings(unchecked).map(({ what, whys: [first = '', ...others] }) => {
    const rest = others.length === 0 ? '' : ` and ${others.length} more`;
    return `- ${codeSpan(what)}: ${codeSpan(first)}${rest}`;
  });
  const more = lines.slice(mostOpen, mostFolded);
  const rest = lines.length > mostFolded ? [`- and ${lines.length - mostFolded} more`] : [];
  return [
    `### Not checked\n\nThese were not checked, so the result is not clean:\n\n${lines.slice(0, mostOpen).join('\n')}`,
    ...(more.length === 0
      ? []
      : [
          details(`${lines.length - mostOpen} more that could not be checked`, [...more, ...rest].join('\n')),
        ]),
  ];
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
      : [details(`${open.length} not checked, as before, and not affected by the change`, firstOf(open))]),
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

/** Puts as many rows as fit into a collapsed table and says how many. */
function listRows(
  page: Page,
  title: string,
  { rows, share }: { readonly rows: readonly string[]; readonly share: number },
): number {
  if (rows.length === 0) return 0;
  const head = [tableRow(['severity', 'rule', 'place', 'message']), '| :-- | :-- | :-- | :-- |'];
  for (let count = rows.length; count > 0; count = Math.floor(count * 0.8)) {
    if (page.addWithin(share, details(title, [...head, ...rows.slice(0, count)].join('\n')))) return count;
  }
  return 0;
}

function coverageBlock({ coverage, suppressed, unchecked }: Report): string {
  const lists = [
    ...coverage.withoutSchema.map((kind) => `- no schema, so only policies checked: ${codeSpan(kind)}`),
    ...(coverage.tried ?? []).map(
      (one) => `- component that no environment uses, tried on top of some: ${codeSpan(one)}`,
    ),
    ...(coverage.unlocked ?? []).map(
      (path) => `- external sources without a digest in a lock: ${codeSpan(path)}`,
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
        `- suppressed: ${codeSpan(finding.rule)} at ${codeSpan(place(finding.span))}: ${codeSpan(reason)}`,
    ),
  ];
  const shown = lists.slice(0, 200);
  const rest = lists.length > shown.length ? [`- and ${lists.length - shown.length} more`] : [];
  const words = `${plural(coverage.filesParsed, 'file')}, ${plural(coverage.documents, 'document')}, ${plural(coverage.builds, 'build')}, ${plural(coverage.objects, 'object')} (${coveragePercent(coverage)} of known objects fully checked), ${plural(coverage.policies, 'policy', 'policies')}`;
  return details(
    `Covered: ${words}`,
    [...(lists.length === 0 && unchecked.length === 0 ? ['Everything was checked.'] : shown), ...rest].join(
      '\n',
    ),
  );
}

function place({ file, start }: Span): string {
  const { line, column } = lineColumn(file, start);
  return `${file.path}:${line}:${column}`;
}
