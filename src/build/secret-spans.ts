import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Span } from '../diagnostic/span.ts';
import { isKustomizationPath } from '../object/kustomization-path.ts';
import type { Document, Reader } from '../source/document.ts';
import type { Sources } from '../source/load.ts';
import { normalisePath } from '../source/path.ts';
import { keyAt, spanAt, stride } from '../source/position.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';

export interface SecretSearch {
  /** The files that a report will show. */
  readonly files: readonly SourceFile[];
  /** How a run has read a file, so that it is not parsed anew. */
  readonly readerOf: (path: string) => Reader;
  /** Everything that builds read: a secretGenerator among it makes secrets of whole files. */
  readonly inputs: readonly string[];
}

/** The stretches of files that hold secret values: Secrets, patches for them, secretGenerator entries and their files. */
export function secretSpansIn(sources: Sources, { files, readerOf, inputs }: SecretSearch): Span[] {
  const generated = new Set(
    inputs.filter(isKustomizationPath).flatMap((path) => generatedFrom(sources, path)),
  );
  return files.flatMap((file) => {
    if (generated.has(file.path)) return [{ file, start: 0, end: file.text.length }];
    // A plain manifest may have any name, or come from standard input.
    const isManifest = readerOf(file.path) === 'api-server' || /\.(?:ya?ml|json)$/u.test(file.path);
    if (!isManifest && !isKustomizationPath(file.path)) return [];
    const { documents, diagnostics } = sources.load(file.path, readerOf(file.path));
    const isWhole = diagnostics.every(({ unchecked }) => unchecked === undefined);
    return [...documents.flatMap(secretSpans), ...(isWhole ? [] : guessedSpans(file))];
  });
}

/** The files that the secretGenerator entries of a kustomization take in. */
function generatedFrom(sources: Sources, path: string): string[] {
  const kustomization = sources.load(path, 'kustomize').documents[0]?.value;
  const generators = isMapping(kustomization) ? kustomization['secretGenerator'] : undefined;
  if (!isSequence(generators)) return [];
  const directory = path.slice(0, path.lastIndexOf('/') + 1);
  return generators.flatMap((generator) => {
    if (!isMapping(generator)) return [];
    const { files, envs, env } = generator;
    const named = [isSequence(files) ? files : [], isSequence(envs) ? envs : [], [env]].flat();
    return named.flatMap((name) => {
      if (typeof name !== 'string') return [];
      return normalisePath(directory + name.slice(name.indexOf('=') + 1)) ?? [];
    });
  });
}

// Where a file does not parse, every value of one that speaks of secrets may be one.
const speaksOfSecrets = /\bkind["']?\s*:\s*["']?Secret\b|secretGenerator|stringData/u;
const harmlessLine = /^\s*(?:-\s*)?["']?(?:apiVersion|kind|metadata|name|namespace|type)["']?\s*:/u;

function guessedSpans(file: SourceFile): Span[] {
  const spans: Span[] = [];
  if (!speaksOfSecrets.test(file.text)) return spans;
  let start = 0;
  for (const line of file.text.split('\n')) {
    const separator = line.search(/[:=]/u);
    const end = start + line.length;
    if (!harmlessLine.test(line)) spans.push({ file, start: start + separator + 1, end });
    start = end + 1;
  }
  return spans;
}

function secretSpans(document: Document): Span[] {
  const found: Span[] = [];
  visitDocument(document, document.value, 0, found);
  return found;
}

const inlineSecret = /\bkind["']?\s*:\s*["']?Secret\b/u;
const maxDepth = 200;

function visitDocument(document: Document, value: Value, index: number, found: Span[]): void {
  const isSecret = isMapping(value) && value['kind'] === 'Secret';
  for (const [key, part, row] of partsOf(document, value, index)) {
    if (isSecret && (key === 'data' || key === 'stringData')) collectScalars(document, part, row, found, 0);
    else if (key === 'items' && isSequence(part))
      for (const [, item, itemRow] of partsOf(document, part, row))
        visitDocument(document, item, itemRow, found);
    else if (key === 'secretGenerator') collectGenerator(document, part, row, found);
    else if (typeof part === 'string' && isSecretPatch(part)) found.push(spanAt(document.positions, row));
    else if (key === 'patches' || key === 'patchesStrategicMerge' || key === 'patchesJson6902')
      collectPatches(document, part, row, found);
  }
}

function isSecretPatch(text: string): boolean {
  return text.includes('\n') && inlineSecret.test(text);
}

function collectPatches(document: Document, patches: Value, index: number, found: Span[]): void {
  for (const [, entry, row] of partsOf(document, patches, index)) {
    if (typeof entry === 'string') {
      if (isSecretPatch(entry)) found.push(spanAt(document.positions, row));
      continue;
    }
    const target = isMapping(entry) ? entry['target'] : undefined;
    const targetsSecret = isMapping(target) && target['kind'] === 'Secret';
    for (const [key, part, partRow] of partsOf(document, entry, row))
      if (key === 'patch' && typeof part === 'string' && (targetsSecret || isSecretPatch(part)))
        found.push(spanAt(document.positions, partRow));
  }
}

/** `literals` of a generator: what follows the first `=`. */
function collectGenerator(document: Document, generators: Value, index: number, found: Span[]): void {
  for (const [, generator, row] of partsOf(document, generators, index))
    for (const [key, literals, literalsRow] of partsOf(document, generator, row)) {
      if (key !== 'literals') continue;
      for (const [, , literalRow] of partsOf(document, literals, literalsRow)) {
        const span = spanAt(document.positions, literalRow);
        const equals = span.file.text.slice(span.start, span.end).indexOf('=');
        found.push({ ...span, start: span.start + equals + 1 });
      }
    }
}

function collectScalars(document: Document, value: Value, index: number, found: Span[], depth: number): void {
  if (depth > maxDepth) return;
  if (typeof value !== 'object' || value === null) {
    found.push(spanAt(document.positions, index));
    return;
  }
  for (const [, part, row] of partsOf(document, value, index))
    collectScalars(document, part, row, found, depth + 1);
}

type Part = readonly [key: string | number, part: Value, row: number];

// Rows and keys are walked side by side, because looking up each key anew would be quadratic in large documents.
function partsOf(document: Document, value: Value, index: number): Part[] {
  const { nodes } = document.positions;
  const end = nodes[index * stride + 4] ?? 0;
  const rows: number[] = [];
  for (let row = index + 1; row < end; row = nodes[row * stride + 4] ?? end) rows.push(row);
  if (isSequence(value))
    return rows.flatMap((row, at) => (at < value.length ? [[at, value[at] as Value, row] as const] : []));
  if (!isMapping(value)) return [];
  return rows.flatMap((row) => {
    const key = keyAt(document.positions, row);
    return key !== undefined && Object.hasOwn(value, key) ? [[key, value[key] as Value, row] as const] : [];
  });
}
