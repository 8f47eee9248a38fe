/** A text while it is written, and what the emitter of go-yaml v3 remembers of it. */
export interface Output {
  readonly parts: string[];
  column: number;
  indent: number;
  /** Whether a blank or nothing stands before the place. */
  isSpaced: boolean;
  /** Whether nothing but indentation stands in the line so far. */
  isIndented: boolean;
  /** The indentation of a foot comment that was just written: an empty line keeps it apart. */
  footIndent: number;
  /** Comments of the event at hand that are not written yet. */
  head: string;
  line: string;
  foot: string;
  /** The foot comment of the key before. */
  tail: string;
  keyLine: string;
}

export const bestIndent = 2;

export function newOutput(): Output {
  const comments = { head: '', line: '', foot: '', tail: '', keyLine: '' };
  return { parts: [], column: 0, indent: -1, isSpaced: true, isIndented: true, footIndent: -1, ...comments };
}

export function isBreak(char: string): boolean {
  return char === '\n' || char === '\r' || char === '\x85' || char === '\u2028' || char === '\u2029';
}

export function put(output: Output, char: string): void {
  output.parts.push(char);
  output.column += 1;
}

export function putBreak(output: Output, char = '\n'): void {
  output.parts.push(char);
  output.column = 0;
  output.isIndented = true;
}

export function writeIndent(output: Output): void {
  const indent = Math.max(output.indent, 0);
  const { column, isIndented, isSpaced } = output;
  if (!isIndented || column > indent || (column === indent && !isSpaced)) putBreak(output);
  if (output.footIndent === indent) putBreak(output);
  while (output.column < indent) put(output, ' ');
  output.isSpaced = true;
  output.footIndent = -1;
}

/** Writes `-`, `:`, a bracket or the like. */
export function writeIndicator(
  output: Output,
  indicator: string,
  { needsSpace = false, isSpace = false, isIndentation = false } = {},
): void {
  if (needsSpace && !output.isSpaced) put(output, ' ');
  for (const char of indicator) put(output, char);
  output.isSpaced = isSpace;
  output.isIndented = output.isIndented && isIndentation;
}

/** The comments above: first what is left of the value before. */
export function writeHead(output: Output): void {
  if (output.tail !== '') {
    writeIndent(output);
    writeComment(output, output.tail);
    output.tail = '';
    output.footIndent = Math.max(output.indent, 0);
  }
  if (output.head === '') return;
  writeIndent(output);
  writeComment(output, output.head);
  output.head = '';
}

/** The comment on the same line; a line break at least, where one is needed. */
export function writeLine(output: Output, needsBreak = false): void {
  if (output.line === '') {
    if (needsBreak) putBreak(output);
    return;
  }
  if (!output.isSpaced) put(output, ' ');
  writeComment(output, output.line);
  output.line = '';
}

export function writeFoot(output: Output): void {
  if (output.foot === '') return;
  writeIndent(output);
  writeComment(output, output.foot);
  output.foot = '';
  output.footIndent = Math.max(output.indent, 0);
}

function writeComment(output: Output, comment: string): void {
  let isAtStart = true;
  let endsWithBreak = false;
  for (const char of comment) {
    if (isBreak(char)) {
      putBreak(output, char);
      endsWithBreak = true;
      isAtStart = true;
      continue;
    }
    if (endsWithBreak) writeIndent(output);
    if (isAtStart && char !== '#') for (const each of '# ') put(output, each);
    isAtStart = false;
    put(output, char);
    output.isIndented = false;
    endsWithBreak = false;
  }
  if (!endsWithBreak) putBreak(output);
  output.isSpaced = true;
}
