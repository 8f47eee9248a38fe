import { withDots } from '../../credential/dots.ts';
import { isRandom } from '../../credential/random-text.ts';
import type { Stretch } from '../../credential/stretch.ts';

const pieceLength = 8;
/** Of longer values the beginning is enough to know a piece by: they are files. */
const longestPieced = 4096;

/** Stretches that no word looks like, in small letters: of letters and digits together, or of letters that no one spells so. Those of hosts are none. */
export function piecesOf(values: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const value of values) {
    if (isPlaceholder(value)) continue;
    const text = withoutHosts(value.slice(0, longestPieced));
    for (let at = 0; at + pieceLength <= text.length; at++) {
      const piece = text.slice(at, at + pieceLength);
      if (isTelling(piece)) found.add(piece.toLowerCase());
    }
  }
  return found;
}

function isTelling(piece: string): boolean {
  if (/^[A-Za-z]+$/u.test(piece)) return isUnspoken(piece);
  return /^[A-Za-z0-9_+/=-]+$/u.test(piece) && /[A-Za-z]/u.test(piece) && /\d/u.test(piece);
}

/** Without a vowel, or with small letters alone between capitals, as made up letters and base64 have them and names hardly do. */
function isUnspoken(letters: string): boolean {
  return !/[aeiouy]/iu.test(letters) || letters.split(/[A-Z][a-z](?=[A-Z])/u).length > 2;
}

/** Pieces that do not stand in names which are shown anyway. */
export function piecesBeside(shown: Iterable<string>, pieces: ReadonlySet<string>): ReadonlySet<string> {
  if (pieces.size === 0) return pieces;
  const left = new Set(pieces);
  for (const name of shown)
    for (let at = 0; at + pieceLength <= name.length; at++)
      left.delete(name.slice(at, at + pieceLength).toLowerCase());
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
  const needsDigit = !holdsLettersAlone(pieces);
  for (const { 0: run, index } of words.matchAll(likePieces)) {
    // Most words of a file have no digit, and hardly a piece is without one.
    if (needsDigit && !/\d/u.test(run)) continue;
    const small = run.toLowerCase();
    for (let at = 0; at + pieceLength <= small.length; at++) {
      if (!pieces.has(small.slice(at, at + pieceLength))) continue;
      const start = index + at;
      const last = covered.at(-1);
      if (last !== undefined && start <= last.end) last.end = start + pieceLength;
      else covered.push({ start, end: start + pieceLength });
    }
  }
  return covered;
}

const known = new WeakMap<ReadonlySet<string>, boolean>();

function holdsLettersAlone(pieces: ReadonlySet<string>): boolean {
  let holds = known.get(pieces);
  if (holds === undefined) {
    holds = [...pieces].some((piece) => /^[a-z]+$/u.test(piece));
    known.set(pieces, holds);
  }
  return holds;
}

const likePieces = /[A-Za-z0-9_+/=-]{8,}/gu;
