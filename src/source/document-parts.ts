import type { Document } from './document.ts';
import { keyAt, stride } from './position.ts';
import { isMapping, isSequence, type Value } from './value.ts';

/** A part of a mapping or sequence with its key and its row in the position table. */
export type DocumentPart = readonly [key: string | number, part: Value, row: number];

/** The parts of a value in their order. Rows and keys are walked side by side, because looking up each key anew would be quadratic. */
export function partsOf({ positions }: Document, value: Value, index: number): DocumentPart[] {
  const { nodes } = positions;
  const end = nodes[index * stride + 4] ?? 0;
  const rows: number[] = [];
  for (let row = index + 1; row < end; row = nodes[row * stride + 4] ?? end) rows.push(row);
  if (isSequence(value))
    return rows.flatMap((row, at) => (at < value.length ? [[at, value[at] as Value, row] as const] : []));
  if (!isMapping(value)) return [];
  return rows.flatMap((row) => {
    const key = keyAt(positions, row);
    return key !== undefined && Object.hasOwn(value, key) ? [[key, value[key] as Value, row] as const] : [];
  });
}
