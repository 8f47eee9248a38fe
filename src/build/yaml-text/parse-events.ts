import { openTokens, type TokenStream } from './scan-tokens.ts';
import { NoYaml, type ScalarStyle, type Token, type TokenType } from './token.ts';

export interface Comments {
  readonly head: string;
  readonly line: string;
  readonly foot: string;
}

export type YamlEvent = Comments &
  (
    | { readonly type: 'document-start' | 'document-end' | 'mapping-end' | 'sequence-end' | 'stream-end' }
    | { readonly type: 'alias'; readonly text: string }
    | {
        readonly type: 'scalar';
        readonly text: string;
        readonly style: ScalarStyle;
        readonly tag: string;
        readonly anchor: string;
      }
    | {
        readonly type: 'mapping-start' | 'sequence-start';
        readonly isFlow: boolean;
        readonly tag: string;
        readonly anchor: string;
      }
  );

type Events = Generator<YamlEvent, void>;

interface Parser {
  readonly tokens: TokenStream;
  head: string;
  line: string;
  foot: string;
  /** The comment above an item that is a mapping or a list, while the head of its first entry is read. */
  stem: string | undefined;
}

const none: Comments = { head: '', line: '', foot: '' };

/** The events of the first document of a text, each token read no earlier than go-yaml does (parserc.go); throws NoYaml. */
export function* parseEvents(text: string): Events {
  const parser: Parser = { tokens: openTokens(text), head: '', line: '', foot: '', stem: undefined };
  const first = peek(parser);
  if (first.type === 'stream-end') {
    yield { type: 'stream-end', ...none };
    return;
  }
  if (first.type === 'document-start') {
    yield { type: 'document-start', ...none };
    parser.tokens.skip();
    yield* documentContent(parser);
  } else {
    yield { type: 'document-start', ...none, head: takeDocumentHead(parser) };
    yield* node(parser, true, false);
  }
  const end = peek(parser);
  if (end.type === 'document-end') parser.tokens.skip();
  const comments = takeComments(parser);
  yield { type: 'document-end', ...comments, foot: comments.foot || comments.head };
}

function peek(parser: Parser): Token {
  const token = parser.tokens.peek();
  const { comments } = parser.tokens;
  for (
    let comment = comments[0];
    comment !== undefined && token.start.index >= comment.token.index;
    comment = comments[0]
  ) {
    // The head of what follows does not belong to the end of a block.
    if (comment.head !== '' && token.type === 'block-end') break;
    parser.head = joined(parser.head, comment.head);
    parser.foot = joined(parser.foot, comment.foot);
    parser.line = joined(parser.line, comment.line);
    comments.shift();
  }
  return token;
}

function joined(before: string, more: string): string {
  return before === '' || more === '' ? before + more : `${before}\n${more}`;
}

function takeComments(parser: Parser): Comments {
  const { head, line, foot } = parser;
  parser.head = '';
  parser.line = '';
  parser.foot = '';
  parser.stem = undefined;
  return { head, line, foot };
}

/** What stands above the last empty line of the first comment belongs to the document. */
function takeDocumentHead(parser: Parser): string {
  const { head } = parser;
  for (let at = head.length - 1; at > 0; at--) {
    if (head[at] !== '\n') continue;
    const isLast = at === head.length - 1;
    if (!isLast && head[at - 1] !== '\n') continue;
    parser.head = head.slice(at + 1);
    return head.slice(0, isLast ? at : at - 1);
  }
  return '';
}

function isOneOf(token: Token, ...types: readonly TokenType[]): boolean {
  return types.includes(token.type);
}

function* documentContent(parser: Parser): Events {
  if (isOneOf(peek(parser), 'document-start', 'document-end', 'stream-end')) yield emptyScalar;
  else yield* node(parser, true, false);
}

const emptyScalar: YamlEvent = { type: 'scalar', text: '', style: 'plain', tag: '', anchor: '', ...none };

function* node(parser: Parser, isBlock: boolean, takesIndentless: boolean): Events {
  let token = peek(parser);
  if (token.type === 'alias') {
    yield { type: 'alias', text: token.text, ...takeComments(parser) };
    parser.tokens.skip();
    return;
  }
  const properties = { anchor: '', tag: '' };
  for (let left = 2; left > 0 && isOneOf(token, 'anchor', 'tag'); left--) {
    const property = token.type as 'anchor' | 'tag';
    if (properties[property] !== '') break;
    properties[property] = property === 'tag' ? readTag(token.text) : token.text;
    parser.tokens.skip();
    token = peek(parser);
  }
  if (takesIndentless && token.type === 'block-entry') {
    yield { type: 'sequence-start', isFlow: false, ...properties, ...none };
    yield* indentlessItems(parser);
  } else if (token.type === 'scalar') {
    yield { type: 'scalar', text: token.text, style: token.style, ...properties, ...takeComments(parser) };
    parser.tokens.skip();
  } else if (isOneOf(token, 'flow-sequence-start', 'flow-mapping-start')) {
    const isList = token.type === 'flow-sequence-start';
    const type = isList ? 'sequence-start' : 'mapping-start';
    yield { type, isFlow: true, ...properties, ...takeComments(parser) };
    yield* isList ? flowItems(parser) : flowEntries(parser);
  } else if (isBlock && isOneOf(token, 'block-sequence-start', 'block-mapping-start')) {
    const isList = token.type === 'block-sequence-start';
    const head = parser.stem ?? '';
    parser.stem = undefined;
    yield { type: isList ? 'sequence-start' : 'mapping-start', isFlow: false, ...properties, ...none, head };
    yield* isList ? blockItems(parser) : blockEntries(parser);
  } else if (properties.anchor !== '' || properties.tag !== '') yield { ...emptyScalar, ...properties };
  else throw new NoYaml();
}

const yamlTag = 'tag:yaml.org,2002:';

/** The short form of a tag as it stands; of `!` nothing is left. */
function readTag(text: string): string {
  const verbatim = /^!<(.+)>$/.exec(text)?.[1];
  if (verbatim !== undefined)
    return verbatim.startsWith(yamlTag) ? `!!${verbatim.slice(yamlTag.length)}` : verbatim;
  if (!/^!(?:!?[-\w;/?:@&=+$,.~*'()[\]]+)?$/.test(text)) throw new NoYaml();
  return text === '!' ? '' : text;
}

function* blockItems(parser: Parser): Events {
  peek(parser);
  parser.tokens.skip();
  while (peek(parser).type === 'block-entry') {
    yield* item(parser, ['block-entry', 'block-end']);
  }
  if (peek(parser).type !== 'block-end') throw new NoYaml();
  yield { type: 'sequence-end', ...none };
  parser.tokens.skip();
}

function* indentlessItems(parser: Parser): Events {
  while (peek(parser).type === 'block-entry') {
    yield* item(parser, ['block-entry', 'key', 'value', 'block-end']);
  }
  yield { type: 'sequence-end', ...none };
}

function* item(parser: Parser, ends: readonly TokenType[]): Events {
  const headLength = parser.head.length;
  parser.tokens.skip();
  if (headLength > 0) splitStem(parser, headLength);
  if (ends.includes(peek(parser).type)) yield emptyScalar;
  else yield* node(parser, true, false);
}

function splitStem(parser: Parser, length: number): void {
  if (!isOneOf(peek(parser), 'block-sequence-start', 'block-mapping-start')) return;
  parser.stem = parser.head.slice(0, length);
  parser.head = parser.head.slice(length + 1);
}

function* blockEntries(parser: Parser): Events {
  peek(parser);
  parser.tokens.skip();
  while (peek(parser).type === 'key') {
    parser.tokens.skip();
    if (isOneOf(peek(parser), 'key', 'value', 'block-end')) yield emptyScalar;
    else yield* node(parser, true, true);
    yield* blockValue(parser);
  }
  if (peek(parser).type !== 'block-end') throw new NoYaml();
  yield { type: 'mapping-end', ...takeComments(parser) };
  parser.tokens.skip();
}

function* blockValue(parser: Parser): Events {
  const hasValue = peek(parser).type === 'value';
  if (hasValue) parser.tokens.skip();
  if (!hasValue || isOneOf(peek(parser), 'key', 'value', 'block-end')) yield emptyScalar;
  else yield* node(parser, true, true);
}

function* flowItems(parser: Parser): Events {
  peek(parser);
  parser.tokens.skip();
  for (let isFirst = true; peek(parser).type !== 'flow-sequence-end'; isFirst = false) {
    if (!isFirst) passComma(parser);
    const token = peek(parser);
    if (token.type === 'key') yield* pairItem(parser);
    else if (token.type !== 'flow-sequence-end') yield* node(parser, false, false);
    else break;
  }
  yield { type: 'sequence-end', ...takeComments(parser) };
  parser.tokens.skip();
}

function passComma(parser: Parser): void {
  if (peek(parser).type !== 'flow-entry') throw new NoYaml();
  parser.tokens.skip();
}

/** `[a: b]` is a list of a mapping. */
function* pairItem(parser: Parser): Events {
  yield { type: 'mapping-start', isFlow: true, tag: '', anchor: '', ...none };
  parser.tokens.skip();
  if (isOneOf(peek(parser), 'value', 'flow-entry', 'flow-sequence-end')) {
    // Upstream passes the colon here, and so takes the value for missing.
    parser.tokens.skip();
    yield emptyScalar;
  } else yield* node(parser, false, false);
  yield* flowValue(parser, 'flow-sequence-end');
  yield { type: 'mapping-end', ...none };
}

function* flowEntries(parser: Parser): Events {
  peek(parser);
  parser.tokens.skip();
  for (let isFirst = true; peek(parser).type !== 'flow-mapping-end'; isFirst = false) {
    if (!isFirst) passComma(parser);
    const token = peek(parser);
    if (token.type === 'flow-mapping-end') break;
    if (token.type !== 'key') {
      yield* node(parser, false, false);
      peek(parser);
      yield emptyScalar;
      continue;
    }
    parser.tokens.skip();
    if (isOneOf(peek(parser), 'value', 'flow-entry', 'flow-mapping-end')) yield emptyScalar;
    else yield* node(parser, false, false);
    yield* flowValue(parser, 'flow-mapping-end');
  }
  yield { type: 'mapping-end', ...takeComments(parser) };
  parser.tokens.skip();
}

function* flowValue(parser: Parser, end: TokenType): Events {
  const hasValue = peek(parser).type === 'value';
  if (hasValue) parser.tokens.skip();
  if (!hasValue || isOneOf(peek(parser), 'flow-entry', end)) yield emptyScalar;
  else yield* node(parser, false, false);
}
