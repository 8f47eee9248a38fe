/** The SHA-512 of the UTF-8 of a text in hexadecimal (FIPS 180-4). */
export function sha512(text: string): string {
  const message = new TextEncoder().encode(text);
  const bytes = new Uint8Array(((message.length + 16) >> 7) * 128 + 128);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - 8, BigInt(message.length) * 8n);
  const state = BigUint64Array.from(initialState);
  for (let offset = 0; offset < bytes.length; offset += 128) compress(state, scheduleOf(view, offset));
  return Array.from(state, (word) => word.toString(16).padStart(16, '0')).join('');
}

function scheduleOf(blocks: DataView, offset: number): BigUint64Array {
  const schedule = new BigUint64Array(80);
  for (let index = 0; index < 16; index++) schedule[index] = blocks.getBigUint64(offset + index * 8);
  for (let index = 16; index < 80; index++) {
    const word = (back: number): bigint => schedule[index - back] as bigint;
    const early = rotate(word(15), 1n) ^ rotate(word(15), 8n) ^ (word(15) >> 7n);
    const late = rotate(word(2), 19n) ^ rotate(word(2), 61n) ^ (word(2) >> 6n);
    schedule[index] = word(16) + early + word(7) + late;
  }
  return schedule;
}

// The names are those of FIPS 180-4, section 6.4.2.
function compress(state: BigUint64Array, schedule: BigUint64Array): void {
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state;
  for (const [index, word] of schedule.entries()) {
    const sum1 = rotate(e, 14n) ^ rotate(e, 18n) ^ rotate(e, 41n);
    const choice = (e & f) ^ (~e & g);
    const t1 = h + sum1 + choice + (roundConstants[index] as bigint) + word;
    const sum0 = rotate(a, 28n) ^ rotate(a, 34n) ^ rotate(a, 39n);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = BigInt.asUintN(64, d + t1);
    d = c;
    c = b;
    b = a;
    a = BigInt.asUintN(64, t1 + sum0 + majority);
  }
  for (const [index, word] of [a, b, c, d, e, f, g, h].entries())
    state[index] = (state[index] as bigint) + word;
}

function rotate(word: bigint, bits: bigint): bigint {
  return BigInt.asUintN(64, (word >> bits) | (word << (64n - bits)));
}

/** The first 64 bits of the fractional part of the root of a prime. */
function fraction(prime: bigint, root: bigint): bigint {
  const scaled = prime << (64n * root);
  let value = 1n << (64n + 10n);
  for (;;) {
    const next = ((root - 1n) * value + scaled / value ** (root - 1n)) / root;
    if (next >= value) return BigInt.asUintN(64, value);
    value = next;
  }
}

function primes(count: number): bigint[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number++)
    if (found.every((prime) => number % prime !== 0)) found.push(number);
  return found.map(BigInt);
}

const initialState = primes(8).map((prime) => fraction(prime, 2n));
const roundConstants = primes(80).map((prime) => fraction(prime, 3n));
