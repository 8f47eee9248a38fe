import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import process from 'node:process';
import {
  contentsIn,
  formerIdsIn,
  idIn,
  messageIn,
  parentsIn,
  sizesIn,
  type TreeEntry,
  treeIn,
} from './git-answers.ts';
import { defaultLimits } from './limits.ts';

/** What Git answers, or why it does not. */
type Answer = Buffer | { readonly failure: 'no-git' | 'too-much' | 'refused'; readonly words: string };

const megabyte = 1024 * 1024;

/** Asks Git of the repository that `root` belongs to: what stands in its object store, and nothing that could change or run anything. */
function ask(root: string, args: readonly string[], input = '', maxBuffer = 256 * megabyte): Answer {
  const git = gitProgram();
  if (git === undefined) return { failure: 'no-git', words: 'git is not installed' };
  try {
    // Loaded when called: a bundle would load it at each start.
    const { execFileSync } = process.getBuiltinModule('node:child_process');
    return execFileSync(git, ['-C', root, ...settings, ...args], {
      input,
      stdio: ['pipe', 'pipe', 'pipe'],
      maxBuffer,
      timeout: 60_000,
      env: environment(),
    });
  } catch (error) {
    const { code, stderr } = error as { code?: unknown; stderr?: unknown };
    const isTooMuch = code === 'ENOBUFS' || code === 'ETIMEDOUT';
    return {
      failure: isTooMuch ? 'too-much' : 'refused',
      words: stderr instanceof Uint8Array ? new TextDecoder().decode(stderr) : '',
    };
  }
}

/** The program by its full path: one in the working directory, which a pull request may have put there, is never taken. */
function gitProgram(): string | undefined {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  return (process.env['PATH'] ?? process.env['Path'] ?? '')
    .split(delimiter)
    .filter(isAbsolute)
    .map((folder) => join(folder, name))
    .find(existsSync);
}

function environment(): NodeJS.ProcessEnv {
  const { PATH, HOME, USERPROFILE, SystemRoot } = process.env;
  return {
    ...(PATH === undefined ? {} : { PATH }),
    ...(HOME === undefined ? {} : { HOME }),
    ...(USERPROFILE === undefined ? {} : { USERPROFILE }),
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
}

// What somebody's configuration may change, fetch or run.
const settings = [
  '-c',
  'core.quotePath=false',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.pager=cat',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'protocol.allow=never',
  // A folder of a pull request may hold all that makes a bare repository, with a history and settings of its own.
  '-c',
  'safe.bareRepository=explicit',
];

/**
 * What HEAD changes against a revision, as a unified diff without context; undefined where Git, the repository or the
 * revision is not there. A shallow clone has few revisions, and nothing is fetched.
 */
export function diffSince(root: string, revision: string): string | undefined {
  const diff = ask(root, ['diff', ...diffOptions, revision, 'HEAD', '--'], '', 64 * megabyte);
  return Buffer.isBuffer(diff) ? diff.toString('utf8') : undefined;
}

/**
 * The paths that the index changes against HEAD, or that a range of commits changes, those that are gone and both names of what is
 * renamed among them; undefined where Git does not say.
 */
export function changedPaths(
  root: string,
  range?: { readonly from: string; readonly to: string },
): readonly string[] | undefined {
  const [from, to] = range === undefined ? [] : [findCommit(root, range.from), findCommit(root, range.to)];
  if (range !== undefined && (from === undefined || to === undefined)) return undefined;
  const what = from === undefined || to === undefined ? ['--cached'] : [from, to];
  const answer = ask(root, [
    'diff',
    '--name-only',
    '-z',
    '--no-renames',
    '--no-ext-diff',
    '--relative',
    ...what,
    '--',
  ]);
  if (!Buffer.isBuffer(answer)) return undefined;
  return answer
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '');
}

/** Where a clone comes from and what it has checked out, as far as Git says. */
export interface Checkout {
  readonly remote?: string;
  readonly commit?: string;
  readonly branch?: string;
}

/** The remote `origin`, the commit and the branch of a clone. */
export function checkoutAt(root: string): Checkout {
  const remote = textIn(ask(root, ['config', '--get', 'remote.origin.url']));
  const commit = findCommit(root, 'HEAD');
  const branch = textIn(ask(root, ['symbolic-ref', '--quiet', '--short', 'HEAD']));
  return {
    ...(remote === '' ? {} : { remote }),
    ...(commit === undefined ? {} : { commit }),
    ...(branch === '' ? {} : { branch }),
  };
}

function idOf(answer: Answer): string | undefined {
  return Buffer.isBuffer(answer) ? idIn(answer) : undefined;
}

function textIn(answer: Answer): string {
  return Buffer.isBuffer(answer) ? answer.toString('utf8').trim() : '';
}

const diffOptions = [
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

/** Why a folder has no history to ask. */
export type NoRepository = 'no-git' | 'not-trusted' | 'no-repository' | 'unreadable';

/** Why Git tells nothing of a folder; undefined where it does. */
export function whyNoRepository(root: string): NoRepository | undefined {
  const answer = ask(root, ['rev-parse', '--git-dir']);
  if (Buffer.isBuffer(answer)) return undefined;
  if (answer.failure === 'no-git') return 'no-git';
  if (answer.words.includes('dubious ownership')) return 'not-trusted';
  return answer.words.includes('not a git repository') ? 'no-repository' : 'unreadable';
}

/** The commit that a revision names; undefined where there is none, or where it is not in this clone. */
export function findCommit(root: string, revision: string): string | undefined {
  if (revision === '' || revision.startsWith('-')) return undefined;
  return idOf(ask(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]));
}

/** The parents of a commit as they are written in it, those that a shallow clone lacks too. */
export function parentsOf(root: string, commit: string): readonly string[] {
  const answer = ask(root, ['cat-file', 'commit', commit]);
  return Buffer.isBuffer(answer) ? parentsIn(answer) : [];
}

/** The message of a commit. */
export function messageOf(root: string, commit: string): string {
  const answer = ask(root, ['cat-file', 'commit', commit], '', megabyte);
  return Buffer.isBuffer(answer) ? messageIn(answer) : '';
}

/** Where two commits parted, the first of several such places; undefined where this clone does not reach so far back. */
export function mergeBase(root: string, one: string, other: string): string | undefined {
  return idOf(ask(root, ['merge-base', '--end-of-options', one, other]));
}

/** The name of the branch that HEAD follows, as `origin/main`, or of the remote's default branch. */
export function upstreamName(root: string): string | undefined {
  const names = ['@{upstream}', 'refs/remotes/origin/HEAD'].map((name) => {
    const answer = ask(root, ['rev-parse', '--abbrev-ref', '--verify', '--quiet', name]);
    return Buffer.isBuffer(answer) ? answer.toString('utf8').trim() : '';
  });
  return names.find((name) => name !== '' && !name.startsWith('-'));
}

/** All that the tree of a commit has below `root`, by paths from there; undefined where it is not in this clone, too large or malformed. */
export function listTree(root: string, commit: string): readonly TreeEntry[] | undefined {
  const answer = ask(root, ['ls-tree', '-r', '-z', '--end-of-options', commit], '', 64 * megabyte);
  return Buffer.isBuffer(answer) ? treeIn(answer) : undefined;
}

/** Those of the paths that are files of HEAD; none where Git does not say. */
export function committedPaths(root: string, paths: readonly string[]): readonly string[] {
  const answer = ask(root, ['ls-tree', '-z', '--name-only', 'HEAD', '--', ...paths]);
  const names = new Set(Buffer.isBuffer(answer) ? answer.toString('utf8').split('\0') : []);
  return paths.filter((path) => names.has(path));
}

/** The ids of files that HEAD has otherwise than a commit, or not at all. */
export function idsOnlyIn(root: string, commit: string): readonly string[] {
  const options = ['-r', '-z', '--raw', '--no-renames', '--no-abbrev', '--relative', '--end-of-options'];
  const answer = ask(root, ['diff-tree', ...options, commit, 'HEAD']);
  return Buffer.isBuffer(answer) ? formerIdsIn(answer) : [];
}

/**
 * The contents of the first of these blobs, as many as fit into memory together, by id; of one that is too large, or not in this clone, why
 * it has none.
 */
export function readBlobs(
  root: string,
  ids: readonly string[],
  fileBytes = defaultLimits.fileBytes,
): ReadonlyMap<string, Uint8Array | 'too-large' | 'not-fetched'> {
  const found = new Map<string, Uint8Array | 'too-large' | 'not-fetched'>();
  for (const id of ids) found.set(id, 'not-fetched');
  const batch = firstBatch(sizesOf(root, [...found.keys()]), fileBytes, found);
  if (batch.length === 0) return found;
  const answer = ask(root, ['cat-file', '--batch', '--buffer'], linesOf(batch), 2 * batchBytes);
  if (!Buffer.isBuffer(answer)) return found;
  for (const [id, bytes] of contentsIn(answer)) found.set(id, bytes);
  return found;
}

function linesOf(ids: readonly string[]): string {
  return ids.map((id) => `${id}\n`).join('');
}

function sizesOf(root: string, ids: readonly string[]): ReadonlyMap<string, number> {
  const answer = ask(root, ['cat-file', '--batch-check', '--buffer'], linesOf(ids));
  return Buffer.isBuffer(answer) ? sizesIn(answer) : new Map();
}

const batchBytes = 64 * megabyte;

/** The first ids whose contents fit into memory together; what is too large by itself is told so, and what is left over not at all. */
function firstBatch(
  sizes: ReadonlyMap<string, number>,
  fileBytes: number,
  found: Map<string, Uint8Array | 'too-large' | 'not-fetched'>,
): string[] {
  const batch: string[] = [];
  let bytes = 0;
  for (const [id, size] of sizes) {
    if (size > fileBytes) found.set(id, 'too-large');
    else if (batch.length > 0 && bytes + size > batchBytes) found.delete(id);
    else {
      batch.push(id);
      bytes += size;
    }
  }
  return batch;
}

/** The id that Git gives these bytes as a file; `id` is another one of the same repository. */
export function isContentOf(bytes: Uint8Array, id: string): boolean {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const hash = createHash(id.length === 40 ? 'sha1' : 'sha256');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex') === id;
}
