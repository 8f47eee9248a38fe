import type { Severity } from '../../diagnostic/severity.ts';
import type { ChangedLines } from '../finding/changed-lines.ts';
import { fixableWords } from '../finding/fix-words.ts';
import { impactWords } from '../finding/impact.ts';
import { lineColumn } from '../finding/line-column.ts';
import { groupByLine, isOnChangedLine, rankFindings } from '../finding/rank.ts';
import type { Finding, Report } from '../report.ts';
import { visible } from '../visible.ts';
import { workflowCommand } from './workflow-command.ts';

export interface GithubOptions {
  /** The lines of the pull request, where they are known: they come first. */
  readonly changed?: ChangedLines;
  /** Whether lines that the pull request does not touch are annotated at all. */
  readonly onlyChanged?: boolean;
  /** Where the rest can be read. */
  readonly link?: string;
}

// GitHub keeps as many of a step and drops the rest without a word; of a message it keeps 4,096 characters.
const mostOfAType = 10;
const mostOfAStep = 50;
const longestMessage = 4_000;

const commands: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', note: 'notice' };

/** Annotations at the lines that are to blame, one a line, as many as GitHub keeps; the others are counted. */
export function githubReport(report: Report, options: GithubOptions = {}): string {
  const { changed, onlyChanged = false, link } = options;
  const ranked = rankFindings(report.findings, { policies: report.policies, changed });
  const wanted =
    onlyChanged && changed !== undefined ? ranked.filter((one) => isOnChangedLine(one, changed)) : ranked;
  const { shown, left } = withinBudget(groupByLine(wanted));
  const missing = left + (ranked.length - wanted.length);
  const rest =
    missing === 0
      ? []
      : [
          workflowCommand(
            'notice',
            { title: 'cdb-lint' },
            `${missing} more ${missing === 1 ? 'finding is' : 'findings are'} not annotated; ${whereToRead(link)}`,
          ),
        ];
  return [...shown.map((group) => `${annotation(group)}\n`), ...rest.map((line) => `${line}\n`)].join('');
}

function whereToRead(link: string | undefined): string {
  return link === undefined ? 'see the log and the reports' : `see ${link}`;
}

function withinBudget(groups: readonly (readonly Finding[])[]): {
  shown: (readonly Finding[])[];
  left: number;
} {
  // One notice is kept for the count of the rest.
  const room: Record<Severity, number> = { error: mostOfAType, warning: mostOfAType, note: mostOfAType - 1 };
  const shown: (readonly Finding[])[] = [];
  let left = 0;
  for (const group of groups) {
    const severity = gravest(group);
    if (room[severity] > 0 && shown.length < mostOfAStep - 1) {
      room[severity] -= 1;
      shown.push(group);
    } else left += group.length;
  }
  return { shown, left };
}

function gravest(group: readonly Finding[]): Severity {
  return (
    (['error', 'warning'] as const).find((one) => group.some(({ severity }) => severity === one)) ?? 'note'
  );
}

function annotation(group: readonly Finding[]): string {
  const [first] = group;
  if (first === undefined) return '';
  const { file, start, end } = first.span;
  const from = lineColumn(file, start);
  const to = lineColumn(file, Math.max(start, end));
  // The runner drops columns where the annotation spans lines.
  const columns = from.line === to.line ? { col: from.column, endColumn: to.column } : {};
  const title = group.length === 1 ? first.rule : `${first.rule} and ${group.length - 1} more`;
  return workflowCommand(
    commands[gravest(group)],
    { file: visible(file.path), line: from.line, endLine: to.line, ...columns, title: visible(title) },
    annotationText(group),
  );
}

function annotationText(group: readonly Finding[]): string {
  const impact = impactWords(group);
  const parts = group.map(({ rule, message, help, fix }) => {
    const words = group.length === 1 ? message : `${rule}: ${message}`;
    const advice = [help, fix === undefined ? undefined : fixableWords(fix)].filter(
      (one) => one !== undefined,
    );
    return [words, ...advice.map((one) => `  ${one}`)].map(visible).join('\n');
  });
  const text = [...parts, ...(impact === '' ? [] : [impact])].join('\n');
  return text.length > longestMessage ? `${text.slice(0, longestMessage)}…` : text;
}
