import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A repository in a temporary folder, with nobody's configuration. */
export interface GitRepository {
  readonly folder: string;
  git(...args: readonly string[]): string;
  /** Writes files (undefined removes one). */
  write(files: Readonly<Record<string, string | Uint8Array | undefined>>): void;
  /** Writes files and commits all there is; the commit. */
  commit(message: string, files?: Readonly<Record<string, string | Uint8Array | undefined>>): string;
}

/** Calls `use` with a new repository, and removes it when that is done. */
export function withRepository<T>(use: (repository: GitRepository) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-git-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  let isPending = false;
  try {
    const result = use(openRepository(join(folder, 'repository')));
    if (!(result instanceof Promise)) return result;
    isPending = true;
    return result.finally(remove) as T;
  } finally {
    if (!isPending) remove();
  }
}

/** A repository at a folder, made where there is none yet. */
export function openRepository(folder: string): GitRepository {
  const git = (...args: readonly string[]): string => runGit(folder, args);
  mkdirSync(folder, { recursive: true });
  git('init', '--quiet', '--initial-branch', 'main');
  const write: GitRepository['write'] = (files) => {
    for (const [path, content] of Object.entries(files)) {
      const file = join(folder, path);
      if (content === undefined) {
        rmSync(file, { recursive: true });
        continue;
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  };
  return {
    folder,
    git,
    write,
    commit(message, files = {}) {
      write(files);
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', message);
      return git('rev-parse', 'HEAD');
    },
  };
}

/** Runs Git with an identity, at a fixed time, and with nobody's configuration; gives back what it prints, trimmed. */
export function runGit(folder: string, args: readonly string[], input = ''): string {
  const { PATH = '' } = process.env;
  const person = { NAME: 'Somebody', EMAIL: 'somebody@example.com', DATE: '2026-01-01T00:00:00Z' };
  const named = (who: string): Record<string, string> =>
    Object.fromEntries(Object.entries(person).map(([key, value]) => [`GIT_${who}_${key}`, value]));
  return execFileSync('git', ['-C', folder, '-c', 'protocol.file.allow=always', ...args], {
    encoding: 'utf8',
    input,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH,
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_MERGE_AUTOEDIT: 'no',
      ...named('AUTHOR'),
      ...named('COMMITTER'),
    },
  }).trim();
}
