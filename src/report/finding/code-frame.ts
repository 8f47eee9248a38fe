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
    const shown = showLine(span, line, options);
    if (shown !== undefined && (line <= last || shown.text !== '')) lines.push({ number: line, ...shown });
  }
  return { lines, isCut: lastShown < last };
}

/** The lines around a span with their numbers, the span underlined; empty where the file has no text to show. */
export function codeFrame(span: Span, options: FrameOptions): string[] {
  const { lines, isCut } = frameOf(span, options);
  if (lines.length === 0) return [];
  const gutter = String(lines.at(-1)?.number).length;
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
  const { line } = lineColumn(span.file, span.start);
  const shown = displayLine(span.file, line, { secrets, near: lineBounds(span.file, line)?.start });
  if (shown === undefined) return '';
  const text = shown.cells.join('').trim();
  return text.length > width ? `${text.slice(0, Math.max(1, width - 1))}…` : text;
}

/** The first line of a span as it stands. */
export function wholeLine(span: Span, secrets: readonly Span[]): string {
  const shown = displayLine(span.file, lineColumn(span.file, span.start).line, { secrets, near: undefined });
  return shown === undefined ? '' : shown.cells.join('').trimEnd();
}

interface ShownLine {
  readonly text: string;
  /** Where the marks start and how many there are; none on a line that only surrounds the span. */
  readonly offset: number;
  readonly length: number;
}

function showLine(
  span: Span,
  line: number,
  options: Pick<FrameOptions, 'secrets' | 'width'>,
): ShownLine | undefined {
  const bounds = lineBounds(span.file, line);
  const near = Math.max(span.start, bounds?.start ?? 0);
  const shown = displayLine(span.file, line, { secrets: options.secrets, near });
  if (shown === undefined) return undefined;
  const { start, cells } = shown;
  const raw = span.file.text.slice(start, start + cells.length);
  const indent = start > (bounds?.start ?? 0) ? 0 : raw.length - raw.trimStart().length;
  const from = Math.max(span.start - start, span.start < start ? indent : 0);
  const to = Math.min(span.end - start, raw.trimEnd().length);
  const offset = cells.slice(0, from).join('').length;
  const marked = to > from ? cells.slice(from, to).join('').length : 0;
  const first = lineColumn(span.file, span.start).line === line;
  const length = first ? Math.max(marked, 1) : marked;
  return cut({ text: cells.join(''), offset, length }, options.width);
}

/** Long lines are cut around the marks. */
function cut(line: ShownLine, width: number): ShownLine {
  const { text, offset } = line;
  if (text.length <= width) return line;
  const start =
    offset + Math.min(line.length, 20) <= width - 1 ? 0 : Math.max(0, offset - Math.floor(width / 3));
  const head = start > 0 ? '…' : '';
  const body = text.slice(start, start + width - 2);
  const tail = start + width - 2 < text.length ? '…' : '';
  const shift = offset - start + head.length;
  return {
    text: `${head}${body}${tail}`,
    offset: shift,
    length: Math.max(line.length > 0 ? 1 : 0, Math.min(line.length, width - shift)),
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
  line: number,
  { secrets, near }: { readonly secrets: readonly Span[]; readonly near: number | undefined },
): { start: number; cells: string[] } | undefined {
  const bounds = lineBounds(file, line);
  if (bounds === undefined) return undefined;
  const { start, end } = near === undefined ? bounds : windowOf(file.text, bounds, near);
  const raw = file.text.slice(start, end);
  const cells: string[] = [];
  for (const character of raw) {
    cells.push(character === '\t' ? '  ' : visible(character));
    if (character.length === 2) cells.push('');
  }
  const indent = start > bounds.start ? 0 : raw.length - raw.trimStart().length;
  for (const secret of secretsWithin(secrets, file.path, start, end)) {
    const from = Math.max(secret.start - start, indent);
    const to = Math.min(secret.end - start, raw.length);
    for (let index = from; index < to; index++) cells[index] = index === from ? dots : '';
  }
  return { start, cells };
}

function windowOf(
  text: string,
  bounds: { readonly start: number; readonly end: number },
  near: number,
): { readonly start: number; readonly end: number } {
  const isLow = (at: number): boolean => text.charCodeAt(at) >= 0xdc00 && text.charCodeAt(at) < 0xe000;
  const start = Math.max(bounds.start, near - reach);
  const end = Math.min(bounds.end, Math.max(start, near) + reach);
  return { start: start > bounds.start && isLow(start) ? start + 1 : start, end: isLow(end) ? end + 1 : end };
}
