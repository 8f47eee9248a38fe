import { complain, type ExitCode, type Io } from './io.ts';
import type { CommandName } from './options.ts';
import type { Invocation } from './parse-arguments.ts';

export type RunCommand = (invocation: Invocation, io: Io) => ExitCode | Promise<ExitCode>;

// Each is loaded when it is called: start-up pays for none of the others.
const commands: Readonly<Record<CommandName, () => Promise<RunCommand>>> = {
  admit: async () => (await import('./admit.ts')).runAdmit,
  blame: async () => (await import('./blame.ts')).runBlame,
  completion: async () => (await import('./completion.ts')).runCompletion,
  explain: async () => (await import('./explain.ts')).runExplain,
  graph: async () => (await import('./graph.ts')).runGraph,
  init: async () => (await import('./init.ts')).runInit,
  lint: async () => (await import('./lint.ts')).runLint,
  lsp: async () => (await import('./lsp.ts')).runLanguageServer,
  render: async () => (await import('./render.ts')).runRender,
  report: async () => (await import('./report.ts')).runReport,
  rules: async () => (await import('./rules.ts')).runRules,
  test: async () => (await import('./test.ts')).runTest,
};

/** Runs the command that was invoked. */
export async function dispatch(invocation: Invocation, io: Io): Promise<ExitCode> {
  const root = invocation.option('root');
  if (root !== undefined && io.files.kind(root) !== 'directory')
    return complain(
      io,
      `there is no directory ${root}`,
      'name the root of the repository, or leave --root out',
    );
  const run = await commands[invocation.command.name]();
  return run(invocation, io);
}
