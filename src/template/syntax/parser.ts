import type { TemplateText } from '../template.ts';
import { lineAndByte, TemplateError } from '../template-error.ts';
import type { Syntax, Token, TokenKind } from './token.ts';

/** A reading of a template's tokens. */
export interface Parser {
  readonly source: TemplateText;
  readonly syntax: Syntax;
  readonly tokens: readonly Token[];
  readonly isFunction: (name: string) => boolean;
  at: number;
  /** Names of variables that are known where the reading is. */
  variables: string[];
  ranges: number;
  /** Blocks and parentheses around it. */
  depth: number;
  actionStart: number | undefined;
}

const maximumDepth = 500;

/** The token at the cursor, spaces counted. */
export function peek({ tokens, at }: Parser): Token {
  return tokens[Math.min(at, tokens.length - 1)] ?? { kind: 'end-of-file', text: '', start: 0 };
}

/** The next token that is no space, left where it is. */
export function peekWord(parser: Parser): Token {
  while (peek(parser).kind === 'space') parser.at += 1;
  return peek(parser);
}

/** The next token that is no space, taken. */
export function nextWord(parser: Parser): Token {
  const token = peekWord(parser);
  parser.at += 1;
  return token;
}

/** Takes a token of one of these kinds, or refuses what is there. */
export function expectToken(parser: Parser, kinds: readonly TokenKind[], context: string): Token {
  const token = nextWord(parser);
  return kinds.includes(token.kind) ? token : refuseToken(parser, token, context);
}

/** Ends the reading with Go's words, after the line of the last token. */
export function refuse({ source, tokens, at }: Parser, words: string): never {
  const start = tokens[Math.min(at, tokens.length) - 1]?.start ?? 0;
  const { line } = lineAndByte(source.text, start);
  const template = { name: source.name, source, nodes: [] };
  const frames = [{ template, start }];
  throw new TemplateError(`template: ${source.name}:${line}: ${words}`, {
    words,
    frames,
    missing: undefined,
  });
}

/** Refuses a token that cannot stand in this context. */
export function refuseToken(parser: Parser, token: Token, context: string): never {
  if (token.kind !== 'error') return refuse(parser, `unexpected ${nameToken(token)} in ${context}`);
  const { source, actionStart } = parser;
  const started = actionStart === undefined ? 0 : lineAndByte(source.text, actionStart).line;
  const isElsewhere = started > 0 && started !== lineAndByte(source.text, token.start).line;
  const where = isElsewhere
    ? `${token.text.endsWith(' action') ? '' : ' in action'} started at ${source.name}:${started}`
    : '';
  return refuse(parser, token.text + where);
}

/** Goes one block or parenthesis deeper. */
export function nested<Result>(parser: Parser, read: () => Result): Result {
  parser.depth += 1;
  if (parser.depth > maximumDepth) refuse(parser, 'max expression depth exceeded');
  const result = read();
  parser.depth -= 1;
  return result;
}

/** A token as Go's errors name it (lex.go, item.String). */
function nameToken({ kind, text }: Token): string {
  if (kind === 'end-of-file') return 'EOF';
  if (kind === 'keyword') return `<${text}>`;
  return text.length > 10 ? `${JSON.stringify(text.slice(0, 10))}...` : JSON.stringify(text);
}
