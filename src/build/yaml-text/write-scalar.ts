import { ownOf } from '../../source/own.ts';
import {
  bestIndent,
  isBreak,
  type Output,
  put,
  putBreak,
  writeIndent,
  writeIndicator,
  writeLine,
} from './output.ts';
import type { ScalarStyle } from './token.ts';

/** Which styles can hold a text (yaml_emitter_analyze_scalar of go-yaml v3.0.5). */
export interface Analysis {
  readonly isMultiline: boolean;
  readonly flowPlain: boolean;
  readonly blockPlain: boolean;
  readonly single: boolean;
  readonly block: boolean;
}

const special = /[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
const anyBreak = /[\n\r\x85\u2028\u2029]/;
const breakBeforeSpace = /[\n\r\x85\u2028\u2029] /;
const spaceBeforeBreak = / [\n\r\x85\u2028\u2029]/;

export function analyse(text: string): Analysis {
  if (text === '')
    return { isMultiline: false, flowPlain: false, blockPlain: true, single: true, block: false };
  const isMultiline = anyBreak.test(text);
  const isSpecial = special.test(text);
  const quotesAlways = spaceBeforeBreak.test(text) || text.includes('\t') || isSpecial;
  const isPadded =
    text.startsWith(' ') ||
    text.endsWith(' ') ||
    anyBreak.test(text[0] ?? '') ||
    anyBreak.test(text.at(-1) ?? '');
  const isPlain = !isPadded && !breakBeforeSpace.test(text) && !quotesAlways && !isMultiline;
  return {
    isMultiline,
    flowPlain: isPlain && !hasFlowIndicator(text),
    blockPlain: isPlain && !hasBlockIndicator(text),
    single: !breakBeforeSpace.test(text) && !quotesAlways,
    block: !text.endsWith(' ') && !spaceBeforeBreak.test(text) && !isSpecial,
  };
}

function hasBlockIndicator(text: string): boolean {
  return /^(?:[#,[\]{}&*!|>'"%@`]|[?:-](?:[ \t]|$)|---|\.\.\.)|:(?:[ \t]|$)|[ \t]#/.test(text);
}

function hasFlowIndicator(text: string): boolean {
  return /^(?:[#,[\]{}&*!|>'"%@`?:]|-(?:[ \t]|$)|---|\.\.\.)|[,?[\]{}:]|[ \t]#/.test(text);
}

/** Writes the text in a style that can hold it. Lines are never folded. */
export function writeScalar(output: Output, text: string, style: ScalarStyle): void {
  writers[style](output, text);
}

const writers: Readonly<Record<ScalarStyle, (output: Output, text: string) => void>> = {
  plain: writePlain,
  single: writeSingle,
  double: writeDouble,
  literal: writeLiteral,
  folded: writeFolded,
};

function writePlain(output: Output, text: string): void {
  if (text !== '' && !output.isSpaced) put(output, ' ');
  writeFlowing(output, text, false);
  if (text !== '') output.isSpaced = false;
  output.isIndented = false;
}

function writeSingle(output: Output, text: string): void {
  writeIndicator(output, "'", { needsSpace: true });
  writeFlowing(output, text, true);
  writeIndicator(output, "'");
  output.isSpaced = false;
  output.isIndented = false;
}

function writeFlowing(output: Output, text: string, isQuoted: boolean): void {
  let wasBreak = false;
  for (const char of text) {
    if (isBreak(char)) {
      if (!wasBreak && char === '\n') putBreak(output);
      putBreak(output, char);
      wasBreak = true;
      continue;
    }
    if (char !== ' ' && wasBreak) writeIndent(output);
    if (isQuoted && char === "'") put(output, "'");
    put(output, char);
    if (char === ' ') continue;
    output.isIndented = false;
    wasBreak = false;
  }
}

const escapes: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escapeOf(char: string): string {
  const known = Object.hasOwn(escapes, char) ? ownOf(escapes, char) : undefined;
  if (known !== undefined) return `\\${known}`;
  const code = char.codePointAt(0) ?? 0;
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}

function writeDouble(output: Output, text: string): void {
  const escapesAll = text.startsWith('\uFEFF');
  writeIndicator(output, '"', { needsSpace: true });
  for (const char of text) {
    const isEscaped = escapesAll || '\t"\\'.includes(char) || isBreak(char) || special.test(char);
    for (const each of isEscaped ? escapeOf(char) : char) put(output, each);
  }
  writeIndicator(output, '"');
  output.isSpaced = false;
  output.isIndented = false;
}

/** What stands behind `|` or `>`, and the comment of the line. */
function writeHeader(output: Output, indicator: string, text: string): void {
  writeIndicator(output, indicator, { needsSpace: true });
  const first = text[0] ?? '';
  if (first === ' ' || isBreak(first)) writeIndicator(output, String(bestIndent));
  if (text === '' || !isBreak(text.at(-1) ?? '')) writeIndicator(output, '-');
  else if (text.length === 1 || isBreak(text.at(-2) ?? '')) writeIndicator(output, '+');
  writeLine(output, true);
  output.isSpaced = true;
}

function writeLiteral(output: Output, text: string): void {
  writeHeader(output, '|', text);
  let wasBreak = true;
  for (const char of text) {
    if (isBreak(char)) {
      putBreak(output, char);
      wasBreak = true;
      continue;
    }
    if (wasBreak) writeIndent(output);
    put(output, char);
    output.isIndented = false;
    wasBreak = false;
  }
}

function writeFolded(output: Output, text: string): void {
  writeHeader(output, '>', text);
  // Upstream looks at the start of the text, not at the line that follows.
  const startsIndented = /^[\n\r\x85\u2028\u2029]*(?:[ \t]|$)/.test(text);
  let wasBreak = true;
  let isIndentedLine = true;
  for (const char of text) {
    if (isBreak(char)) {
      if (!wasBreak && !isIndentedLine && char === '\n' && !startsIndented) putBreak(output);
      putBreak(output, char);
      wasBreak = true;
      continue;
    }
    if (wasBreak) {
      writeIndent(output);
      isIndentedLine = char === ' ' || char === '\t';
    }
    put(output, char);
    output.isIndented = false;
    wasBreak = false;
  }
}
