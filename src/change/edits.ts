import { diffArrays } from 'diff';
import type { Span } from '../diagnostic/span.ts';
import type { Side } from './side.ts';

export type Revision = Side['revision'];

/** Which lines of the files differ between the two revisions. */
export interface Edits {
  /** The first edited line that a span touches, of the file as its revision has it; undefined where none of them is. */
  readonly within: (revision: Revision, span: Span) => Span | undefined;
  /** The first edited line of a file; undefined where the revision has nothing of its own there. */
  readonly first: (revision: Revision, path: string) => Span | undefined;
  /** The edited lines of a file. */
  readonly lines: (revision: Revision, path: string) => readonly Span[];
  readonly isChanged: (path: string) => boolean;
  /** Which contiguous edit of its file a place is in, counted over both revisions; undefined where its line is as before. */
  readonly editOf: (revision: Revision, span: Span) => number | undefined;
  /** Where the head would have a line that only the base has: the line that stands there now; undefined where the file is gone. */
  readonly near: (span: Span) => Span | undefined;
}

// More differences than this in one file are not told apart line by line.
const mostEdits = 2000;

interface FileEdits {
  /** For each line that only the base has the line of the head that stands there now, both counted from 0. */
  readonly places: ReadonlyMap<number, number>;
  readonly base: LineEdits;
  readonly head: LineEdits;
}

interface LineEdits {
  readonly text: string;
  /** Where each line begins. */
  readonly starts: readonly number[];
  /** Offsets at which edited lines begin, in order, where each ends, and which contiguous edit it is in. */
  readonly lines: readonly (readonly [start: number, end: number, edit: number])[];
}

/** Compares the files of two revisions, each when it is asked for. */
export function editsBetween(base: Side, head: Side): Edits {
  const known = new Map<string, FileEdits | undefined>();
  const editsOf = (path: string): FileEdits | undefined => {
    if (!known.has(path)) known.set(path, compareFile(base.textOf(path), head.textOf(path)));
    return known.get(path);
  };
  const within = (revision: Revision, { file, start, end }: Span): Span | undefined => {
    const line = firstUpTo(start, editsOf(file.path)?.[revision]);
    return line && line[0] < end
      ? { file, start: Math.max(start, line[0]), end: Math.min(Math.max(end, start), line[1]) }
      : undefined;
  };
  const lines = (revision: Revision, path: string): Span[] => {
    const { text, lines: edited } = editsOf(path)?.[revision] ?? nothingEdited;
    const file = { path, text };
    return edited.map(([start, end]) => ({ file, start, end }));
  };
  return {
    within,
    lines,
    first: (revision, path) => lines(revision, path)[0],
    isChanged: (path) => editsOf(path) !== undefined,
    editOf(revision, { file, start }) {
      const line = firstUpTo(start, editsOf(file.path)?.[revision]);
      return line && line[0] <= start ? line[2] : undefined;
    },
    near({ file, start }) {
      const edits = editsOf(file.path);
      if (edits === undefined || head.textOf(file.path) === undefined) return undefined;
      const line = edits.places.get(lineAt(start, edits.base));
      return line === undefined ? undefined : spanOfLine(file.path, edits.head, line);
    },
  };
}

/** The first edited line that does not end before an offset. */
function firstUpTo(
  offset: number,
  { lines }: LineEdits = nothingEdited,
): LineEdits['lines'][number] | undefined {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.[1] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return lines[low];
}

const nothingEdited: LineEdits = { text: '', starts: [], lines: [] };

function compareFile(base: string | undefined, head: string | undefined): FileEdits | undefined {
  if (base === head) return undefined;
  const [before, after] = [linesOf(base ?? ''), linesOf(head ?? '')];
  const parts = diffArrays([...before], [...after], { maxEditLength: mostEdits });
  const places = new Map<number, number>();
  if (parts === undefined)
    return { places, base: edited(base, inOneEdit(before)), head: edited(head, inOneEdit(after)) };
  const edits = { base: new Map<number, number>(), head: new Map<number, number>() };
  let [old, now, edit] = [0, 0, 0];
  for (const part of parts) {
    if (!part.added && !part.removed) edit += 1;
    for (let index = 0; index < part.count; index++) {
      if (part.removed) {
        places.set(old, now);
        edits.base.set(old, edit);
      }
      if (part.added) edits.head.set(now, edit);
      if (!part.added) old += 1;
      if (!part.removed) now += 1;
    }
  }
  return { places, base: edited(base, edits.base), head: edited(head, edits.head) };
}

function inOneEdit(lines: readonly string[]): ReadonlyMap<number, number> {
  return new Map(lines.map((_, line) => [line, 0]));
}

/** The line that an offset is in, counted from 0. */
function lineAt(offset: number, { starts }: LineEdits): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function spanOfLine(path: string, { text, starts }: LineEdits, line: number): Span {
  const at = Math.min(line, starts.length - 1);
  return { file: { path, text }, start: starts[at] ?? 0, end: (starts[at + 1] ?? text.length + 1) - 1 };
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

function edited(text = '', edits: ReadonlyMap<number, number>): LineEdits {
  const lines: [number, number, number][] = [];
  const starts: number[] = [];
  let start = 0;
  for (const [index, line] of linesOf(text).entries()) {
    const end = start + line.length;
    starts.push(start);
    const edit = edits.get(index);
    if (edit !== undefined && line.trim() !== '') lines.push([start, end, edit]);
    start = end + 1;
  }
  return { text, starts, lines };
}
