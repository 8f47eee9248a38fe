import { directoryOf } from './path.ts';

/** What a tree of Git has at a path: a file, a symbolic link, or the commit of a submodule. */
export interface TreeEntry {
  readonly path: string;
  readonly kind: 'file' | 'link' | 'submodule';
  /** The id of its content. */
  readonly id: string;
}

/** The entries of `git ls-tree -r -z`; undefined where no checkout could have them. */
export function treeIn(listing: Buffer): readonly TreeEntry[] | undefined {
  const entries = entriesIn(listing);
  const paths = new Set(entries.map(({ path }) => path));
  const isOnce = paths.size === entries.length && !foldersOf(paths).some((folder) => paths.has(folder));
  return isOnce && entries.every(isPossible) ? entries : undefined;
}

/** Each folder once that one of the paths stands in, with `''` for the root. */
function foldersOf(paths: ReadonlySet<string>): readonly string[] {
  const folders = new Set<string>();
  for (const path of paths)
    for (let folder = directoryOf(path); !folders.has(folder); folder = directoryOf(folder))
      folders.add(folder);
  return [...folders];
}

/** Trees that somebody made by hand may have paths that no checkout can have. */
function isPossible({ path }: TreeEntry): boolean {
  return path.length <= 4096 && !/(?:^|\/)\.{0,2}(?:\/|$)/u.test(path);
}

function entriesIn(listing: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  for (let start = 0, end = listing.indexOf(0); end >= 0; start = end + 1, end = listing.indexOf(0, start)) {
    // `100644 blob 0123…<tab>path`
    const tab = listing.indexOf(9, start);
    const [mode = '', , id = ''] = listing.toString('latin1', start, tab).split(' ');
    const kind = mode === '120000' ? 'link' : mode === '160000' ? 'submodule' : 'file';
    entries.push({ path: listing.toString('utf8', tab + 1, end), kind, id });
  }
  return entries;
}

/** The id that Git prints on a line by itself. */
export function idIn(answer: Buffer): string | undefined {
  const text = answer.toString('latin1').trim();
  return /^[0-9a-f]{40,64}$/u.test(text) ? text : undefined;
}

/** The parents that a commit names. */
export function parentsIn(commit: Buffer): readonly string[] {
  const [header = ''] = commit.toString('latin1').split('\n\n', 1);
  return [...header.matchAll(/^parent ([0-9a-f]{40,64})$/gmu)].map(([, id = '']) => id);
}

/** What a commit says below its header. */
export function messageIn(commit: Buffer): string {
  const text = commit.toString('utf8');
  const end = text.indexOf('\n\n');
  return end < 0 ? '' : text.slice(end + 2);
}

/** The ids that files had before, by `git diff-tree -r -z --raw`. */
export function formerIdsIn(diff: Buffer): readonly string[] {
  // `:100644 100644 0123… 4567… M<NUL>path<NUL>`
  const lines = diff.toString('latin1').matchAll(/(?:^|\0):10\d{4} \d{6} ([0-9a-f]{40,64}) /gu);
  return [...lines].map(([, id = '']) => id);
}

/** How large blobs are, by `git cat-file --batch-check`. */
export function sizesIn(answer: Buffer): ReadonlyMap<string, number> {
  const lines = answer.toString('latin1').matchAll(/^([0-9a-f]{40,64}) blob (\d+)$/gmu);
  return new Map([...lines].map(([, id = '', size]) => [id, Number(size)]));
}

/** The contents of blobs, by `git cat-file --batch`: `<id> blob <size>`, a newline, the content, a newline, and so on. */
export function contentsIn(answer: Buffer): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (let at = 0, end = answer.indexOf(10); end >= 0; end = answer.indexOf(10, at)) {
    const [id = '', kind, size = ''] = answer.toString('latin1', at, end).split(' ');
    const length = kind === 'blob' && /^\d+$/u.test(size) ? Number(size) : -1;
    // A copy, so that one small file does not keep all the others in memory.
    if (length >= 0) found.set(id, Uint8Array.from(answer.subarray(end + 1, end + 1 + length)));
    at = end + length + 2;
  }
  return found;
}
