export type TokenKind =
  | 'stream-end'
  | 'document-start'
  | 'document-end'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | 'flow-sequence'
  | 'flow-sequence-end'
  | 'flow-mapping'
  | 'flow-mapping-end'
  | 'flow-entry'
  | 'block-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

/** `text` is the decoded text of a scalar, the name of an anchor or alias, or a tag with its handle resolved. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly style: ScalarStyle;
}

export function newToken(
  kind: TokenKind,
  start: number,
  end: number,
  text = '',
  style: ScalarStyle = 'plain',
): Token {
  return { kind, start, end, text, style };
}
