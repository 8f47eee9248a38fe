import { admit } from '../run/admit.ts';
import { withFile } from '../source/overlay.ts';
import type { Repository } from '../source/working-directory.ts';
import { complain, type ExitCode, type Io } from './io.ts';
import { readTarget } from './judging-options.ts';
import type { Invocation } from './options.ts';
import {
  appliedBy,
  type Command,
  failOn,
  kubernetesVersion,
  type Option,
  requireSchemas,
  root,
} from './options.ts';
import { isUsageProblem, type UsageProblem } from './parse-arguments.ts';
import { format, printReport, readOutputs } from './print-report.ts';

const old: Option = {
  name: 'old',
  value: 'PATH',
  words: 'check what is also in the same file of PATH as an update',
};

export const command: Command = {
  name: 'admit',
  synopsis: 'cdb-lint admit FILE|DIR|-…',
  words: 'check each document as an API server would: no Kustomize, no rules',
  examples: [
    ['cdb-lint admit pod.yaml', 'one file'],
    ['helm template chart/ | cdb-lint admit -', 'the output of another tool'],
    ['cdb-lint admit manifests/ --kubernetes-version 1.31,1.36', 'for two versions at once'],
    ['cdb-lint admit new/ --old old/', 'why an update of old/ would be refused'],
  ],
  operands: { min: 1, max: Number.POSITIVE_INFINITY, name: 'FILE, DIR or -' },
  options: [
    format,
    failOn,
    old,
    kubernetesVersion,
    appliedBy('create, server-side-apply with --old'),
    requireSchemas,
    root,
  ],
  run: runAdmit,
};

/** Judges each document as an API server would: as an update where it was there before. */
async function runAdmit(invocation: Invocation, io: Io): Promise<ExitCode> {
  const outputs = readOutputs(invocation.options('format'));
  if (isUsageProblem(outputs)) return complain(io, outputs.problem, outputs.help);
  const target = readTarget(invocation);
  if (isUsageProblem(target)) return complain(io, target.problem, target.help);
  const { operands } = invocation;
  const file = operands.find((one) => one !== '-') ?? '.';
  const repository = io.files.repository(file, invocation.option('root'));
  const { fileSystem, inside } = repository;
  const before = invocation.option('old');
  const misplaced = before === undefined ? undefined : misplacedOld(before, io, repository);
  if (misplaced !== undefined) return complain(io, misplaced.problem, misplaced.help);
  const report = admit({
    fileSystem: operands.includes('-')
      ? withFile(fileSystem, 'stdin', await io.readStandardInput())
      : fileSystem,
    paths: operands.map((operand) => (operand === '-' ? 'stdin' : inside(operand))),
    ...(before === undefined ? {} : { old: inside(before) }),
    ...target,
  });
  return printReport(report, { outputs, repository, io });
}

function misplacedOld(path: string, io: Io, { inside }: Repository): UsageProblem | undefined {
  if (io.files.kind(path) === undefined)
    return {
      problem: `--old ${path} is neither a file nor a directory`,
      help: 'write the path of what was applied before',
    };
  if (!inside(path).startsWith('..')) return undefined;
  return {
    problem: `--old ${path} is outside the repository`,
    help: 'set --root to the directory that contains both',
  };
}
