import type { SourceFile } from '../../diagnostic/source-file.ts';
import type { Span } from '../../diagnostic/span.ts';
import { lineBounds, lineColumn } from './line-column.ts';

/** What a root cause is known by: its rule and its place. */
export interface RootCause {
  readonly rule: string;
  readonly message: string;
  readonly span: Span;
}

/** A text's digest in hexadecimal digits. */
export type Digest = (text: string) => string;

const digits = 32;

/** How fingerprints are made. */
export interface Fingerprinting {
  readonly secrets: readonly Span[];
  readonly digest: Digest;
  /**
   * Rules that tell what an object or an item of it lacks: their place moves with whatever else is written there, so that they are
   * known by the object and the names of the items.
   */
  readonly ofItems?: ReadonlySet<string>;
}

/**
 * The fingerprint of each root cause: rule, file, document, the keys that enclose the line, the line without comment and
 * indentation, and of several that are alike in this the how-many-eth. Line numbers have no part in it. Nor have secrets: who
 * knows a fingerprint could try values.
 */
export function fingerprints<T extends RootCause>(
  causes: readonly T[],
  { secrets, digest, ofItems = new Set() }: Fingerprinting,
): ReadonlyMap<T, string> {
  const masks = masksByFile(secrets);
  const alike = new Map<string, Map<string, string>>();
  const found = new Map<T, string>();
  for (const cause of causes.toSorted(byPlace)) {
    const identity = ofItems.has(cause.rule) ? itemOf(cause, masks) : identityOf(cause, masks, digest);
    const others = alike.get(identity) ?? new Map<string, string>();
    alike.set(identity, others);
    // What is accepted in one environment and not in another is still one root cause.
    const exact = JSON.stringify([cause.span.start, cause.span.end, cause.message]);
    const fingerprint = others.get(exact) ?? digest(`${identity}\u0000${others.size}`).slice(0, digits);
    others.set(exact, fingerprint);
    found.set(cause, fingerprint);
  }
  return found;
}

type Masks = ReadonlyMap<string, readonly Span[]>;

function masksByFile(secrets: readonly Span[]): Masks {
  const masks = new Map<string, Span[]>();
  for (const secret of secrets.toSorted(byStart)) {
    const { path } = secret.file;
    const known = masks.get(path);
    if (known === undefined) masks.set(path, [secret]);
    else known.push(secret);
  }
  return masks;
}

function byStart(a: Span, b: Span): number {
  return a.start - b.start;
}

function byPlace(a: RootCause, b: RootCause): number {
  return byStart(a.span, b.span) || a.span.end - b.span.end || (a.message < b.message ? -1 : 1);
}

function identityOf({ rule, span }: RootCause, masks: Masks, digest: Digest): string {
  const { file } = span;
  if (file.text === '') return JSON.stringify([rule, file.path]);
  const { line } = lineColumn(file, span.start);
  const secrets = masks.get(file.path) ?? [];
  const own = wholeLine(file, line, { secrets, digest });
  const end = Math.min(span.end, lineBounds(file, line)?.end ?? span.end);
  const part = normalised(maskedText(file, span.start, end, secrets));
  return JSON.stringify([rule, file.path, ...enclosingLines(file, line, secrets), own, part]);
}

// A line that nobody wrote by hand is known by its digest, so that each of thousands of findings in it does not repeat it.
const longestLine = 4_000;
const longLines = new WeakMap<SourceFile, Map<number, string>>();

function wholeLine(
  file: SourceFile,
  line: number,
  { secrets, digest }: { readonly secrets: readonly Span[]; readonly digest: Digest },
): string {
  const { start, end } = lineBounds(file, line) ?? { start: 0, end: 0 };
  if (end - start <= longestLine) return normalised(lineText(file, line, secrets));
  const known = longLines.get(file) ?? new Map<number, string>();
  longLines.set(file, known);
  const text = known.get(line) ?? digest(normalised(lineText(file, line, secrets)));
  known.set(line, text);
  return text;
}

/** The document of a root cause, and the keys and items that enclose it down to the innermost item, each by its name. */
function itemOf({ rule, span }: RootCause, masks: Masks): string {
  const { file } = span;
  if (file.text === '') return JSON.stringify([rule, file.path]);
  const { line } = lineColumn(file, span.start);
  const lines = [...linesAbove(file, line).toReversed(), line];
  const last = lines.findLastIndex((one) => isItem(lineText(file, one, [])));
  const secrets = masks.get(file.path) ?? [];
  const names = lines.slice(0, last + 1).map((one) => itemName(file, one, secrets));
  return JSON.stringify([rule, file.path, documentAt(file, line).name, ...names]);
}

function isItem(text: string): boolean {
  return /^\s*-\s/u.test(text);
}

const longestItem = 500;

/** The name of the item that begins in a line, which need not stand first in it; any other line is its own name. */
function itemName(file: SourceFile, line: number, secrets: readonly Span[]): string {
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
function enclosingLines(file: SourceFile, line: number, secrets: readonly Span[]): string[] {
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

function keyIn(text: string): string {
  return normalised(text.replace(/:(?:\s.*)?$/u, ':'));
}

/** The numbers of the lines that enclose a line, the innermost first. */
function linesAbove(file: SourceFile, line: number): number[] {
  const found: number[] = [];
  let level = indentation(lineText(file, line, []));
  const last = Math.max(documentAt(file, line).line, line - searchedLines);
  for (let above = line - 1; above >= last && level > 0 && found.length < maxLevels; above--) {
    const text = lineText(file, above, []);
    if (isBlank(text) || indentation(text) >= level) continue;
    found.push(above);
    level = indentation(text);
  }
  return found;
}

interface DocumentStart {
  readonly line: number;
  /** Kind and name as they are written. */
  readonly name: string;
}

const documents = new WeakMap<SourceFile, readonly DocumentStart[]>();

function documentAt(file: SourceFile, line: number): DocumentStart {
  const known = documents.get(file) ?? documentsOf(file);
  documents.set(file, known);
  return known.findLast((document) => document.line <= line) ?? { line: 1, name: '' };
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

function lineText(file: SourceFile, line: number, secrets: readonly Span[]): string {
  const bounds = lineBounds(file, line);
  return bounds === undefined ? '' : maskedText(file, bounds.start, bounds.end, secrets);
}

function maskedText(file: SourceFile, start: number, end: number, secrets: readonly Span[]): string {
  let text = '';
  let at = start;
  for (const secret of secrets) {
    if (secret.end <= at || secret.start >= end) continue;
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

function normalised(text: string): string {
  return text
    .replace(/(?:^|\s)#.*$/u, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();
}
