/** Why a path could not be read; each becomes a finding, and none is a reason to stop. */
export type ReadFailure =
  | 'missing'
  | 'outside'
  | 'not-a-file'
  | 'too-large'
  | 'too-much'
  | 'unreadable'
  | 'not-fetched';

export type EntryKind = 'file' | 'directory' | 'other';

export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
}

/**
 * The only way to files, for disk, memory and git trees. Paths are relative to the repository's root, POSIX, normalised,
 * `''` or `.` is the root itself. Nothing outside the root is ever opened, through no symbolic link either.
 */
export interface FileSystem {
  /** The file's bytes, or why there are none. */
  read(path: string): Uint8Array | ReadFailure;
  /** The entries of a directory sorted by name, undefined where there is no directory. */
  list(path: string): readonly Entry[] | undefined;
  /** What stands at `path`, symbolic links followed inside the root; undefined for nothing, or nothing that may be opened. */
  kind(path: string): EntryKind | undefined;
  /** The path with symbolic links followed inside the root; undefined for nothing, or nothing that may be opened. */
  realPath(path: string): string | undefined;
}
