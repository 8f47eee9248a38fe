import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Span } from '../diagnostic/span.ts';
import { escapes, hexLengths } from './yaml/escapes.ts';

/** A stretch of a text in UTF-16 code units, `end` exclusive. */
export interface TextPart {
  readonly start: number;
  readonly end: number;
}

/** Where the characters of a text stand in a file. */
export interface TextPlaces {
  readonly file: SourceFile;
  readonly start: (offset: number) => number;
  readonly end: (from: number, to: number) => number;
}

/**
 * Where a text stands: in the scalar that wrote it, behind the `KEY=` of a literal or of a line of an env file, or in the file that is
 * the text; undefined where they cannot be paired.
 */
export function placesOf(span: Span, text: string): TextPlaces | undefined {
  const places = knownPlaces.get(span.file) ?? new Map<string, Places>();
  knownPlaces.set(span.file, places);
  const key = `${span.start} ${span.end}`;
  const known = places.get(key);
  if (known?.text === text) return known.places;
  const found = findPlaces(span, text);
  places.set(key, { text, places: found });
  return found;
}

interface Places {
  readonly text: string;
  readonly places: TextPlaces | undefined;
}

// A long text may hold thousands of findings: it is gone through once for all of them.
const knownPlaces = new WeakMap<SourceFile, Map<string, Places>>();

function findPlaces({ file, start, end }: Span, text: string): TextPlaces | undefined {
  if (start === end && file.text === text) return shifted(file, 0);
  const source = file.text.slice(start, end);
  const verbatim = source === text ? 0 : assignedAt(source, text);
  if (verbatim !== undefined) return shifted(file, start + verbatim);
  const offsets = decodeWithOffsets(source, text);
  if (offsets === undefined) return undefined;
  const at = (offset: number): number => start + (offsets[offset] ?? 0);
  return {
    file,
    start: at,
    end(from, to) {
      if (to <= from) return at(from);
      // Behind the last character, which may be a long escape; the next one may stand some lines further down.
      const next = file.text.slice(at(to - 1), at(to));
      return next.includes('\n') ? at(to - 1) + 1 : at(to);
    },
  };
}

function shifted(file: SourceFile, by: number): TextPlaces {
  return { file, start: (offset) => by + offset, end: (from, to) => by + Math.max(from, to) };
}

/** A part of a text in the file where it stands; the span of all of it where they cannot be paired. */
export function spanWithin(span: Span, text: string, { start, end }: TextPart): Span {
  const places = end > text.length ? undefined : placesOf(span, text);
  return places === undefined
    ? span
    : { file: places.file, start: places.start(start), end: places.end(start, end) };
}

/** Where `text` begins in `KEY=text`, whatever quotes stand around the text or around all of it. */
function assignedAt(source: string, text: string): number | undefined {
  const at = text === '' ? -1 : source.lastIndexOf(text);
  return at > 0 && /=["']?$/u.test(source.slice(0, at)) && /^["']{0,2}$/u.test(source.slice(at + text.length))
    ? at
    : undefined;
}

/**
 * For each code unit of `text` its offset in `source`, the scalar as written, plus one for the end; undefined where the
 * style of the scalar does not let them be paired.
 */
export function decodeWithOffsets(source: string, text: string): Int32Array | undefined {
  const offsets = new Int32Array(text.length + 1);
  const last = pair(source, text, offsets);
  if (last === undefined) return undefined;
  offsets[text.length] = last;
  return offsets;
}

function pair(source: string, text: string, offsets: Int32Array): number | undefined {
  switch (source.charCodeAt(0)) {
    case 124: // |
    case 62: // >
      return pairBlock(source, text, offsets);
    case 34:
      return pairQuoted(source, text, offsets, readDoubleEscape);
    case 39:
      return pairQuoted(source, text, offsets, readSingleEscape);
    default:
      return pairQuoted(` ${source} `, text, offsets, readNothing) === undefined
        ? undefined
        : shiftBack(offsets, source.length);
  }
}

/** Plain scalars are paired as if they stood in quotes of one character. */
function shiftBack(offsets: Int32Array, last: number): number {
  for (let index = 0; index < offsets.length; index++) offsets[index] = (offsets[index] ?? 1) - 1;
  return last;
}

/**
 * Walks both texts side by side. Each character of the content is found again behind its line's indentation; a line
 * break of the text, or the space that folding makes of one, is paired with the line break it came from.
 */
function pairBlock(source: string, text: string, offsets: Int32Array): number | undefined {
  let at = source.indexOf('\n') + 1;
  if (at === 0) return text === '' ? 0 : undefined;
  const indent = blockIndent(source, text, at);
  at = skipIndent(source, at, indent);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isBreak(source, at)) {
      if (code !== 10 && code !== 32) return undefined;
      offsets[index] = Math.min(at, source.length);
      at = nextLine(source, at, indent);
      // A folded paragraph break: the text has fewer line breaks than the source.
      while (
        isBreak(source, at) &&
        at < source.length &&
        text.charCodeAt(index + 1) !== 10 &&
        index + 1 < text.length
      )
        at = nextLine(source, at, indent);
    } else if (source.charCodeAt(at) === code) {
      offsets[index] = at;
      at += 1;
    } else return undefined;
  }
  return Math.min(at, source.length);
}

/** The indentation that was cut off: how much further in the first line with content stands than in the text. */
function blockIndent(source: string, text: string, from: number): number {
  return Math.max(0, leadingSpaces(source, from) - leadingSpaces(text, 0));
}

function leadingSpaces(text: string, from: number): number {
  let line = from;
  for (;;) {
    let at = line;
    while (text.charCodeAt(at) === 32) at += 1;
    if (!isBreak(text, at)) return at - line;
    line = text.indexOf('\n', at) + 1;
    if (line === 0) return 0;
  }
}

function skipIndent(source: string, from: number, indent: number): number {
  let at = from;
  while (at - from < indent && source.charCodeAt(at) === 32) at += 1;
  return at;
}

function nextLine(source: string, at: number, indent: number): number {
  const newline = source.indexOf('\n', at);
  return newline < 0 ? source.length : skipIndent(source, newline + 1, indent);
}

function isBreak(source: string, at: number): boolean {
  const code = source.charCodeAt(at);
  return at >= source.length || code === 10 || (code === 13 && source.charCodeAt(at + 1) === 10);
}

/** Reads an escape at `at`: what it stands for and how long it is. */
type ReadEscape = (source: string, at: number) => { text: string; length: number } | undefined;

function pairQuoted(
  source: string,
  text: string,
  offsets: Int32Array,
  readEscape: ReadEscape,
): number | undefined {
  const end = source.length - 1;
  let at = 1;
  let index = 0;
  while (index < text.length) {
    if (at >= end) return undefined;
    const found = readEscape(source, at);
    if (found !== undefined) {
      for (let unit = 0; unit < found.text.length; unit++) {
        if (text.charCodeAt(index) !== found.text.charCodeAt(unit)) return undefined;
        offsets[index++] = at;
      }
      at += found.length;
      continue;
    }
    const fold = foldAt(source, at, end);
    const code = fold === undefined ? source.charCodeAt(at) : fold.breaks > 1 ? 10 : 32;
    const count = fold === undefined ? 1 : Math.max(1, fold.breaks - 1);
    for (let unit = 0; unit < count; unit++) {
      if (text.charCodeAt(index) !== code) return undefined;
      offsets[index++] = at;
    }
    at = fold?.to ?? at + 1;
  }
  return end;
}

/** White space around one or more line breaks: folded to a space, or to all breaks but the first. */
function foldAt(source: string, from: number, end: number): { breaks: number; to: number } | undefined {
  let breaks = 0;
  let to = from;
  for (; to < end; to++) {
    const code = source.charCodeAt(to);
    if (code === 10) breaks += 1;
    else if (code !== 32 && code !== 9 && code !== 13) break;
  }
  return breaks === 0 ? undefined : { breaks, to };
}

function readNothing(): undefined {
  return undefined;
}

function readSingleEscape(source: string, at: number): { text: string; length: number } | undefined {
  return source.startsWith("''", at) ? { text: "'", length: 2 } : undefined;
}

function readDoubleEscape(source: string, at: number): { text: string; length: number } | undefined {
  if (source.charCodeAt(at) !== 92) return undefined;
  const letter = source.charAt(at + 1);
  // In JSON; in YAML nothing is refused here, where a text that is known is found again.
  const plain = letter === '/' ? letter : escapes.get(letter);
  if (plain !== undefined) return { text: plain, length: 2 };
  const hex = hexLengths.get(letter);
  if (hex !== undefined) {
    const code = Number.parseInt(source.slice(at + 2, at + 2 + hex), 16);
    return code <= 0x10ffff ? { text: String.fromCodePoint(code), length: hex + 2 } : undefined;
  }
  const joined = /^\\\r?\n[ \t]*/.exec(source.slice(at, at + 2000));
  return joined === null ? undefined : { text: '', length: joined[0].length };
}
