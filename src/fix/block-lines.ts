import { keyAt, type PositionedNode, spanAt } from '../source/position.ts';
import { columnOf, lineEnd, lineStart } from './edit-text.ts';
import { childrenOf } from './set-field.ts';

/** A field of a block mapping with the lines that it takes. */
export interface FieldLines {
  readonly node: PositionedNode;
  /** The start of its first line, or of the comments right above it. */
  readonly start: number;
  /** The start of the line with the key. */
  readonly keyLine: number;
  /** The start of the line behind the key. */
  readonly content: number;
  /** Behind its last line. */
  readonly end: number;
}

/** The lines of the field of a document; undefined where it shares them with another one, or its key line holds more than the key. */
export function fieldLines(document: PositionedNode, field: string): FieldLines | undefined {
  const { positions } = document;
  const { text } = positions.file;
  const children = childrenOf(document);
  const at = children.findIndex((child) => keyAt(positions, child) === field);
  const child = children[at];
  if (child === undefined) return undefined;
  const key = spanAt(positions, child, 'key');
  const keyLine = lineStart(text, key.start);
  const next = children[at + 1];
  const limit = next === undefined ? endOfDocument(text, key.end) : spanAt(positions, next, 'key').start;
  if (text.slice(keyLine, key.start) !== '' || (next !== undefined && columnOf(text, limit) !== 0))
    return undefined;
  const end = next === undefined ? limit : withoutComments(text, key.end, limit);
  return {
    node: { positions, index: child },
    start: withComments(text, keyLine),
    keyLine,
    content: nextLine(text, key.end),
    end,
  };
}

/** Whether nothing but the key stands in the key's line. */
export function isKeyAlone({ node, content }: FieldLines): boolean {
  const { file, end } = spanAt(node.positions, node.index, 'key');
  return /^[ \t]*:[ \t\r\n]*$/u.test(file.text.slice(end, content));
}

/** The lines moved to the right or left; undefined where a line has not as many spaces. */
export function shiftLines(text: string, columns: number): string | undefined {
  const lines = text.split('\n');
  if (columns < 0 && lines.some((line) => line.trim() !== '' && !line.startsWith(' '.repeat(-columns))))
    return undefined;
  return lines
    .map((line) => {
      if (line.trim() === '') return line;
      return columns < 0 ? line.slice(-columns) : ' '.repeat(columns) + line;
    })
    .join('\n');
}

function nextLine(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline < 0 ? text.length : newline + 1;
}

function endOfDocument(text: string, from: number): number {
  const mark = /^(?:---|\.\.\.)(?=\s|$)/mu.exec(text.slice(from));
  return mark === null ? text.length : from + mark.index;
}

/** Comments without indentation and empty lines before the next key belong to that. */
function withoutComments(text: string, from: number, limit: number): number {
  let end = limit;
  while (end > from) {
    const above = lineStart(text, end - 1);
    if (above <= from || !/^(?:#.*|[ \t]*)$/u.test(text.slice(above, lineEnd(text, above)))) return end;
    end = above;
  }
  return end;
}

function withComments(text: string, keyLine: number): number {
  let start = keyLine;
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (!text.startsWith('#', above)) return start;
    start = above;
  }
  return start;
}
