import { isPartOfWord } from '../credential/part-of-word.ts';
import { runsOf } from '../credential/secret-phrases.ts';
import { inTextOrder, standingAt } from '../credential/standing-at.ts';
import type { Stretch } from '../credential/stretch.ts';
import { grouped } from '../diagnostic/grouped.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Span } from '../diagnostic/span.ts';
import { piecesBeside, piecesIn, piecesOf } from '../report/finding/secret-pieces.ts';
import type { Window } from './window.ts';
import type { WrittenScalar } from './written-scalars.ts';

/** What Secrets hold, by what it is found by wherever else it stands. */
export interface KnownTexts {
  readonly byStart: ReadonlyMap<string, readonly string[]>;
  readonly pieces: ReadonlySet<string>;
}

const shortestRepeated = 8;

/** Texts by their first characters, and what no word looks like of them, but for the names that everybody sees. */
export function knownTexts(texts: readonly string[], open: readonly string[]): KnownTexts {
  const telling = inTextOrder([...texts, ...runsOf(texts)]).filter((text) => /[^a-z]/u.test(text));
  return {
    byStart: grouped(telling, (text) => text.slice(0, shortestRepeated)),
    pieces: piecesBeside(open, piecesOf(texts)),
  };
}

/** What a Secret holds as well, or a part of it, on the lines of windows. */
export function repeatedIn(file: SourceFile, windows: readonly Window[], known: KnownTexts): Span[] {
  return windows.flatMap(({ start, end }) =>
    stretchesOf(file.text.slice(start, end), known).map((one) => ({
      file,
      start: start + one.start,
      end: start + one.end,
    })),
  );
}

/** Scalars that hold it where no line of them does: with escapes, folded, or as a text of several lines. */
export function repeatedInScalars(
  file: SourceFile,
  known: KnownTexts,
  scalars: readonly WrittenScalar[],
): Span[] {
  if (known.byStart.size === 0) return [];
  return scalars.flatMap(({ span, text }) => {
    const written = file.text.slice(span.start, span.end);
    if (written === text || !/[\n\\]|''/u.test(written)) return [];
    const isHidden = ({ start, end }: Stretch): boolean => !written.includes(text.slice(start, end));
    return stretchesOf(text, known).some(isHidden) ? [span] : [];
  });
}

function stretchesOf(text: string, { byStart, pieces }: KnownTexts): Stretch[] {
  if (byStart.size === 0) return [];
  const found = piecesIn(text, pieces);
  let covered = 0;
  for (let at = 0; at + shortestRepeated <= text.length; at++) {
    const some = byStart.get(text.slice(at, at + shortestRepeated));
    const longer = some === undefined ? [] : thoseBeyond(covered, some, text, at);
    const longest = standingAt(longer, text, at).findLast((one) => !isPartOfWord(text, at, one));
    if (longest === undefined) continue;
    covered = Math.max(covered, at + longest.length);
    found.push({ start: at, end: at + longest.length });
  }
  return found;
}

const few = 50;

/** Those of a few texts that go on behind what is covered already: a text that repeats itself stands within itself at each turn. */
function thoseBeyond(covered: number, some: readonly string[], text: string, at: number): readonly string[] {
  const inside = covered - at;
  if (inside <= 0 || some.length > few) return some;
  return some.filter((one) => one.charCodeAt(inside) === text.charCodeAt(covered));
}
