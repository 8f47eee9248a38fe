import type { Problem } from '../problem.ts';

/** A file that an entry names: its path from the repository's root and its bytes. */
export interface GeneratorFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Reads a file that an entry names, relative to its kustomization. */
export type LoadFile = (path: string) => GeneratorFile | Problem;

/** The text of bytes that are valid UTF-8, a byte order mark included. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
