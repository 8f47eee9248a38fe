import { withDots } from '../../credential/dots.ts';
import { isRandom } from '../../credential/random-text.ts';
import type { Stretch } from '../../credential/stretch.ts';

const pieceLength = 8;
/** Of longer values the beginning is enough to know a piece by: they are files. */
const longestPieced = 4096;

/** Stretches of letters and digits together, in small letters; those of hosts are none. */
export function piecesOf(values: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const value of values) {
    if (isPlaceholder(value)) continue;
    const text = withoutHosts(value.slice(0, longestPieced)).toLowerCase();
    for (let at = 0; at + pieceLength <= text.length; at++) {
      const piece = text.slice(at, at + pieceLength);
      if (/^[a-z0-9_+/=-]+$/u.test(piece) && /[a-z]/u.test(piece) && /\d/u.test(piece)) found.add(piece);
    }
  }
  return found;
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
  return text.replaceAll(host, (name) => (isRandom(name) ? name : ' '));
}

const host = /(?<![\w.@:%+=-])[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,12}(?![\w.@%+=-])/gu;

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
  for (const { 0: run, index } of words.matchAll(likePieces)) {
    // Most words of a file have no digit, and no piece is without one.
    if (!/\d/u.test(run)) continue;
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

const likePieces = /[A-Za-z0-9_+/=-]{8,}/gu;
