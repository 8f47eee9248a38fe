import { dots } from '../../credential/dots.ts';
import type { Span } from '../../diagnostic/span.ts';
import type { Paint, Style } from '../terminal/colour.ts';
import { visible } from '../visible.ts';
import { lineBounds, lineColumn } from './line-column.ts';
import { secretsWithin } from './secrets-within.ts';

export interface FrameOptions {
  readonly paint: Paint;
  /** The style of the marks under the span. */
  readonly style: Style;
  /** Stretches whose text is shown as dots. */
  readonly secrets: readonly Span[];
  /** Columns to stay within. */
  readonly width: number;
}

const linesBefore = 2;
const linesAfter = 1;
const markedLines = 3;

/** One line of a frame with its number; `length` of it are marked, none on a line that only surrounds the span. */
export interface FrameLine {
  readonly number: number;
  readonly text: string;
  readonly offset: number;
  readonly length: number;
}

export interface Frame {
  readonly lines: readonly FrameLine[];
  /** Whether the span goes on behind the last line. */
  readonly isCut: boolean;
}

/** The lines around a span; none where the file has no text to show. */
export function frameOf(span: Span, options: Pick<FrameOptions, 'secrets' | 'width'>): Frame {
  const { file } = span;
  if (file.text === '') return { lines: [], isCut: false };
  const first = lineColumn(file, span.start).line;
  const last = Math.max(first, lineColumn(file, Math.max(span.start, span.end - 1)).line);
  const lastShown = last - first < markedLines ? last + linesAfter : first + markedLines - 1;
  const lines: FrameLine[] = [];
  for (let line = Math.max(1, first - linesBefore); line <= lastShown; line++) {
    const bounds = lineBounds(file, line);
    if (bounds === undefined) break;
    const shown = line < first ? lineBefore(file, bounds, options) : markedLine(span, bounds, options);
    if (line <= last || shown.text !== '') lines.push({ number: line, ...shown });
  }
  return { lines, isCut: lastShown < last };
}

/** The lines around a span with their numbers, the span underlined; empty where the file has no text to show. */
export function codeFrame(span: Span, options: FrameOptions): string[] {
  const { lines, isCut } = frameOf(span, options);
  const last = lines.at(-1);
  if (last === undefined) return [];
  const gutter = String(last.number).length;
  const { paint } = options;
  const bar = paint('faint', '|');
  const frame = [`${' '.repeat(gutter)} ${bar}`];
  for (const { number, text, offset, length } of lines) {
    frame.push(`${paint('faint', String(number).padStart(gutter))} ${bar} ${text}`.trimEnd());
    if (length > 0) {
      const marks = paint(options.style, '^'.repeat(length));
      frame.push(`${' '.repeat(gutter)} ${bar} ${' '.repeat(offset)}${marks}`);
    }
  }
  if (isCut) frame.push(`${' '.repeat(gutter)} ${bar} ${paint('faint', '…')}`);
  return frame;
}

/** The first line of a span without its indentation, for lists of places. */
export function sourceLine(span: Span, secrets: readonly Span[], width: number): string {
  const bounds = firstBounds(span);
  const text = displayLine(span.file, bounds, { secrets, near: bounds.start }).cells.join('').trim();
  return text.length > width ? `${text.slice(0, Math.max(1, width - 1))}…` : text;
}

/** The first line of a span as it stands. */
export function wholeLine(span: Span, secrets: readonly Span[]): string {
  const { cells } = displayLine(span.file, firstBounds(span), { secrets, near: undefined });
  return cells.join('').trimEnd();
}

/** Where the text of a line starts and ends. */
interface Bounds {
  readonly start: number;
  readonly end: number;
}

function firstBounds({ file, start }: Span): Bounds {
  return lineBounds(file, lineColumn(file, start).line) ?? { start: 0, end: 0 };
}

/** Where it does without the blanks around it. */
function inkOf({ text }: Span['file'], { start, end }: Bounds): Bounds {
  const line = text.slice(start, end);
  return { start: end - line.trimStart().length, end: start + line.trimEnd().length };
}

interface ShownLine {
  readonly text: string;
  /** Where the marks start and how many there are; none on a line that only surrounds the span. */
  readonly offset: number;
  readonly length: number;
}

/** A line of the span, around its marks, or the one behind it, which has none. */
function markedLine(
  { file, start, end }: Span,
  bounds: Bounds,
  { secrets, width }: Pick<FrameOptions, 'secrets' | 'width'>,
): ShownLine {
  const isFirst = start >= bounds.start;
  const ink = inkOf(file, bounds);
  const near = isFirst ? start : ink.start;
  const shown = displayLine(file, bounds, { secrets, near });
  const { cells } = shown;
  const [from, to] = [near - shown.start, Math.min(end, ink.end) - shown.start];
  const offset = cells.slice(0, from).join('').length;
  const marked = to > from ? cells.slice(from, to).join('').length : 0;
  return cut({ text: cells.join(''), offset, length: isFirst ? Math.max(marked, 1) : marked }, width);
}

/** A line before the span, from its beginning on. */
function lineBefore(
  file: Span['file'],
  bounds: Bounds,
  { secrets, width }: Pick<FrameOptions, 'secrets' | 'width'>,
): ShownLine {
  const { cells } = displayLine(file, bounds, { secrets, near: bounds.start });
  return cut({ text: cells.join(''), offset: 0, length: 0 }, width);
}

/** Long lines are cut around the marks. */
function cut(line: ShownLine, width: number): ShownLine {
  const { text, offset, length } = line;
  if (text.length <= width) return line;
  const start = offset + Math.min(length, 20) <= width - 1 ? 0 : Math.max(0, offset - Math.floor(width / 3));
  const head = start > 0 ? '…' : '';
  const room = width - head.length;
  const rest = text.slice(start);
  const shift = offset - start + head.length;
  return {
    text: `${head}${rest.length > room ? `${rest.slice(0, room - 1)}…` : rest}`,
    offset: shift,
    length: Math.min(length, width - shift),
  };
}

// Of a longer line nothing is looked at that is further away: thousands of findings on one line cost as many windows.
const reach = 500;

/**
 * Each code unit of a line as it is shown, around a place where the line is long; of a secret stretch the first becomes dots and the
 * others nothing.
 */
function displayLine(
  file: Span['file'],
  bounds: Bounds,
  { secrets, near }: { readonly secrets: readonly Span[]; readonly near: number | undefined },
): { readonly start: number; readonly cells: readonly string[] } {
  const { start, end } = near === undefined ? bounds : windowOf(file.text, bounds, near);
  const cells: string[] = [];
  for (const character of file.text.slice(start, end)) {
    cells.push(character === '\t' ? '  ' : visible(character));
    if (character.length === 2) cells.push('');
  }
  const ink = inkOf(file, bounds);
  for (const secret of secretsWithin(secrets, file.path, start, end)) {
    const from = Math.max(secret.start, ink.start, start) - start;
    const to = Math.min(secret.end, end) - start;
    for (let index = from; index < to; index++) cells[index] = index === from ? dots : '';
  }
  return { start, cells };
}

function windowOf(text: string, bounds: Bounds, near: number): Bounds {
  const isLow = (at: number): boolean => text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) < 0xe000;
  const start = Math.max(bounds.start, near - reach);
  const end = Math.min(bounds.end, near + reach);
  return { start: isLow(start) ? start + 1 : start, end: isLow(end) ? end + 1 : end };
}
