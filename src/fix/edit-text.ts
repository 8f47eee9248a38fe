import type { Edit } from '../diagnostic/fix.ts';
import type { Span } from '../diagnostic/span.ts';

/** The text with the edits made; those that are the same are made once. Edits must not overlap. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const { span, text: replacement } of distinct(edits)) {
    result += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return result + text.slice(at);
}

function distinct(edits: readonly Edit[]): Edit[] {
  const known = new Map<string, Edit>();
  for (const edit of edits) {
    const key = editKey(edit);
    if (!known.has(key)) known.set(key, edit);
  }
  return [...known.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

export function isSameEdit(a: Edit, b: Edit): boolean {
  return (
    a.text === b.text &&
    a.span.file.path === b.span.file.path &&
    a.span.start === b.span.start &&
    a.span.end === b.span.end
  );
}

/** Equal for edits that are the same. */
export function editKey({ span: { file, start, end }, text }: Edit): string {
  return JSON.stringify([start, end, text, file.path]);
}

/** Whether two spans share a place; two insertions at one place do. */
export function touches(a: Span, b: Span): boolean {
  return a.file.path === b.file.path && a.start <= b.end && b.start <= a.end;
}

/** How the file ends its lines. */
export function lineEnding(text: string): '\n' | '\r\n' {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line's text ends, before its line ending. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** An edit that only adds. */
export function insertion({ file }: Pick<Span, 'file'>, offset: number, text: string): Edit {
  return { span: { file, start: offset, end: offset }, text };
}
