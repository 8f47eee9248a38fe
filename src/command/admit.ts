import { withFile } from '../source/overlay.ts';
import { complain, type ExitCode, type Io } from './io.ts';
import { readTarget } from './judging-options.ts';
import { appliedBy, type Command, failOn, kubernetesVersion, requireSchemas, root } from './options.ts';
import { type Invocation, isUsageProblem } from './parse-arguments.ts';
import { format, printReport, readOutputs } from './print-report.ts';

export const command: Command = {
  name: 'admit',
  synopsis: 'cdb-lint admit FILE|DIR|-…',
  words: 'judge each document as an API server would: no Kustomize, no rules',
  examples: [
    ['cdb-lint admit pod.yaml', 'one file'],
    ['helm template chart/ | cdb-lint admit -', 'what another tool renders'],
    ['cdb-lint admit manifests/ --kubernetes-version 1.31,1.36', 'for two versions at once'],
  ],
  operands: { min: 1, max: Number.POSITIVE_INFINITY, name: 'FILE, DIR or -' },
  options: [format, failOn, kubernetesVersion, appliedBy('create'), requireSchemas, root],
  run: runAdmit,
};

/** Judges each document as an API server would. */
async function runAdmit(invocation: Invocation, io: Io): Promise<ExitCode> {
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
