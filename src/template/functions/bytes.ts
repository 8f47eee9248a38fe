const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A part of a text counted in bytes, as Go counts. */
export function sliceBytes(text: string, start: number, end?: number): string {
  if (isAscii(text)) return text.slice(start, end);
  return decoder.decode(encoder.encode(text).slice(start, end));
}

/** How many bytes a text has. */
export function byteLength(text: string): number {
  return isAscii(text) ? text.length : encoder.encode(text).length;
}

/** The characters of a text before so many of its bytes. */
export function charactersIn(text: string, bytes: number): number {
  return isAscii(text) ? bytes : decoder.decode(encoder.encode(text).slice(0, bytes)).length;
}

/** Each byte of a text as the character of its number. */
export function latinOf(text: string): string {
  return isAscii(text) ? text : [...encoder.encode(text)].map((byte) => String.fromCharCode(byte)).join('');
}

/** The text whose bytes these are. */
export function textOfLatin(bytes: string): string {
  return isAscii(bytes) ? bytes : decoder.decode(Uint8Array.from(bytes, (one) => one.charCodeAt(0)));
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/u.test(text);
}
