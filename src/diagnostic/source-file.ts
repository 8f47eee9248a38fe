/** One file as it was read: `path` is relative to the repository's root, in POSIX spelling. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Whether a byte order mark stood before the text. */
  readonly hasByteOrderMark?: true;
}
