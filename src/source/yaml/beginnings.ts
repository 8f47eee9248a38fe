import type { Node } from './node.ts';

/**
 * By the start of each key in flow style where the scalar or bracket before it ends; for a value that is not there, where its key ends.
 * Of a key in block style undefined.
 */
export function beginningsOf(root: Node, text: string): ReadonlyMap<number, number | undefined> {
  const beginnings = new Map<number, number | undefined>();
  let before = root.start;
  function visit(node: Node, keyEnd: number | undefined): void {
    if (node.kind === 'scalar' && node.style === 'plain' && node.text === '') {
      before = keyEnd ?? before;
      return;
    }
    if (isBracket(text.charAt(node.start))) before = node.start + 1;
    if (node.kind === 'sequence') for (const item of node.items) visit(item, undefined);
    if (node.kind === 'mapping')
      for (const { key, value } of node.pairs) {
        beginnings.set(key.start, node.isFlow ? before : undefined);
        visit(value, key.start < key.end ? key.end : undefined);
      }
    const isScalar = node.kind === 'scalar' || node.kind === 'alias';
    if (isScalar || isBracket(text.charAt(node.end - 1))) before = node.end;
  }
  visit(root, undefined);
  return beginnings;
}

// The map that `[a: b]` makes has none, nor has one in block style.
function isBracket(character: string): boolean {
  return '{[]}'.includes(character) && character !== '';
}
