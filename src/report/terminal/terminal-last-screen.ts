import { addTo } from '../../diagnostic/grouped.ts';
import { plural } from '../../diagnostic/plural.ts';
import { isError } from '../../diagnostic/severity.ts';
import type { Cause } from '../finding/cause.ts';
import { place } from '../finding/place.ts';
import { rankFindings } from '../finding/rank.ts';
import type { Finding, Report } from '../report.ts';
import { visible } from '../visible.ts';
import { findingLine } from './concise.ts';
import type { FindingContext } from './finding-lines.ts';
import { indented, wrapWords } from './wrap-words.ts';

const mostFirst = 5;

/** Where there is more than a screen of findings: the gravest of each rule, so that nobody has to scroll for them. */
export function mendFirstLines(report: Report, causes: readonly Cause[], drawing: FindingContext): string[] {
  if (causes.length <= mostFirst) return [];
  const byRule = new Map<string, Finding[]>();
  for (const finding of rankFindings(report.findings, report)) {
    if (finding.severity === 'note' && finding.unchecked === undefined) continue;
    addTo(byRule, finding.rule, finding);
  }
  const rows = [...byRule.values()].slice(0, mostFirst).flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const more = others.length === 0 ? '' : `, ${others.length} more of this rule`;
    return rowLines(first, more, drawing);
  });
  return rows.length === 0 ? [] : [...headLines(report, causes, drawing), ...rows, ...waysOn(report)];
}

function headLines(report: Report, causes: readonly Cause[], { paint, width }: FindingContext): string[] {
  const [first = '', ...others] = wrapWords(`Fix first${reasonWords(report, causes)}:`, width);
  return [first.replace('Fix first', paint('strong', 'Fix first')), ...others.map((line) => `  ${line}`)];
}

/** One line where it fits, else the place on a line of its own and the words below. */
function rowLines(finding: Finding, more: string, drawing: FindingContext): string[] {
  const { span, severity, rule, message } = finding;
  const title = `${severity}[${visible(rule)}]`;
  const words = `${title} ${visible(message)}${more}`;
  if (place(span).length + words.length + 4 <= drawing.width)
    return [`  ${findingLine(finding, drawing)}${drawing.paint('faint', more)}`];
  const [first = '', ...others] = indented(words, drawing.width, '    ', '      ');
  return [
    `  ${drawing.link(span, drawing.paint('place', place(span)))}:`,
    first.replace(title, drawing.paint(severity, title)),
    ...others,
  ];
}

/** What else there is to do about many findings. */
function waysOn({ findings, baseline }: Report): string[] {
  if (findings.length <= 20 || baseline !== undefined) return [];
  return [
    '  cdb-lint explain RULE explains a rule',
    '  cdb-lint init accepts the current findings; after that, only new ones count',
  ];
}

function reasonWords({ policies }: Report, causes: readonly Cause[]): string {
  const errors = causes.map(({ findings: [gravest] }) => gravest).filter(isError);
  const hiding = errors.filter(({ unchecked }) => unchecked !== undefined).length;
  const asked = errors.filter(
    ({ rule, unchecked }) => unchecked === undefined && policies.includes(rule),
  ).length;
  const breaking = errors.length - asked - hiding;
  const parts = [
    ...(hiding === 0 ? [] : [`${hiding} ${hiding === 1 ? 'leaves' : 'leave'} something unchecked`]),
    ...(breaking === 0 ? [] : [`${breaking} ${breaking === 1 ? 'breaks' : 'break'} something`]),
    ...(asked === 0 ? [] : [plural(asked, 'policy violation')]),
  ];
  return errors.length === 0 ? '' : ` (${plural(errors.length, 'error')}: ${parts.join(', ')})`;
}

/** How many findings `--fix` may repair; each is proven only when it is asked for. */
export function fixableLines(
  { findings }: Report,
  { paint, width }: Pick<FindingContext, 'paint' | 'width'>,
): string[] {
  const fixes = findings.flatMap(({ fix }) => fix ?? []);
  const safe = fixes.filter(({ risk }) => risk === undefined).length;
  const risky = fixes.length - safe;
  if (fixes.length === 0) return [];
  const may = (safe > 0 ? safe : risky) === 1 ? 'finding may' : 'findings may';
  const label = safe > 0 ? `${safe} ${may} have a fix:` : `${risky} ${may} have a fix that is not safe:`;
  const more = safe > 0 && risky > 0 ? `; ${risky} more with --fix --unsafe, which may break programs` : '';
  const options = safe > 0 ? '--fix' : '--fix --unsafe';
  const preview = safe > 0 ? '--fix=preview' : '--fix=preview --unsafe';
  const words = `cdb-lint ${preview} shows the safe edits, cdb-lint ${options} writes them${more}`;
  const [first = '', ...others] = wrapWords(`${label} ${words}`, width - 2);
  return [first.replace(label, paint('good', label)), ...others.map((line) => `  ${line}`)];
}
