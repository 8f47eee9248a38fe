import type { Streams } from '../language-server/protocol.ts';
import { guardWorkflowCommands, visible } from '../report/visible.ts';
import { sha256 } from '../source/sha256.ts';
import type { SideThread, Thread } from '../source/thread.ts';
import type { WorkingDirectory } from '../source/working-directory.ts';

export type ExitCode = 0 | 1 | 2;

export interface OutputStream {
  write(text: string): void;
  /** Columns of the terminal at its end; undefined where there is none. */
  readonly columns: number | undefined;
  readonly isTerminal: boolean;
}

/** All that a command has to do with the world. */
export interface Io {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly files: WorkingDirectory;
  readStandardInput(): Promise<Uint8Array>;
  /** Standard input and output as they are, for a conversation; `close` lets the process end. */
  converse(): Streams & { close(): void };
  /** Runs the tool beside this thread, to judge for the language server: see `judgeInThread`. */
  startThread(given: unknown): Thread;
  /** Runs the tool beside this thread, to help with a run: see `helpInThread`. */
  startHelper(given: unknown, megabytes: number): SideThread;
  /** How many threads may run at the same time, and how many megabytes there are for them. */
  room(): { readonly cores: number; readonly megabytes: number };
  now(): Date;
  /** Milliseconds from some moment on, for how long things take. */
  clock(): number;
  /** Of cdb-lint. */
  readonly version: string;
}

/** Text for people; in a workflow its log obeys no line of it. */
export function say(io: Io, text: string): ExitCode {
  io.stdout.write(isInWorkflow(io) ? guardWorkflowCommands(text) : text);
  return 0;
}

/**
 * YAML as it is, which machines read. In a workflow whose log would obey a line of it, comments around it tell the runner not to look
 * (actions/runner, ActionCommandManager.cs); only who knows the text, comments included, could write the token into it.
 */
export function sayYaml(io: Io, text: string): ExitCode {
  const isHarmless = !isInWorkflow(io) || guardWorkflowCommands(text) === text;
  const token = isHarmless ? '' : sha256(text);
  io.stdout.write(isHarmless ? text : `# ##[stop-commands]${token}\n${text}# ##[${token}]\n`);
  return 0;
}

export function isInWorkflow({ variables }: Pick<Io, 'variables'>): boolean {
  return variables['GITHUB_ACTIONS'] === 'true';
}

/** Says what is wrong with the call, or keeps it from being answered. */
export function complain(io: Pick<Io, 'stderr'>, problem: string, help: string): ExitCode {
  io.stderr.write(guardWorkflowCommands(`cdb-lint: ${visible(problem)}\n  ${visible(help)}\n`));
  return 2;
}

/** Writes a file, or says why it cannot. */
export function writeFile(io: Io, path: string, text: string): boolean {
  const problem = io.files.write(path, text);
  if (problem !== undefined) complain(io, `cannot write ${path}`, problem);
  return problem === undefined;
}
