import {
  isCommentInHeader,
  isCommentOnKey,
  isCommentOnLine,
  isFirstBelowProperty,
  isLastInBlock,
} from './comment-in-text.ts';
import { type Place, placeBelow, placeOfItem, placeOfMerge, resolved } from './place.ts';
import { isMergePair } from './yaml/nested-merges.ts';
import type { MappingNode, Node, Pair, ScalarNode, SequenceNode } from './yaml/node.ts';

type Key = Pick<Node, 'start' | 'end'>;

interface State {
  readonly text: string;
  readonly report: (key: Key, message: string, help: string) => void;
  /** The key whose comment go-yaml has yet to write. */
  waiting: Key | undefined;
  /** The key whose comment has come to the end of a map or list, and from there to what follows. */
  passedOn: Key | undefined;
}

/**
 * Reports the comments that kustomize writes where it cannot read them again. The comment of a key is written on the line of its value. It
 * waits before a value in flow style, and before a scalar with another comment, and is then written before the next block, whatever its key
 * (key_line_comment in yaml_emitter_emit_block_mapping_value of go-yaml v3.0), in front of the tag of that block, or of the braces of an
 * empty one. Aliases and merges are expanded before.
 */
export function reportWaitingComments(
  root: Node,
  place: Place,
  text: string,
  report: (key: Key, message: string, help: string) => void,
): void {
  const state = { text, report, waiting: undefined, passedOn: undefined };
  if (text.includes('#')) visit(resolved(root), place, state);
}

/** What stands in a value in flow style is in flow style as well, and takes no comment that waits. */
function visit(node: Exclude<Node, { kind: 'alias' }>, place: Place, state: State): void {
  if (node.kind === 'scalar' || node.isFlow) return;
  if (node.kind === 'sequence') for (const item of node.items) visitItem(item, place, state);
  else {
    for (const pair of node.pairs) visitPair(pair, place, state);
    // kustomize adds an empty map.
    if (place.needsMetadata && !node.pairs.some(({ key }) => textOf(key) === 'metadata'))
      reportNext(state.waiting, state);
  }
}

function visitItem(item: Node, place: Place, state: State): void {
  if (isUnexpanded(item, place)) return;
  const value = resolved(item);
  if (place.holds !== undefined) state.waiting = undefined;
  // It is written between the dash and the braces.
  else if (value.kind !== 'scalar' && (value.isFlow || isEmpty(value))) reportNext(state.passedOn, state);
  state.passedOn = undefined;
  const below = placeOfItem(place, item);
  visit(value, below, state);
  passOn(item, item, below, state);
}

/** kustomize takes the items of a List before it expands aliases. */
function isUnexpanded({ kind }: Node, { holds }: Place): boolean {
  return kind === 'alias' && holds !== undefined;
}

function visitPair(pair: Pair, place: Place, state: State): void {
  const below = isMergePair(pair) ? placeOfMerge(place) : placeBelow(place, textOf(pair.key));
  const value = resolved(pair.value);
  if (below.isWritten) {
    // What a patch brings is written within the object.
    if (!below.isMerged) follow(pair, value, state);
    else if (isCommentOnKey(state.text, pair.key.end)) checkTag(pair.key, value, state);
  }
  if (below.isWritten || (below.holds !== undefined && !isUnexpanded(pair.value, below)))
    visit(value, below, state);
  passOn(pair.key, pair.value, below, state);
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

function follow(pair: Pair, value: Exclude<Node, { kind: 'alias' }>, state: State): void {
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
