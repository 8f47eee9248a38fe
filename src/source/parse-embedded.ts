import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Span } from '../diagnostic/span.ts';
import type { AnyReader, Document, LoadedFile } from './document.ts';
import { parseDocuments } from './parse.ts';
import { keyAt, type Positions, spanAt, stride } from './position.ts';
import { placesOf } from './scalar-offsets.ts';

/** How an embedded text is read, and whether the space behind it is none of it (strings.TrimSpace of kustomize's patches). */
export interface EmbeddedReader {
  readonly as: AnyReader;
  readonly isTrimmed?: boolean;
}

/** What is read of an embedded text. */
export function readPart(text: string, { isTrimmed = false }: EmbeddedReader): string {
  return isTrimmed ? withoutSpaceAtEnd(text) : text;
}

/**
 * Parses `text`, the string value of the node `index` of `outer`, as documents by themselves, e.g. an inline patch.
 * Positions and findings refer to the outer file: exactly where the scalar's style lets its text be followed, else to the
 * whole scalar.
 */
export function parseEmbedded(
  text: string,
  outer: Positions,
  index: number,
  reader: EmbeddedReader,
): LoadedFile {
  const scalar = spanAt(outer, index);
  const places = placesOf(scalar, text);
  return parsePlaced(text, reader, {
    file: outer.file,
    start: places?.start ?? (() => scalar.start),
    end: places?.end ?? (() => scalar.end),
  });
}

/** Parses a text that was made of others: all that is in it stands at one place. */
export function parseAt(text: string, { file, start, end }: Span, reader: EmbeddedReader): LoadedFile {
  return parsePlaced(text, reader, { file, start: () => start, end: () => end });
}

function parsePlaced(text: string, reader: EmbeddedReader, place: Placed): LoadedFile {
  const inner = parseDocuments({ path: place.file.path, text: readPart(text, reader) }, reader.as);
  return {
    file: place.file,
    documents: inner.documents.map((document) => ({
      ...document,
      positions: movePositions(document, text, place),
    })),
    diagnostics: inner.diagnostics.map((diagnostic) => moveDiagnostic(diagnostic, place)),
  };
}

/** Where the parts of a text stand in the file that it comes from. */
interface Placed {
  readonly file: SourceFile;
  readonly start: (offset: number) => number;
  readonly end: (from: number, to: number) => number;
}

function movePositions(document: Document, read: string, { file, start, end }: Placed): Positions {
  const { nodes, fromJson, onlyMerges } = document.positions;
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
  return {
    ...{ file, nodes: moved, keys, read: { text: read, nodes } },
    ...(fromJson === undefined ? {} : { fromJson }),
    ...(onlyMerges === undefined ? {} : { onlyMerges }),
  };
}

function moveDiagnostic(diagnostic: Diagnostic, { file, start, end }: Placed): Diagnostic {
  const move = (span: Span): Span => ({ file, start: start(span.start), end: end(span.start, span.end) });
  return {
    ...diagnostic,
    span: move(diagnostic.span),
    related: diagnostic.related.map((related) => ({ ...related, span: move(related.span) })),
  };
}

/** Any space that Go knows. */
const space = /[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u;

function withoutSpaceAtEnd(text: string): string {
  let end = text.length;
  while (end > 0 && space.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
