import { writeBaseline } from '../../src/report/finding/baseline.ts';
import { formatNames, formatReport } from '../../src/report/format.ts';
import { deliverySummary } from '../../src/report/markdown/delivery-summary.ts';
import type { Report } from '../../src/report/report.ts';
import { lint } from '../../src/run/judge.ts';
import { rulePages } from '../../src/run/rule-pages.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

const pages = rulePages();
const terminal = { colours: true, width: 200, guardCommands: false };

/** All that a report may say of a tree. */
export function reportOf(files: Readonly<Record<string, string>>): Report {
  return lint({
    fileSystem: memoryFileSystem(files),
    paths: [''],
    profile: 'all',
    requireSchemas: true,
    withEvidence: true,
  });
}

/** The line of a text that holds a trace, behind what the text is. */
export function leaksIn(traces: readonly string[], what: string, text: string): string[] {
  const found = traces.find((trace) => text.includes(trace));
  if (found === undefined) return [];
  const line = text.split('\n').find((one) => one.includes(found)) ?? '';
  return [`${what}: ${line.trim().slice(0, 200)}`];
}

/** The lines with a trace in any format of a report, and in what else is written of one. */
export function leaksOfReport(traces: readonly string[], report: Report): string[] {
  return [
    ...formatNames.flatMap((format) =>
      leaksIn(traces, format, formatReport(report, format, { pages, terminal })),
    ),
    ...leaksIn(traces, 'report', deliverySummary(report)),
    ...leaksIn(traces, 'baseline', writeBaseline(report, '2026-11-23')),
  ];
}
