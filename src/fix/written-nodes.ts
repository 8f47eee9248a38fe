import type { Origin } from '../object/provenance.ts';
import type { PositionedNode } from '../source/position.ts';

/** A node of a document that wrote a value. */
export interface WrittenNode extends PositionedNode {
  /** The field of kustomization.yaml whose entry brought the document; `resources` for the file it was first written in. */
  readonly by: string;
}

/** The nodes of documents that wrote a value, the oldest first, each once. */
export function writtenNodes(origin: Origin): WrittenNode[] {
  const nodes: WrittenNode[] = [];
  collectNodes(origin, nodes, new Set());
  return nodes;
}

/** The node that wrote the value last; undefined where what wrote it last is no part of a document. */
export function lastWrittenNode(origin: Origin): WrittenNode | undefined {
  let current = origin;
  for (;;) {
    if ('last' in current) current = current.last;
    else if ('template' in current) current = current.values.at(-1) ?? current.template;
    else break;
  }
  return 'positions' in current ? current : undefined;
}

function collectNodes(origin: Origin, nodes: WrittenNode[], seen: Set<Origin>): void {
  if (seen.has(origin)) return;
  seen.add(origin);
  if ('positions' in origin) nodes.push(origin);
  if ('template' in origin)
    for (const one of [origin.template, ...origin.values]) collectNodes(one, nodes, seen);
  if (!('last' in origin)) return;
  if (origin.previous !== undefined) collectNodes(origin.previous, nodes, seen);
  collectNodes(origin.last, nodes, seen);
}
