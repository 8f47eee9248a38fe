import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { dispatch } from '../../src/command/dispatch.ts';
import type { Io, OutputStream } from '../../src/command/io.ts';
import { openWorkingDirectory } from '../../src/source/working-directory.ts';
import { threadInProcess } from './thread-in-process.ts';

export const project = join(import.meta.dirname, '../..');

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the tool in this process. The environment holds nothing that changes what it prints, save for `env`. */
export async function runCli(
  args: readonly string[],
  cwd = project,
  env: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const { io, stdout, stderr } = collectIo(cwd, env);
  const status = await dispatch(args, io);
  return { status, stdout: stdout(), stderr: stderr() };
}

/** The world of a command that runs in this process, and what it has written so far. */
export function collectIo(
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): { readonly io: Io; stdout(): string; stderr(): string } {
  const stdout = collect();
  const stderr = collect();
  const io: Io = {
    stdout: stdout.stream,
    stderr: stderr.stream,
    variables: env,
    files: openWorkingDirectory(cwd),
    readStandardInput: async () => new Uint8Array(),
    converse: () => {
      throw new Error('no one is there to talk to');
    },
    startThread: (given) => threadInProcess(given, cwd),
    startHelper: () => {
      throw new Error('one thread has to be enough here');
    },
    room: () => ({ cores: 1, megabytes: 4096 }),
    now: () => new Date(),
    clock: () => performance.now(),
    version: packageJson.version,
  };
  return { io, stdout: stdout.text, stderr: stderr.text };
}

function collect(): { readonly stream: OutputStream; text(): string } {
  const texts: string[] = [];
  return {
    stream: { write: (text) => void texts.push(text), columns: undefined, isTerminal: false },
    text: () => texts.join(''),
  };
}

/** Runs the built tool as users do; costs a process, so only for what a process is needed for. */
export function spawnCli(
  args: readonly string[],
  cwd = project,
  env: Readonly<Record<string, string>> = {},
): Run {
  const { PATH = '', HOME = '' } = process.env;
  const result = spawnSync(process.execPath, [join(project, 'dist/cli.js'), ...args], {
    cwd,
    env: { PATH, HOME, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status: result.status, stdout: result.stdout, stderr: result.stderr };
}

/** Runs a line that documentation shows: by a shell only where something besides the tool is needed for it. */
export async function runLine(line: string, cwd: string): Promise<Run> {
  if (/^cdb-lint(?: [\w./=:,@-]+)*$/u.test(line)) return runCli(line.split(' ').slice(1), cwd);
  const tool = `${process.execPath} ${join(project, 'dist/cli.js')}`;
  const { PATH = '' } = process.env;
  return spawnSync('sh', ['-c', line.replaceAll(/\bcdb-lint(?= |$)/gu, tool)], {
    cwd,
    env: { PATH, HOME: cwd },
    encoding: 'utf8',
  });
}

/** Calls `use` with a new folder that holds the files, and removes it when that is done. A folder named `.git` makes it a repository. */
export function withFolder<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  let isPending = false;
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const result = use(folder);
    if (!(result instanceof Promise)) return result;
    isPending = true;
    return result.finally(remove) as T;
  } finally {
    if (!isPending) remove();
  }
}
