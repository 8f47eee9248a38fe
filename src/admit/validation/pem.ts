/** A block of PEM: what it says it is, its headers and its bytes. */
export interface PemBlock {
  readonly type: string;
  readonly hasHeaders: boolean;
  readonly bytes: Uint8Array;
}

const blockPattern =
  /(?<=^|\n)-----BEGIN ([^\n-]*)-----[ \t]*\r?\n((?:(?!-----BEGIN )[^\n:]+:[^\n]*\n)*)\r?\n?([A-Za-z0-9+/=\s]*?)\r?\n?-----END \1-----/gu;

/** The blocks of a text, as Go's `encoding/pem` finds them: what stands around them does not count. */
export function pemBlocks(text: string): readonly PemBlock[] {
  return [...text.matchAll(blockPattern)].flatMap(([, type = '', headers = '', body = '']) => {
    const bytes = decodeBase64(body);
    return bytes === undefined ? [] : [{ type, hasHeaders: headers !== '', bytes }];
  });
}

/** The bytes of a a base64 string, undefined where it is none. */
export function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text.replace(/\s/gu, '')), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Whether the bytes are one DER sequence and nothing else: that much every certificate and request is. */
export function isDerSequence(bytes: Uint8Array): boolean {
  const [tag, first = 0] = bytes;
  if (tag !== 0x30) return false;
  if (first < 0x80) return bytes.length === first + 2;
  const count = first & 0x7f;
  let length = 0;
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[2 + index] ?? 0);
  return count > 0 && count <= 4 && bytes.length === 2 + count + length;
}
