import { gunzipSync } from 'node:zlib';

/** What a gzip file holds; undefined for what is none, or holds more than that many bytes. */
export function gunzip(bytes: Uint8Array, maximumBytes: number): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: maximumBytes });
  } catch {
    return undefined;
  }
}
