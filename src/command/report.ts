import { formatReport } from '../report/format.ts';
import { deliverySummary } from '../report/markdown/delivery-summary.ts';
import type { Report } from '../report/report.ts';
import type { EarlierRun } from '../report/trend.ts';
import { lint } from '../run/judge.ts';
import { complain, type ExitCode, type Io, say } from './io.ts';
import { readRun } from './judging-options.ts';
import { type Command, type Invocation, judgingOptions } from './options.ts';
import { isUsageProblem } from './parse-arguments.ts';
import { readEarlierRuns, trend } from './trend.ts';

export const command: Command = {
  name: 'report',
  synopsis: 'cdb-lint report [PATH…]',
  words: 'write a delivery report for PATH, with the line behind each claim (default: .)',
  examples: [
    ['cdb-lint report k8s/ > k8s/DELIVERY_SUMMARY.md', 'a page to commit'],
    ['cdb-lint report k8s/ | diff k8s/DELIVERY_SUMMARY.md -', 'whether it is still up to date'],
    ['cdb-lint report --format json', 'for machines'],
    [
      'cdb-lint report --format html --trend monday.json --trend tuesday.json',
      'what appeared and disappeared since',
    ],
  ],
  operands: { min: 0, max: Number.POSITIVE_INFINITY, name: 'PATH' },
  options: [
    {
      name: 'format',
      value: 'NAME',
      words: 'markdown (default), json, html',
      oneOf: ['markdown', 'json', 'html'],
    },
    trend,
    ...judgingOptions.scope,
    ...judgingOptions.servers,
    ...judgingOptions.places,
  ],
  run: runReport,
};

/** Prints what the manifests deliver, with the lines behind it: words to commit, or data. */
function runReport(invocation: Invocation, io: Io): ExitCode {
  const run = readRun(invocation, io);
  if (isUsageProblem(run)) return complain(io, run.problem, run.help);
  const earlier = readEarlierRuns(invocation, run.repository);
  if (isUsageProblem(earlier)) return complain(io, earlier.problem, earlier.help);
  const report = lint({ ...run.request, withEvidence: true });
  say(io, textOf(report, earlier, invocation.option('format')));
  return report.exitCode;
}

function textOf(report: Report, earlier: readonly EarlierRun[], format = 'markdown'): string {
  if (format === 'markdown') return deliverySummary(report, earlier);
  const terminal = { colours: false, width: 120, guardCommands: false };
  return formatReport(report, format === 'json' ? 'json' : 'html', {
    pages: new Map(),
    terminal,
    page: { earlier },
  });
}
