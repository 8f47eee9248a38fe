import type { Origin } from '../object/provenance.ts';
import { parseDocuments } from '../source/parse.ts';
import { readAt } from '../source/position.ts';
import { isMapping } from '../source/value.ts';
import type { MergeNode } from './merge-node.ts';
import type { MergeSchema, MergeSchemas } from './merge-schema.ts';

/** Whether the file that an object was read from may hold schemas in comments; nearly none does. */
export function mayHoldSchemas(origin: Origin): boolean {
  let first = origin;
  while ('last' in first) first = first.previous ?? first.last;
  return 'positions' in first && readAt(first.positions, 0).text.includes('x-kubernetes-patch-strategy');
}

/**
 * The schema in the comment behind a field's key (kyaml's FieldMeta):
 * `list: # {"type": "array", "x-kubernetes-patch-strategy": "merge", "x-kubernetes-patch-merge-key": "name"}`.
 */
export function schemaInComment(node: MergeNode | undefined, schemas: MergeSchemas): MergeSchema | undefined {
  const text = node === undefined ? undefined : commentBehindKey(node.origin());
  if (text === undefined) return undefined;
  const value = parseDocuments({ path: '', text }, 'kustomize').documents[0]?.value;
  return isMapping(value) ? schemas.schemaOfComment(value) : undefined;
}

function commentBehindKey(origin: Origin): string | undefined {
  if (!('positions' in origin)) return undefined;
  const { text, end } = readAt(origin.positions, origin.index, 'key');
  const newline = text.indexOf('\n', end);
  const line = text.slice(end, newline < 0 ? text.length : newline);
  return /^:\s+#\s*(\{.*\})\s*$/.exec(line)?.[1];
}
