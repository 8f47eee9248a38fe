import type { TextPart } from '../source/scalar-offsets.ts';
import type { Value } from '../source/value.ts';

/** What a pipeline computes. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'field'; readonly path: readonly string[]; readonly text: string }
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly path: readonly string[];
      readonly text: string;
    }
  | {
      readonly kind: 'chain';
      readonly of: Expression;
      readonly path: readonly string[];
      readonly text: string;
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

/** A pipeline; the names are those of variables that it sets. */
export interface Pipeline {
  readonly names: readonly string[];
  readonly declares: boolean;
  readonly value: Expression;
}

export type TemplateNode =
  /** `at` is where it stands in the template, letter by letter. */
  | { readonly kind: 'text'; readonly text: string; readonly at: number }
  | { readonly kind: 'action'; readonly pipeline: Pipeline; readonly part: TextPart }
  | {
      readonly kind: 'if' | 'with' | 'range';
      readonly pipeline: Pipeline;
      readonly body: readonly TemplateNode[];
      readonly otherwise: readonly TemplateNode[];
    }
  | { readonly kind: 'break' | 'continue' };

/** Thrown inside and caught where templates are evaluated: what is not followed here. */
export class Unsupported extends Error {}

/** Likewise: what Go refuses, whatever is given. */
export class Refused extends Error {}

const maximumNodes = 5_000;
const maximumDepth = 50;

/** What a template is written with, where that is not what Go has. */
export interface Syntax {
  readonly delimiters: readonly [open: string, close: string];
  /** A word that stands for the field of this name of all parameters, wherever the dot is. */
  readonly root?: string;
}

const goSyntax: Syntax = { delimiters: ['{{', '}}'] };

/** Parses a template as Go's text/template does; throws `Refused` for what is no template, and `Unsupported` for what is not followed here. */
export function parseTemplate(template: string, syntax: Syntax = goSyntax): TemplateNode[] {
  const pieces = split(template, syntax.delimiters).map((piece) => ({ ...piece, syntax }));
  const cursor = { at: 0 };
  const { nodes, end } = parseNodes(pieces, cursor, 0);
  if (end !== undefined) throw new Refused(`there is ${end} without a beginning`);
  return nodes;
}

interface Piece {
  readonly isAction: boolean;
  readonly text: string;
  /** In the template, the delimiters of an action included. */
  readonly part: TextPart;
  readonly syntax: Syntax;
}

/** Text and actions by turns; `{{-` and `-}}` take the white space beside them away. */
function split(template: string, [opening, closing]: Syntax['delimiters']): Omit<Piece, 'syntax'>[] {
  const pieces: Omit<Piece, 'syntax'>[] = [];
  let at = 0;
  let trims = false;
  const text = (end: number, trimsEnd: boolean): void => {
    let part = template.slice(at, end);
    if (trims) part = part.replace(/^[ \t\r\n]+/u, '');
    const start = end - part.length;
    if (trimsEnd) part = part.trimEnd();
    if (part !== '') pieces.push({ isAction: false, text: part, part: { start, end: start + part.length } });
  };
  for (let open = template.indexOf(opening); open >= 0; open = template.indexOf(opening, at)) {
    const trimsBefore = /^-[ \t\r\n]/u.test(template.slice(open + 2, open + 4));
    text(open, trimsBefore);
    const start = open + 2 + (trimsBefore ? 1 : 0);
    const close = endOfAction(template, start, closing);
    const trimsAfter = /[ \t\r\n]-$/u.test(template.slice(start, close));
    const action = template.slice(start, close - (trimsAfter ? 1 : 0)).trim();
    pieces.push({ isAction: true, text: action, part: { start: open, end: close + 2 } });
    if (pieces.length > maximumNodes) throw new Unsupported('a template of this size');
    trims = trimsAfter;
    at = close + 2;
  }
  text(template.length, false);
  return pieces;
}

/** Where an action ends, whatever braces stand in its texts and comments. */
function endOfAction(template: string, start: number, closing: string): number {
  if (/^\s*\/\*/u.test(template.slice(start, start + 20))) {
    const end = template.indexOf('*/', start);
    const close = end < 0 ? -1 : template.indexOf(closing, end);
    if (close >= 0) return close;
    throw new Refused('a comment has no end');
  }
  for (let at = start; at < template.length; at++) {
    const char = template[at];
    if (char === '`' || char === '"') {
      at += 1;
      while (at < template.length && template[at] !== char)
        at += char === '"' && template[at] === '\\' ? 2 : 1;
    } else if (template.startsWith(closing, at)) return at;
  }
  throw new Refused('an action has no end: write }} behind it');
}

interface Parsed {
  readonly nodes: TemplateNode[];
  /** The action that ended them: `end`, or `else` with what follows it. */
  readonly end?: string;
}

function parseNodes(pieces: readonly Piece[], cursor: { at: number }, depth: number): Parsed {
  if (depth > maximumDepth) throw new Unsupported('blocks nested this deeply');
  const nodes: TemplateNode[] = [];
  for (let piece = pieces[cursor.at]; piece !== undefined; piece = pieces[cursor.at]) {
    cursor.at += 1;
    const { text, part } = piece;
    if (!piece.isAction) nodes.push({ kind: 'text', text, at: part.start });
    else if (text === 'end' || /^else\b/u.test(text)) return { nodes, end: text };
    else if (text === 'break' || text === 'continue') nodes.push({ kind: text });
    else if (!text.startsWith('/*')) nodes.push(parseAction(piece, pieces, cursor, depth));
  }
  return { nodes };
}

function parseAction(
  { text, part, syntax }: Omit<Piece, 'isAction'>,
  pieces: readonly Piece[],
  cursor: { at: number },
  depth: number,
): TemplateNode {
  const [, keyword = ''] = /^(if|with|range|define|template|block)\b/u.exec(text) ?? [];
  if (keyword === '') return { kind: 'action', pipeline: parsePipeline(text, syntax), part };
  if (keyword !== 'if' && keyword !== 'with' && keyword !== 'range') throw new Unsupported(keyword);
  const pipeline = parsePipeline(text.slice(keyword.length), syntax);
  const { nodes: body, end } = parseNodes(pieces, cursor, depth + 1);
  if (end === undefined) throw new Refused(`${keyword} has no end`);
  if (end === 'end') return { kind: keyword, pipeline, body, otherwise: [] };
  const more = end.slice('else'.length).trim();
  // `else if` is a block of its own in the other branch, which the same `end` closes.
  if (more !== '') {
    const otherwise = [parseAction({ text: more, part, syntax }, pieces, cursor, depth + 1)];
    return { kind: keyword, pipeline, body, otherwise };
  }
  const { nodes: otherwise, end: last } = parseNodes(pieces, cursor, depth + 1);
  if (last !== 'end') throw new Refused(`${keyword} has no end`);
  return { kind: keyword, pipeline, body, otherwise };
}

type Token =
  | { readonly kind: 'literal'; readonly value: Value; readonly text: string }
  | { readonly kind: 'word' | 'mark'; readonly text: string; readonly isAdjacent: boolean };

const tokenPattern =
  /(\s*)(?:("(?:[^"\\]|\\.)*")|`([^`]*)`|'((?:[^'\\]|\\.)+)'|([+-]?(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?))(?![\w.])|(:=|[()|,=])|(\$\w*(?:\.\w[\w]*)*|\.(?:\w+(?:\.\w+)*)?|\w+))/uy;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < text.length) {
    const from = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (match === null) {
      if (text.slice(from).trim() === '') break;
      throw new Refused(`${text.slice(from).trim()} cannot stand there`);
    }
    const [whole, space = '', quoted, raw, character, number, mark, word] = match;
    if (quoted !== undefined) tokens.push({ kind: 'literal', value: unquote(quoted), text: whole.trim() });
    else if (raw !== undefined) tokens.push({ kind: 'literal', value: raw, text: whole.trim() });
    else if (character !== undefined)
      tokens.push({
        kind: 'literal',
        value: BigInt(unquote(`"${character}"`).codePointAt(0) ?? 0),
        text: whole.trim(),
      });
    else if (number !== undefined) tokens.push({ kind: 'literal', value: numberOf(number), text: number });
    else
      tokens.push({
        kind: mark === undefined ? 'word' : 'mark',
        text: mark ?? word ?? '',
        isAdjacent: space === '' && from > 0,
      });
  }
  return tokens;
}

/** A whole number is an int to Go, anything else a float64. */
function numberOf(text: string): number | bigint {
  const value = Number(text);
  return /^[+-]?(?:\d+|0x[0-9a-fA-F]+)$/u.test(text) && Number.isSafeInteger(value) ? BigInt(value) : value;
}

/** The word that stands for a field of all parameters, as that field. */
function withRoot(token: Token, root: string | undefined): Token {
  return token.kind === 'word' && token.text === root ? { ...token, text: `$.${root}` } : token;
}

function unquote(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    throw new Unsupported(text);
  }
}

function parsePipeline(text: string, { root }: Syntax): Pipeline {
  const tokens = tokensOf(text).map((token) => withRoot(token, root));
  const [, assignment] = /^\s*((?:\$\w+\s*,\s*)?\$\w+\s*:?=)/u.exec(text) ?? [];
  const skipped = assignment === undefined ? 0 : tokensOf(assignment).length;
  const names = assignment === undefined ? [] : (assignment.match(/\$\w+/gu) ?? []);
  const cursor = { at: skipped };
  const value = pipelineAt(tokens, cursor, 0);
  if (cursor.at < tokens.length) throw new Refused(`${text.trim()} is no expression`);
  return { names, declares: assignment?.includes(':=') ?? false, value };
}

function pipelineAt(tokens: readonly Token[], cursor: { at: number }, depth: number): Expression {
  if (depth > maximumDepth) throw new Unsupported('parentheses nested this deeply');
  let piped: Expression | undefined;
  for (;;) {
    const operands: Expression[] = [];
    for (let token = tokens[cursor.at]; token !== undefined; token = tokens[cursor.at]) {
      if (token.kind === 'mark' && token.text !== '(') break;
      operands.push(operandAt(tokens, cursor, depth));
    }
    piped = commandOf(operands, piped);
    const next = tokens[cursor.at];
    if (next?.kind !== 'mark' || next.text !== '|') return piped;
    cursor.at += 1;
  }
}

/** A command: a value, or a function with its arguments, the piped one last. */
function commandOf(operands: readonly Expression[], piped: Expression | undefined): Expression {
  const [head, ...args] = operands;
  if (head === undefined) throw new Refused('a value is missing');
  const isCall = head.kind === 'call' && head.args.length === 0 && functionWords.has(head);
  if (isCall) return { ...head, args: piped === undefined ? args : [...args, piped] };
  if (args.length > 0 || piped !== undefined) throw new Refused('a value is called as if it were a function');
  return head;
}

/** Functions as they stand, which take what follows them; `(now)` has had its turn. */
const functionWords = new WeakSet<Expression>();

function operandAt(tokens: readonly Token[], cursor: { at: number }, depth: number): Expression {
  const token = tokens[cursor.at];
  cursor.at += 1;
  if (token === undefined) throw new Refused('an expression ends too early');
  if (token.kind === 'literal') return { kind: 'literal', value: token.value };
  if (token.kind === 'mark') {
    const inner = pipelineAt(tokens, cursor, depth + 1);
    const close = tokens[cursor.at];
    if (close?.text !== ')') throw new Refused('a parenthesis has no end');
    cursor.at += 1;
    const next = tokens[cursor.at];
    if (next?.kind !== 'word' || !next.isAdjacent || !next.text.startsWith('.')) return inner;
    cursor.at += 1;
    return { kind: 'chain', of: inner, path: partsOf(next.text), text: next.text };
  }
  const next = tokens[cursor.at];
  const hasFields = next?.kind === 'word' && next.isAdjacent && next.text.startsWith('.');
  if (!token.text.startsWith('$.') || !hasFields) return wordOf(token.text);
  cursor.at += 1;
  return wordOf(token.text + next.text);
}

function wordOf(text: string): Expression {
  if (text.startsWith('.')) return { kind: 'field', path: partsOf(text), text };
  if (text.startsWith('$')) {
    const [name = '$', ...path] = text.split('.');
    return { kind: 'variable', name, path, text };
  }
  if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' };
  if (text === 'nil') return { kind: 'literal', value: null };
  const call: Expression = { kind: 'call', name: text, args: [] };
  functionWords.add(call);
  return call;
}

function partsOf(text: string): string[] {
  return text.split('.').filter((part) => part !== '');
}
