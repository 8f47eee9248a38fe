import { openBrackets, parseFlow } from './flow.ts';
import { deepest, readLine, withoutComment } from './line.ts';
import { nodeOf, type OutlineNode } from './outline-node.ts';

export interface TextLine {
  readonly text: string;
  readonly start: number;
}

/** A document as a tree of its keys and items. */
export interface Outline {
  readonly root: OutlineNode;
  readonly lines: readonly TextLine[];
  /** The first and last line of the document. */
  readonly first: number;
  readonly last: number;
}

export function linesOf(text: string): TextLine[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const own = { text: line.replace(/\r$/u, ''), start };
    start += line.length + 1;
    return own;
  });
}

/** The documents of a text, by the lines between `---`. */
export function documentsOf(lines: readonly TextLine[]): { readonly first: number; readonly last: number }[] {
  const starts = lines.flatMap(({ text }, index) => (/^---(?:\s|$)/u.test(text) ? [index + 1] : []));
  return [0, ...starts].map((first, index) => ({
    first,
    last: (starts[index] ?? lines.length + 1) - 2,
  }));
}

/** Reads the lines of one document. */
export function outlineOf(lines: readonly TextLine[], first = 0, last = lines.length - 1): Outline {
  const root = nodeOf({ is: 'root', indent: -1, line: first, start: lines[first]?.start ?? 0 });
  root.lastLine = last;
  const stack: OutlineNode[] = [root];
  let block: OutlineNode | undefined;
  for (let index = first; index <= last; index++) {
    const line = lines[index];
    if (line === undefined) break;
    const indent = line.text.search(/\S/u);
    if (block !== undefined && (indent < 0 || indent > block.indent)) {
      if (block.block !== undefined && indent >= 0) block.block.last = index;
      continue;
    }
    block = undefined;
    if (indent < 0 || line.text[indent] === '#') continue;
    const isFlow = root.children.length === 0 && /[[{]/u.test(line.text[indent] ?? '');
    const added = isFlow ? rootFlow(root, line, indent) : addLine(stack, line, index);
    if (added !== undefined && /^[|>][-+0-9]*$/u.test(added.value)) {
      added.block = { first: index + 1, last: index };
      block = added;
    } else if (added !== undefined && /^[[{]/u.test(added.value))
      index = readFlow(added, lines, { first: index, last });
  }
  closeLines(root);
  return { root, lines, first, last };
}

/** A document that is in braces or brackets as a whole, as JSON is. */
function rootFlow(root: OutlineNode, { text, start }: TextLine, column: number): OutlineNode {
  return Object.assign(root, { value: withoutComment(text.slice(column)), valueStart: start + column });
}

/** Reads braces or brackets up to their end, or as long as lines are deeper than the key that holds them; the last line. */
function readFlow(
  node: OutlineNode,
  lines: readonly TextLine[],
  { first, last }: { readonly first: number; readonly last: number },
): number {
  let text = node.value;
  let open = openBrackets(text);
  let index = first;
  while (open > 0 && index < last) {
    const next = lines[index + 1];
    const own = withoutComment(next?.text ?? '');
    const indent = own.search(/\S/u);
    if (next === undefined || (indent >= 0 && indent <= node.indent && !/[\]}]/u.test(own[indent] ?? '')))
      break;
    index += 1;
    text = `${text}\n`.padEnd(next.start - node.valueStart, ' ') + own;
    open = openBrackets(own, open);
  }
  parseFlow(node, text, first);
  if (index === first && node.is !== 'root') return first;
  node.flow = { first, last: index };
  node.lastLine = index;
  return index;
}

/** Puts the dashes and the key of a line below what they belong to; the innermost of them. */
function addLine(stack: OutlineNode[], line: TextLine, index: number): OutlineNode | undefined {
  const parts = readLine(line.text);
  let added: OutlineNode | undefined;
  for (const part of parts) {
    while (stack.length > 1 && !holds(stack.at(-1), part)) stack.pop();
    const parent = stack.at(-1);
    added = nodeOf({
      is: part.is,
      key: part.key,
      indent: part.column,
      line: index,
      start: line.start + part.column,
      end: line.start + part.end,
      value: part.value,
      valueStart: line.start + part.valueColumn,
      parent,
    });
    parent?.children.push(added);
    if (stack.length < deepest) stack.push(added);
  }
  return added;
}

/** Whether a node may hold what begins in a column: items may stand right below their key. */
function holds(
  node: OutlineNode | undefined,
  { is, column }: { readonly is: 'key' | 'item'; readonly column: number },
): boolean {
  if (node === undefined) return true;
  if (node.indent < column) return true;
  if (is !== 'item' || node.is !== 'key') return false;
  // Less deep than the key, as nothing else could stand there, it is of a list with a wrong indentation.
  const isOpen = node.value === '' && node.children.every((child) => child.is === 'item');
  return node.indent === column || (isOpen && column > (node.parent?.indent ?? column));
}

function closeLines(node: OutlineNode): number {
  for (const child of node.children) node.lastLine = Math.max(node.lastLine, closeLines(child));
  node.lastLine = Math.max(node.lastLine, node.block?.last ?? 0);
  return node.lastLine;
}
