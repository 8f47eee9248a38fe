import type { decodeText } from './decode-text.ts';
import type { AnyReader, LoadedFile } from './document.ts';

type Decoded = ReturnType<typeof decodeText>;

interface Remembered {
  readonly decoded: Decoded;
  readonly loaded: Map<AnyReader, LoadedFile>;
}

/** What earlier runs made of files. It goes by the bytes that a file system hands out: the same array, the same file. */
export interface ParseMemory {
  /** What these bytes were decoded to, so that spans of several runs are of one file. */
  decoded(path: string, bytes: Uint8Array, decode: () => Decoded): Decoded;
  loaded(path: string, bytes: Uint8Array, reader: AnyReader): LoadedFile | undefined;
  remember(path: string, bytes: Uint8Array, reader: AnyReader, result: LoadedFile): void;
}

const decoders: ReadonlySet<AnyReader> = new Set(['kustomize', 'api-server']);

/** A memory for runs that follow each other. */
export function newParseMemory(): ParseMemory {
  const known = new WeakMap<Uint8Array, Map<string, Remembered>>();
  return {
    decoded(path, bytes, decode) {
      const byPath = known.get(bytes) ?? new Map<string, Remembered>();
      known.set(bytes, byPath);
      const remembered = byPath.get(path) ?? { decoded: decode(), loaded: new Map() };
      byPath.set(path, remembered);
      return remembered.decoded;
    },
    loaded: (path, bytes, reader) => known.get(bytes)?.get(path)?.loaded.get(reader),
    remember(path, bytes, reader, result) {
      const loaded = known.get(bytes)?.get(path)?.loaded;
      const readers = result.isReadAlike && decoders.has(reader) ? decoders : [reader];
      for (const one of readers) loaded?.set(one, result);
    },
  };
}
