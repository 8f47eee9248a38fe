import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { AnyReader, Document, LoadedFile } from './document.ts';
import { parseDocuments } from './parse.ts';
import { keyAt, type Positions, spanAt, stride } from './position.ts';
import { placesOf } from './scalar-offsets.ts';

/**
 * Parses `text`, the string value of the node `index` of `outer`, as documents by themselves, e.g. an inline patch.
 * Positions and findings refer to the outer file: exactly where the scalar's style lets its text be followed, else to the
 * whole scalar.
 */
export function parseEmbedded(text: string, outer: Positions, index: number, reader: AnyReader): LoadedFile {
  const inner = parseDocuments({ path: outer.file.path, text }, reader);
  const scalar = spanAt(outer, index);
  const places = placesOf(scalar, text);
  const start = places?.start ?? (() => scalar.start);
  const end = places?.end ?? (() => scalar.end);
  return {
    file: outer.file,
    documents: inner.documents.map((document) => ({
      ...document,
      positions: movePositions(document, outer, start, end),
    })),
    diagnostics: inner.diagnostics.map((diagnostic) => moveDiagnostic(diagnostic, outer, start, end)),
  };
}

type MoveStart = (offset: number) => number;
type MoveEnd = (from: number, to: number) => number;

function movePositions(document: Document, outer: Positions, start: MoveStart, end: MoveEnd): Positions {
  const { nodes } = document.positions;
  const moved = nodes.slice();
  const keys = new Map<number, string>();
  for (let row = 0; row * stride < nodes.length; row++) {
    const at = row * stride;
    const [keyStart = -1, keyEnd = -1, valueStart = 0, valueEnd = 0] = nodes.subarray(at, at + 4);
    moved[at + 2] = start(valueStart);
    moved[at + 3] = end(valueStart, valueEnd);
    const key = keyAt(document.positions, row);
    if (key === undefined) continue;
    moved[at] = start(keyStart);
    moved[at + 1] = end(keyStart, keyEnd);
    keys.set(row, key);
  }
  return { file: outer.file, nodes: moved, keys };
}

function moveDiagnostic(
  diagnostic: Diagnostic,
  outer: Positions,
  start: MoveStart,
  end: MoveEnd,
): Diagnostic {
  const move = (span: Diagnostic['span']) => ({
    file: outer.file,
    start: start(span.start),
    end: end(span.start, span.end),
  });
  return {
    ...diagnostic,
    span: move(diagnostic.span),
    related: diagnostic.related.map((related) => ({ ...related, span: move(related.span) })),
  };
}
