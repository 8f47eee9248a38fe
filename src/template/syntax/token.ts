/** What a token of an action is; `error` carries the words of the refusal as its text. */
export type TokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'assign'
  | 'declare'
  | 'pipe'
  | 'leftParen'
  | 'rightParen'
  | 'character'
  | 'string'
  | 'rawString'
  | 'charConstant'
  | 'number'
  | 'bool'
  | 'nil'
  | 'dot'
  | 'field'
  | 'variable'
  | 'identifier'
  | 'keyword'
  | 'end-of-file'
  | 'error';

/** A token and where it stands in the template; `start` of a text is where its first letter is. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
}

/** What a template is written with, where that is not what Go has. */
export interface Syntax {
  readonly delimiters: readonly [open: string, close: string];
  /** A word that stands for the field of this name of all parameters, wherever the dot is. */
  readonly root?: string;
}

export const goSyntax: Syntax = { delimiters: ['{{', '}}'] };
