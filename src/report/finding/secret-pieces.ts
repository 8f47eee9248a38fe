import { withDots } from '../../credential/dots.ts';
import { isRandom } from '../../credential/random-text.ts';
import type { Stretch } from '../../credential/stretch.ts';

const pieceLength = 8;
/** Of longer values the beginning is enough to know a piece by: they are files. */
const longestPieced = 4096;

/** Stretches that no word looks like, in small letters: of letters and digits together, or of letters that no one spells so. Those of hosts are none. */
export function piecesOf(values: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const value of values)
    if (!isPlaceholder(value)) addPieces(withoutHosts(value.slice(0, longestPieced)), found);
  return found;
}

/** One walk over a text, which counts what the last characters are. */
function addPieces(text: string, found: Set<string>): void {
  let length = 0;
  let lastLetter = -1;
  let lastVowel = -1;
  let lastDigit = -1;
  let lastSign = -1;
  for (let end = 0; end < text.length; end++) {
    const code = text.charCodeAt(end);
    const kind = code < kinds.length ? kinds[code] : kindOf.other;
    length = kind === kindOf.other ? 0 : length + 1;
    if (kind === kindOf.digit) lastDigit = end;
    else if (kind === kindOf.sign) lastSign = end;
    else lastLetter = end;
    if (kind === kindOf.vowel) lastVowel = end;
    const start = end - pieceLength + 1;
    if (length < pieceLength || lastLetter < start) continue;
    if (lastDigit >= start) found.add(text.slice(start, end + 1).toLowerCase());
    else if (lastSign < start && (lastVowel < start || isOddlySpelt(text.slice(start, end + 1))))
      found.add(text.slice(start, end + 1).toLowerCase());
  }
}

/** With small letters alone between capitals, as made up letters and base64 have them and names hardly do. */
function isOddlySpelt(letters: string): boolean {
  return letters.split(/[A-Z][a-z](?=[A-Z])/u).length > 2;
}

const kindOf = { other: 0, letter: 1, vowel: 2, digit: 3, sign: 4 } as const;
const kinds = new Uint8Array(128);
for (const [kind, characters] of [
  [kindOf.letter, 'abcdefghijklmnopqrstuvwxyz'],
  [kindOf.vowel, 'aeiouy'],
  [kindOf.digit, '0123456789'],
  [kindOf.sign, '_+/=-'],
] as const)
  for (const one of characters + characters.toUpperCase()) kinds[one.charCodeAt(0)] = kind;

/** Pieces that do not stand in names which are shown anyway. */
export function piecesBeside(shown: Iterable<string>, pieces: ReadonlySet<string>): ReadonlySet<string> {
  if (pieces.size === 0) return pieces;
  const open = new Set<string>();
  for (const name of shown)
    for (const { start, end } of piecesIn(name, pieces))
      for (let at = start; at + pieceLength <= end; at++)
        open.add(name.slice(at, at + pieceLength).toLowerCase());
  if (open.size === 0) return pieces;
  const left = new Set(pieces);
  for (const piece of open) left.delete(piece);
  return left;
}

/** `registry-1.docker.io` in the login of a registry is a name that many addresses have. */
function withoutHosts(text: string): string {
  return text.replaceAll(host, (name) => (isRandom(name.toLowerCase()) ? name : ' '));
}

const host = /(?<![\w.@:%+=-])[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,12}(?![\w.@%+=-])/giu;

/** `${NAME}` and `<name>` stand for a value that is elsewhere. */
function isPlaceholder(value: string): boolean {
  return /^(?:\$\{\w+(?::[-=?][^}]*)?\}|\$\(\w+\)|\{\{[^}]*\}\}|<[^>]*>)$/u.test(value.trim());
}

export function withoutPieces(words: string, pieces: ReadonlySet<string>): string {
  return withDots(words, piecesIn(words, pieces));
}

/** The stretches of a text that pieces cover, in order and apart. */
export function piecesIn(words: string, pieces: ReadonlySet<string>): Stretch[] {
  const covered: { start: number; end: number }[] = [];
  if (pieces.size === 0) return covered;
  const steps = stepsTo(pieces);
  for (let at = 0; at + pieceLength <= words.length; ) {
    const step = steps[blockAt(words, at + pieceLength - blockLength)] as number;
    if (step === 0 && pieces.has(words.slice(at, at + pieceLength).toLowerCase())) {
      const last = covered.at(-1);
      if (last !== undefined && at <= last.end) last.end = at + pieceLength;
      else covered.push({ start: at, end: at + pieceLength });
    }
    at += step === 0 ? 1 : step;
  }
  return covered;
}

const blockLength = 3;
const knownSteps = new WeakMap<ReadonlySet<string>, Uint8Array>();

/** For each block of characters how far behind it a piece can end: most blocks stand in no piece, and a text is read in long steps. */
function stepsTo(pieces: ReadonlySet<string>): Uint8Array {
  let steps = knownSteps.get(pieces);
  if (steps === undefined) {
    steps = new Uint8Array(1 << (blockLength * bitsOfClass)).fill(pieceLength - blockLength + 1);
    for (const piece of pieces) {
      for (let at = 0; at + blockLength <= pieceLength; at++) {
        const block = blockAt(piece, at);
        steps[block] = Math.min(steps[block] as number, pieceLength - blockLength - at);
      }
    }
    knownSteps.set(pieces, steps);
  }
  return steps;
}

const bitsOfClass = 6;

/** A number for the characters at a place, the same for capitals and small letters, and for all that stand in no piece. */
function blockAt(text: string, at: number): number {
  const before = (classAt(text, at) << bitsOfClass) | classAt(text, at + 1);
  return (before << bitsOfClass) | classAt(text, at + 2);
}

function classAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < classes.length ? (classes[code] as number) : 0;
}

const classes = new Uint8Array(128);
for (const [index, character] of [...'abcdefghijklmnopqrstuvwxyz0123456789_+/=-'].entries())
  for (const one of [character, character.toUpperCase()]) classes[one.charCodeAt(0)] = index + 1;
