import type { Cursor, CursorPlace } from './cursor-shape.ts';
import { marker } from './cursor-shape.ts';
import { flowTokens } from './flow.ts';
import { tailWithout, withoutComment } from './line.ts';
import { type Outline, outlineOf, type TextLine } from './outline.ts';
import { nodesOf, type OutlineNode, pathOf, unquoted } from './outline-node.ts';

/** What braces or brackets hold up to the cursor, on one line or more. */
export function textBefore(
  lines: readonly TextLine[],
  { valueStart }: OutlineNode,
  { line, column }: CursorPlace,
): string {
  const first = lines.findLastIndex(({ start }) => start <= valueStart);
  return lines
    .slice(first, line + 1)
    .map(({ text, start }, index) => {
      const own = first + index === line ? text.slice(0, column) : withoutComment(text);
      return index === 0 ? own.slice(valueStart - start) : own;
    })
    .join('\n');
}

/** Within braces or brackets: what they hold up to the cursor says where it is. */
export function inFlow(
  lines: readonly TextLine[],
  place: CursorPlace,
  { outline, node }: { readonly outline: Outline; readonly node: OutlineNode },
): Cursor | undefined {
  const { line, column } = place;
  const start = lines[line]?.start ?? 0;
  const text = lines[line]?.text ?? '';
  const before = textBefore(lines, node, place);
  const written = openQuote(before) ?? tailWithout(before, /[\s,[\]{}:]/u);
  const quote = /^["']/u.exec(written)?.[0];
  const after = wordAfter(text.slice(column), quote);
  const rest = before.slice(0, before.length - written.length);
  const isValue = /:\s*$/u.test(rest) || isInList(rest);
  const behind = text.slice(column + after.length);
  const hasColon = /^\s*:/u.test(behind);
  const put = isValue ? `${marker},` : hasColon ? marker : `${marker}: ,`;
  const cut = { text: text.slice(0, column - written.length) + put + behind, start };
  const read = outlineOf(lines.with(line, cut), place.first, place.last);
  const marked = nodesOf(read.root).find(({ key, value }) => key === marker || value === marker);
  if (marked === undefined) return undefined;
  const role = marked.is === 'item' ? 'item' : isValue ? 'value' : 'key';
  const around = marked.parent ?? read.root;
  return {
    role,
    path: role === 'key' ? pathOf(around) : pathOf(marked),
    typed: unquoted(written),
    line,
    from: column - written.length + (quote?.length ?? 0),
    to: column + after.length,
    ...(quote === undefined ? {} : { quote }),
    around: role === 'item' ? marked : around,
    siblings: around.children.flatMap(({ is, key }) => (is === 'key' && key !== marker ? [key] : [])),
    outline: { ...outline, root: read.root },
    isFlow: true,
    hasColon,
    shift: 0,
  };
}

/** What stands at the end of a text in quotes that are still open. */
function openQuote(text: string): string | undefined {
  const last = flowTokens(text).at(-1);
  if (last === undefined || last.end !== text.length || !/^["'](?:$|[^\n]*$)/u.test(last.text))
    return undefined;
  return last.text.length > 1 && last.text.endsWith(last.text[0] ?? '') ? undefined : last.text;
}

/** The rest of what is being written, with the quote that ends it. */
function wordAfter(text: string, quote: string | undefined): string {
  const end = quote === undefined ? -1 : text.indexOf(quote);
  if (end >= 0 && !/[,[\]{}]/u.test(text.slice(0, end))) return text.slice(0, end + 1);
  return /^[^\s,[\]{}:"']*/u.exec(text)?.[0] ?? '';
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
