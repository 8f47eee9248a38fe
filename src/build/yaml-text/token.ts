/** A place in a text; `index` and `column` count UTF-16 units. */
export interface Mark {
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export type TokenType =
  | 'stream-end'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export interface Token {
  readonly type: TokenType;
  readonly start: Mark;
  /** The text of a scalar, the name of an anchor or alias, the tag as it stands. */
  readonly text: string;
  readonly style: ScalarStyle;
}

/** A comment while it waits for the token that it belongs to: the first one at or behind `token`. */
export interface WaitingComment {
  head: string;
  line: string;
  readonly foot: string;
  /** Where the search for the next token began that found it. */
  readonly scan: Mark;
  token: Mark;
  readonly start: Mark;
  readonly end: Mark;
}

/** No YAML to go-yaml. */
export class NoYaml extends Error {}
