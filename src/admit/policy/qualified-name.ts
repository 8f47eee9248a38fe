import type { Node } from './node.ts';

/** `a.b.c` for a chain of plain selections. */
export function qualifiedName(node: Node): string | undefined {
  if (node.op === 'id') return node.args as string;
  if (node.op !== '.') return undefined;
  const [operand, name] = node.args as readonly [Node, string];
  const left = qualifiedName(operand);
  return left === undefined ? undefined : `${left}.${name}`;
}
