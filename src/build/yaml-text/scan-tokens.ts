import { ownOf } from '../../source/own.ts';
import {
  type Cursor,
  charAt,
  isBreak,
  isDocumentMark,
  isGap,
  markOf,
  openCursor,
  pass,
  passBreak,
} from './cursor.ts';
import { scanComments, scanLineComment } from './scan-comment.ts';
import { scanBlock, scanPlain, scanQuoted } from './scan-scalar.ts';
import {
  type Mark,
  NoYaml,
  type ScalarStyle,
  type Token,
  type TokenType,
  type WaitingComment,
} from './token.ts';

/** The tokens of a text, scanned as far as the parser has asked for them: which token a comment belongs to depends on that. */
export interface TokenStream {
  /** The token at hand. */
  peek(): Token;
  skip(): void;
  readonly comments: WaitingComment[];
}

interface SimpleKey {
  readonly isRequired: boolean;
  /** The number of its token among all of the stream. */
  readonly token: number;
  readonly mark: Mark;
}

interface Scanner {
  readonly cursor: Cursor;
  readonly comments: WaitingComment[];
  /** All tokens so far; `taken` of them are behind the parser. */
  readonly tokens: Token[];
  taken: number;
  indent: number;
  readonly indents: number[];
  /** For each flow level the key that may have begun there. */
  readonly keys: (SimpleKey | undefined)[];
  allowsKey: boolean;
}

/** Scans as go-yaml v3.0.5 does (scannerc.go); throws NoYaml. */
export function openTokens(text: string): TokenStream {
  const scanner: Scanner = {
    cursor: openCursor(text),
    comments: [],
    tokens: [],
    taken: 0,
    indent: -1,
    indents: [],
    keys: [undefined],
    allowsKey: true,
  };
  return {
    comments: scanner.comments,
    peek() {
      while (needsMore(scanner)) fetchNext(scanner);
      return scanner.tokens[scanner.taken] as Token;
    },
    skip() {
      scanner.taken += 1;
    },
  };
}

/** Two more tokens are read, for the sake of comments, and a token that may turn out to be a key waits until that is known. */
function needsMore(scanner: Scanner): boolean {
  if (scanner.taken >= scanner.tokens.length - 2) return true;
  const level = scanner.keys.findIndex((key) => key?.token === scanner.taken);
  return level >= 0 && validKey(scanner, level) !== undefined;
}

function validKey({ keys, cursor }: Scanner, level: number): SimpleKey | undefined {
  const key = keys[level];
  if (key === undefined) return undefined;
  if (key.mark.line === cursor.line && key.mark.index + 1024 >= cursor.index) return key;
  if (key.isRequired) throw new NoYaml();
  keys[level] = undefined;
  return undefined;
}

function isInFlow({ keys }: Scanner): boolean {
  return keys.length > 1;
}

function fetchNext(scanner: Scanner): void {
  const { cursor } = scanner;
  const scan = markOf(cursor);
  passToToken(scanner);
  unrollIndent(scanner, cursor.column, scan);
  const char = charAt(cursor);
  if (cursor.column === 0 && char === '%') throw new NoYaml();
  if (char === '\0') fetchEnd(scanner);
  else if (isDocumentMark(cursor)) fetchDocumentMark(scanner);
  else fetchWithComment(scanner, char);
}

function fetchWithComment(scanner: Scanner, char: string): void {
  const { cursor } = scanner;
  const last = scanner.tokens.at(-1);
  const followsLast = char === (isInFlow(scanner) ? ',' : ':');
  const owner = followsLast && last !== undefined ? last.start : markOf(cursor);
  fetchToken(scanner, char);
  // The comment behind a dash becomes the head of what follows.
  if (scanner.tokens.at(-1)?.type !== 'block-entry') scanLineComment(scanner, owner);
}

function fetchToken(scanner: Scanner, char: string): void {
  const read = fetcherOf(scanner, char);
  if (read === undefined) throw new NoYaml();
  read(scanner);
}

type Fetch = (scanner: Scanner) => void;

/** What reads the token that begins with a character. */
function fetcherOf(scanner: Scanner, char: string): Fetch | undefined {
  const isFlow = isInFlow(scanner);
  const next = charAt(scanner.cursor, 1);
  const endsWord = isGap(next);
  const isIndicator = Object.hasOwn(fetchers, char);
  if (char === '-' && !endsWord) return fetchPlain;
  if ('?:'.includes(char) && !isFlow && !endsWord) return fetchPlain;
  if ('|>'.includes(char) && isFlow) return undefined;
  return isIndicator ? ownOf(fetchers, char) : '#%@`\t'.includes(char) ? undefined : fetchPlain;
}

const fetchers: Readonly<Record<string, Fetch>> = {
  '[': (scanner) => openFlow(scanner, 'flow-sequence-start'),
  '{': (scanner) => openFlow(scanner, 'flow-mapping-start'),
  ']': (scanner) => closeFlow(scanner, 'flow-sequence-end'),
  '}': (scanner) => closeFlow(scanner, 'flow-mapping-end'),
  ',': fetchComma,
  '-': fetchDash,
  '?': fetchQuestion,
  ':': fetchColon,
  '*': (scanner) => fetchName(scanner, 'alias'),
  '&': (scanner) => fetchName(scanner, 'anchor'),
  '!': fetchTag,
  '|': (scanner) => fetchBlock(scanner, true),
  '>': (scanner) => fetchBlock(scanner, false),
  "'": (scanner) => fetchQuoted(scanner, "'"),
  '"': (scanner) => fetchQuoted(scanner, '"'),
};

function passToToken(scanner: Scanner): void {
  const { cursor } = scanner;
  const scan = markOf(cursor);
  for (;;) {
    if (cursor.column === 0 && charAt(cursor) === '\uFEFF') pass(cursor);
    const takesTabs = isInFlow(scanner) || !scanner.allowsKey;
    while (charAt(cursor) === ' ' || (takesTabs && charAt(cursor) === '\t')) pass(cursor);
    moveDashComment(scanner);
    if (charAt(cursor) === '#') scanComments(commentScope(scanner), scan);
    if (!isBreak(charAt(cursor))) return;
    passBreak(cursor);
    if (!isInFlow(scanner)) scanner.allowsKey = true;
  }
}

function commentScope(scanner: Scanner): Parameters<typeof scanComments>[0] {
  const { cursor, comments, tokens, indent } = scanner;
  const last = tokens.at(-1);
  const lastToken = last?.type === 'flow-entry' ? (tokens.at(-2) ?? last) : last;
  return { cursor, comments, lastToken, indent, isFlow: isInFlow(scanner) };
}

/** The comment on the line of a first dash is the head of what stands in the item. */
function moveDashComment({ cursor, comments, tokens }: Scanner): void {
  const comment = comments.at(-1);
  if (comment === undefined || comment.line === '' || isBreak(charAt(cursor))) return;
  if (tokens.at(-2)?.type !== 'block-sequence-start' || tokens.at(-1)?.type !== 'block-entry') return;
  comment.head = comment.line;
  comment.line = '';
  if (comment.start.line === cursor.line - 1) comment.token = markOf(cursor);
}

function addToken(
  scanner: Scanner,
  type: TokenType,
  start: Mark,
  { text = '', style = 'plain' as ScalarStyle, at = scanner.tokens.length } = {},
): void {
  scanner.tokens.splice(at, 0, { type, start, text, style });
}

function rollIndent(scanner: Scanner, type: TokenType, mark: Mark, at?: number): void {
  if (isInFlow(scanner) || scanner.indent >= mark.column) return;
  scanner.indents.push(scanner.indent);
  if (scanner.indents.length > maximumIndents) throw new NoYaml();
  scanner.indent = mark.column;
  addToken(scanner, type, mark, at === undefined ? {} : { at });
}

const maximumIndents = 10_000;

function unrollIndent(scanner: Scanner, column: number, scan: Mark): void {
  if (isInFlow(scanner)) return;
  let mark: Mark = { ...scan, index: scan.index - 1 };
  while (scanner.indent > column) {
    mark = endBeforeFeet(scanner, mark);
    addToken(scanner, 'block-end', mark);
    scanner.indent = scanner.indents.pop() ?? -1;
  }
}

/** The end of a block stands before the comments behind it that are indented as it was. */
function endBeforeFeet({ comments, indent }: Scanner, end: Mark): Mark {
  let mark = end;
  let stop = end.index;
  for (let at = comments.length - 1; at >= 0; at--) {
    const comment = comments[at] as WaitingComment;
    if (comment.end.index < stop) break;
    if (comment.start.column === indent + 1) mark = comment.start;
    stop = comment.scan.index;
  }
  return mark;
}

function removeKey(scanner: Scanner): void {
  const level = scanner.keys.length - 1;
  if (scanner.keys[level]?.isRequired === true) throw new NoYaml();
  scanner.keys[level] = undefined;
}

function saveKey(scanner: Scanner): void {
  const { cursor, tokens } = scanner;
  if (!scanner.allowsKey) return;
  const isRequired = !isInFlow(scanner) && scanner.indent === cursor.column;
  removeKey(scanner);
  scanner.keys[scanner.keys.length - 1] = { isRequired, token: tokens.length, mark: markOf(cursor) };
}

function fetchEnd(scanner: Scanner): void {
  const { cursor } = scanner;
  if (cursor.column !== 0) {
    cursor.column = 0;
    cursor.line += 1;
  }
  unrollIndent(scanner, -1, markOf(cursor));
  removeKey(scanner);
  scanner.allowsKey = false;
  addToken(scanner, 'stream-end', markOf(cursor));
}

function fetchDocumentMark(scanner: Scanner): void {
  const { cursor } = scanner;
  unrollIndent(scanner, -1, markOf(cursor));
  removeKey(scanner);
  scanner.allowsKey = false;
  addToken(scanner, charAt(cursor) === '-' ? 'document-start' : 'document-end', markOf(cursor));
  for (let left = 3; left > 0; left--) pass(cursor);
}

function addIndicator(scanner: Scanner, type: TokenType): void {
  addToken(scanner, type, markOf(scanner.cursor));
  pass(scanner.cursor);
}

function openFlow(scanner: Scanner, type: TokenType): void {
  saveKey(scanner);
  scanner.keys.push(undefined);
  if (scanner.keys.length > maximumIndents) throw new NoYaml();
  scanner.allowsKey = true;
  addIndicator(scanner, type);
}

function closeFlow(scanner: Scanner, type: TokenType): void {
  removeKey(scanner);
  if (isInFlow(scanner)) scanner.keys.pop();
  scanner.allowsKey = false;
  addIndicator(scanner, type);
}

function fetchComma(scanner: Scanner): void {
  removeKey(scanner);
  scanner.allowsKey = true;
  addIndicator(scanner, 'flow-entry');
}

function fetchDash(scanner: Scanner): void {
  if (!isInFlow(scanner)) {
    if (!scanner.allowsKey) throw new NoYaml();
    rollIndent(scanner, 'block-sequence-start', markOf(scanner.cursor));
  }
  removeKey(scanner);
  scanner.allowsKey = true;
  addIndicator(scanner, 'block-entry');
}

function fetchQuestion(scanner: Scanner): void {
  openMapping(scanner);
  removeKey(scanner);
  scanner.allowsKey = !isInFlow(scanner);
  addIndicator(scanner, 'key');
}

function openMapping(scanner: Scanner): void {
  if (isInFlow(scanner)) return;
  if (!scanner.allowsKey) throw new NoYaml();
  rollIndent(scanner, 'block-mapping-start', markOf(scanner.cursor));
}

function fetchColon(scanner: Scanner): void {
  const level = scanner.keys.length - 1;
  const key = validKey(scanner, level);
  if (key === undefined) {
    openMapping(scanner);
    scanner.allowsKey = !isInFlow(scanner);
  } else {
    addToken(scanner, 'key', key.mark, { at: key.token });
    rollIndent(scanner, 'block-mapping-start', key.mark, key.token);
    scanner.keys[level] = undefined;
    scanner.allowsKey = false;
  }
  addIndicator(scanner, 'value');
}

function fetchName(scanner: Scanner, type: 'alias' | 'anchor'): void {
  const { cursor } = scanner;
  saveKey(scanner);
  scanner.allowsKey = false;
  const start = markOf(cursor);
  pass(cursor);
  let text = '';
  while (/[\w-]/.test(charAt(cursor))) text += pass(cursor);
  const next = charAt(cursor);
  if (text === '' || !(isGap(next) || '?:,]}%@`'.includes(next))) throw new NoYaml();
  addToken(scanner, type, start, { text });
}

function fetchTag(scanner: Scanner): void {
  const { cursor } = scanner;
  saveKey(scanner);
  scanner.allowsKey = false;
  const start = markOf(cursor);
  let text = '';
  while (!isGap(charAt(cursor))) text += pass(cursor);
  addToken(scanner, 'tag', start, { text });
}

function fetchBlock(scanner: Scanner, isLiteral: boolean): void {
  const { cursor } = scanner;
  removeKey(scanner);
  scanner.allowsKey = true;
  const start = markOf(cursor);
  pass(cursor);
  const text = scanBlock(cursor, isLiteral, scanner.indent, () => scanLineComment(scanner, start));
  addToken(scanner, 'scalar', start, { text, style: isLiteral ? 'literal' : 'folded' });
}

function fetchQuoted(scanner: Scanner, quote: '"' | "'"): void {
  saveKey(scanner);
  scanner.allowsKey = false;
  const start = markOf(scanner.cursor);
  const text = scanQuoted(scanner.cursor, quote);
  addToken(scanner, 'scalar', start, { text, style: quote === '"' ? 'double' : 'single' });
}

function fetchPlain(scanner: Scanner): void {
  saveKey(scanner);
  scanner.allowsKey = false;
  const start = markOf(scanner.cursor);
  const { text, endsLine } = scanPlain(scanner.cursor, scanner.indent, isInFlow(scanner));
  if (endsLine) scanner.allowsKey = true;
  addToken(scanner, 'scalar', start, { text });
}
