import { commands } from './commands.ts';
import { complain, type ExitCode, type Io, say } from './io.ts';
import type { Invocation } from './options.ts';
import { isUsageProblem, parseArguments } from './parse-arguments.ts';
import { usage } from './usage.ts';

/** Runs the command that the arguments name; every path to the end leads through its exit code. */
export async function dispatch(argv: readonly string[], io: Io): Promise<ExitCode> {
  const invocation = await parseArguments(argv, commands);
  if (isUsageProblem(invocation)) return complain(io, invocation.problem, invocation.help);
  if (invocation.has('help')) return say(io, await usage(invocation));
  if (invocation.has('version')) return say(io, `${io.version}\n`);
  return runCommand(invocation, coloured(io, invocation.option('color')));
}

/** What the option says is before the variables NO_COLOR and FORCE_COLOR. */
function coloured(io: Io, when: string | undefined): Io {
  if (when === undefined || when === 'auto') return io;
  const variables = when === 'always' ? { NO_COLOR: '', FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  return { ...io, variables: { ...io.variables, ...variables } };
}

function runCommand(invocation: Invocation, io: Io): ExitCode | Promise<ExitCode> {
  const root = invocation.option('root');
  if (root !== undefined && io.files.kind(root) !== 'directory')
    return complain(
      io,
      `there is no directory ${root}`,
      'set --root to the root of the repository, or omit it',
    );
  return invocation.command.run(invocation, io);
}
