import { flowTokens } from './flow.ts';
import { commentStart, longestKey, readLine, tailWithout } from './line.ts';
import { documentsOf, linesOf, type Outline, outlineOf, type TextLine } from './outline.ts';
import { type OutlineNode, pathOf, unquoted } from './outline-node.ts';

/** What somebody is writing at a place of a text, whatever state the text is in. */
export interface Cursor {
  /** A key, the value of a key, or an item of a list, which may become either. */
  readonly role: 'key' | 'value' | 'item';
  /** Where: of a key the mapping around it, of a value its key, of an item the list and its place. */
  readonly path: readonly (string | number)[];
  /** What is there of it before the cursor. */
  readonly typed: string;
  /** What a completion stands in the place of: columns of the cursor's line. */
  readonly line: number;
  readonly from: number;
  readonly to: number;
  /** The mapping or list around it. */
  readonly around: OutlineNode;
  /** The keys that stand in the mapping already. */
  readonly siblings: readonly string[];
  /** Of the document that the cursor is in. */
  readonly outline: Outline;
  /** Whether it is in braces or brackets, where no line may begin. */
  readonly isFlow: boolean;
  /** Whether a colon stands behind a key already. */
  readonly hasColon: boolean;
  /** The column that the text was moved to the left by, of a document within a block scalar. */
  readonly shift: number;
  /** The block scalar that it is in, of the document around it. */
  readonly within?: Cursor;
}

const marker = '\u{e000}';

/** Tells what stands at an offset; undefined in comments, and where nothing can be told. */
export function cursorAt(text: string, offset: number): Cursor | undefined {
  const lines = linesOf(text);
  const line = lines.findLastIndex(({ start }) => start <= offset);
  const own = lines[line];
  if (own === undefined) return undefined;
  const document = documentsOf(lines).find(
    ({ first, last }) => first <= line && line <= Math.max(last, first),
  );
  return document && cursorIn(lines, { line, column: offset - own.start, ...document });
}

interface Place {
  readonly line: number;
  readonly column: number;
  readonly first: number;
  readonly last: number;
}

function cursorIn(lines: readonly TextLine[], place: Place): Cursor | undefined {
  const { line, column } = place;
  const text = lines[line]?.text ?? '';
  const holder = blockAround(lines, place);
  if (holder !== undefined) return cursorInBlock(lines, place, holder);
  const comment = commentStart(text);
  if (comment >= 0 && comment < column) return undefined;
  return atValue(lines, place) ?? atKey(lines, place);
}

/** The block scalar that the cursor is in; an empty line behind one is of it where the cursor stands deep enough. */
function blockAround(
  lines: readonly TextLine[],
  { line, column, first, last }: Place,
): OutlineNode | undefined {
  const { root } = outlineOf(lines, first, Math.min(last, lines.length - 1));
  const isBlank = (lines[line]?.text.trim() ?? '') === '';
  let found: OutlineNode | undefined;
  visitNodes(root, (node) => {
    const { block } = node;
    if (block === undefined || line < block.first) return;
    const isBehind = isBlank && column > node.indent && isBlankUntil(lines, block.last + 1, line);
    if (line <= block.last || isBehind) found = node;
  });
  return found;
}

function isBlankUntil(lines: readonly TextLine[], first: number, last: number): boolean {
  return lines.slice(first, last).every(({ text }) => text.trim() === '');
}

/** A document of its own, which begins in a column of the one around it. */
function cursorInBlock(lines: readonly TextLine[], place: Place, holder: OutlineNode): Cursor | undefined {
  const { line, column } = place;
  const { first, last } = holder.block ?? { first: line, last: line };
  const own = lines.slice(first, Math.max(last, line) + 1);
  const depths = own.flatMap(({ text }) => (text.trim() === '' ? [] : [text.search(/\S/u)]));
  const shift = depths.length === 0 ? column : Math.min(...depths);
  const inner = own.map(({ text, start }) => ({ text: text.slice(shift), start: start + shift }));
  const at = { line: line - first, column: column - shift, first: 0, last: inner.length - 1 };
  if (at.column < 0) return undefined;
  const cursor = cursorIn(inner, at);
  const outer = valueCursor(lines, place, holder);
  return (
    cursor && {
      ...cursor,
      line: cursor.line + first,
      from: cursor.from + shift,
      to: cursor.to + shift,
      shift,
      within: outer,
    }
  );
}

function valueCursor(lines: readonly TextLine[], { line, first, last }: Place, node: OutlineNode): Cursor {
  const outline = outlineOf(lines, first, last);
  return {
    role: 'value',
    path: pathOf(node),
    typed: '',
    line,
    from: 0,
    to: 0,
    around: node,
    siblings: [],
    outline,
    isFlow: false,
    hasColon: false,
    shift: 0,
  };
}

/** Behind a key and its colon on the line, or behind a dash. */
function atValue(lines: readonly TextLine[], { line, column, first, last }: Place): Cursor | undefined {
  const text = lines[line]?.text ?? '';
  const part = readLine(text).at(-1);
  if (part === undefined || part.is === 'item' || column <= part.end) return undefined;
  const outline = outlineOf(lines, first, last);
  const node = nodesOf(outline.root).findLast(
    (one) => one.line === line && one.indent === part.column && one.is === 'key',
  );
  if (node === undefined) return undefined;
  if (/^[[{]/u.test(part.value)) return inFlow(lines, { line, column, first, last }, { outline, node });
  const from = part.value === '' ? column : Math.min(column, part.valueColumn);
  const to = Math.max(column, part.valueColumn + part.value.length);
  const typed = text.slice(from, column);
  return {
    ...valueCursor(lines, { line, column, first, last }, node),
    typed: unquoted(typed),
    from: Math.max(from, part.end + 1),
    to,
    around: node.parent ?? outline.root,
  };
}

/** Where a key or an item would stand: the line is read as if it held one. */
function atKey(lines: readonly TextLine[], { line, column, first, last }: Place): Cursor | undefined {
  const text = lines[line]?.text ?? '';
  const dashes = /^\s*(?:-\s+)*(?:-$)?/u.exec(text)?.[0] ?? '';
  const begin = Math.min(dashes.length, column);
  const isItem = dashes.includes('-');
  const own = text.slice(begin);
  if (isItem && /^[[{]/u.test(own)) return flowItem(lines, { line, column, first, last }, begin);
  const [, key, colon] =
    /^([^\s:#][^:#]*?|"[^"]*"|'[^']*')(\s*:(?=\s|$))/u.exec(own.slice(0, longestKey)) ?? [];
  const end = begin + (key ?? own.trimEnd()).length;
  const indent = dashes.endsWith('-') ? `${dashes} ` : dashes.slice(0, begin);
  const read = lines.with(line, { text: `${indent}${marker}:`, start: lines[line]?.start ?? 0 });
  const outline = outlineOf(read, first, last);
  const node = nodesOf(outline.root).find(({ key }) => key === marker);
  if (node === undefined) return undefined;
  const around = holderOf(node);
  return {
    role: isItem && around.is === 'item' && around.children.length === 1 ? 'item' : 'key',
    path: pathOf(around),
    typed: unquoted(text.slice(begin, column)),
    line,
    from: begin,
    to: Math.max(column, end),
    around,
    siblings: around.children.flatMap(({ is, key }) => (is === 'key' && key !== marker ? [key] : [])),
    outline,
    isFlow: false,
    hasColon: colon !== undefined,
    shift: 0,
  };
}

/** What holds a key: with an indentation that cannot be, what holds the key above, which has a value already. */
function holderOf(node: OutlineNode): OutlineNode {
  let holder = node.parent ?? node;
  while (
    holder.parent !== undefined &&
    holder.is === 'key' &&
    holder.value !== '' &&
    !/^[&!]/u.test(holder.value)
  ) {
    holder.children.splice(holder.children.indexOf(node), 1);
    holder = holder.parent;
    holder.children.push(node);
  }
  return holder;
}

function flowItem(lines: readonly TextLine[], place: Place, begin: number): Cursor | undefined {
  const outline = outlineOf(lines, place.first, place.last);
  const node = nodesOf(outline.root).find(
    ({ is, line, valueStart }) =>
      is === 'item' && line === place.line && valueStart === (lines[line]?.start ?? 0) + begin,
  );
  return node && inFlow(lines, place, { outline, node });
}

/** Within braces or brackets on one line: their pieces up to the cursor say where it is. */
function inFlow(
  lines: readonly TextLine[],
  place: Place,
  { outline, node }: { readonly outline: Outline; readonly node: OutlineNode },
): Cursor | undefined {
  const { line, column } = place;
  const start = lines[line]?.start ?? 0;
  const text = lines[line]?.text ?? '';
  const before = text.slice(node.valueStart - start, column);
  const typed = tailWithout(before, /[\s,[\]{}:]/u);
  const rest = before.slice(0, before.length - typed.length);
  const isValue = /:\s*$/u.test(rest) || isInList(rest);
  const cut = lines.with(line, {
    text: `${text.slice(0, node.valueStart - start)}${rest}${isValue ? marker : `${marker}: `}`,
    start,
  });
  const read = outlineOf(cut, place.first, place.last);
  const all = nodesOf(read.root);
  const marked = all.find(({ key, value }) => key === marker || value === marker || value === `${marker}:`);
  if (marked === undefined) return undefined;
  const role = marked.is === 'item' ? 'item' : isValue ? 'value' : 'key';
  const around = marked.parent ?? read.root;
  const [after = ''] = /^[^\s,[\]{}:]*/u.exec(text.slice(column)) ?? [];
  return {
    role,
    path: role === 'key' ? pathOf(around) : pathOf(marked),
    typed,
    line,
    from: column - typed.length,
    to: column + after.length,
    around: role === 'item' ? marked : around,
    siblings: around.children.flatMap(({ is, key }) => (is === 'key' && key !== marker ? [key] : [])),
    outline: { ...outline, root: read.root },
    isFlow: true,
    hasColon: /^\s*:/u.test(text.slice(column + after.length)),
    shift: 0,
  };
}

/** Whether the innermost bracket that is open is one of a list. */
function isInList(text: string): boolean {
  const open: string[] = [];
  for (const { is, text: own } of flowTokens(text)) {
    if (is === 'open') open.push(own);
    if (is === 'close') open.pop();
  }
  return open.at(-1) === '[';
}

export function nodesOf(root: OutlineNode): OutlineNode[] {
  const nodes: OutlineNode[] = [];
  visitNodes(root, (node) => void nodes.push(node));
  return nodes;
}

function visitNodes(root: OutlineNode, call: (node: OutlineNode) => void): void {
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    call(node);
    for (const child of node.children.toReversed()) pending.push(child);
  }
}
