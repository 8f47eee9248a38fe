import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Span } from '../diagnostic/span.ts';
import { type Suppression, suppressionsOf } from '../diagnostic/suppression.ts';
import type { Reader } from './document.ts';
import type { Sources } from './load.ts';
import { keyAt, type Positions, stride } from './position.ts';

export interface IgnoreComments {
  readonly suppressions: readonly Suppression[];
  readonly diagnostics: readonly Diagnostic[];
}

const marker = 'cdb-lint-ignore';
const comment = /(?<=^|[ \t])#[ \t]*cdb-lint-ignore(?![\w-])[ \t]*:?[ \t]*([^\r\n]*)/gmu;

/** What comments of YAML files accept: findings of their own line or, where they stand alone, of the line below. */
export function ignoreComments(sources: Sources, paths: readonly string[], reader: Reader): IgnoreComments {
  const suppressions: Suppression[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const path of paths) {
    if (!/(?:\.ya?ml|(?:^|\/)Kustomization)$/u.test(path)) continue;
    const file = sources.file(path);
    if (file === undefined || !file.text.includes(marker)) continue;
    const { documents } = sources.load(path, reader);
    const tables = documents.map(({ positions }) => positions);
    for (const { text, span } of commentsOf(file)) {
      if (isInValue(tables, span.start)) continue;
      const found = suppressionsOf(text, { by: 'comment', span, covers: coversLineOf(span) });
      suppressions.push(...found.suppressions);
      diagnostics.push(...found.diagnostics);
    }
  }
  return { suppressions, diagnostics };
}

function commentsOf(file: SourceFile): { readonly text: string; readonly span: Span }[] {
  return [...file.text.matchAll(comment)].map((match) => {
    const whole = match[0].trimEnd();
    return { text: match[1] ?? '', span: { file, start: match.index, end: match.index + whole.length } };
  });
}

function coversLineOf({ file, start }: Span): (diagnostic: Diagnostic) => boolean {
  const line = targetLine(file.text, start);
  return ({ span }) => span.file.path === file.path && span.start >= line.start && span.start <= line.end;
}

function targetLine(text: string, offset: number): { readonly start: number; readonly end: number } {
  let line = lineAt(text, text.lastIndexOf('\n', offset - 1) + 1);
  if (text.slice(line.start, offset).trim() !== '') return line;
  while (line.end < text.length && /^[ \t\r]*(?:#|$)/u.test(text.slice(line.start, line.end)))
    line = lineAt(text, line.end + 1);
  return line;
}

function lineAt(text: string, start: number): { readonly start: number; readonly end: number } {
  const newline = text.indexOf('\n', start);
  return { start, end: newline < 0 ? text.length : newline };
}

/** Whether what looks like a comment is a part of a text; a patch written into a kustomization has comments of its own. */
function isInValue(tables: readonly Positions[], offset: number): boolean {
  return tables.some((positions) => {
    const { nodes } = positions;
    for (let row = 0; row * stride < nodes.length; row++) {
      const isLeaf = nodes[row * stride + 4] === row + 1;
      const start = nodes[row * stride + 2] ?? 0;
      const end = nodes[row * stride + 3] ?? 0;
      if (isLeaf && start <= offset && offset < end) return !isPatch(positions, row);
    }
    return false;
  });
}

function isPatch(positions: Positions, row: number): boolean {
  if (!/(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/u.test(positions.file.path)) return false;
  const key = keyAt(positions, row);
  return key === undefined || key === 'patch';
}
