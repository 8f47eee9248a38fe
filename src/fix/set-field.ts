import type { Edit } from '../diagnostic/fix.ts';
import { childIndex, type PositionedNode, spanAt, stride } from '../source/position.ts';
import { columnOf, insertion, lineEnd, lineEnding, lineStart } from './edit-text.ts';

/** What a fix writes: a scalar as YAML and JSON spell it alike, or a list of words. */
export type NewValue = boolean | string | readonly string[];

/**
 * The edit that sets the field at `path` below a mapping: over the scalar that stands there, else in a new line at the
 * mapping's end. Undefined where the text has a form in which that is not sure.
 */
export function setField(node: PositionedNode, path: readonly string[], value: NewValue): Edit | undefined {
  let current = node;
  for (const [depth, step] of path.entries()) {
    const child = childIndex(current.positions, current.index, step);
    if (child < 0) return addField(current, path.slice(depth), value);
    current = { ...current, index: child };
  }
  const span = spanAt(current.positions, current.index);
  const isPlain = !hasChildren(current) && /^[\w"'.-]+$/u.test(span.file.text.slice(span.start, span.end));
  return isPlain ? { span, text: spell(value, isJson(current)) } : undefined;
}

/** The edit that adds an item behind the last one of a list. */
export function addItem(node: PositionedNode, item: string): Edit | undefined {
  const span = spanAt(node.positions, node.index);
  const { text } = span.file;
  const word = spell(item, isJson(node));
  const last = childrenOf(node).at(-1);
  if (text[span.start] === '[')
    return last === undefined
      ? insertion(span, span.start + 1, word)
      : insertion(span, spanAt(node.positions, last).end, `, ${word}`);
  if (last === undefined) return undefined;
  const end = endOfLines({ ...node, index: last });
  const start = lineStart(text, spanAt(node.positions, last).start);
  const dash = /^ *- /u.exec(text.slice(start))?.[0];
  return end === undefined || dash === undefined
    ? undefined
    : insertion(span, end, `${lineEnding(text)}${dash}${word}`);
}

function addField(node: PositionedNode, path: readonly string[], value: NewValue): Edit | undefined {
  const span = spanAt(node.positions, node.index);
  if (span.file.text[span.start] === '{') return addToFlow(node, path, value);
  return hasChildren(node) ? addToBlock(node, path, value) : undefined;
}

function addToFlow(node: PositionedNode, path: readonly string[], value: NewValue): Edit {
  const span = spanAt(node.positions, node.index);
  const { text } = span.file;
  const json = isJson(node);
  const [first, last] = [childrenOf(node)[0], childrenOf(node).at(-1)];
  const [name = '', ...rest] = path.map((key) => (json ? JSON.stringify(key) : key));
  const inner = rest.reduceRight((nested, key) => `{${key}: ${nested}}`, spell(value, json));
  const pair = `${name}: ${inner}`;
  if (first === undefined || last === undefined) return insertion(span, span.start + 1, pair);
  const { start } = spanAt(node.positions, last, 'whole');
  const isOnOwnLine = /^[ \t]*$/u.test(text.slice(lineStart(text, start), start));
  const gap = isOnOwnLine ? lineEnding(text) + ' '.repeat(columnOf(text, start)) : ' ';
  return insertion(span, spanAt(node.positions, last, 'whole').end, `,${gap}${pair}`);
}

function addToBlock(node: PositionedNode, path: readonly string[], value: NewValue): Edit | undefined {
  const { positions, index } = node;
  const { file } = positions;
  const { text } = file;
  const children = childrenOf(node);
  const first = spanAt(positions, children[0] ?? index, 'key');
  const column = columnOf(text, first.start);
  const isBlock = /^ *(?:- +)*$/u.test(text.slice(lineStart(text, first.start), first.start));
  // The rows of an alias stand where its anchor does.
  if (!isBlock || first.start < spanAt(positions, index, 'whole').start) return undefined;
  const lines = nestedLines(path, spell(value, false), indentStep(node, column));
  const indent = ' '.repeat(column);
  const newline = lineEnding(text);
  const end = endOfLines({ positions, index }) ?? endOfScalars(node, children);
  if (end !== undefined)
    return insertion(
      { file },
      afterComments(text, end, column),
      lines.map((line) => newline + indent + line).join(''),
    );
  const isFirstOnLine =
    columnOf(text, first.start) === /^ */u.exec(text.slice(lineStart(text, first.start)))?.[0].length;
  if (!isFirstOnLine)
    return insertion({ file }, first.start, lines.map((line) => line + newline + indent).join(''));
  return insertion(
    { file },
    beforeComments(text, first.start),
    lines.map((line) => indent + line + newline).join(''),
  );
}

function nestedLines(path: readonly string[], value: string, step: number): string[] {
  return path.map(
    (key, depth) => `${' '.repeat(depth * step)}${key}:${depth === path.length - 1 ? ` ${value}` : ''}`,
  );
}

function indentStep({ positions, index }: PositionedNode, column: number): number {
  const key = spanAt(positions, index, 'key');
  const step = index === 0 ? 2 : column - columnOf(positions.file.text, key.start);
  return step > 0 && step <= 8 ? step : 2;
}

/** Where the last line of a node ends, its comment included; undefined where that is a block scalar or of several lines. */
function endOfLines(node: PositionedNode): number | undefined {
  const { positions } = node;
  const { text } = positions.file;
  let { index } = node;
  for (let last = lastChild({ positions, index }); last !== undefined && !isFlow({ positions, index }); ) {
    index = last;
    last = lastChild({ positions, index });
  }
  const value = spanAt(positions, index);
  const whole = spanAt(positions, index, 'whole');
  if (whole.start < spanAt(positions, node.index, 'whole').start) return undefined;
  const written = text.slice(value.start, value.end);
  if (/^[|>]/u.test(written) || (written.includes('\n') && !isFlow({ positions, index }))) return undefined;
  const end = lineEnd(text, whole.end);
  return /^[ \t]*:?[ \t]*(?:#.*)?$/u.test(text.slice(whole.end, end)) ? end : undefined;
}

function endOfScalars({ positions }: PositionedNode, children: readonly number[]): number | undefined {
  for (const index of children.toReversed()) {
    const end = hasChildren({ positions, index }) ? undefined : endOfLines({ positions, index });
    if (end !== undefined) return end;
  }
  return undefined;
}

/** Behind the comments that follow a line and stand deeper than `column`: they belong to what they follow. */
function afterComments(text: string, end: number, column: number): number {
  let at = end;
  for (;;) {
    const next = text.indexOf('\n', at) + 1;
    const comment = next === 0 ? null : /^( *)#/u.exec(text.slice(next, lineEnd(text, next)));
    if (comment === null || (comment[1] ?? '').length <= column) return at;
    at = lineEnd(text, next);
  }
}

/** The start of the line, or of the comments right above it, which belong to what they stand above. */
function beforeComments(text: string, offset: number): number {
  let at = lineStart(text, offset);
  while (at > 0) {
    const above = lineStart(text, at - 1);
    if (!/^[ \t]*#/u.test(text.slice(above, at))) return at;
    at = above;
  }
  return at;
}

function spell(value: NewValue, json: boolean): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return json ? JSON.stringify(value) : value;
  return `[${value.map((word) => spell(word, json)).join(', ')}]`;
}

function isJson({ positions }: PositionedNode): boolean {
  return positions.file.path.endsWith('.json');
}

function isFlow({ positions, index }: PositionedNode): boolean {
  const { file, start } = spanAt(positions, index);
  return file.text[start] === '{' || file.text[start] === '[';
}

function hasChildren({ positions, index }: PositionedNode): boolean {
  return (positions.nodes[index * stride + 4] ?? 0) > index + 1;
}

function lastChild(node: PositionedNode): number | undefined {
  return childrenOf(node).at(-1);
}

/** The rows of a node's children. */
export function childrenOf({ positions, index }: PositionedNode): number[] {
  const end = positions.nodes[index * stride + 4] ?? 0;
  const children: number[] = [];
  for (let child = index + 1; child < end; child = positions.nodes[child * stride + 4] ?? end)
    children.push(child);
  return children;
}
