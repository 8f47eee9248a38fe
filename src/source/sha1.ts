import { padded } from './sha256.ts';

/** The SHA-1 of the UTF-8 of a text in hexadecimal (FIPS 180-4). */
export function sha1(text: string): string {
  const blocks = padded(new TextEncoder().encode(text));
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  for (let offset = 0; offset < blocks.byteLength; offset += 64) compress(state, scheduleOf(blocks, offset));
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

function scheduleOf(blocks: DataView, offset: number): Uint32Array {
  const schedule = new Uint32Array(80);
  for (let index = 0; index < 16; index++) schedule[index] = blocks.getUint32(offset + index * 4);
  for (let index = 16; index < 80; index++) {
    const word = (back: number): number => schedule[index - back] as number;
    schedule[index] = rotate(word(3) ^ word(8) ^ word(14) ^ word(16), 1);
  }
  return schedule;
}

// The names are those of FIPS 180-4, section 6.1.2.
function compress(state: Uint32Array, schedule: Uint32Array): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (const [index, word] of schedule.entries()) {
    const [mixed, constant] = round(index, b, c, d);
    const next = (rotate(a, 5) + mixed + e + constant + word) | 0;
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  for (const [index, word] of [a, b, c, d, e].entries()) state[index] = (state[index] as number) + word;
}

function round(index: number, b: number, c: number, d: number): readonly [mixed: number, constant: number] {
  if (index < 20) return [(b & c) ^ (~b & d), 0x5a827999];
  if (index < 40) return [b ^ c ^ d, 0x6ed9eba1];
  if (index < 60) return [(b & c) ^ (b & d) ^ (c & d), 0x8f1bbcdc];
  return [b ^ c ^ d, 0xca62c1d6];
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
