import type { Cursor, CursorPlace } from './cursor-shape.ts';
import { marker } from './cursor-shape.ts';
import { openBrackets } from './flow.ts';
import { inFlow, textBefore } from './flow-cursor.ts';
import { commentStart, longestKey, readLine } from './line.ts';
import { documentsOf, linesOf, outlineOf, type TextLine } from './outline.ts';
import { nodesOf, type OutlineNode, pathOf, unquoted, visitNodes } from './outline-node.ts';

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

function cursorIn(lines: readonly TextLine[], place: CursorPlace): Cursor | undefined {
  const { line, column } = place;
  const text = lines[line]?.text ?? '';
  const holder = blockAround(lines, place);
  if (holder !== undefined) return cursorInBlock(lines, place, holder);
  const comment = commentStart(text);
  if (comment >= 0 && comment < column) return undefined;
  return (
    inQuotedJson(lines, place) ?? acrossLines(lines, place) ?? atValue(lines, place) ?? atKey(lines, place)
  );
}

/** Within braces or brackets that began on a line before, or that are the document. */
function acrossLines(lines: readonly TextLine[], place: CursorPlace): Cursor | undefined {
  const { line, column, first, last } = place;
  const outline = outlineOf(lines, first, last);
  const offset = (lines[line]?.start ?? 0) + column;
  const node = nodesOf(outline.root).find(
    ({ flow, valueStart }) => flow !== undefined && valueStart < offset && line <= flow.last,
  );
  if (node === undefined || openBrackets(textBefore(lines, node, place)) === 0) return undefined;
  return inFlow(lines, place, { outline, node });
}

/** The block scalar that the cursor is in; an empty line behind one is of it where the cursor stands deep enough. */
function blockAround(
  lines: readonly TextLine[],
  { line, column, first, last }: CursorPlace,
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
function cursorInBlock(
  lines: readonly TextLine[],
  place: CursorPlace,
  holder: OutlineNode,
): Cursor | undefined {
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

/** A patch that is JSON in the quotes of one line: a document of its own, in which an escaped quote is as long as it is written. */
function inQuotedJson(lines: readonly TextLine[], place: CursorPlace): Cursor | undefined {
  const { line, column, first, last } = place;
  const { text = '', start = 0 } = lines[line] ?? {};
  if (!/patch["']?\s*:\s*["']\s*\[/u.test(text)) return undefined;
  const holder = nodesOf(outlineOf(lines, first, last).root).findLast(
    (one) => one.line === line && one.key === 'patch' && one.valueStart < start + column,
  );
  const [quote] = /^["']/u.exec(holder?.value ?? '') ?? [];
  if (holder === undefined || quote === undefined) return undefined;
  const shift = holder.valueStart - start + 1;
  const [within = ''] =
    (quote === '"' ? /^(?:[^"\\]|\\.)*/u : /^(?:[^']|'')*/u).exec(text.slice(shift)) ?? [];
  if (column > shift + within.length) return undefined;
  const json = quote === '"' ? withoutEscapes(within) : within.replaceAll("''", " '");
  const at = { line: 0, column: column - shift, first: 0, last: 0 };
  const cursor = cursorIn([{ text: json, start: start + shift }], at);
  if (cursor === undefined) return undefined;
  const to = cursor.to + shift;
  const isEscaped = cursor.quote === '"' && quote === '"';
  return {
    ...cursor,
    ...(isEscaped ? { quote: '\\"' } : {}),
    line,
    from: cursor.from + shift,
    to: isEscaped && text.slice(to - 1, to + 1) === '\\"' ? to + 1 : to,
    shift,
    within: valueCursor(lines, place, holder),
  };
}

/** Escaped quotes as they would be without, the blank outside of what they stand around. */
function withoutEscapes(json: string): string {
  let isOpen = false;
  return json.replaceAll('\\"', () => {
    isOpen = !isOpen;
    return isOpen ? ' "' : '" ';
  });
}

function valueCursor(
  lines: readonly TextLine[],
  { line, first, last }: CursorPlace,
  node: OutlineNode,
): Cursor {
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
function atValue(lines: readonly TextLine[], { line, column, first, last }: CursorPlace): Cursor | undefined {
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
  return {
    ...valueCursor(lines, { line, column, first, last }, node),
    ...withinQuotes(text, { from: Math.max(from, part.end + 1), to, column }),
    around: node.parent ?? outline.root,
  };
}

/** What is typed, and what stands in its place: within quotes all behind the first of them, as an editor compares it. */
function withinQuotes(
  text: string,
  { from, to, column }: { readonly from: number; readonly to: number; readonly column: number },
): Pick<Cursor, 'typed' | 'from' | 'to' | 'quote'> {
  const typed = unquoted(text.slice(from, column));
  const quote = text[from] ?? '';
  return /["']/u.test(quote) && from < column ? { typed, from: from + 1, to, quote } : { typed, from, to };
}

/** Where a key or an item would stand: the line is read as if it held one. */
function atKey(lines: readonly TextLine[], { line, column, first, last }: CursorPlace): Cursor | undefined {
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
    line,
    ...withinQuotes(text, { from: begin, to: Math.max(column, end), column }),
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

function flowItem(lines: readonly TextLine[], place: CursorPlace, begin: number): Cursor | undefined {
  const outline = outlineOf(lines, place.first, place.last);
  const node = nodesOf(outline.root).find(
    ({ is, line, valueStart }) =>
      is === 'item' && line === place.line && valueStart === (lines[line]?.start ?? 0) + begin,
  );
  return node && inFlow(lines, place, { outline, node });
}
