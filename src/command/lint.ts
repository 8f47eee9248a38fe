import { writeBaseline } from '../report/baseline.ts';
import type { Report } from '../report/report.ts';
import { runFix } from './fix.ts';
import { complain, type ExitCode, type Io, type LintRequest, writeFile } from './io.ts';
import { readRun } from './judging-options.ts';
import { type Invocation, isUsageProblem } from './parse-arguments.ts';
import { printReport, readOutputs } from './print-report.ts';

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
  const other = ['fix', 'touched'].find((name) => invocation.has(name));
  if (isUpdate && other !== undefined)
    return complain(
      io,
      `--${other} and --update-baseline do not go together`,
      'write the baseline by itself',
    );
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
  const { lint } = await io.pipeline();
  const report = lint(request);
  const exitCode = await printReport(report, { outputs, repository, io });
  const isPrinted = exitCode === report.exitCode;
  return isUpdate && isPrinted && baseline !== undefined ? updateBaseline(report, baseline, io) : exitCode;
}

/** A baseline of a run that could not check everything would call known what nobody has seen. */
function updateBaseline(report: Report, file: string, io: Io): ExitCode {
  if (report.exitCode === 2)
    return complain(io, `${file} is not written`, 'something could not be checked, see the report');
  return writeFile(io, file, writeBaseline(report, io.now().toISOString().slice(0, 10))) ? 0 : 2;
}
