import { CheckError } from './check-error.ts';
import type { Node } from './node.ts';
import { scanCel, type Token } from './scan-cel.ts';

// cel-go 0.26: parser.MaxRecursionDepth and ExpressionSizeCodePointLimit.
const depthLimit = 250;
const sizeLimit = 100_000;

/** The grammar of CEL, https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax; throws a CheckError. */
export function parseCel(text: string): Node {
  const size = text.length > sizeLimit ? [...text].length : text.length;
  if (size > sizeLimit)
    throw new CheckError(`expression code point size exceeds limit: size: ${size}, limit ${sizeLimit}`, 0);
  const parser: Parser = { tokens: scanCel(text), position: 0, depth: 0 };
  const node = expression(parser);
  const next = peek(parser);
  if (next.kind !== 'end')
    throw new CheckError(`Syntax error: extraneous input '${next.text}' expecting <EOF>`, next.start);
  return node;
}

interface Parser {
  readonly tokens: readonly Token[];
  position: number;
  depth: number;
}

function peek(parser: Parser, ahead = 0): Token {
  return parser.tokens[Math.min(parser.position + ahead, parser.tokens.length - 1)] as Token;
}

function isAt(parser: Parser, text: string, ahead = 0): boolean {
  const token = peek(parser, ahead);
  return token.text === text && (token.kind === 'op' || token.kind === 'name');
}

function advance(parser: Parser): Token {
  const token = peek(parser);
  parser.position += 1;
  return token;
}

function take(parser: Parser, text: string): Token | undefined {
  return isAt(parser, text) ? advance(parser) : undefined;
}

function expect(parser: Parser, text: string): Token {
  const token = take(parser, text);
  if (token !== undefined) return token;
  const found = peek(parser);
  throw new CheckError(`Syntax error: missing '${text}' at '${found.text}'`, found.start);
}

function deeper<T>(parser: Parser, parse: () => T): T {
  parser.depth += 1;
  if (parser.depth > depthLimit)
    throw new CheckError(`expression recursion limit exceeded: ${depthLimit}`, peek(parser).start);
  const result = parse();
  parser.depth -= 1;
  return result;
}

function expression(parser: Parser): Node {
  return deeper(parser, () => {
    const condition = logical(parser, '||');
    if (take(parser, '?') === undefined) return condition;
    const yes = logical(parser, '||');
    expect(parser, ':');
    const no = expression(parser);
    return { op: '?:', args: [condition, yes, no], start: condition.start, end: no.end };
  });
}

/** `a || b || c`, whose operands make a tree as flat as can be, since they may be thousands. */
function logical(parser: Parser, op: '||' | '&&'): Node {
  const operand = () => (op === '||' ? logical(parser, '&&') : relation(parser));
  const operands = [operand()];
  while (take(parser, op) !== undefined) operands.push(operand());
  return balanced(operands, op);
}

function balanced(operands: readonly Node[], op: string): Node {
  if (operands.length === 1) return operands[0] as Node;
  const middle = (operands.length + 1) >> 1;
  return binary(op, balanced(operands.slice(0, middle), op), balanced(operands.slice(middle), op));
}

function binary(op: string, left: Node, right: Node): Node {
  return { op, args: [left, right], start: left.start, end: right.end };
}

const relations = ['==', '!=', '<=', '>=', '<', '>', 'in'];
const sums = ['+', '-'];
const products = ['*', '/', '%'];

function relation(parser: Parser): Node {
  return chain(parser, relations, () =>
    chain(parser, sums, () => chain(parser, products, () => unary(parser))),
  );
}

function chain(parser: Parser, operators: readonly string[], operand: () => Node): Node {
  let left = operand();
  const { depth } = parser;
  for (let token = peek(parser); operators.some((op) => isAt(parser, op)); token = peek(parser)) {
    parser.depth += 1;
    if (parser.depth > depthLimit)
      throw new CheckError(`expression recursion limit exceeded: ${depthLimit}`, token.start);
    advance(parser);
    left = binary(token.text, left, operand());
  }
  parser.depth = depth;
  return left;
}

/** `!!a` and `--a` are `a`; a single minus before a number is part of it. */
function unary(parser: Parser): Node {
  const first = peek(parser);
  const op = isAt(parser, '!') ? '!' : isAt(parser, '-') && !isNumber(peek(parser, 1)) ? '-' : undefined;
  if (op === undefined) return member(parser);
  let count = 0;
  while (isAt(parser, op)) {
    advance(parser);
    count += 1;
  }
  const operand = member(parser);
  return count % 2 === 0 ? operand : { op: `${op}_`, args: operand, start: first.start, end: operand.end };
}

function isNumber({ kind }: Token): boolean {
  return kind === 'int' || kind === 'double';
}

function member(parser: Parser): Node {
  let node = primary(parser);
  const { depth } = parser;
  for (;;) {
    if (isAt(parser, '.')) node = selection(parser, node);
    else if (isAt(parser, '[')) node = index(parser, node);
    else break;
    parser.depth += 1;
    if (parser.depth > depthLimit)
      throw new CheckError(`expression recursion limit exceeded: ${depthLimit}`, node.start);
  }
  parser.depth = depth;
  return node;
}

function selection(parser: Parser, operand: Node): Node {
  advance(parser);
  const isOptional = take(parser, '?') !== undefined;
  const token = fieldName(parser);
  if (!isOptional && isAt(parser, '(')) {
    const args = callArguments(parser);
    return { op: 'rcall', args: [token.text, operand, args.nodes], start: operand.start, end: args.end };
  }
  const op = isOptional ? '.?' : '.';
  return { op, args: [operand, token.text], start: operand.start, end: token.end };
}

// These are tokens of their own; other reserved words may name a field.
const words = new Set(['true', 'false', 'null', 'in']);

function fieldName(parser: Parser): Token {
  const token = advance(parser);
  if (token.kind === 'name' && !words.has(token.text)) return token;
  throw new CheckError(`Syntax error: no viable alternative at input '.${token.text}'`, token.start);
}

function index(parser: Parser, operand: Node): Node {
  advance(parser);
  const op = take(parser, '?') === undefined ? '[]' : '[?]';
  const key = expression(parser);
  const { end } = expect(parser, ']');
  return { op, args: [operand, key], start: operand.start, end };
}

function callArguments(parser: Parser): { readonly nodes: readonly Node[]; readonly end: number } {
  advance(parser);
  const nodes: Node[] = [];
  while (!isAt(parser, ')')) {
    nodes.push(expression(parser));
    if (take(parser, ',') === undefined) break;
    if (isAt(parser, ')')) throw unexpected(peek(parser));
  }
  return { nodes, end: expect(parser, ')').end };
}

function primary(parser: Parser): Node {
  const token = advance(parser);
  switch (token.kind) {
    case 'name':
      return named(parser, token, token.start);
    case 'op':
      return punctuated(parser, token);
    case 'end':
      throw unexpected(token);
    default:
      return literal(token.value, token, token.start);
  }
}

function unexpected(token: Token): CheckError {
  return new CheckError(`Syntax error: mismatched input '${token.text}'`, token.start);
}

function punctuated(parser: Parser, token: Token): Node {
  switch (token.text) {
    case '(': {
      const inner = expression(parser);
      expect(parser, ')');
      return inner;
    }
    case '[':
      return list(parser, token.start);
    case '{':
      return map(parser, token.start);
    case '-':
      return literal(negated(advance(parser)), peek(parser, -1), token.start);
    case '.': {
      const name = advance(parser);
      if (name.kind === 'name') return named(parser, name, token.start);
      throw unexpected(name);
    }
    default:
      throw unexpected(token);
  }
}

function negated(token: Token): unknown {
  if (typeof token.value === 'bigint' && token.kind === 'int') return -token.value;
  if (typeof token.value === 'number') return -token.value;
  throw unexpected(token);
}

function literal(value: unknown, { kind, end }: Token, start: number): Node {
  if (kind === 'int' && (value as bigint) !== BigInt.asIntN(64, value as bigint))
    throw new CheckError('invalid int literal', start);
  if (kind === 'uint' && (value as bigint) !== BigInt.asUintN(64, value as bigint))
    throw new CheckError('invalid uint literal', start);
  if (kind === 'double' && !Number.isFinite(value)) throw new CheckError('invalid double literal', start);
  return { op: 'value', args: kind === 'uint' ? { uint: value } : value, start, end };
}

const reserved = new Set(
  'as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

function named(parser: Parser, token: Token, start: number): Node {
  const { text, end } = token;
  if (text === 'true' || text === 'false') return { op: 'value', args: text === 'true', start, end };
  if (text === 'null') return { op: 'value', args: null, start, end };
  if (text === 'in') throw unexpected(token);
  const message = messageName(parser, text);
  if (message !== undefined) return messageLiteral(parser, message, start);
  if (reserved.has(text)) throw new CheckError(`reserved identifier: ${text}`, start);
  if (!isAt(parser, '(')) return { op: 'id', args: text, start, end };
  const args = callArguments(parser);
  return { op: 'call', args: [text, args.nodes], start, end: args.end };
}

/** The name before the brace of `google.protobuf.Duration{…}`; undefined, and nothing read, where there is none. */
function messageName(parser: Parser, first: string): string | undefined {
  let ahead = 0;
  let name = first;
  while (isAt(parser, '.', ahead) && peek(parser, ahead + 1).kind === 'name') {
    name += `.${peek(parser, ahead + 1).text}`;
    ahead += 2;
  }
  if (!isAt(parser, '{', ahead)) return undefined;
  parser.position += ahead + 1;
  return name;
}

function messageLiteral(parser: Parser, name: string, start: number): Node {
  const entries = separated(parser, '}', () => {
    const isOptional = take(parser, '?') !== undefined;
    const field = fieldName(parser).text;
    expect(parser, ':');
    return [field, expression(parser), isOptional] as const;
  });
  return { op: 'message', args: [name, entries], start, end: expect(parser, '}').end };
}

function list(parser: Parser, start: number): Node {
  const args = separated(parser, ']', () => {
    const mark = take(parser, '?');
    const item = expression(parser);
    return mark === undefined ? item : { op: '?', args: item, start: mark.start, end: item.end };
  });
  return { op: 'list', args, start, end: expect(parser, ']').end };
}

function map(parser: Parser, start: number): Node {
  const args = separated(parser, '}', () => {
    const mark = take(parser, '?');
    const key = expression(parser);
    expect(parser, ':');
    const value = expression(parser);
    if (mark === undefined) return [key, value];
    return [key, { op: '?', args: value, start: value.start, end: value.end }];
  });
  return { op: 'map', args, start, end: expect(parser, '}').end };
}

/** What stands between commas up to the closing bracket, before which one more comma is allowed. */
function separated<T>(parser: Parser, close: string, parse: () => T): T[] {
  const parts: T[] = [];
  while (!isAt(parser, close)) {
    parts.push(parse());
    if (take(parser, ',') === undefined) break;
  }
  return parts;
}
