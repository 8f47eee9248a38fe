import { firstWhere } from '../diagnostic/first-where.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Span } from '../diagnostic/span.ts';

/** A stretch of whole lines of a file, which may be shown. */
export interface Window {
  readonly start: number;
  end: number;
}

const linesAround = 12;

/** Stretches of whole lines around places in a file, those that touch made one. */
export function windowsOf(file: SourceFile, places: readonly Span[]): Window[] {
  const windows: Window[] = [];
  const lineEnd = { from: 0, to: -1, after: 0 };
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start)) {
    const last = windows.at(-1);
    // What begins inside of a stretch needs no search for its first line, and on the same line none for the last one.
    const from = last !== undefined && start <= last.end ? start : lineBefore(file.text, start);
    const shown = Math.min(end, start + 2000);
    if (shown < lineEnd.from || shown > lineEnd.to)
      Object.assign(lineEnd, {
        from: shown,
        to: endOfLine(file.text, shown),
        after: lineAfter(file.text, shown),
      });
    const to = lineEnd.after;
    if (last !== undefined && from <= last.end) last.end = Math.max(last.end, to);
    else windows.push({ start: from, end: to });
  }
  return windows;
}

function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset + 1);
  return newline < 0 ? text.length : newline - 1;
}

function lineBefore(text: string, offset: number): number {
  let at = offset;
  for (let line = 0; line <= linesAround && at > 0; line++) at = text.lastIndexOf('\n', at - 1);
  return Math.max(0, at);
}

function lineAfter(text: string, offset: number): number {
  let at = offset;
  for (let line = 0; line <= linesAround; line++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return text.length;
  }
  return at;
}

/** Whether a stretch of a file stands in one of its windows, which are in order and apart. */
export function isShown(windows: readonly Window[], start: number, end: number): boolean {
  const first = windows[firstWhere(windows, (window) => window.end > start)];
  return first !== undefined && first.start < end;
}
