import type { SourceFile } from '../../diagnostic/source-file.ts';
import type { Reader } from '../document.ts';
import type { Chunk } from './chunk.ts';
import { Refusal } from './refusal.ts';
import { splitJson } from './split-json.ts';

/**
 * The parts of a text as they are split before any YAML is read. kustomize: kio.ByteReader of kyaml 0.21, which takes all or nothing; API
 * server, kubectl, Flux and Argo CD: YAMLOrJSONDecoder of k8s.io/apimachinery 0.36. Throws `Refusal` at a separator with content.
 */
export function splitStream(file: SourceFile, reader: Reader): Iterable<Chunk> {
  if (reader !== 'kustomize') return splitForCluster(file);
  const { text, isUtf16 } = file;
  // It looks for lines in bytes, of which each second one is zero.
  if (isUtf16 === true) return [{ start: 0, end: text.length, isJson: false }];
  return splitAtSeparators(text);
}

function* splitForCluster({ text, hasByteOrderMark }: SourceFile): Generator<Chunk> {
  // Behind the mark the first line is none that begins with ---.
  if (hasByteOrderMark === true) yield* splitLines(text, 0, false);
  else yield* splitLines(text, yield* splitJson(text), true);
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
  throw new Refusal('only a comment can follow --- on its line', at, end);
}

function* splitLines(text: string, from: number, mayBeSeparator: boolean): Generator<Chunk> {
  let start = from;
  for (const at of separators(text, from, mayBeSeparator)) {
    checkSeparator(text, at);
    // The first line of a part belongs to it, even if it is a separator.
    if (at === start) continue;
    yield { start, end: at, isJson: false };
    const newline = text.indexOf('\n', at);
    start = newline < 0 ? text.length : newline + 1;
  }
  if (start < text.length) yield { start, end: text.length, isJson: false };
}

function* separators(text: string, from: number, mayBeFirst: boolean): Generator<number> {
  if (mayBeFirst && text.startsWith('---', from)) yield from;
  for (let at = text.indexOf('\n---', from); at >= 0; at = text.indexOf('\n---', at + 1)) yield at + 1;
}
