import {
  getPart,
  isRewritten,
  itemsOf,
  type Origin,
  setItems,
  setKey,
  type Tracked,
} from '../object/provenance.ts';
import { foldedAgain } from '../source/block-scalar.ts';
import { type PositionedNode, type Positions, readAt } from '../source/position.ts';
import { readTimestamp } from '../source/timestamp.ts';
import { isMapping, isSequence, type Mapping, type Value } from '../source/value.ts';
import { holding } from './holds.ts';

/**
 * What kustomize reads again of the texts that a patch brings into an object, once it has written them: within a map or list in flow style
 * all texts with line breaks and all times with colons are put in quotes, which makes a text of a time; elsewhere a folded text is folded again.
 */
export function writePatchedTexts(
  merged: Tracked<Mapping>,
  patch: Tracked<Mapping>,
  isRead: boolean,
): Tracked<Mapping> {
  const read = nodeOf(patch.origin, 'first');
  if (read === undefined || !holdsOther(patch.value)) return merged;
  const writing = { patch: read.positions, isRead };
  return writeParts(merged, false, writing, (part, isFlow, key) =>
    key === 'metadata' ? writeMetadata(part, isFlow, writing) : write(part, isFlow, writing),
  );
}

interface Writing {
  readonly patch: Positions;
  /** Whether the object that is patched is as it was read, with its styles. */
  readonly isRead: boolean;
}

const holdsOther = holding((value: Value) => typeof value === 'string' && /^\d{4}-.*:|\n/.test(value));

/** Of annotations kustomize takes the text. */
function writeMetadata(metadata: Tracked, isFlow: boolean, writing: Writing): Tracked {
  if (!isMapping(metadata.value)) return write(metadata, isFlow, writing);
  return writeParts(metadata as Tracked<Mapping>, isFlow, writing, (part, isBelowFlow, key) =>
    key === 'annotations' ? part : write(part, isBelowFlow, writing),
  );
}

function write(node: Tracked, isFlow: boolean, writing: Writing): Tracked {
  const { value, origin } = node;
  if (!holdsOther(value)) return node;
  if (typeof value === 'string') return { value: textOf(value, origin, isFlow, writing), origin };
  if (!isSequence(value))
    return writeParts(node as Tracked<Mapping>, isFlow, writing, (part, isBelowFlow) =>
      write(part, isBelowFlow, writing),
    );
  const isBelowFlow = isFlow || isInFlowStyle(origin, writing);
  const items = itemsOf(node).map((item) => write(item, isBelowFlow, writing));
  return items.every((item, index) => item.value === value[index]) ? node : setItems(node, items);
}

function writeParts(
  mapping: Tracked<Mapping>,
  isFlow: boolean,
  writing: Writing,
  writePart: (part: Tracked, isFlow: boolean, key: string) => Tracked,
): Tracked<Mapping> {
  const isBelowFlow = isFlow || isInFlowStyle(mapping.origin, writing);
  let current = mapping;
  for (const key of Object.keys(mapping.value)) {
    const part = getPart(current, key) as Tracked;
    const written = writePart(part, isBelowFlow, key);
    if (written.value !== part.value) current = setKey(current, key, written);
  }
  return current;
}

function textOf(value: string, origin: Origin, isFlow: boolean, { patch }: Writing): string {
  const written = nodeOf(origin);
  if (written?.positions !== patch) return value;
  const { text, start, end } = readAt(patch, written.index);
  if (!isFlow) return text.charAt(start) === '>' ? foldedAgain(value) : value;
  const source = text.slice(start, end);
  return source !== value && readTimestamp(source) === value && source.includes(':') ? source : value;
}

function isInFlowStyle(origin: Origin, { patch, isRead }: Writing): boolean {
  const written = nodeOf(origin, 'first');
  if (written === undefined || isRewritten(origin)) return false;
  if (written.positions !== patch && !isRead) return false;
  const { text, start } = readAt(written.positions, written.index);
  return /^[[{]/.test(text.charAt(start)) && written.positions.fromJson?.has(start) !== true;
}

/** Where a value is written that was set last, or first, whose style it keeps. */
function nodeOf(origin: Origin, which: 'first' | 'last' = 'last'): PositionedNode | undefined {
  let found = origin;
  while ('last' in found) found = which === 'first' ? (found.previous ?? found.last) : found.last;
  return 'positions' in found ? found : undefined;
}
