import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Reader } from './document.ts';
import { defaultLimits, type Limits } from './limits.ts';
import type { LoadedFile } from './load.ts';
import { parseWithLibrary } from './parse-with-library.ts';

/** The documents of a file as `reader` decodes them. The only way to the parser. */
export function parseDocuments(file: SourceFile, reader: Reader, limits?: Partial<Limits>): LoadedFile {
  return parseWithLibrary(file, reader, { ...defaultLimits, ...limits });
}
