import type { SourceFile } from '../diagnostic/source-file.ts';
import type { Span } from '../diagnostic/span.ts';
import type { PathElement } from './value.ts';

/**
 * Where each node of one document stands, in document order, `stride` integers a node:
 * keyStart, keyEnd (-1 for sequence items and the root), valueStart, valueEnd (offsets into the file's text), next
 * (the index of the first node that is not below this one). An alias or a merge key repeats the rows it stands for.
 */
export interface Positions {
  readonly file: SourceFile;
  readonly nodes: Int32Array;
  /** Keys by row, where the text between keyStart and keyEnd does not tell them: in embedded documents, escapes, numbers as keys. */
  readonly keys?: ReadonlyMap<number, string>;
  /** Of an embedded document the text that was read, which its file may hold in quotes, and where its nodes stand in it. */
  readonly read?: { readonly text: string; readonly nodes: Int32Array };
  /** Where in the text that was read the maps begin that kustomize reads again, from JSON. */
  readonly fromJson?: ReadonlySet<number>;
  /** Where in that text the keys begin, or items of lists, that have no keys left but a `<<` as kustomize writes them. */
  readonly onlyMerges?: ReadonlySet<number>;
}

export const stride = 5;

/** A node of a document by its row in the position table. */
export interface PositionedNode {
  readonly positions: Positions;
  readonly index: number;
}

/** The row of the child of `index` under `step`, or -1. Keys are compared as decoded. */
export function childIndex(positions: Positions, index: number, step: PathElement): number {
  const { nodes } = positions;
  const end = nodes[index * stride + 4] ?? 0;
  let child = index + 1;
  let found = -1;
  for (let passed = 0; child < end; passed++) {
    if (passed === step) return child;
    if (passed === few) return childFrom(childrenOf(positions, index), step);
    if (typeof step === 'string' && keyAt(positions, child) === step) found = child;
    child = nodes[child * stride + 4] ?? end;
  }
  return found;
}

// Of more children than these it is noted where they stand: who asks for one asks for the others as well.
const few = 32;

interface Children {
  readonly rows: readonly number[];
  /** Of keys set twice the last. */
  readonly byKey: ReadonlyMap<string, number>;
}

const noted = new WeakMap<Positions, Map<number, Children>>();

function childrenOf(positions: Positions, index: number): Children {
  const known = noted.get(positions) ?? new Map<number, Children>();
  noted.set(positions, known);
  let children = known.get(index);
  if (children === undefined) {
    children = findChildren(positions, index);
    known.set(index, children);
  }
  return children;
}

/** The rows of the children of a node, of a key that is set twice the last one. */
export function childRows(positions: Positions, index: number): readonly number[] {
  const { rows, byKey } = findChildren(positions, index);
  return rows.filter((row) => {
    const key = keyAt(positions, row);
    return key === undefined || byKey.get(key) === row;
  });
}

function findChildren(positions: Positions, index: number): Children {
  const { nodes } = positions;
  const end = nodes[index * stride + 4] ?? 0;
  const rows: number[] = [];
  const byKey = new Map<string, number>();
  for (let child = index + 1; child < end; child = nodes[child * stride + 4] ?? end) {
    rows.push(child);
    const key = keyAt(positions, child);
    if (key !== undefined) byKey.set(key, child);
  }
  return { rows, byKey };
}

function childFrom({ rows, byKey }: Children, step: PathElement): number {
  return (typeof step === 'number' ? rows[step] : byKey.get(step)) ?? -1;
}

/** The span of a node: its value, or key and value together (`whole`), or its key alone (`key`; the value where there is none). */
export function spanAt(positions: Positions, index: number, part: 'value' | 'key' | 'whole' = 'value'): Span {
  const { file, nodes } = positions;
  const row = index * stride;
  const keyStart = nodes[row] ?? -1;
  const start = nodes[row + 2] ?? 0;
  const end = nodes[row + 3] ?? start;
  if (part === 'value' || keyStart < 0) return { file, start, end };
  if (part === 'key') return { file, start: keyStart, end: nodes[row + 1] ?? keyStart };
  return { file, start: keyStart, end: Math.max(end, nodes[row + 1] ?? keyStart) };
}

/** How a node was read: the text around it, and where in that text it stands. */
export function readAt(
  { file, nodes, read }: Positions,
  index: number,
  part: 'value' | 'key' = 'value',
): { readonly text: string; readonly start: number; readonly end: number } {
  const positions = read === undefined ? { file, nodes } : { file, nodes: read.nodes };
  const { start, end } = spanAt(positions, index, part);
  return { text: read?.text ?? file.text, start, end };
}

/** The decoded key of a node, or undefined for a sequence item or a root. */
export function keyAt(positions: Positions, index: number): string | undefined {
  const row = index * stride;
  const start = positions.nodes[row] ?? -1;
  if (start < 0) return undefined;
  const noted = positions.keys?.get(index);
  if (noted !== undefined) return noted;
  return decodeKey(positions.file.text.slice(start, positions.nodes[row + 1]));
}

/** The key that a quoted or plain text in one line stands for; escapes that JSON does not know are noted in `keys` instead. */
export function decodeKey(raw: string): string {
  const first = raw.charCodeAt(0);
  if (first === 34) return raw.includes('\\') ? raw : raw.slice(1, -1);
  if (first === 39) return raw.slice(1, -1).replaceAll("''", "'");
  return raw;
}
