import { execFileSync } from 'node:child_process';

/**
 * What HEAD changes against a revision, as a unified diff without context; undefined where Git, the repository or the
 * revision is not there. A shallow clone has few revisions, and nothing is fetched.
 */
export function diffSince(root: string, revision: string): string | undefined {
  try {
    return execFileSync('git', ['-C', root, ...settings, 'diff', ...options, revision, 'HEAD', '--'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 * 1024,
      timeout: 60_000,
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C' },
    });
  } catch {
    return undefined;
  }
}

// What somebody's configuration may change, or run.
const settings = ['-c', 'core.quotePath=false', '-c', 'core.fsmonitor=false', '-c', 'core.pager=cat'];
const options = [
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--no-renames',
  '--unified=0',
  '--relative',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--end-of-options',
];
