import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const project = join(import.meta.dirname, '../..');

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built tool. The environment holds nothing that changes what it prints, save for `env`. */
export function runCli(
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

/** Calls `use` with a new folder that holds the files, and removes it. A folder named `.git` makes it a repository. */
export function withFolder<T>(files: Readonly<Record<string, string>>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
