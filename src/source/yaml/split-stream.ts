import type { SourceFile } from '../../diagnostic/source-file.ts';
import type { Reader } from '../document.ts';
import { Refusal } from './refusal.ts';

/** A part of a text that its reader hands to go-yaml, or to Go's JSON decoder, by itself. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly isJson: boolean;
}

/**
 * The parts of a text as they are split before any YAML is read. kustomize: kio.ByteReader of kyaml 0.21; API server, kubectl, Flux and
 * Argo CD: YAMLOrJSONDecoder of k8s.io/apimachinery 0.36. Throws `Refusal` at a separator with content.
 */
export function splitStream(file: SourceFile, reader: Reader): readonly Chunk[] {
  const { text, hasByteOrderMark, isUtf16 } = file;
  // It looks for lines in bytes, of which each second one is zero.
  if (isUtf16 === true && reader === 'kustomize') return [{ start: 0, end: text.length, isJson: false }];
  if (reader === 'kustomize') return splitAtSeparators(text);
  // Behind the mark the first line is none that begins with ---.
  if (hasByteOrderMark === true) return splitLines(text, 0, false);
  const { chunks, end } = splitJson(text);
  return [...chunks, ...splitLines(text, end)];
}

function splitAtSeparators(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let start = 0;
  for (const { 0: separator, index } of text.matchAll(/\n---[^\n]*\n/g)) {
    checkSeparator(text, index + 1);
    chunks.push({ start, end: index + 1, isJson: false });
    start = index + separator.length;
  }
  chunks.push({ start, end: text.length, isJson: false });
  return chunks;
}

// What Go's strings.TrimSpace takes away.
const separatorPattern = /---[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*([^\n]?)/y;

function checkSeparator(text: string, at: number): void {
  separatorPattern.lastIndex = at;
  const [match = '', content = ''] = separatorPattern.exec(text) ?? [];
  if (content === '' || content === '#' || match.includes('\n')) return;
  const newline = text.indexOf('\n', at);
  const end = newline < 0 ? text.length : newline;
  throw new Refusal('nothing but a comment may follow --- on its line', at, end);
}

function splitLines(text: string, from: number, mayBeSeparator = true): Chunk[] {
  const chunks: Chunk[] = [];
  let start = from;
  for (const at of separators(text, from, mayBeSeparator)) {
    checkSeparator(text, at);
    // The first line of a part belongs to it, even if it is a separator.
    if (at === start) continue;
    chunks.push({ start, end: at, isJson: false });
    const newline = text.indexOf('\n', at);
    start = newline < 0 ? text.length : newline + 1;
  }
  if (start < text.length) chunks.push({ start, end: text.length, isJson: false });
  return chunks;
}

function* separators(text: string, from: number, mayBeFirst: boolean): Generator<number> {
  if (mayBeFirst && text.startsWith('---', from)) yield from;
  for (let at = text.indexOf('\n---', from); at >= 0; at = text.indexOf('\n---', at + 1)) yield at + 1;
}

const space = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*/y;

/** The JSON objects at the start of a stream. After one that something else follows the rest is YAML, after more it is an error. */
function splitJson(text: string): { chunks: Chunk[]; end: number } {
  const chunks: Chunk[] = [];
  let count = 0;
  let end = 0;
  for (;;) {
    const start = passSpace(text, end);
    if (count === 0 && text[start] !== '{') break;
    const next = count === 0 ? jsonEnd(text, start) : Math.max(jsonEnd(text, start), scalarEnd(text, start));
    if (next < 0) break;
    if (text.slice(start, next) !== 'null') chunks.push({ start, end: next, isJson: true });
    count += 1;
    end = next;
  }
  const rest = passSpace(text, end);
  if (count === 0 && text[rest] !== '{') return { chunks, end };
  if (/^[ \t\r\n]*$/.test(text.slice(end))) return { chunks, end: text.length };
  if (count > 1) throw new Refusal('JSON objects are before this, and this is not JSON', rest);
  checkRemainder(text, end);
  // What looked like JSON is read as YAML from its first character, or from its second line.
  const newline = text.slice(end, rest).indexOf('\n');
  return { chunks, end: newline < 0 ? rest : end + newline + 1 };
}

const jsonScalar = /(?:null|true|false|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|"(?:[^"\\\n]|\\.)*")/y;

/** Where a JSON value that is no collection ends, -1 if there is none. */
function scalarEnd(text: string, start: number): number {
  jsonScalar.lastIndex = start;
  const found = jsonScalar.exec(text)?.[0];
  return found === undefined ? -1 : start + found.length;
}

/** The decoder looks four bytes ahead before it turns to YAML, and gives up where there are less (consumeWhitespace). */
function checkRemainder(text: string, from: number): void {
  for (let at = from; ; at++) {
    if (new TextEncoder().encode(text.slice(at, at + 4)).length < 4)
      throw new Refusal('this follows JSON, and is not JSON', at, text.length);
    const isSpace = passSpace(text[at] ?? '', 0) === 1;
    if (!isSpace || text[at] === '\n') return;
  }
}

function passSpace(text: string, from: number): number {
  space.lastIndex = from;
  return from + (space.exec(text)?.[0].length ?? 0);
}

/** Where the JSON object or list that starts here ends, -1 if there is none. */
function jsonEnd(text: string, start: number): number {
  if (text[start] !== '{' && text[start] !== '[') return -1;
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 34) at = stringEnd(text, at);
    else if (code === 123 || code === 91) depth += 1;
    else if ((code === 125 || code === 93) && --depth === 0)
      return isJson(text.slice(start, at + 1)) ? at + 1 : -1;
  }
  return -1;
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
