import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Span } from '../diagnostic/span.ts';
import { lineKey, type Suppression, suppressionsOf } from '../diagnostic/suppression.ts';
import { isKustomizationPath } from '../object/kustomization-path.ts';
import type { Reader } from '../source/document.ts';
import type { Sources } from '../source/load.ts';
import { keyAt, type Positions, spanAt, stride } from '../source/position.ts';

export interface IgnoreComments {
  readonly suppressions: readonly Suppression[];
  readonly diagnostics: readonly Diagnostic[];
}

const marker = 'cdb-lint-ignore';
const comment = /(?<=^|[ \t])#[ \t]*cdb-lint-ignore(?![\w-])[ \t]*:?[ \t]*([^\r\n]*)/gmu;
const maxComments = 1_000;

/**
 * What comments of YAML files accept: findings of their own line or, where they stand alone, of the line below, and all that stands in
 * a text that begins there.
 */
export function ignoreComments(sources: Sources, paths: readonly string[], reader: Reader): IgnoreComments {
  const suppressions: Suppression[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of paths) {
    if (!/\.ya?ml$/u.test(path) && !isKustomizationPath(path)) continue;
    const file = sources.file(path);
    if (file === undefined || !file.text.includes(marker)) continue;
    const tables = sources.load(path, reader).documents.map(({ positions }) => positions);
    const values = valuesIn(tables);
    const comments = commentsOf(file, values);
    const longTexts = values.filter(({ start, end }) => file.text.slice(start, end).includes('\n'));
    for (const { text, span, line } of comments.slice(0, maxComments)) {
      const newline = file.text.indexOf('\n', line);
      const end = longTexts.find(({ start }) => start >= line && start <= newline)?.end;
      const at = {
        by: 'comment',
        span,
        ...(end === undefined
          ? { key: lineKey({ file, start: line, end: line }), covers: () => true }
          : { covers: inside({ file, start: line, end }) }),
      } as const;
      const found = suppressionsOf(text, at);
      suppressions.push(...found.suppressions);
      diagnostics.push(...found.diagnostics);
    }
    const [beyond] = comments.slice(maxComments);
    if (beyond !== undefined) diagnostics.push(tooMany(beyond.span));
  }
  return { suppressions, diagnostics };
}

function inside({ file, start, end }: Span): Suppression['covers'] {
  return ({ span }) => span.file.path === file.path && span.start >= start && span.start < end;
}

/** What a comment cannot stand in: texts, and whatever else ends where it begins; a patch written into a kustomization has comments of its own. */
function valuesIn(tables: readonly Positions[]): Span[] {
  const found: Span[] = [];
  for (const positions of tables) {
    const { nodes } = positions;
    for (let row = 0; row * stride < nodes.length; row++)
      if (nodes[row * stride + 4] === row + 1 && !isPatch(positions, row)) found.push(spanAt(positions, row));
  }
  return found;
}

function tooMany(span: Span): Diagnostic {
  return {
    rule: 'suppression-too-broad',
    severity: 'error',
    message: `more than ${maxComments} comments accept findings in this file; the rest are ignored`,
    help: 'fix the findings, or exclude the file in cdb-lint.yaml',
    span,
    related: [],
  };
}

interface IgnoreComment {
  readonly text: string;
  readonly span: Span;
  /** Where the line begins that it speaks of. */
  readonly line: number;
}

function commentsOf(file: SourceFile, values: readonly Span[]): IgnoreComment[] {
  const matches = [...file.text.matchAll(comment)];
  const inValues = offsetsInValues(
    values,
    matches.map(({ index }) => index),
  );
  // From the last one back, so that comments above each other find the line that the lower one has found.
  const lines = new Map<number, number>();
  const found: IgnoreComment[] = [];
  for (const match of matches.reverse()) {
    const start = match.index;
    if (inValues.has(start)) continue;
    const span = { file, start, end: start + match[0].trimEnd().length };
    found.push({ text: match[1] ?? '', span, line: targetLine(file.text, start, lines) });
  }
  return found.reverse();
}

function targetLine(text: string, offset: number, lines: Map<number, number>): number {
  const own = text.lastIndexOf('\n', offset) + 1;
  let line = own;
  while (!lines.has(line) && isCommentOrEmpty(text, line)) {
    const newline = text.indexOf('\n', line);
    if (newline < 0) break;
    line = newline + 1;
  }
  const target = lines.get(line) ?? line;
  lines.set(own, target);
  return target;
}

function isCommentOrEmpty(text: string, line: number): boolean {
  let at = line;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') at += 1;
  return text[at] === '#' || text[at] === '\n';
}

/** Of sorted offsets those inside of a value. */
function offsetsInValues(values: readonly Span[], offsets: readonly number[]): Set<number> {
  const found = new Set<number>();
  for (const { start, end } of values)
    for (let at = firstFrom(offsets, start); (offsets[at] ?? end) < end; at++) found.add(offsets[at] ?? 0);
  return found;
}

function firstFrom(offsets: readonly number[], least: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((offsets[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isPatch(positions: Positions, row: number): boolean {
  if (!isKustomizationPath(positions.file.path)) return false;
  const key = keyAt(positions, row);
  return key === undefined || key === 'patch';
}
