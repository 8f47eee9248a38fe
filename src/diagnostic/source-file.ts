/** One file as it was read: `path` is relative to the repository's root, in POSIX spelling. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** Whether a byte order mark stood before the text. */
  readonly hasByteOrderMark?: true;
  /** Whether it is UTF-16 with its byte order mark: go-yaml reads it, and those who split at lines with --- before find none. */
  readonly isUtf16?: true;
}
