import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Positions } from './position.ts';
import type { Value } from './value.ts';

/**
 * Which decoder a document will meet: `kustomize` (go-yaml v3: `yes` is a string, `010` is 8, timestamps become strings) or
 * `api-server` (sigs.k8s.io/yaml: YAML 1.1 booleans, so `yes` is true).
 */
export type Reader = 'kustomize' | 'api-server';

/**
 * `patch` is `kustomize` for what is merged into an object, where a key is but its text; `operations` is `api-server` for a list of
 * JSON 6902 operations, which nobody splits into lines and ends each of, and of which the first document counts; a `kustomization` is read
 * likewise, and so are `field-specs`, where `.inf` and `.nan` become texts before there is JSON.
 */
export type YamlReader = Reader | 'patch' | 'operations' | 'kustomization' | 'field-specs';

/** What a reader of YAML makes of scalars and keys. */
export function decoderOf(reader: YamlReader): Reader {
  if (reader === 'patch') return 'kustomize';
  return readsFirstDocument(reader) ? 'api-server' : (reader as Reader);
}

/** Whether a reader hands all of the text to go-yaml, which stops behind the first document. */
export function readsFirstDocument(reader: AnyReader): boolean {
  return reader === 'operations' || reader === 'kustomization' || reader === 'field-specs';
}

/** How a text is read: as YAML by one of the decoders, or as JSON and nothing else by Go's. */
export type AnyReader = YamlReader | 'json';

/** One document of a file. `index` counts from 0 over the documents of the stream that are not empty. */
export interface Document {
  readonly index: number;
  readonly value: Value;
  readonly positions: Positions;
}

/** A file's documents and what was wrong with it. Where a diagnostic is `unchecked`, the documents are not whole. */
export interface LoadedFile {
  readonly file: SourceFile;
  readonly documents: readonly Document[];
  readonly diagnostics: readonly Diagnostic[];
  /** Whether both decoders read the same, so that the file is parsed but once for them. */
  readonly isReadAlike?: true;
}
