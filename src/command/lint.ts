import { writeBaseline } from '../report/baseline.ts';
import type { Report } from '../report/report.ts';
import { statsReport } from '../report/stats.ts';
import { runFix } from './fix.ts';
import { followSteps } from './follow-steps.ts';
import { complain, type ExitCode, type Io, type LintRequest, writeFile } from './io.ts';
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
  const baseline = invocation.option('baseline');
  const isUpdate = invocation.has('update-baseline');
  if (isUpdate && baseline === undefined)
    return complain(io, '--update-baseline needs to know the file', 'add --baseline FILE');
  const apart = together(invocation);
  if (apart !== undefined) return complain(io, apart.problem, apart.help);
  const request: LintRequest = {
    ...run.request,
    only: invocation.options('only'),
    skip: invocation.options('skip'),
    ...(baseline === undefined || (isUpdate && io.files.kind(baseline) === undefined)
      ? {}
      : { baseline: repository.inside(baseline) }),
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
  return isUpdate && isPrinted && baseline !== undefined ? updateBaseline(report, baseline, io) : exitCode;
}

/** A baseline of a run that could not check everything would call known what nobody has seen. */
function updateBaseline(report: Report, file: string, io: Io): ExitCode {
  if (report.exitCode === 2)
    return complain(io, `${file} is not written`, 'something could not be checked, see the report');
  return writeFile(io, file, writeBaseline(report, io.now().toISOString().slice(0, 10))) ? 0 : 2;
}

/** Options that mean a run each; one over touched files knows too little for a baseline. */
function together(invocation: Invocation): UsageProblem | undefined {
  const pairs = [
    ['fix', 'update-baseline'],
    ['touched', 'update-baseline'],
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
