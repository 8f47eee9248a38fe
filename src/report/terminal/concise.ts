import { environmentNames } from '../finding/environment-names.ts';
import { place } from '../finding/place.ts';
import { summaryLine } from '../finding/summary-line.ts';
import type { Finding, Report } from '../report.ts';
import { guardWorkflowCommands, visible } from '../visible.ts';
import { type Paint, paintWith } from './colour.ts';
import { type Link, linkWith } from './hyperlink.ts';
import type { TerminalOptions } from './terminal-options.ts';

/** One line a finding, as compilers print them and editors read them, and the counts. */
export function conciseReport(report: Report, options: TerminalOptions): string {
  const paint = paintWith(options.colours);
  const link = linkWith(options.rootUrl);
  const findings = report.findings.map((finding) => {
    const names = environmentNames(finding.occurrences, report.environments);
    const where = names.length === 0 ? '' : paint('faint', ` (${names.join(', ')})`);
    return `${findingLine(finding, { paint, link })}${where}`;
  });
  const unchecked = report.unchecked.map(
    ({ what, why }) => `${paint('error', 'not checked')}: ${visible(what)}: ${visible(why)}`,
  );
  const text = [...findings, ...unchecked, summaryLine(report, paint)].map((line) => `${line}\n`).join('');
  return options.guardCommands ? guardWorkflowCommands(text) : text;
}

/** How a text for a terminal is made. */
export interface Drawing {
  readonly paint: Paint;
  readonly link: Link;
}

/** The place, the rule and what is wrong. */
export function findingLine({ span, severity, rule, message }: Finding, { paint, link }: Drawing): string {
  const title = paint(severity, `${severity}[${visible(rule)}]`);
  return `${link(span, paint('place', place(span)))}: ${title} ${visible(message)}`;
}
