/** The keys in yaml v2's natural order: punctuation, digits as numbers, letters. The array given is sorted in place. */
export function naturalOrder(keys: string[]): string[] {
  if (keys.length > 16) return keys.sort(compareKeys);
  for (let index = 1; index < keys.length; index++) {
    const key = keys[index] as string;
    let place = index;
    while (place > 0 && compareKeys(key, keys[place - 1] as string) < 0) {
      keys[place] = keys[place - 1] as string;
      place -= 1;
    }
    if (place !== index) keys[place] = key;
  }
  return keys;
}

/** As keyList.Less of go.yaml.in/yaml/v2 sorter.go. */
export function compareKeys(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    if (left > 0x7f || right > 0x7f) return compareRunes(Array.from(a), Array.from(b));
    const leftIsLetter = isAsciiLetter(left);
    const rightIsLetter = isAsciiLetter(right);
    if (leftIsLetter && rightIsLetter) return left - right;
    if (leftIsLetter || rightIsLetter) return rightIsLetter ? -1 : 1;
    if (!isAsciiDigit(left) && !isAsciiDigit(right)) return left - right;
    return compareRunes(Array.from(a), Array.from(b));
  }
  return a.length - b.length;
}

function isAsciiLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function isAsciiDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function compareRunes(a: readonly string[], b: readonly string[]): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const left = a[index] as string;
    const right = b[index] as string;
    if (left !== right) return compareAt(a, b, index, left, right);
  }
  return a.length - b.length;
}

function compareAt(
  a: readonly string[],
  b: readonly string[],
  at: number,
  left: string,
  right: string,
): number {
  const leftIsLetter = letter.test(left);
  const rightIsLetter = letter.test(right);
  if (leftIsLetter && rightIsLetter) return codeOf(left) - codeOf(right);
  if (leftIsLetter || rightIsLetter) return rightIsLetter ? -1 : 1;
  // Zeros after a digit that is not zero belong to a number that both keys share.
  const start = (left === '0' || right === '0') && followsNumber(a, at) ? 1n : 0n;
  const leftRun = digitRun(a, at, start);
  const rightRun = digitRun(b, at, start);
  if (leftRun.number !== rightRun.number) return leftRun.number < rightRun.number ? -1 : 1;
  if (leftRun.end !== rightRun.end) return leftRun.end - rightRun.end;
  return codeOf(left) - codeOf(right);
}

const letter = /^\p{L}$/u;
const digit = /^\p{Nd}$/u;

function codeOf(rune: string): number {
  return rune.codePointAt(0) ?? 0;
}

function followsNumber(runes: readonly string[], at: number): boolean {
  for (let index = at - 1; index >= 0 && digit.test(runes[index] as string); index--) {
    if (runes[index] !== '0') return true;
  }
  return false;
}

function digitRun(runes: readonly string[], at: number, start: bigint): { number: bigint; end: number } {
  let number = start;
  let end = at;
  while (end < runes.length && digit.test(runes[end] as string)) {
    // Go's int64 wraps around.
    number = BigInt.asIntN(64, number * 10n + BigInt(codeOf(runes[end] as string) - 0x30));
    end += 1;
  }
  return { number, end };
}
