import {
  type AliasNode,
  emptyAt,
  type MappingNode,
  type Node,
  type Pair,
  type ScalarNode,
  type SequenceNode,
} from './node.ts';
import { Refusal } from './refusal.ts';
import { undefinedHandle } from './scan-tag.ts';
import { peekToken, takeToken } from './take-token.ts';
import type { Token, TokenKind } from './token.ts';
import { type Dialect, openTokens, type Tokens } from './tokens.ts';

/** Thrown where a document is nested more deeply than its limit. */
export class TooDeep extends Error {
  readonly at: number;

  constructor(at: number) {
    super();
    this.at = at;
  }
}

interface Composer {
  readonly tokens: Tokens;
  readonly anchors: Map<string, Node>;
  readonly maximumDepth: number;
  depth: number;
}

/** What go-yaml reads of a text: its first document, and where it stops. */
export interface Composed {
  readonly node: Node | undefined;
  readonly end: number;
}

/**
 * Composes the first document between two offsets as go-yaml does (parserc.go of v2.4 and v3.0). Throws `Refusal` where that
 * refuses it, and `TooDeep`.
 */
export function composeDocument(
  text: string,
  [start, end]: readonly [number, number],
  dialect: Dialect,
  maximumDepth: number,
): Composed {
  const tokens = openTokens(text, start, end, dialect);
  const composer: Composer = { tokens, anchors: new Map(), maximumDepth, depth: 0 };
  const node = composeRoot(composer);
  const next = peekToken(tokens);
  return { node, end: next.kind === 'document-end' ? next.end : next.start };
}

function composeRoot(composer: Composer): Node | undefined {
  const { kind } = peekToken(composer.tokens);
  if (kind === 'stream-end') return undefined;
  if (kind !== 'document-start') return composeNode(composer, true, false);
  const marker = takeToken(composer.tokens);
  const next = peekToken(composer.tokens).kind;
  const isEmpty = next === 'document-start' || next === 'document-end' || next === 'stream-end';
  return isEmpty ? emptyAt(marker.end) : composeNode(composer, true, false);
}

function composeNode(composer: Composer, isBlock: boolean, mayBeIndentless: boolean): Node {
  const { tokens } = composer;
  if (peekToken(tokens).kind === 'alias') return composeAlias(composer);
  const properties = takeProperties(tokens);
  const token = peekToken(tokens);
  switch (token.kind) {
    case 'block-entry':
      if (mayBeIndentless) return composeSequence(composer, properties, 'indentless');
      break;
    case 'scalar':
      return composeScalar(composer, properties);
    case 'flow-sequence':
      return composeSequence(composer, properties, 'flow');
    case 'flow-mapping':
      return composeMapping(composer, properties, true);
    case 'block-sequence':
      if (isBlock) return composeSequence(composer, properties, 'block');
      break;
    case 'block-mapping':
      if (isBlock) return composeMapping(composer, properties, false);
      break;
  }
  if (properties.end === undefined)
    throw new Refusal(missingNode(token), token.start, Math.max(token.end, token.start + 1));
  return remember(composer, { ...emptyAt(properties.end), ...named(properties) });
}

function missingNode({ kind }: Token): string {
  switch (kind) {
    case 'flow-entry':
      return 'a value is missing before this comma';
    case 'block-sequence':
    case 'block-entry':
    case 'block-mapping':
      return 'no list or map in block style is allowed here';
    default:
      return 'a value is missing here';
  }
}

interface Properties {
  anchor: string | undefined;
  tag: string | undefined;
  /** Where the last of them ends. */
  end: number | undefined;
}

/** One anchor and one tag, in either order. */
function takeProperties(tokens: Tokens): Properties {
  const properties: Properties = { anchor: undefined, tag: undefined, end: undefined };
  for (let token = peekToken(tokens); ; token = peekToken(tokens)) {
    if (token.kind === 'anchor' && properties.anchor === undefined) properties.anchor = token.text;
    else if (token.kind === 'tag' && properties.tag === undefined) properties.tag = tagOf(token, tokens);
    else return properties;
    properties.end = takeToken(tokens).end;
  }
}

function tagOf(token: Token, { cursor }: Tokens): string {
  const handle = undefinedHandle(cursor.text, token);
  if (handle !== undefined) throw new Refusal(`the handle ${handle} is not defined`, token.start, token.end);
  return token.text;
}

function named({ anchor, tag }: Properties): { anchor: string | undefined; tag: string | undefined } {
  return { anchor, tag };
}

function remember<Kind extends Exclude<Node, AliasNode>>(composer: Composer, node: Kind): Kind {
  if (node.anchor !== undefined) composer.anchors.set(node.anchor, node);
  return node;
}

function composeAlias({ tokens, anchors }: Composer): AliasNode {
  const { text, start, end } = takeToken(tokens);
  const target = anchors.get(text);
  if (target === undefined) throw new Refusal(`\`*${text}\` has no complete anchor before it`, start, end);
  return { kind: 'alias', name: text, target, start, end };
}

function composeScalar(composer: Composer, properties: Properties): ScalarNode {
  const { text, style, start, end } = takeToken(composer.tokens);
  return remember(composer, { kind: 'scalar', text, style, start, end, ...named(properties) });
}

type SequenceForm = 'block' | 'indentless' | 'flow';

function composeSequence(composer: Composer, properties: Properties, form: SequenceForm): SequenceNode {
  const { tokens } = composer;
  const items: Node[] = [];
  const { start } = peekToken(tokens);
  const node: SequenceNode & { end: number } = {
    kind: 'sequence',
    isFlow: form === 'flow',
    items,
    start,
    end: start,
    ...named(properties),
  };
  remember(composer, node);
  descend(composer, start);
  if (form !== 'indentless') takeToken(tokens);
  if (form === 'flow') addFlowItems(composer, items);
  else addBlockItems(composer, items, form);
  node.end = form === 'indentless' ? peekToken(tokens).start : takeToken(tokens).end;
  composer.depth -= 1;
  return node;
}

function descend(composer: Composer, at: number): void {
  composer.depth += 1;
  if (composer.depth > composer.maximumDepth) throw new TooDeep(at);
}

function addBlockItems(composer: Composer, items: Node[], form: SequenceForm): void {
  const { tokens } = composer;
  for (let token = peekToken(tokens); token.kind === 'block-entry'; token = peekToken(tokens)) {
    const { end } = takeToken(tokens);
    const next = peekToken(tokens).kind;
    const isEmpty =
      next === 'block-entry' ||
      next === 'block-end' ||
      (form === 'indentless' && (next === 'key' || next === 'value'));
    items.push(isEmpty ? emptyAt(end) : composeNode(composer, true, false));
  }
  if (form === 'block') expect(tokens, 'block-end', 'align this with the dashes above');
}

function addFlowItems(composer: Composer, items: Node[]): void {
  const { tokens } = composer;
  for (let isFirst = true; peekToken(tokens).kind !== 'flow-sequence-end'; isFirst = false) {
    if (!isFirst) {
      expect(tokens, 'flow-entry', 'a comma or ] is missing here');
      takeToken(tokens);
    }
    const { kind } = peekToken(tokens);
    if (kind === 'key') items.push(composePair(composer));
    else if (kind !== 'flow-sequence-end') items.push(composeNode(composer, false, false));
    else return;
  }
}

/** `[a: b]`, a map of one pair. */
function composePair(composer: Composer): MappingNode {
  const { tokens } = composer;
  const { start } = takeToken(tokens);
  const next = peekToken(tokens);
  let key: Node;
  if (next.kind === 'value' || next.kind === 'flow-entry' || next.kind === 'flow-sequence-end') {
    // Whatever comes next is taken with the empty key.
    takeToken(tokens);
    key = emptyAt(next.end);
  } else key = composeNode(composer, false, false);
  const value = takeFlowValue(composer, 'flow-sequence-end');
  const pairs = [{ key, value }];
  return { kind: 'mapping', isFlow: true, pairs, start, end: value.end, anchor: undefined, tag: undefined };
}

function takeFlowValue(composer: Composer, close: TokenKind): Node {
  const { tokens } = composer;
  const token = peekToken(tokens);
  if (token.kind !== 'value') return emptyAt(token.start);
  takeToken(tokens);
  const next = peekToken(tokens);
  const isEmpty = next.kind === 'flow-entry' || next.kind === close;
  return isEmpty ? emptyAt(token.start) : composeNode(composer, false, false);
}

function composeMapping(composer: Composer, properties: Properties, isFlow: boolean): MappingNode {
  const { tokens } = composer;
  const pairs: Pair[] = [];
  const { start } = takeToken(tokens);
  const node: MappingNode & { end: number } = {
    kind: 'mapping',
    isFlow,
    pairs,
    start,
    end: start,
    ...named(properties),
  };
  remember(composer, node);
  descend(composer, start);
  if (isFlow) addFlowPairs(composer, pairs);
  else addBlockPairs(composer, pairs);
  node.end = takeToken(tokens).end;
  composer.depth -= 1;
  return node;
}

function addBlockPairs(composer: Composer, pairs: Pair[]): void {
  const { tokens } = composer;
  for (let token = peekToken(tokens); token.kind === 'key'; token = peekToken(tokens)) {
    const { end } = takeToken(tokens);
    const key = endsPair(peekToken(tokens).kind) ? emptyAt(end) : composeNode(composer, true, true);
    pairs.push({ key, value: takeBlockValue(composer) });
  }
  expect(tokens, 'block-end', 'this is not "key: value"');
}

function endsPair(kind: TokenKind): boolean {
  return kind === 'key' || kind === 'value' || kind === 'block-end';
}

function takeBlockValue(composer: Composer): Node {
  const { tokens } = composer;
  const token = peekToken(tokens);
  if (token.kind !== 'value') return emptyAt(token.start);
  const { end } = takeToken(tokens);
  return endsPair(peekToken(tokens).kind) ? emptyAt(end) : composeNode(composer, true, true);
}

function addFlowPairs(composer: Composer, pairs: Pair[]): void {
  const { tokens } = composer;
  for (let isFirst = true; peekToken(tokens).kind !== 'flow-mapping-end'; isFirst = false) {
    if (!isFirst) {
      expect(tokens, 'flow-entry', 'a comma or } is missing here');
      takeToken(tokens);
    }
    const token = peekToken(tokens);
    if (token.kind === 'key') {
      takeToken(tokens);
      const next = peekToken(tokens);
      const isEmpty = next.kind === 'value' || next.kind === 'flow-entry' || next.kind === 'flow-mapping-end';
      const key = isEmpty ? emptyAt(next.start) : composeNode(composer, false, false);
      pairs.push({ key, value: takeFlowValue(composer, 'flow-mapping-end') });
    } else if (token.kind !== 'flow-mapping-end') {
      const key = composeNode(composer, false, false);
      pairs.push({ key, value: emptyAt(key.end) });
    } else return;
  }
}

function expect(tokens: Tokens, kind: TokenKind, message: string): void {
  const token = peekToken(tokens);
  if (token.kind !== kind) throw new Refusal(message, token.start, Math.max(token.end, token.start + 1));
}
