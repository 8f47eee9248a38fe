import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** What a gzip file holds; undefined for what is none, or holds more than that many bytes. */
export function gunzip(bytes: Uint8Array, maximumBytes: number): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: maximumBytes });
  } catch {
    return undefined;
  }
}

/** What data of our own was compressed from. */
export function unbrotli(bytes: Uint8Array): Uint8Array {
  return brotliDecompressSync(bytes);
}
