import { statsReport } from '../report/terminal/stats.ts';
import { readBaseline, updateBaseline } from './baseline.ts';
import { runFix } from './fix.ts';
import { followSteps } from './follow-steps.ts';
import { complain, type ExitCode, type Io, type LintRequest } from './io.ts';
import { readRun } from './judging-options.ts';
import { type Invocation, isUsageProblem, type UsageProblem } from './parse-arguments.ts';
import { printReport, readOutputs } from './print-report.ts';
import { watchLint } from './watch.ts';

/** Judges what is deployed below the paths. */
export async function runLint(invocation: Invocation, io: Io): Promise<ExitCode> {
  const outputs = readOutputs(invocation.options('format'));
  if (isUsageProblem(outputs)) return complain(io, outputs.problem, outputs.help);
  if (invocation.has('touched') && invocation.operands.length === 0)
    return complain(io, '--touched needs to know the files', 'write cdb-lint --touched FILE…');
  const run = readRun(invocation, io);
  if (isUsageProblem(run)) return complain(io, run.problem, run.help);
  const { repository } = run;
  const apart = together(invocation);
  if (apart !== undefined) return complain(io, apart.problem, apart.help);
  const baseline = readBaseline(invocation, run);
  if (isUsageProblem(baseline)) return complain(io, baseline.problem, baseline.help);
  const request: LintRequest = {
    ...run.request,
    only: invocation.options('only'),
    skip: invocation.options('skip'),
    ...baseline.request,
  };
  if (invocation.has('fix'))
    return runFix(request, { outputs, repository, mode: invocation.option('fix') ?? '' }, io);
  if (invocation.has('watch')) return watchLint(request, { outputs, repository, io });
  const steps = followSteps(io);
  const { lint } = await io.pipeline();
  const report = lint({ ...request, onStep: steps.onStep });
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
  ] as const;
  const found = pairs.find((pair) => pair.every((name) => invocation.has(name)));
  if (found === undefined) return undefined;
  return {
    problem: `--${found[0]} and --${found[1]} do not go together`,
    help: `give --${found[1]} by itself`,
  };
}
