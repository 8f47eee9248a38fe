import type { Profile } from '../admit/policy/built-in.ts';
import { writeBaseline } from '../report/baseline.ts';
import type { Report } from '../report/report.ts';
import { runFix } from './fix.ts';
import { complain, type ExitCode, type Io, type LintRequest, writeFile } from './io.ts';
import { readTarget } from './judging-options.ts';
import { type Invocation, isUsageProblem, meantCommand } from './parse-arguments.ts';
import { printReport, readOutputs } from './print-report.ts';

/** Judges what is deployed below the paths. */
export async function runLint(invocation: Invocation, io: Io): Promise<ExitCode> {
  const outputs = readOutputs(invocation.options('format'));
  if (isUsageProblem(outputs)) return complain(io, outputs.problem, outputs.help);
  const operands = invocation.operands.length > 0 ? invocation.operands : ['.'];
  const isTouched = invocation.has('touched');
  if (isTouched && invocation.operands.length === 0)
    return complain(io, '--touched needs to know the files', 'write cdb-lint --touched FILE…');
  // A touched file may be gone.
  const unknown = isTouched ? undefined : operands.find((operand) => io.files.kind(operand) === undefined);
  const meant = unknown === undefined ? undefined : meantCommand(unknown);
  if (unknown !== undefined && unknown === meant)
    return complain(io, `${meant} is a command and comes first`, `write cdb-lint ${meant} …`);
  if (unknown !== undefined && meant !== undefined)
    return complain(io, `${unknown} is neither a path nor a command`, `did you mean "cdb-lint ${meant}"?`);
  const target = readTarget(invocation);
  if (isUsageProblem(target)) return complain(io, target.problem, target.help);
  const config = invocation.option('config');
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
  const repository = io.files.repository(operands[0] ?? '.', invocation.option('root'));
  const { fileSystem, inside } = repository;
  const profile = invocation.option('profile');
  const request: LintRequest = {
    fileSystem,
    paths: isTouched ? [''] : operands.map(inside),
    ...(isTouched ? { touched: operands.map(inside) } : {}),
    only: invocation.options('only'),
    skip: invocation.options('skip'),
    environments: invocation.options('environment'),
    now: io.now(),
    ...target,
    ...(profile === undefined ? {} : { profile: profile as Profile }),
    ...(config === undefined ? {} : { configuration: inside(config) }),
    ...(baseline === undefined || (isUpdate && io.files.kind(baseline) === undefined)
      ? {}
      : { baseline: inside(baseline) }),
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
