import { grouped } from '../../diagnostic/grouped.ts';
import type { SourceFile } from '../../diagnostic/source-file.ts';
import type { Span } from '../../diagnostic/span.ts';
import { lineBounds } from './line-column.ts';
import { secretsWithin } from './secrets-within.ts';

/** What is masked of each file. */
export type Masks = ReadonlyMap<string, readonly Span[]>;

export function masksByFile(secrets: readonly Span[]): Masks {
  return grouped(secrets.toSorted(byStart), ({ file }) => file.path);
}

export function byStart(a: Span, b: Span): number {
  return a.start - b.start;
}

// A line that nobody wrote by hand is known by its digest, so that each of thousands of findings in it does not repeat it.
const longestLine = 4_000;
const longLines = new WeakMap<SourceFile, Map<number, string>>();

/** A line without its secrets, or its digest where it is too long to be read. */
export function wholeLine(
  file: SourceFile,
  line: number,
  { secrets, digest }: { readonly secrets: readonly Span[]; readonly digest: (text: string) => string },
): string {
  const { start, end } = lineBounds(file, line) ?? { start: 0, end: 0 };
  if (end - start <= longestLine) return normalised(lineText(file, line, secrets));
  const known = longLines.get(file) ?? new Map<number, string>();
  longLines.set(file, known);
  const text = known.get(line) ?? digest(normalised(lineText(file, line, secrets)));
  known.set(line, text);
  return text;
}

export function isItem(text: string): boolean {
  return /^\s*-\s/u.test(text);
}

const longestItem = 500;

/** The name of the item that begins in a line, which need not stand first in it; any other line is its own name. */
export function itemName(file: SourceFile, line: number, secrets: readonly Span[]): string {
  const text = lineText(file, line, secrets);
  if (!isItem(text)) return normalised(text);
  const inside = text.length - text.replace(/^\s*-\s+/u, '').length;
  for (let at = line; at < line + longestItem; at++) {
    const own = lineText(file, at, secrets);
    if (lineBounds(file, at) === undefined || (at > line && !isBlank(own) && indentation(own) < inside))
      break;
    const name = /^name:(.*)$/u.exec(own.slice(inside))?.[1];
    if (name !== undefined) return `- name: ${normalised(name)}`;
  }
  return normalised(text);
}

const maxLevels = 64;
// Who scrolls further has no place that anybody would recognise.
const searchedLines = 5_000;

/** The lines of a block mapping that enclose a line, outermost first, after the name that its document goes by. */
export function enclosingLines(file: SourceFile, line: number, secrets: readonly Span[]): string[] {
  const above = linesAbove(file, line).map((one) => normalised(lineText(file, one, secrets)));
  return [documentAt(file, line).name, ...above.toReversed()];
}

/** The document of a line, and the keys and items that enclose it and stand in it, without the values that they have. */
export function enclosingNames(file: SourceFile, line: number): string[] {
  const names = [...linesAbove(file, line).toReversed(), line].map((one) => {
    const text = lineText(file, one, []);
    return isItem(text) ? `${itemName(file, one, [])} ${keyIn(text)}` : keyIn(text);
  });
  return [documentAt(file, line).name, flowName(file, documentAt(file, line).line), ...names];
}

/** The name in `metadata: {name: web}`, which stands in one line. */
function flowName(file: SourceFile, first: number): string {
  for (let line = first; lineBounds(file, line) !== undefined; line++) {
    const text = lineText(file, line, []);
    if (line > first && text.startsWith('---')) break;
    if (/^["']?metadata["']?:\s*\{/u.test(text)) return /\bname["']?:\s*([^,}\s]+)/u.exec(text)?.[1] ?? '';
  }
  return '';
}

export function keyIn(text: string): string {
  return normalised(text.replace(/:(?:\s.*)?$/u, ':'));
}

/** The numbers of the lines that enclose a line, the innermost first. */
export function linesAbove(file: SourceFile, line: number): number[] {
  const found: number[] = [];
  const parents = parentsOf(file);
  const last = Math.max(documentAt(file, line).line, line - searchedLines);
  let above = parents[line] ?? 0;
  while (above >= last && above > 0 && found.length < maxLevels) {
    found.push(above);
    above = parents[above] ?? 0;
  }
  return found;
}

const knownParents = new WeakMap<SourceFile, readonly number[]>();

/** By the number of a line, that of the nearest one above it that is indented less; 0 for none. */
function parentsOf(file: SourceFile): readonly number[] {
  const known = knownParents.get(file);
  if (known !== undefined) return known;
  const parents: number[] = [0];
  const around: { readonly line: number; readonly level: number }[] = [];
  for (let line = 1; lineBounds(file, line) !== undefined; line++) {
    const text = lineText(file, line, []);
    const level = indentation(text);
    parents.push(around.findLast((one) => one.level < level)?.line ?? 0);
    if (isBlank(text)) continue;
    while ((around.at(-1)?.level ?? -1) >= level) around.pop();
    around.push({ line, level });
  }
  knownParents.set(file, parents);
  return parents;
}

export interface DocumentStart {
  readonly line: number;
  /** Kind and name as they are written. */
  readonly name: string;
}

const documents = new WeakMap<SourceFile, readonly DocumentStart[]>();

export function documentAt(file: SourceFile, line: number): DocumentStart {
  const known = documents.get(file) ?? documentsOf(file);
  documents.set(file, known);
  let [low, high] = [0, known.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((known[middle]?.line ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  return known[low - 1] ?? { line: 1, name: '' };
}

function documentsOf(file: SourceFile): DocumentStart[] {
  const found: { line: number; kind: string; name: string }[] = [{ line: 1, kind: '', name: '' }];
  let section = '';
  for (let line = 1; lineBounds(file, line) !== undefined; line++) {
    const text = lineText(file, line, []);
    if (text.startsWith('---')) found.push({ line, kind: '', name: '' });
    const [, key = '', value = ''] = /^([A-Za-z]+):(.*)$/u.exec(text) ?? [];
    if (key !== '') section = key;
    const current = found.at(-1);
    if (current === undefined) continue;
    if (key === 'kind') current.kind = normalised(value);
    const name = section === 'metadata' ? /^ +name:(.*)$/u.exec(text)?.[1] : undefined;
    if (name !== undefined && current.name === '') current.name = normalised(name);
  }
  return found.map(({ line, kind, name }) => ({ line, name: `${kind}/${name}` }));
}

export function lineText(file: SourceFile, line: number, secrets: readonly Span[]): string {
  const bounds = lineBounds(file, line);
  return bounds === undefined ? '' : maskedText(file, bounds.start, bounds.end, secrets);
}

export function maskedText(file: SourceFile, start: number, end: number, secrets: readonly Span[]): string {
  if (secrets.length === 0) return file.text.slice(start, Math.max(start, end));
  let text = '';
  let at = start;
  for (const secret of secretsWithin(secrets, file.path, start, end)) {
    if (secret.end <= at) continue;
    text += `${file.text.slice(at, Math.max(at, secret.start))}•`;
    at = Math.max(at, secret.end);
  }
  return text + file.text.slice(at, Math.max(at, end));
}

function indentation(text: string): number {
  return text.length - text.trimStart().length;
}

function isBlank(text: string): boolean {
  return /^\s*(?:#.*)?$/u.test(text);
}

export function normalised(text: string): string {
  return text
    .replace(/(?:^|\s)#.*$/u, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
