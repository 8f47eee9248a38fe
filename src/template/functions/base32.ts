import { latinOf } from './bytes.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function encodeBase32(text: string): string {
  const bits = [...new TextEncoder().encode(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const digits = bits.match(/.{1,5}/gu) ?? [];
  const encoded = digits.map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '').join('');
  return encoded.padEnd(Math.ceil(encoded.length / 8) * 8, '=');
}

/** What a text in base32 says, or the number of the byte at which Go's encoding/base32 (1.26) gives up; line breaks do not count. */
export function decodeBase32(text: string): string | number {
  const digits = latinOf(text).replaceAll(/[\r\n]/gu, '');
  let bits = '';
  for (let at = 0; at < digits.length; at += 8) {
    const letters = /^[A-Z2-7]{0,8}/u.exec(digits.slice(at))?.[0] ?? '';
    for (const one of letters) bits += alphabet.indexOf(one).toString(2).padStart(5, '0');
    if (letters.length === 8) continue;
    const wrong = wrongByte(digits, at, letters.length);
    if (wrong !== undefined) return wrong;
    break;
  }
  const bytes = (bits.match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2));
  return new TextDecoder().decode(new Uint8Array(bytes));
}

/** The byte that is wrong in a quantum of fewer letters than eight; none where padding ends it as it should. */
function wrongByte(digits: string, start: number, letters: number): number | undefined {
  const end = start + letters;
  if (end === digits.length) return start;
  const left = digits.length - end - 1;
  if (digits[end] !== '=' || letters < 2 || left >= 8) return end;
  if (left + letters < 7) return digits.length;
  const other = [...digits.slice(end + 1, start + 8)].findIndex((one) => one !== '=');
  if (other >= 0) return end + other;
  return letters === 3 || letters === 6 ? end : undefined;
}
