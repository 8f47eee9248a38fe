import { withFile } from '../source/overlay.ts';
import { complain, type ExitCode, type Io } from './io.ts';
import { readTarget } from './judging-options.ts';
import { type Invocation, isUsageProblem } from './parse-arguments.ts';
import { printReport, readOutputs } from './print-report.ts';

/** Judges each document as an API server would. */
export async function runAdmit(invocation: Invocation, io: Io): Promise<ExitCode> {
  const outputs = readOutputs(invocation.options('format'));
  if (isUsageProblem(outputs)) return complain(io, outputs.problem, outputs.help);
  const target = readTarget(invocation);
  if (isUsageProblem(target)) return complain(io, target.problem, target.help);
  const { operands } = invocation;
  const file = operands.find((one) => one !== '-') ?? '.';
  const repository = io.files.repository(file, invocation.option('root'));
  const { fileSystem, inside } = repository;
  const { admit } = await io.pipeline();
  const report = admit({
    fileSystem: operands.includes('-')
      ? withFile(fileSystem, 'stdin', await io.readStandardInput())
      : fileSystem,
    paths: operands.map((operand) => (operand === '-' ? 'stdin' : inside(operand))),
    ...target,
  });
  return printReport(report, { outputs, repository, io });
}
