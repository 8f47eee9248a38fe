/**
 * What the lines of a document say by their indentation alone: while somebody types it is hardly ever YAML. Nothing here fails;
 * what cannot be told is left out.
 */
export interface OutlineNode {
  readonly is: 'root' | 'key' | 'item';
  /** Empty for items and the root. */
  readonly key: string;
  /** Of the key or the dash; -1 for the root. */
  readonly indent: number;
  readonly line: number;
  /** Offsets of the key or the dash. */
  readonly start: number;
  readonly end: number;
  /** What stands behind it on the line, without a comment and with its quotes. */
  readonly value: string;
  readonly valueStart: number;
  readonly parent: OutlineNode | undefined;
  readonly children: OutlineNode[];
  /** The last line that belongs to it. */
  lastLine: number;
  /** The lines of a block scalar below it. */
  block?: { readonly first: number; last: number };
  /** The lines of braces or brackets that do not end on their first, or that are the document. */
  flow?: { readonly first: number; readonly last: number };
}

type NewNode = Pick<OutlineNode, 'is' | 'indent' | 'line' | 'start'> & Partial<OutlineNode>;

export function nodeOf(given: NewNode): OutlineNode {
  return {
    key: '',
    end: given.start,
    value: '',
    valueStart: given.end ?? given.start,
    parent: undefined,
    children: [],
    lastLine: given.line,
    ...given,
  };
}

/** The keys and places that lead to a node. */
export function pathOf(node: OutlineNode): (string | number)[] {
  const path: (string | number)[] = [];
  for (let one: OutlineNode | undefined = node; one?.parent !== undefined; one = one.parent)
    path.unshift(one.is === 'item' ? itemsOf(one.parent).indexOf(one) : one.key);
  return path;
}

export function itemsOf(node: OutlineNode): readonly OutlineNode[] {
  return node.children.filter(({ is }) => is === 'item');
}

/** The node that a path leads to. */
export function childAt(node: OutlineNode, ...path: readonly (string | number)[]): OutlineNode | undefined {
  let current: OutlineNode | undefined = node;
  for (const step of path) {
    if (current === undefined) return undefined;
    current =
      typeof step === 'number'
        ? itemsOf(current)[step]
        : current.children.find(({ is, key }) => is === 'key' && key === step);
  }
  return current;
}

/** A scalar below a node, without its quotes; undefined where there is none. */
export function textAt(node: OutlineNode, ...path: readonly (string | number)[]): string | undefined {
  const value = childAt(node, ...path)?.value ?? '';
  return value === '' ? undefined : unquoted(value);
}

export function unquoted(value: string): string {
  const [, double] = /^"((?:[^"\\]|\\.)*)"?$/u.exec(value) ?? [];
  if (double !== undefined) return double.replaceAll(/\\(.)/gu, '$1');
  const [, single] = /^'((?:[^']|'')*)'?$/u.exec(value) ?? [];
  return single === undefined ? value : single.replaceAll("''", "'");
}

export function nodesOf(root: OutlineNode): OutlineNode[] {
  const nodes: OutlineNode[] = [];
  visitNodes(root, (node) => void nodes.push(node));
  return nodes;
}

export function visitNodes(root: OutlineNode, call: (node: OutlineNode) => void): void {
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    call(node);
    for (const child of node.children.toReversed()) pending.push(child);
  }
}
