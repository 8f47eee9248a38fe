import { nearest } from '../configuration/nearest.ts';
import { initPolicy } from './init-policy.ts';
import { initRepository } from './init-repository.ts';
import { complain, type ExitCode, type Io } from './io.ts';
import type { Invocation } from './options.ts';
import { type Command, root } from './options.ts';

export const command: Command = {
  name: 'init',
  synopsis: 'cdb-lint init [DIR] | init policy NAME [DIR]',
  words: 'write a configuration, a workflow and a baseline, or a policy and its page',
  examples: [
    ['cdb-lint init', 'inspect the repository and write the first files'],
    ['cdb-lint init --dry-run', 'only show what would be written'],
    ['cdb-lint init policy team-label-missing', 'policies/team-label-missing.yaml and its page'],
  ],
  operands: { min: 0, max: 3, name: 'DIR, or policy NAME' },
  options: [{ name: 'dry-run', words: 'write nothing, only show what would be written' }, root],
  run: runInit,
};

/** Writes what a repository needs to begin with, or a policy to change; what is there already stays. */
function runInit(invocation: Invocation, io: Io): ExitCode | Promise<ExitCode> {
  const [what = '.', ...rest] = invocation.operands;
  if (what === 'policy') return initPolicy(rest, io);
  if (rest.length === 0 && io.files.kind(what) === 'directory') return initRepository(what, invocation, io);
  const isPath = rest.length === 0 && nearest(what, ['policy']) === undefined;
  return isPath
    ? complain(io, `there is no directory ${what}`, 'write cdb-lint init [DIR] or cdb-lint init policy NAME')
    : complain(io, `cannot write a ${what}`, 'write cdb-lint init policy NAME');
}
