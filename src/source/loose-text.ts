// A mark of the byte order is a character like all others wherever it stands.
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const forgiving = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** The text of any bytes: each that is no part of a character becomes half a surrogate pair, so that none is lost. */
export function looseText(bytes: Uint8Array): string {
  // A strict decoder takes ten times as long, and few texts hold the mark of what is no character.
  const text = forgiving.decode(bytes);
  if (!text.includes('\ufffd')) return text;
  try {
    return strict.decode(bytes);
  } catch {
    return decodeLoosely(bytes);
  }
}

function decodeLoosely(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0;
    const size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const character = decodeOne(bytes.subarray(at, at + size));
    parts.push(character ?? String.fromCharCode(0xdc00 + lead));
    at += character === undefined ? 1 : size;
  }
  return parts.join('');
}

function decodeOne(bytes: Uint8Array): string | undefined {
  const [lead = 0] = bytes;
  if (lead < 0x80) return String.fromCharCode(lead);
  if (lead < 0xc2 || lead > 0xf4) return undefined;
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The bytes that such a text was read from. */
export function looseBytes(text: string): Uint8Array {
  if (!/[\udc80-\udcff]/u.test(text)) return encoder.encode(text);
  const bytes: number[] = [];
  for (const rune of text) {
    const code = rune.codePointAt(0) ?? 0;
    if (code >= 0xdc80 && code <= 0xdcff) bytes.push(code - 0xdc00);
    else bytes.push(...encoder.encode(rune));
  }
  return new Uint8Array(bytes);
}
