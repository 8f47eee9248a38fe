import { plural } from '../../diagnostic/plural.ts';
import type { ChangeRow } from '../change-report.ts';
import { type Cause, causesOf } from '../finding/cause.ts';
import type { ChangedLines } from '../finding/changed-lines.ts';
import { isOnChangedLine, rankFindings } from '../finding/rank.ts';
import { summaryLine, uncheckedThings } from '../finding/summary-line.ts';
import { criteriaMatrices } from '../matrix.ts';
import type { Finding, Report } from '../report.ts';
import { guardWorkflowCommands } from '../visible.ts';
import { causeSections, everyCause, everything } from './cause-lines.ts';
import { contextOf, type FindingContext } from './finding-lines.ts';
import { briefLines, changeHead, clusterLines, rowLines } from './terminal-change.ts';
import { coverageLines, uncheckedLines } from './terminal-coverage.ts';
import { matrixLegend, matrixLines } from './terminal-matrix.ts';

export interface JobLogOptions {
  /** Lines of the pull request, where nothing else says which findings are its own. */
  readonly changed?: ChangedLines | undefined;
}

// A runner's log is read from the top: so many causes and rows are open, the rest is behind a line with its count.
const mostCauses = 10;
const mostOpen = 20;
const mostFolded = 500;
const width = 120;

/**
 * The log of a job on GitHub: the verdict, the findings of the change, what could not be checked, what the change does to clusters, and all else in groups that are closed and counted.
 */
export function jobLog(report: Report, { changed }: JobLogOptions = {}): string {
  const context = contextOf(report, { colours: true, width, guardCommands: true });
  const { own, others } = findingsApart(report, changed);
  const causes = causesIn(report, own);
  const told = causeSections(causes.slice(0, mostCauses), context, everyCause);
  const verdict = summaryLine(report, context.paint);
  return [
    block([[verdict], ...told]),
    uncheckedPart(report, context),
    group(
      `${plural(causes.length - mostCauses, 'more root cause')}`,
      folded(causes.slice(mostCauses), context),
    ),
    ...changeParts(report, context),
    ...otherParts(report, others, context),
    ...tableParts(report, context),
    group('Coverage', [coverageLines(report, context)]),
    // Whoever scrolls to the end finds it there as well.
    block([[verdict]]),
  ].join('');
}

// More would push the plan out of sight.
const mostUncheckedLines = 15;

function uncheckedPart(report: Report, context: FindingContext): string {
  const lines = uncheckedLines(report, context);
  return lines.length > mostUncheckedLines
    ? group(`${plural(uncheckedThings(report.unchecked).length, 'thing')} not checked`, [lines])
    : block([lines]);
}

/** Of a comparison everything is the change's own; without one the lines say what is. */
function findingsApart(
  report: Report,
  changed: ChangedLines | undefined,
): { own: Finding[]; others: Finding[] } {
  const ranked = rankFindings(report.findings, { policies: report.policies, changed });
  if (report.compared !== undefined || report.baseline !== undefined || changed === undefined)
    return { own: ranked, others: [] };
  return {
    own: ranked.filter((one) => isOnChangedLine(one, changed)),
    others: ranked.filter((one) => !isOnChangedLine(one, changed)),
  };
}

function causesIn(report: Report, findings: readonly Finding[]): readonly Cause[] {
  return causesOf({ ...report, findings });
}

function folded(causes: readonly Cause[], context: FindingContext): (readonly string[])[] {
  const sections = causeSections(causes.slice(0, mostFolded), context, everything);
  const left = causes.length - mostFolded;
  return left > 0 ? [...sections, [`${left} more are in the JSON report`]] : sections;
}

function changeParts({ change, unchecked }: Report, context: FindingContext): string[] {
  if (change === undefined) return [];
  const isGrave = ({ severity }: ChangeRow): boolean => severity === 'destroys' || severity === 'breaks';
  const sectionOf = (row: ChangeRow): string[] =>
    isGrave(row) ? rowLines(row, change, context) : briefLines(row, context);
  const more = change.rows.slice(mostOpen);
  const touched = change.clusters.filter(({ severity }) => severity !== undefined);
  return [
    block([
      changeHead(change, { ...context, isOpen: unchecked.length > 0 }),
      ...change.rows.slice(0, mostOpen).map(sectionOf),
    ]),
    group(plural(more.length, 'more row'), more.slice(0, mostFolded).map(sectionOf)),
    group(plural(touched.length, 'cluster'), [clusterLines(change, context)]),
  ];
}

function otherParts(report: Report, others: readonly Finding[], context: FindingContext): string[] {
  const causes = causesIn(report, others);
  return [
    group(`${plural(causes.length, 'root cause')} on lines that are not changed`, folded(causes, context)),
  ];
}

function tableParts(report: Report, { paint }: FindingContext): string[] {
  const matrices = criteriaMatrices(report);
  const tables = matrices.slice(0, mostFolded).map((matrix) => matrixLines(matrix, paint, width));
  return [
    group(plural(matrices.length, 'table of criteria', 'tables of criteria'), [
      ...tables,
      ...(matrices.length === 0 ? [] : [matrixLegend(matrices, paint, width)]),
    ]),
  ];
}

/** Sections with a blank line between them; what they hold is no command to the runner. */
function block(sections: readonly (readonly string[])[]): string {
  const text = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line.trimEnd()}\n`).join(''))
    .join('\n');
  return text === '' ? '' : `${guardWorkflowCommands(text)}\n`;
}

/** Closed until it is opened. Titles are our own words. */
function group(title: string, sections: readonly (readonly string[])[]): string {
  const text = block(sections);
  return text === '' ? '' : `::group::${title}\n${text}::endgroup::\n`;
}
