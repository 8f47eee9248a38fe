import type { Cursor } from './cursor.ts';
import { newToken, type Token, type TokenKind } from './token.ts';

/** What distinguishes the two go-yaml that read a text. */
export interface Dialect {
  /** v3 (kustomize) looks two tokens further ahead and takes comments with what stands between them. */
  readonly isThird: boolean;
  /** Whether Go's JSON decoder reads it, which knows no longest key and other escapes. */
  readonly isJson: boolean;
}

/** A place where a key of one line may have begun, if a colon follows. */
export interface SimpleKey {
  possible: boolean;
  readonly required: boolean;
  readonly number: number;
  readonly at: number;
  readonly line: number;
  readonly column: number;
}

/** The tokens of a text one after the other, as go-yaml's scanner (scannerc.go of v2.4 and v3.0) finds them. */
export interface Tokens {
  readonly cursor: Cursor;
  readonly dialect: Dialect;
  readonly queue: Token[];
  /** Where the queue begins, and how many tokens were taken in all. */
  head: number;
  taken: number;
  isHeadReady: boolean;
  /** The column of the block collection at hand, -1 for none, and those around it. */
  indent: number;
  readonly indents: number[];
  flowLevel: number;
  mayStartKey: boolean;
  readonly keys: SimpleKey[];
  /** By the number of the token that it starts with, where in `keys` it is. */
  readonly keysByNumber: Map<number, number>;
}

/** Opens the text between two offsets. */
export function openTokens(text: string, start: number, end: number, dialect: Dialect): Tokens {
  return {
    cursor: { text, end, at: start, line: 0, lineStart: start },
    dialect,
    queue: [],
    head: 0,
    // The start of the stream counts as the first.
    taken: 1,
    isHeadReady: false,
    indent: -1,
    indents: [],
    flowLevel: 0,
    mayStartKey: true,
    keys: [noKey],
    keysByNumber: new Map(),
  };
}

export const noKey: SimpleKey = { possible: false, required: false, number: -1, at: 0, line: 0, column: 0 };

/** A collection starts at a deeper column. */
export function roll(tokens: Tokens, column: number, place: number, kind: TokenKind, at: number): void {
  if (tokens.flowLevel > 0 || tokens.indent >= column) return;
  tokens.indents.push(tokens.indent);
  tokens.indent = column;
  tokens.queue.splice(place, 0, newToken(kind, at, at));
}

/** Collections at deeper columns end. */
export function unroll(tokens: Tokens, column: number): void {
  if (tokens.flowLevel > 0) return;
  while (tokens.indent > column) {
    tokens.queue.push(newToken('block-end', tokens.cursor.at, tokens.cursor.at));
    tokens.indent = tokens.indents.pop() ?? -1;
  }
}
