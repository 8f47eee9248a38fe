import { formatNode } from './format-node.ts';
import { numberNode, numberProblem, unquoteText } from './literal.ts';
import type { CommandNode, Operand, PipeNode, StringNode } from './node.ts';
import { expectToken, nested, nextWord, type Parser, peek, peekWord, refuse, refuseToken } from './parser.ts';
import type { Token } from './token.ts';

const beginnings: ReadonlySet<string> = new Set(
  'bool charConstant dot field identifier number nil rawString string variable leftParen'.split(' '),
);

/** A pipeline to its end, which is taken, with the variables that it sets (parse.go, pipeline). */
export function parsePipe(parser: Parser, context: string, end: 'close' | 'rightParen'): PipeNode {
  const { start } = peekWord(parser);
  const { names, declares } = parseDeclarations(parser, context);
  const commands: CommandNode[] = [];
  for (let token = nextWord(parser); token.kind !== end; token = nextWord(parser)) {
    if (!beginnings.has(token.kind)) refuseToken(parser, token, context);
    parser.at -= 1;
    commands.push(parseCommand(parser));
  }
  if (commands.length === 0) refuse(parser, `missing value for ${context}`);
  const wrong = commands.findIndex(
    ({ operands: [first] }, index) =>
      index > 0 && ['bool', 'dot', 'nil', 'number', 'string'].includes(first.kind),
  );
  if (wrong > 0) refuse(parser, `non executable command in pipeline stage ${wrong + 1}`);
  return { kind: 'pipe', start, names, declares, commands };
}

function parseDeclarations(
  parser: Parser,
  context: string,
): { readonly names: readonly string[]; readonly declares: boolean } {
  const names: string[] = [];
  for (;;) {
    const variable = peekWord(parser);
    if (variable.kind !== 'variable') return { names, declares: true };
    const before = parser.at;
    parser.at += 1;
    const next = peekWord(parser);
    const isComma = next.kind === 'character' && next.text === ',';
    if (next.kind !== 'assign' && next.kind !== 'declare' && !isComma) {
      parser.at = before;
      return { names, declares: true };
    }
    parser.at += 1;
    names.push(variable.text);
    parser.variables.push(variable.text);
    if (!isComma) return { names, declares: next.kind === 'declare' };
    if (context !== 'range' || names.length > 1) refuse(parser, `too many declarations in ${context}`);
    if (!['variable', 'close', 'rightParen'].includes(peekWord(parser).kind))
      refuse(parser, 'range can only initialize variables');
  }
}

function parseCommand(parser: Parser): CommandNode {
  const { start } = peekWord(parser);
  const operands: Operand[] = [];
  for (;;) {
    peekWord(parser);
    const operand = parseOperand(parser);
    if (operand !== undefined) operands.push(operand);
    const token = peek(parser);
    parser.at += 1;
    if (token.kind === 'space') continue;
    if (token.kind === 'close' || token.kind === 'rightParen') parser.at -= 1;
    else if (token.kind !== 'pipe') refuseToken(parser, token, 'operand');
    break;
  }
  const [first, ...rest] = operands;
  return first === undefined ? refuse(parser, 'empty command') : { operands: [first, ...rest], start };
}

function parseOperand(parser: Parser): Operand | undefined {
  const term = parseTerm(parser);
  const { start } = peek(parser);
  const path: string[] = [];
  for (; peek(parser).kind === 'field'; parser.at += 1) path.push(peek(parser).text.slice(1));
  if (term === undefined || path.length === 0) return term;
  if (term.kind === 'field' || term.kind === 'variable')
    return { ...term, path: [...term.path, ...path], start };
  if (['bool', 'string', 'number', 'nil', 'dot'].includes(term.kind))
    refuse(parser, `unexpected . after term ${JSON.stringify(formatNode(term))}`);
  return { kind: 'chain', of: term, path, start };
}

function parseTerm(parser: Parser): Operand | undefined {
  const token = nextWord(parser);
  const { kind, text, start } = token;
  switch (kind) {
    case 'identifier':
      return parseName(parser, token);
    case 'dot':
    case 'nil':
      return { kind, start };
    case 'variable':
      if (!parser.variables.includes(text)) refuse(parser, `undefined variable ${JSON.stringify(text)}`);
      return { kind, name: text, path: [], start };
    case 'field':
      return { kind, path: [text.slice(1)], start };
    case 'bool':
      return { kind, value: text === 'true', start };
    case 'number':
      return numberNode(text, start) ?? refuse(parser, numberProblem(text));
    case 'charConstant':
      return parseCharacter(parser, token);
    case 'leftParen':
      return nested(parser, () => parsePipe(parser, 'parenthesized pipeline', 'rightParen'));
    case 'string':
    case 'rawString':
      return parseText(parser, token);
    default:
      parser.at -= 1;
      return undefined;
  }
}

function parseName(parser: Parser, { text, start }: Token): Operand {
  if (text === parser.syntax.root) return { kind: 'variable', name: '$', path: [text], start };
  if (!parser.isFunction(text)) refuse(parser, `function ${JSON.stringify(text)} not defined`);
  return { kind: 'function', name: text, start };
}

function parseCharacter(parser: Parser, { text, start }: Token): Operand {
  const rune = [...(unquoteText(text) ?? '')];
  if (rune.length !== 1) refuse(parser, `malformed character constant: ${text}`);
  const code = rune[0]?.codePointAt(0) ?? 0;
  return { kind: 'number', text, start, integer: BigInt(code), float: code, isFloat: false };
}

function parseText(parser: Parser, { kind, text, start }: Token): StringNode {
  const value = kind === 'rawString' ? text.slice(1, -1).replaceAll('\r', '') : unquoteText(text);
  return { kind: 'string', quoted: text, text: value ?? refuse(parser, 'invalid syntax'), start };
}

/** The name behind `define`, `block` or `template`. */
export function parseTemplateName(parser: Parser, context: string): string {
  return parseText(parser, expectToken(parser, ['string', 'rawString'], context)).text;
}
