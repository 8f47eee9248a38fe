import { statsReport } from '../report/terminal/stats.ts';
import { lint } from '../run/judge.ts';
import type { LintOptions } from '../run/request.ts';
import { readBaseline, updateBaseline } from './baseline.ts';
import { followSteps } from './follow-steps.ts';
import { complain, type ExitCode, type Io } from './io.ts';
import { readRun } from './judging-options.ts';
import { base, type Command, type Invocation, judgingOptions } from './options.ts';
import { isUsageProblem, type UsageProblem } from './parse-arguments.ts';
import { format, printReport, readOutputs } from './print-report.ts';

export const command: Command = {
  name: 'lint',
  synopsis: 'cdb-lint [PATH…]',
  words: 'build, admit and judge what is deployed below PATH (default: .)',
  examples: [
    ['cdb-lint k8s/', 'judge every environment below k8s/'],
    ['cdb-lint k8s/ --environment prod --fail-on warning', 'one environment, strictly'],
    ['cdb-lint . --base origin/main', 'only what this branch brings'],
    ['cdb-lint --format concise --watch', 'one line a finding, again after each save'],
    ['cdb-lint --format json=report.json --format terminal', 'for machines and for people'],
    ['cdb-lint --format html=report.html', 'a page to open and to share'],
  ],
  operands: { min: 0, max: Number.POSITIVE_INFINITY, name: 'PATH' },
  options: [
    format,
    ...judgingOptions.scope,
    {
      ...base,
      words: 'count only what the change since then brings, by the rules that stand there',
    },
    { name: 'only', value: 'RULE', words: 'run only this rule; repeatable', repeatable: true },
    { name: 'skip', value: 'RULE', words: 'leave this rule out; repeatable', repeatable: true },
    ...judgingOptions.servers,
    {
      name: 'baseline',
      value: 'FILE',
      words: "count only what this file of known findings does not know (default: the configuration's)",
    },
    { name: 'no-baseline', words: 'count everything, whatever baseline the configuration names' },
    { name: 'update-baseline', words: 'write everything that is found now to the baseline' },
    { name: 'touched', words: 'PATHs are changed files: judge only the entry points that read one of them' },
    {
      name: 'staged',
      words: 'with --touched: what the commit to be adds, changes, renames and deletes as well',
    },
    {
      name: 'fix',
      mode: 'preview',
      words: 'repair what has one right answer; with =preview print it as a diff',
    },
    { name: 'watch', words: 'judge again whenever a file that matters is saved' },
    { name: 'stats', words: 'say what was looked at and how long each step took' },
    ...judgingOptions.places,
  ],
  run: runLint,
};

/** Judges what is deployed below the paths. */
async function runLint(invocation: Invocation, io: Io): Promise<ExitCode> {
  const outputs = readOutputs(invocation.options('format'));
  if (isUsageProblem(outputs)) return complain(io, outputs.problem, outputs.help);
  if (invocation.has('staged') && !invocation.has('touched'))
    return complain(io, '--staged says which files are touched', 'write cdb-lint --touched --staged');
  if (invocation.has('touched') && !invocation.has('staged') && invocation.operands.length === 0)
    return complain(
      io,
      '--touched needs to know the files',
      'write cdb-lint --touched FILE…, or --touched --staged',
    );
  const run = readRun(invocation, io);
  if (isUsageProblem(run)) return complain(io, run.problem, run.help);
  const { repository } = run;
  const apart = together(invocation);
  if (apart !== undefined) return complain(io, apart.problem, apart.help);
  const baseline = readBaseline(invocation, run);
  if (isUsageProblem(baseline)) return complain(io, baseline.problem, baseline.help);
  const request: LintOptions = {
    ...run.request,
    only: invocation.options('only'),
    skip: invocation.options('skip'),
    ...baseline.request,
  };
  if (invocation.has('fix'))
    return (await import('./fix.ts')).runFix(
      request,
      { outputs, repository, mode: invocation.option('fix') ?? '' },
      io,
    );
  const base = invocation.option('base');
  if (invocation.has('watch'))
    return (await import('./watch-lint.ts')).watchLint(request, base, { outputs, repository, io });
  const steps = followSteps(io);
  const before = base === undefined ? undefined : repository.base(base);
  if (before !== undefined && 'problem' in before) return complain(io, before.problem, before.help);
  const asked = { ...request, onStep: steps.onStep };
  const report =
    before === undefined ? lint(asked) : (await import('../run/gate.ts')).judgeGate(asked, before).report;
  const times = steps.end();
  const exitCode = await printReport(report, { outputs, repository, io });
  if (invocation.has('stats')) io.stderr.write(statsReport(report, times));
  const isPrinted = exitCode === report.exitCode;
  const { target } = baseline;
  return target !== undefined && isPrinted
    ? updateBaseline(report, repository.outside(target), io)
    : exitCode;
}

/** Options that mean a run each; one over touched files knows too little for a baseline. */
function together(invocation: Invocation): UsageProblem | undefined {
  const pairs = [
    ['fix', 'update-baseline'],
    ['touched', 'update-baseline'],
    ['baseline', 'no-baseline'],
    ['no-baseline', 'update-baseline'],
    ['fix', 'watch'],
    ['update-baseline', 'watch'],
    ['touched', 'watch'],
    ['base', 'fix'],
    ['base', 'update-baseline'],
  ] as const;
  const found = pairs.find((pair) => pair.every((name) => invocation.has(name)));
  if (found === undefined) return undefined;
  return {
    problem: `--${found[0]} and --${found[1]} do not go together`,
    help: `give --${found[1]} by itself`,
  };
}
