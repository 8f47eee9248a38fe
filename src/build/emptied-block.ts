import { getPart, itemsOf, type Origin, type Tracked } from '../object/provenance.ts';
import { isBelowProperty, isCommentOnKey } from '../source/comment-in-text.ts';
import { type PositionedNode, type Positions, readAt, stride } from '../source/position.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';
import { holdsEmpty } from './holds.ts';
import type { Problem } from './problem.ts';

/**
 * The first map or list of a file with nothing left in it, below a key with a comment on its line: go-yaml v3.0.5 ends the line for the
 * block that follows (yaml_emitter_emit_block_mapping_value), writes `{}` at the margin, and kustomize v5.8 cannot read that again.
 */
export function findEmptiedBlock(object: Tracked): Problem | undefined {
  return holdsEmpty(object.value) && !isItemOfJson(object) ? find(object, undefined) : undefined;
}

/** Whether kustomize has read an object from JSON, which has no comments: the items of most lists. */
export function isItemOfJson({ origin }: Tracked): boolean {
  const written = writtenAt(origin);
  if (written?.positions.fromJson === undefined) return false;
  return written.positions.fromJson.has(readAt(written.positions, written.index).start);
}

function find(node: Tracked, above: Positions | undefined): Problem | undefined {
  if (!holdsEmpty(node.value)) return undefined;
  const written = writtenAt(node.origin);
  if (isEmpty(node.value)) {
    if (written === undefined || keepsMergeKey(node)) return undefined;
    return isUnreadable(written, above) ? emptied(node) : undefined;
  }
  const parts = isSequence(node.value) ? itemsOf(node) : Object.keys(node.value as object).map(partOf(node));
  for (const part of parts) {
    const problem = find(part, written?.positions);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function partOf(node: Tracked): (key: string) => Tracked {
  return (key) => getPart(node, key) as Tracked;
}

function isEmpty(value: Value): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** Where a value was first written: what is set over it takes its style, and stays below its key. */
function writtenAt(origin: Origin): PositionedNode | undefined {
  let first = origin;
  while ('last' in first) first = first.previous ?? first.last;
  return 'positions' in first ? first : undefined;
}

/** A key that a patch adds to what stands in another file leaves its comment there. */
function isUnreadable({ positions, index }: PositionedNode, above: Positions | undefined): boolean {
  const { text, start, end } = readAt(positions, index, 'key');
  const value = readAt(positions, index).start;
  // A key without a text takes no comment.
  return above === positions && start < end && isCommented(text, start, end, value) && isBlock(text, value);
}

/** A `<<` within a merge is written as a key of the map that it is merged into (mergeAll of kyaml 0.21), which is not empty then. */
export function keepsMergeKey({ value, origin }: Tracked): boolean {
  const written = writtenAt(origin);
  if (!isMapping(value) || written === undefined) return false;
  const { nodes, read, onlyMerges } = written.positions;
  const row = (read?.nodes ?? nodes).subarray(written.index * stride);
  const [keyStart = -1, , start = -1] = row;
  return onlyMerges?.has(keyStart < 0 ? start : keyStart) === true;
}

function isCommented(text: string, start: number, end: number, value: number): boolean {
  if (start === value) return false;
  return isCommentOnKey(text, end) || isBelowProperty(text, start);
}

const longest = 2000;
const aliasOrProperty = /^(?:[&!]\S*\s+|#[^\n]*\n|\s+)+/;

function isBlock(text: string, value: number): boolean {
  const written = text.slice(value, value + longest).replace(aliasOrProperty, '');
  return !/^[[{]/.test(written);
}

function emptied({ origin }: Tracked): Problem {
  return {
    rule: 'resource-invalid',
    problem:
      'kustomize rejects an empty map or list below a key with a comment: it cannot read its own output',
    help: 'put the comment on a line of its own, or remove the key',
    at: origin,
  };
}
