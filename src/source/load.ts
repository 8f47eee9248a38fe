import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Document, Reader } from './document.ts';
import type { FileSystem, ReadFailure } from './file-system.ts';

/** A file's documents and what was wrong with it. Where a diagnostic is `unchecked`, the documents are not whole. */
export interface LoadedFile {
  readonly file: SourceFile;
  readonly documents: readonly Document[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and parses each file once for everyone in a run. */
export interface Sources {
  readonly fileSystem: FileSystem;
  /** The raw bytes of a file, e.g. for a generator. */
  bytes(path: string): Uint8Array | ReadFailure;
  /** The documents of a YAML or JSON file as `reader` decodes them. */
  load(path: string, reader: Reader): LoadedFile;
  /** What was done so far; tests hold these figures. */
  readonly counts: {
    readonly filesRead: number;
    readonly filesParsed: number;
    readonly documents: number;
    readonly bytes: number;
  };
}
