import type { Span } from '../diagnostic/span.ts';
import type { Document } from '../source/document.ts';
import { keyAt, spanAt, stride } from '../source/position.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';

/** The stretches of a document that hold secret values: of Secrets, of patches for them, of secretGenerator entries. */
export function secretSpans(document: Document): Span[] {
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
