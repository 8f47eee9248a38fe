import { deepest } from './line.ts';
import { nodeOf, type OutlineNode } from './outline-node.ts';

/** Puts what a flow mapping or list on the line holds below its node, as far as it goes. */
export function parseFlow(node: OutlineNode): void {
  const first = node.value[0];
  if (first !== '{' && first !== '[') return;
  const stack: { readonly node: OutlineNode; readonly isList: boolean }[] = [];
  for (const token of flowTokens(node.value)) {
    const at = stack.at(-1);
    const start = node.valueStart + token.start;
    const end = node.valueStart + token.end;
    if (token.is === 'open') {
      if (stack.length >= deepest) return;
      const holder = at === undefined ? node : openedBy(at.node, at.isList, { node, start });
      stack.push({ node: holder, isList: token.text === '[' });
    } else if (token.is === 'close') stack.pop();
    else if (token.is === 'key') addKey(at?.node, { node, token, start, end });
    else if (token.is === 'value') addValue(at, { node, token, start, end });
  }
}

interface Token {
  readonly is: 'open' | 'close' | 'key' | 'value' | 'comma';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

interface At {
  readonly node: OutlineNode;
  readonly token: Token;
  readonly start: number;
  readonly end: number;
}

const flowPattern =
  /([[{])|([\]}])|(,)|("(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?|[^\s,[\]{}:"'](?:[^,[\]{}:]|:(?=[^\s,[\]{}]))*)(\s*:(?=[\s,[\]{}]|$))?/gu;

/** The pieces of a flow collection; a piece with a colon behind it is a key. */
export function flowTokens(text: string): Token[] {
  return [...text.matchAll(flowPattern)].map((match) => {
    const [, open, close, comma, piece = '', colon] = match;
    const is =
      open !== undefined
        ? 'open'
        : close !== undefined
          ? 'close'
          : comma !== undefined
            ? 'comma'
            : colon !== undefined
              ? 'key'
              : 'value';
    const own = open ?? close ?? comma ?? piece.trimEnd();
    return { is, text: own, start: match.index, end: match.index + own.length };
  });
}

/** What a bracket within brackets belongs to: the key before it, or an item of the list around it. */
function openedBy(holder: OutlineNode, isList: boolean, at: Pick<At, 'node' | 'start'>): OutlineNode {
  const last = holder.children.at(-1);
  if (!isList && last !== undefined && last.value === '') return last;
  return add(holder, { is: 'item', node: at.node, start: at.start, end: at.start, key: '', value: '' });
}

function addKey(holder: OutlineNode | undefined, { node, token, start, end }: At): void {
  if (holder !== undefined)
    add(holder, { is: 'key', node, start, end, key: token.text.replaceAll(/^["']|["']$/gu, ''), value: '' });
}

function addValue(
  at: { readonly node: OutlineNode; readonly isList: boolean } | undefined,
  { node, token, start, end }: At,
): void {
  if (at === undefined) return;
  const last = at.node.children.at(-1);
  if (at.isList) add(at.node, { is: 'item', node, start, end, key: '', value: token.text });
  else if (last !== undefined && last.value === '' && last.children.length === 0) {
    at.node.children.pop();
    add(at.node, {
      is: 'key',
      node,
      start: last.start,
      end: last.end,
      key: last.key,
      value: token.text,
      valueStart: start,
    });
  } else add(at.node, { is: 'key', node, start, end, key: token.text, value: '' });
}

interface Added {
  readonly is: 'key' | 'item';
  readonly node: OutlineNode;
  readonly start: number;
  readonly end: number;
  readonly key: string;
  readonly value: string;
  readonly valueStart?: number;
}

function add(parent: OutlineNode, { node, valueStart, ...own }: Added): OutlineNode {
  const { indent, line } = node;
  const added = nodeOf({ ...own, indent: indent + 1, line, parent, valueStart: valueStart ?? own.start });
  parent.children.push(added);
  return added;
}
