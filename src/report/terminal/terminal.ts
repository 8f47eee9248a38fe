import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { ChangeReport, ChangeRow } from '../change-report.ts';
import { causesOf } from '../finding/cause.ts';
import { groupByRootCause } from '../finding/group.ts';
import { compareGravity } from '../finding/rank.ts';
import { type KnownSecrets, redactor } from '../finding/redact.ts';
import { summaryLine } from '../finding/summary-line.ts';
import { criteriaMatrices } from '../matrix.ts';
import type { Finding, Report } from '../report.ts';
import { guardWorkflowCommands } from '../visible.ts';
import { amountFor, causeSections, everything } from './cause-lines.ts';
import { contextOf, type FindingContext, findingLines } from './finding-lines.ts';
import { changeSections, wholeRow } from './terminal-change.ts';
import { coverageLines, uncheckedLines } from './terminal-coverage.ts';
import { fixableLines, mendFirstLines } from './terminal-last-screen.ts';
import { matrixLegend, matrixLines } from './terminal-matrix.ts';
import type { TerminalOptions } from './terminal-options.ts';
import { wrapWords } from './wrap-words.ts';

/**
 * The report as people read it on a terminal, where the end is what they see: tables and what was looked at, then the findings by
 * cause, what breaks before what a policy asks for, and the verdict.
 */
export function terminalReport(report: Report, options: TerminalOptions): string {
  const context = contextOf(report, options);
  const { change } = report;
  const findings = report.findings.toSorted(compareGravity(report.policies));
  const causes = causesOf({ ...report, findings });
  const amount = options.all === true ? everything : amountFor(causes);
  const told = causeSections(causes, context, amount);
  const unchecked = uncheckedLines(report, context, options.all === true);
  const verdict = [...fixableLines(report, context), ...verdictLines(report, context)];
  if (options.quiet === true)
    return report.exitCode === 0 ? '' : printed([...told, unchecked, verdict], options);
  const sections =
    change === undefined
      ? [
          ...matrixSections(report, options),
          coverageLines(report, context),
          ...told,
          unchecked,
          mendFirstLines(report, causes, context),
          verdict,
        ]
      : [
          ...changeSections(change, { ...context, isOpen: report.unchecked.length > 0 }),
          ...told,
          unchecked,
          verdict,
        ];
  return printed(sections, options);
}

/** The verdict and its counts, broken between words; colours take no room. */
function verdictLines(report: Report, { paint, width }: FindingContext): string[] {
  const words = summaryLine(report, paint).split(' ');
  let at = 0;
  return wrapWords(
    summaryLine(report, (_, text) => text),
    width - 2,
  ).map((line, index) => {
    const from = at;
    at += line.split(' ').length;
    return `${index === 0 ? '' : '  '}${words.slice(from, at).join(' ')}`;
  });
}

/** The tables of named environments, or of all where they were asked for, and what their columns mean. */
function matrixSections(report: Report, options: TerminalOptions): (readonly string[])[] {
  const { paint, width } = contextOf(report, options);
  const shown = criteriaMatrices(report).filter(
    ({ environment }) => options.matrix === true || environment.isNamed === true,
  );
  if (shown.length === 0) return [];
  return [...shown.map((matrix) => matrixLines(matrix, paint, width)), matrixLegend(shown, paint, width)];
}

/** Rows of a change, each with everything that is known of it. */
export function terminalRows(
  rows: readonly ChangeRow[],
  change: ChangeReport,
  options: TerminalOptions,
): string {
  const context = contextOf({ secrets: change.secrets.head, environments: [] }, options);
  return printed(
    rows.map((row) => wholeRow(row, change, context)),
    options,
  );
}

/** One finding of a report. */
export function terminalFinding(finding: Finding, report: Report, options: TerminalOptions): string {
  return printed([findingLines(finding, contextOf(report, options))], options);
}

/** Diagnostics alone, for commands that do something else than judge. */
export function terminalFindings(
  diagnostics: readonly Diagnostic[],
  options: TerminalOptions,
  secrets: KnownSecrets = { spans: [] },
): string {
  const redact = redactor(secrets, diagnostics);
  const findings = groupByRootCause(diagnostics.map((diagnostic) => ({ diagnostic: redact(diagnostic) })));
  const context = contextOf({ secrets: secrets.spans, environments: [] }, options);
  return printed(
    findings.map((finding) => findingLines(finding, context)),
    options,
  );
}

function printed(sections: readonly (readonly string[])[], options: TerminalOptions): string {
  const text = sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line.trimEnd()}\n`).join(''))
    .join('\n');
  return options.guardCommands ? guardWorkflowCommands(text) : text;
}
