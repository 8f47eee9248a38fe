import type { AppliedBy } from '../configuration/configuration.ts';
import { readVersions } from '../configuration/kubernetes-versions.ts';
import type { FailOn } from '../report/report.ts';
import type { AdmitOptions, LintOptions } from '../run/request.ts';
import type { Repository } from '../source/working-directory.ts';
import type { Io } from './io.ts';
import type { Invocation } from './options.ts';
import { isUsageProblem, meantCommand, type UsageProblem } from './parse-arguments.ts';
import { readPercentage } from './percentage.ts';

/** What lint and admit share: for whom to judge, and from when on to fail. */
export function readTarget(
  invocation: Invocation,
): UsageProblem | Pick<AdmitOptions, 'kubernetesVersions' | 'appliedBy' | 'failOn' | 'requireSchemas'> {
  const versions = readVersions(invocation.options('kubernetes-version'));
  if ('problem' in versions) return versions;
  const appliedBy = invocation.option('applied-by');
  return {
    kubernetesVersions: versions,
    failOn: (invocation.option('fail-on') ?? 'error') as FailOn,
    ...(appliedBy === undefined ? {} : { appliedBy: appliedBy as AppliedBy }),
    ...(invocation.has('require-schemas') ? { requireSchemas: true } : {}),
  };
}

/** What lint and report share: what to judge, and by what. */
export function readRun(
  invocation: Invocation,
  io: Io,
): UsageProblem | { readonly request: LintOptions; readonly repository: Repository } {
  const operands = invocation.operands.length > 0 ? invocation.operands : ['.'];
  // A touched file may be gone.
  const isTouched = invocation.has('touched');
  const isStaged = invocation.has('staged');
  if (operands.includes('-') && (isTouched || operands.length > 1))
    return {
      problem: '- (standard input) cannot be combined with other paths',
      help: 'write cdb-lint - < FILE',
    };
  const misplaced = isTouched ? undefined : misplacedCommand(operands, invocation, io);
  if (misplaced !== undefined) return misplaced;
  const target = readTarget(invocation);
  if (isUsageProblem(target)) return target;
  const least = invocation.option('min-coverage');
  const minCoverage = least === undefined ? undefined : readPercentage('--min-coverage', least);
  if (typeof minCoverage === 'object') return minCoverage;
  const repository = io.files.repository(operands[0] ?? '.', invocation.option('root'));
  const staged = isStaged ? stagedFiles(repository, io) : [];
  if (isUsageProblem(staged)) return staged;
  const config = invocation.option('config');
  const profile = invocation.option('profile');
  const request = {
    fileSystem: repository.fileSystem,
    paths: isTouched ? [''] : operands.map(repository.inside),
    ...(isTouched
      ? { touched: [...new Set([...invocation.operands.map(repository.inside), ...staged])] }
      : {}),
    environments: invocation.options('environment'),
    now: io.now(),
    ...target,
    ...(minCoverage === undefined ? {} : { minCoverage }),
    ...(profile === undefined ? {} : { profile }),
    ...(config === undefined ? {} : { configuration: repository.inside(config) }),
  };
  return { request, repository };
}

/** What the commit to be changes; of a hook that pre-commit runs over a range of commits, what these do. */
function stagedFiles(repository: Repository, { variables }: Io): readonly string[] | UsageProblem {
  const { PRE_COMMIT_FROM_REF: from, PRE_COMMIT_TO_REF: to } = variables;
  const range = from === undefined || to === undefined ? undefined : { from, to };
  const files = repository.changed(range);
  if (files !== undefined) return files;
  return {
    problem: '--staged needs Git and a commit to compare with',
    help: 'run it in a clone with git in PATH, or list the files, including deleted ones: cdb-lint --touched FILE…',
  };
}

function misplacedCommand(
  operands: readonly string[],
  { commands }: Invocation,
  io: Io,
): UsageProblem | undefined {
  const unknown = operands.find((operand) => operand !== '-' && io.files.kind(operand) === undefined);
  const meant = unknown === undefined ? undefined : meantCommand(unknown, commands);
  if (unknown === undefined) return undefined;
  if (meant === undefined) return elsewhere(unknown, io);
  if (unknown === meant)
    return { problem: `${meant} is a command and must come first`, help: `write cdb-lint ${meant} …` };
  return {
    problem: `${unknown} is neither a path nor a command`,
    help: `did you mean "cdb-lint ${meant}"?`,
  };
}

/** A path that is not there, and would not be part of the repository. */
function elsewhere(path: string, io: Io): UsageProblem | undefined {
  const { inside } = io.files.repository('.');
  if (!inside(path).startsWith('..')) return undefined;
  return { problem: `${path} does not exist`, help: 'use a file or a directory of the repository' };
}
