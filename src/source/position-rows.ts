import type { SourceFile } from '../diagnostic/source-file.ts';
import { childRows, decodeKey, type Positions, stride } from './position.ts';

/** A position table while it is written. */
export interface PositionRows {
  nodes: Int32Array;
  count: number;
  keys: Map<number, string> | undefined;
}

export function newRows(capacity = 64): PositionRows {
  return { nodes: new Int32Array(capacity * stride), count: 0, keys: undefined };
}

/** Adds the row of a node whose end is not known yet and returns its index. */
export function openRow(rows: PositionRows, keyStart: number, keyEnd: number, start: number): number {
  const index = rows.count;
  const at = index * stride;
  if (at + stride > rows.nodes.length) grow(rows);
  const { nodes } = rows;
  nodes[at] = keyStart;
  nodes[at + 1] = keyEnd;
  nodes[at + 2] = start;
  nodes[at + 3] = start;
  nodes[at + 4] = index + 1;
  rows.count = index + 1;
  return index;
}

/** Sets the end of a node, and with it that everything added since stands below it. */
export function closeRow(rows: PositionRows, index: number, end: number): void {
  rows.nodes[index * stride + 3] = end;
  rows.nodes[index * stride + 4] = rows.count;
}

/** Notes the key of a row where its text alone does not tell it. */
export function noteKey(rows: PositionRows, index: number, raw: string, key: string): void {
  if (decodeKey(raw) === key) return;
  rows.keys ??= new Map();
  rows.keys.set(index, key);
}

/** Repeats the rows `from` up to `to` at the end, the first under another key where one is given. */
export function repeatRows(
  rows: PositionRows,
  from: number,
  to: number,
  key?: readonly [start: number, end: number],
): number {
  const first = rows.count;
  const shift = first - from;
  while ((first + to - from) * stride > rows.nodes.length) grow(rows);
  const { nodes } = rows;
  nodes.copyWithin(first * stride, from * stride, to * stride);
  for (let row = first; row < first + to - from; row++)
    nodes[row * stride + 4] = (nodes[row * stride + 4] ?? 0) + shift;
  if (key !== undefined) {
    nodes[first * stride] = key[0];
    nodes[first * stride + 1] = key[1];
  }
  rows.count = first + to - from;
  repeatKeys(rows, from, to, key === undefined ? from : from + 1, shift);
  return first;
}

function repeatKeys(rows: PositionRows, from: number, to: number, begin: number, shift: number): void {
  if (rows.keys === undefined) return;
  for (let row = Math.max(from, begin); row < to; row++) {
    const noted = rows.keys.get(row);
    if (noted !== undefined) rows.keys.set(row + shift, noted);
  }
}

/** Where the values begin that are left of a document, in which the last of the same keys counts. */
export function startsOfValues(rows: PositionRows, file: SourceFile): ReadonlySet<number> {
  const positions = finishRows(rows, file);
  const starts = new Set<number>();
  const pending = [0];
  for (let row = pending.pop(); row !== undefined; row = pending.pop()) {
    starts.add(rows.nodes[row * stride + 2] ?? 0);
    for (const child of childRows(positions, row)) pending.push(child);
  }
  return starts;
}

/** The finished table of one document. */
export function finishRows(rows: PositionRows, file: SourceFile): Positions {
  const nodes = rows.nodes.slice(0, rows.count * stride);
  return rows.keys === undefined ? { file, nodes } : { file, nodes, keys: rows.keys };
}

function grow(rows: PositionRows): void {
  const larger = new Int32Array(rows.nodes.length * 2);
  larger.set(rows.nodes);
  rows.nodes = larger;
}
