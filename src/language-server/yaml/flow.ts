import { deepest } from './line.ts';
import { nodeOf, type OutlineNode } from './outline-node.ts';

/** Puts what a flow mapping or list holds below its node, as far as it goes; `text` from there on, on one line or more. */
export function parseFlow(node: OutlineNode, text: string, from = node.line): void {
  const stack: { readonly node: OutlineNode; readonly isList: boolean }[] = [];
  let line = from;
  let read = 0;
  for (const token of flowTokens(text)) {
    const at = stack.at(-1);
    const start = node.valueStart + token.start;
    const end = node.valueStart + token.end;
    for (let next = text.indexOf('\n', read); next >= 0 && next < token.start; line++) {
      read = next + 1;
      next = text.indexOf('\n', read);
    }
    const place = { node, token, start, end, line };
    if (token.is === 'open') {
      if (stack.length >= deepest) return;
      const holder = at === undefined ? node : openedBy(at.node, at.isList, place);
      stack.push({ node: holder, isList: token.text === '[' });
    } else if (token.is === 'close') {
      stack.pop();
      if (stack.length === 0) return;
    } else if (token.is === 'key') addKey(at?.node, place);
    else if (token.is === 'value') addValue(at, place);
  }
}

/** How many brackets a text leaves open; the count goes on from those that are open before it. */
export function openBrackets(text: string, before = 0): number {
  let open = before;
  for (const { is } of flowTokens(text)) {
    if (is === 'open') open += 1;
    if (is === 'close') open -= 1;
    if (open <= 0 && is === 'close') return 0;
  }
  return open;
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
  readonly line: number;
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
function openedBy(holder: OutlineNode, isList: boolean, at: At): OutlineNode {
  const last = holder.children.at(-1);
  if (!isList && last !== undefined && last.value === '') return last;
  return add(holder, { ...at, is: 'item', end: at.start, key: '', value: '' });
}

function addKey(holder: OutlineNode | undefined, at: At): void {
  if (holder !== undefined)
    add(holder, { ...at, is: 'key', key: at.token.text.replaceAll(/^["']|["']$/gu, ''), value: '' });
}

function addValue(at: { readonly node: OutlineNode; readonly isList: boolean } | undefined, place: At): void {
  if (at === undefined) return;
  const { token, start } = place;
  const last = at.node.children.at(-1);
  if (at.isList) add(at.node, { ...place, is: 'item', key: '', value: token.text });
  else if (last !== undefined && last.value === '' && last.children.length === 0) {
    at.node.children.pop();
    const { start: keyStart, end, line, key } = last;
    add(at.node, {
      ...place,
      is: 'key',
      start: keyStart,
      end,
      line,
      key,
      value: token.text,
      valueStart: start,
    });
  } else add(at.node, { ...place, is: 'key', key: token.text, value: '' });
}

interface Added {
  readonly is: 'key' | 'item';
  readonly node: OutlineNode;
  readonly start: number;
  readonly end: number;
  readonly key: string;
  readonly value: string;
  readonly valueStart?: number;
  readonly line: number;
}

function add(
  parent: OutlineNode,
  { node, is, start, end, key, value, line, valueStart = start }: Added,
): OutlineNode {
  const indent = node.indent + 1;
  const added = nodeOf({ is, start, end, key, value, line, indent, parent, valueStart });
  parent.children.push(added);
  return added;
}
