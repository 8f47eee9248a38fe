import { nearest } from '../configuration/nearest.ts';
import { initPolicy } from './init-policy.ts';
import { initRepository } from './init-repository.ts';
import { complain, type ExitCode, type Io } from './io.ts';
import type { Invocation } from './parse-arguments.ts';

/** Writes what a repository needs to begin with, or a policy to change; what is there already stays. */
export function runInit(invocation: Invocation, io: Io): ExitCode | Promise<ExitCode> {
  const [what = '.', ...rest] = invocation.operands;
  if (what === 'policy') return initPolicy(rest, io);
  if (rest.length === 0 && io.files.kind(what) === 'directory') return initRepository(what, invocation, io);
  const isPath = rest.length === 0 && nearest(what, ['policy']) === undefined;
  return isPath
    ? complain(io, `there is no directory ${what}`, 'write cdb-lint init [DIR] or cdb-lint init policy NAME')
    : complain(io, `cannot write a ${what}`, 'write cdb-lint init policy NAME');
}
