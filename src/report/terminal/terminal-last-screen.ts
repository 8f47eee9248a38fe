import { isError } from '../../diagnostic/severity.ts';
import { rankFindings } from '../finding/rank.ts';
import { listSome, plural } from '../finding/summary-line.ts';
import type { Finding, Report } from '../report.ts';
import { visible } from '../visible.ts';
import type { Paint } from './colour.ts';
import { type Drawing, findingLine } from './concise.ts';

/** Where there is more than a screen of findings, the few rules that most of them are of. */
export function oftenLines({ findings, baseline }: Report, paint: Paint): string[] {
  if (findings.length <= 20) return [];
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rows = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return [
    `${paint('strong', 'Most often:')} ${listSome(rows.map(([rule, count]) => `${visible(rule)} ${count}`))}`,
    '  cdb-lint explain RULE says why',
    ...(baseline === undefined
      ? ['  cdb-lint init makes known what is found today, so that only what is new counts']
      : []),
  ];
}

const mostFirst = 5;

/** Where there is more than a screen of findings: the gravest of each rule, so that nobody has to scroll for them. */
export function mendFirstLines(report: Report, drawing: Drawing): string[] {
  if (report.findings.length <= mostFirst) return [];
  const byRule = new Map<string, Finding[]>();
  for (const finding of rankFindings(report.findings, report)) {
    if (finding.severity === 'note' && finding.unchecked === undefined) continue;
    const known = byRule.get(finding.rule);
    if (known === undefined) byRule.set(finding.rule, [finding]);
    else known.push(finding);
  }
  const rows = [...byRule.values()].slice(0, mostFirst).flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const more = others.length === 0 ? '' : drawing.paint('faint', `, ${others.length} more of this rule`);
    return [`  ${findingLine(first, drawing)}${more}`];
  });
  return rows.length === 0
    ? []
    : [`${drawing.paint('strong', 'First to mend')}${reasonWords(report)}:`, ...rows];
}

function reasonWords({ findings, policies }: Report): string {
  const errors = findings.filter(isError);
  const hiding = errors.filter(({ unchecked }) => unchecked !== undefined).length;
  const asked = errors.filter(
    ({ rule, unchecked }) => unchecked === undefined && policies.includes(rule),
  ).length;
  const breaking = errors.length - asked - hiding;
  const parts = [
    ...(hiding === 0 ? [] : [`${hiding} ${hiding === 1 ? 'leaves' : 'leave'} something unchecked`]),
    ...(breaking === 0 ? [] : [`${breaking} ${breaking === 1 ? 'breaks' : 'break'} something`]),
    ...(asked === 0 ? [] : [`policies ask for ${asked}`]),
  ];
  return errors.length === 0 ? '' : ` (${plural(errors.length, 'error')}: ${parts.join(', ')})`;
}

/** How many findings `--fix` may repair; each is proven only when it is asked for. */
export function fixableLines({ findings }: Report, paint: Paint): string[] {
  const fixable = findings.filter(({ fix }) => fix !== undefined).length;
  if (fixable === 0) return [];
  const has = fixable === 1 ? 'finding has' : 'findings have';
  return [
    `${paint('good', `${fixable} ${has} a fix:`)} cdb-lint --fix=preview shows what it would change, cdb-lint --fix writes it`,
  ];
}
