import {
  isCommentInHeader,
  isCommentOfKey,
  isCommentOnKey,
  isCommentOnLine,
  isFirstBelowProperty,
  isLastInBlock,
} from './comment-in-text.ts';
import { type Place, placeBelow, placeOfItem, placeOfMerge, resolved } from './place.ts';
import { isMergePair } from './yaml/nested-merges.ts';
import type { MappingNode, Node, Pair, ScalarNode, SequenceNode } from './yaml/node.ts';

type Key = Pick<Node, 'start' | 'end'>;

interface Written {
  readonly text: string;
  /** By the start of each key in flow style where what stands before it ends; see yaml/beginnings.ts. */
  readonly beginnings: () => ReadonlyMap<number, number | undefined>;
  readonly report: (key: Key, message: string, help: string) => void;
}

interface State extends Written {
  /** The key whose comment go-yaml has yet to write. */
  waiting: Key | undefined;
  /** The key whose comment has come to the end of a map or list, and from there to what follows. */
  passedOn: Key | undefined;
}

/**
 * Reports the comments that kustomize writes where it cannot read them again. Aliases and merges are expanded before. The comment of a key is
 * written on the line of its value. In block style it waits before a value in flow style, and before a scalar with another comment, and is then
 * written before the next block, whatever its key (key_line_comment in yaml_emitter_emit_block_mapping_value of go-yaml v3.0), in front of the
 * tag of that block, or of the braces of an empty one. In flow style it is written before a map or list, with a comma that does not belong there.
 */
export function reportWrittenComments(root: Node, place: Place, written: Written): void {
  const state = { ...written, waiting: undefined, passedOn: undefined };
  if (written.text.includes('#')) visit(resolved(root), place, false, state);
}

type Visited = Exclude<Node, { kind: 'alias' }>;

function visit(node: Visited, place: Place, isInFlow: boolean, state: State): void {
  if (node.kind === 'scalar') return;
  const isFlow = isInFlow || node.isFlow;
  if (node.kind === 'sequence') for (const item of node.items) visitItem(item, place, isFlow, state);
  else {
    for (const pair of node.pairs) visitPair(pair, pair === node.pairs.at(-1), { place, isFlow }, state);
    // kustomize adds an empty map.
    const isLacking = place.needsMetadata && !node.pairs.some(({ key }) => textOf(key) === 'metadata');
    if (isLacking && !isFlow) reportNext(state.waiting, state);
  }
}

function visitItem(item: Node, place: Place, isFlow: boolean, state: State): void {
  if (isUnexpanded(item, place)) return;
  const value = resolved(item);
  if (place.holds !== undefined) state.waiting = undefined;
  // It is written between the dash and the braces.
  else if (!isFlow && value.kind !== 'scalar' && (value.isFlow || isEmpty(value)))
    reportNext(state.passedOn, state);
  if (!isFlow) state.passedOn = undefined;
  const below = placeOfItem(place, item);
  visit(value, below, isFlow && place.holds === undefined, state);
  if (!isFlow) passOn(item, item, below, state);
}

/** kustomize takes the items of a List before it expands aliases. */
function isUnexpanded({ kind }: Node, { holds }: Place): boolean {
  return kind === 'alias' && holds !== undefined;
}

interface Around {
  readonly place: Place;
  readonly isFlow: boolean;
}

function visitPair(pair: Pair, isLast: boolean, { place, isFlow }: Around, state: State): void {
  const below = isMergePair(pair) ? placeOfMerge(place) : placeBelow(place, textOf(pair.key));
  const value = resolved(pair.value);
  if (below.isWritten) {
    if (isFlow) checkInFlow(pair.key, value, isLast, state);
    // What a patch brings is written within the object.
    else if (!below.isMerged) follow(pair, value, state);
    else if (isCommentOnKey(state.text, pair.key.end)) checkTag(pair.key, value, state);
  }
  if (below.isWritten || (below.holds !== undefined && !isUnexpanded(pair.value, below)))
    visit(value, below, isFlow, state);
  if (!isFlow) passOn(pair.key, pair.value, below, state);
}

function checkInFlow(key: Key, value: Visited, isLast: boolean, state: State): void {
  const { text, beginnings, report } = state;
  // A key without a text takes no comment.
  if (value.kind === 'scalar' || key.start === key.end) return;
  // There is no other comma before a key that follows.
  if (isLast && takesComma(value)) return;
  const before = beginnings().get(key.start);
  const isCommented =
    before === undefined
      ? isCommentOnKey(text, key.end) || isFirstBelowProperty(text, key.start)
      : isCommentOfKey(text, [key.start, key.end], before);
  if (!isCommented) return;
  const message =
    'kustomize rejects this map or list in flow style with a comment before it: it cannot read its own output';
  report(key, message, 'remove the comment, or write one key on each line without braces');
}

/** Whether the comma that is written before the comment becomes a part of a tag, as it does behind one that is no address. */
function takesComma({ tag }: MappingNode | SequenceNode): boolean {
  return tag !== undefined && tag !== '!' && /^(?:!|tag:yaml\.org,2002:)/.test(tag);
}

/** The comment behind the anchor or the tag of nothing, if no key follows that takes it. */
function passOn(key: Key, value: Node, { isMerged }: Place, state: State): void {
  if (isMerged || value.kind !== 'scalar' || !isUnwritten(value)) return;
  if (value.anchor === undefined && value.tag === undefined) return;
  if (!isCommentOnLine(state.text, value.end)) return;
  if (isLastInBlock(state.text, key.start, value.end, key === value)) state.passedOn = key;
}

function textOf(node: Node): string {
  const key = resolved(node);
  return key.kind === 'scalar' ? key.text : '';
}

function follow(pair: Pair, value: Visited, state: State): void {
  const { key } = pair;
  const { text } = state;
  const isCommented = isCommentOnKey(text, key.end) || isFirstBelowProperty(text, key.start);
  if (isCommented) state.waiting = key;
  else if (state.passedOn !== undefined) state.waiting = state.passedOn;
  state.passedOn = undefined;
  if (value.kind === 'scalar') {
    if (!keepsOwnComment(key, value, isCommented, text)) state.waiting = undefined;
  } else if (!value.isFlow) {
    if (state.waiting === key) checkOwn(pair, value, state);
    else if (isTagged(value) || isEmpty(value)) reportNext(state.waiting, state);
    state.waiting = undefined;
  }
}

function isUnwritten({ style, text }: ScalarNode): boolean {
  return style === 'plain' && text === '';
}

function keepsOwnComment(key: Key, value: ScalarNode, isCommented: boolean, text: string): boolean {
  if (isUnwritten(value)) return false;
  const isBlock = value.style === 'literal' || value.style === 'folded';
  if (isBlock ? isCommentInHeader(text, value.start) : isCommentOnLine(text, value.end)) return true;
  return !isCommented && text.slice(key.end, value.start).includes('#');
}

/** Whether a tag is written: go-yaml writes none for `!`. */
function isTagged({ tag }: MappingNode | SequenceNode): boolean {
  return tag !== undefined && tag !== '!';
}

/** Lists are in flow style if nothing is in them. */
function isEmpty(node: MappingNode | SequenceNode): boolean {
  return node.kind === 'mapping' && node.pairs.length === 0;
}

/** What is empty below any other key is looked for in what is built; see build/emptied-block.ts. */
function checkOwn(pair: Pair, value: MappingNode | SequenceNode, state: State): void {
  checkTag(pair.key, value, state);
  if (!isEmpty(value) || !isMergePair(pair)) return;
  const message = 'kustomize rejects an empty map below a `<<` with a comment: it cannot read its own output';
  state.report(pair.key, message, 'put the comment on a line of its own');
}

function checkTag(key: Key, value: Node, { report }: State): void {
  if (value.kind !== 'mapping' && value.kind !== 'sequence') return;
  if (value.isFlow || !isTagged(value)) return;
  const message =
    'kustomize rejects a map or list with a tag below a key with a comment: it cannot read its own output';
  report(key, message, 'remove the tag, or put the comment on a line of its own');
}

function reportNext(key: Key | undefined, { report }: State): void {
  if (key === undefined) return;
  const message =
    'kustomize rejects a comment before a map or list in flow style: it writes it next to an empty map or a tag, and cannot read its own output';
  report(key, message, 'put the comment on a line of its own');
}
