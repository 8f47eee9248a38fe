import { terminalRows } from '../report/terminal/terminal.ts';
import { type ExitCode, type Io, say } from './io.ts';
import type { Invocation } from './options.ts';
import { namedRows } from './rows-of-change.ts';
import { terminalOptions } from './terminal-options.ts';

/** Prints the rows of a plan that a digest or a line names, each with all of its objects. */
export function explainRows(invocation: Invocation, io: Io): ExitCode {
  const found = namedRows(invocation, io);
  if (found === undefined) return 2;
  const { rows, change, repository } = found;
  return say(io, terminalRows(rows, change, terminalOptions(io, io.stdout, repository.url)));
}
