import { type Origin, originOfEntry, overwrite, type StepKind, untracked } from '../../object/provenance.ts';
import type { Problem } from '../problem.ts';
import type { DataPair } from './data-pair.ts';
import { decodeUtf8, type GeneratorFile } from './generator-file.ts';

/**
 * The pairs of an env file: a line each, without comments and empty lines. A key without `=` is empty, since kustomize
 * v5.8 does not look into the environment any more; nothing is unquoted and nothing trimmed at the end of a line.
 */
export function readEnvFile(file: GeneratorFile, entry: Origin, by: StepKind): DataPair[] | Problem {
  const text = decodeUtf8(file.bytes);
  if (text === undefined) {
    return {
      problem: `"${file.path}" is not UTF-8`,
      help: 'List it under `files:` to keep it as binary data.',
    };
  }
  const source = { path: file.path, text };
  const pairs: DataPair[] = [];
  for (const { start, end } of linesOf(text)) {
    const pair = parseLine(text.slice(start, end));
    if (pair === undefined) continue;
    const origin =
      entry === untracked ? untracked : overwrite(entry, originOfEntry(by, { file: source, start, end }));
    pairs.push({ ...pair, origin });
  }
  return pairs;
}

/** Go's bufio.Scanner ends silently at the first line of 64 KiB and more, and kustomize does not ask why. */
const longestLine = 64 * 1024 - 1;

function* linesOf(text: string): Generator<{ start: number; end: number }> {
  let start = text.startsWith('\ufeff') ? 1 : 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline;
    if (isTooLong(text, start, next)) return;
    const end = next > start && text[next - 1] === '\r' ? next - 1 : next;
    yield { start, end };
    start = next + 1;
  }
}

function isTooLong(text: string, start: number, end: number): boolean {
  if ((end - start) * 3 <= longestLine) return false;
  return new TextEncoder().encode(text.slice(start, end)).length > longestLine;
}

// What Go's unicode.IsSpace knows; `\s` is another set.
const leadingSpace = /^[\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/;

function parseLine(line: string): { key: string; content: string } | undefined {
  const text = line.replace(leadingSpace, '');
  if (text === '' || text.startsWith('#')) return undefined;
  const separator = text.indexOf('=');
  if (separator === 0) return undefined;
  return separator < 0
    ? { key: text, content: '' }
    : { key: text.slice(0, separator), content: text.slice(separator + 1) };
}
