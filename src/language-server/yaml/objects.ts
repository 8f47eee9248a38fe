import { documentsOf, linesOf, type Outline, outlineOf, type TextLine } from './outline.ts';
import { childAt, type OutlineNode, textAt } from './outline-node.ts';

/** A document of a text, as an object where it is one. */
export interface TextObject {
  readonly outline: Outline;
  readonly lines: readonly TextLine[];
  /** Empty where it says nothing of itself. */
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** Where its name stands. */
  readonly nameNode: OutlineNode | undefined;
}

/** The documents of a text by their lines, whatever state they are in; those that hold nothing are left out. */
export function objectsIn(text: string): TextObject[] {
  const lines = linesOf(text);
  return documentsOf(lines).flatMap(({ first, last }) => {
    const outline = outlineOf(lines, first, last);
    const { root } = outline;
    if (root.children.length === 0) return [];
    const nameNode = childAt(root, 'metadata', 'name');
    const [kind = '', name = '', namespace = ''] = [
      textAt(root, 'kind'),
      textAt(root, 'metadata', 'name'),
      textAt(root, 'metadata', 'namespace'),
    ];
    return [{ outline, lines, kind, name, namespace, nameNode }];
  });
}

/** The first and last line with something on it. */
export function linesOfObject({ outline: { root } }: TextObject): readonly [first: number, last: number] {
  const last = root.children.reduce((line, one) => Math.max(line, one.lastLine), -1);
  return [root.children[0]?.line ?? root.line, last];
}
