import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import { foldedAgain, isKeptAgain, isUnreadableAgain } from './block-scalar.ts';
import {
  isBelowProperty,
  isCommentBehind,
  isCommentInHeader,
  isCommentOfKey,
  isCommentOnKey,
  isCommentOnLine,
  isWrittenIntoBlock,
} from './comment-in-text.ts';
import { decoderOf, type Reader, type YamlReader } from './document.ts';
import { formatFloatKey } from './float-text.ts';
import { isKeyTooLong, longKeyWords } from './key-length.ts';
import type { Limits, Spent } from './limits.ts';
import {
  belowNull,
  holdsNothing,
  inPatchedList,
  isMergedOnce,
  isUnread,
  type Place,
  placeBelow,
  placeOfItem,
  placeOfRoot,
  resolved,
} from './place.ts';
import type { Positions } from './position.ts';
import { decodeKey, stride } from './position.ts';
import {
  closeRow,
  finishRows,
  newRows,
  noteKey,
  openRow,
  type PositionRows,
  repeatRows,
  startsOfValues,
} from './position-rows.ts';
import { type SyntaxRule, syntaxFinding } from './syntax-finding.ts';
import { isProblem, resolveTagged, type ScalarProblem } from './tagged-scalar.ts';
import { readTimestamp } from './timestamp.ts';
import {
  equalValues,
  isMapping,
  type Mapping,
  type MutableMapping,
  newMapping,
  type Value,
} from './value.ts';
import { valueText } from './value-text.ts';
import type { AliasNode, MappingNode, Node, Pair, ScalarNode, SequenceNode } from './yaml/node.ts';

/** What the documents of one file share while they are converted. */
export interface ConvertState {
  readonly file: SourceFile;
  readonly readBy: YamlReader;
  /** Whether the file holds one document alone. */
  readonly isLone: boolean;
  readonly limits: Limits;
  readonly diagnostics: Diagnostic[];
  /** What aliases cost so far, in this file and in the run. */
  readonly fileSpent: Spent;
  readonly spent: Spent;
}

/** An anchored node that was converted: its value and its rows. */
interface Anchored {
  readonly value: Value;
  readonly from: number;
  readonly to: number;
  /** Where it stands, which says how it was read. */
  readonly place: Place;
  /** Whether it was written behind a `<<`, which has moved its rows since. */
  readonly isMoved?: true;
  /** Whether it is a key, which an alias makes a value of. */
  readonly isKey?: true;
}

interface Conversion extends ConvertState {
  readonly root: Node;
  readonly reader: Reader;
  /** Where the node at hand stands. */
  place: Place;
  /** What aliases stand for, once somebody has asked. */
  aliased: ReadonlySet<Node> | undefined;
  /** The last scalar of a document that is written again with the comments behind it. */
  readonly last: Node | undefined;
  /** How many merges stand around the node at hand. */
  merges: number;
  /** How many of them bring the keys of the mapping at hand itself. */
  mergeDepth: number;
  /** The list of what a `<<` merges, whose items stand where the mapping does. */
  mergeList: Node | undefined;
  /** Of mappings that are merged by kustomize the keys that the one around them has itself, of which nothing is looked at. */
  readonly dropped: Map<Node, Dropped>;
  readonly rows: PositionRows;
  /** What is wrong only if the value that begins there is left of the document, by what was said of it. */
  readonly unwritable: Map<Diagnostic, number>;
  readonly anchors: Map<Node, Anchored>;
  /** Their nodes, in the order in which they were finished. */
  readonly finished: Node[];
  /** Anchored nodes that are being converted, which no alias can stand for yet. */
  readonly open: Set<Node>;
  /** The key before a value in flow style whose comment go-yaml has yet to write, before the next block. */
  waiting: Key | undefined;
  /** Where the maps begin that kustomize has read from JSON. */
  readonly fromJson: Set<number>;
  /** Where the scalar or bracket before the key at hand ends; for a value that is not there, where its key ends. */
  before: number;
}

type Dropped = Pick<ReadonlySet<string>, 'has'>;

type Key = readonly [start: number, end: number];
const noKey: Key = [-1, -1];

/** Thrown to leave a document that cannot be used, after its finding is made. */
class Refused extends Error {}

/** A composed document as plain value and positions; undefined for an empty one, and for one that a finding refuses. */
export function convertDocument(
  root: Node,
  state: ConvertState,
): { value: Value; positions: Positions } | undefined {
  if (decoderOf(state.readBy) === 'kustomize' && isOfNull(root)) return undefined;
  const place = placeOfRoot(root, state.readBy, state.isLone);
  const conversion: Conversion = {
    ...state,
    reader: decoderOf(state.readBy),
    place,
    root,
    aliased: undefined,
    last: place.isWritten ? lastLeaf(root) : undefined,
    merges: 0,
    mergeDepth: 0,
    mergeList: undefined,
    dropped: new Map(),
    rows: newRows(),
    unwritable: new Map(),
    anchors: new Map(),
    finished: [],
    open: new Set(),
    waiting: undefined,
    fromJson: new Set(),
    before: root.start,
  };
  try {
    const value = convert(root, noKey, conversion);
    forgetReplaced(conversion);
    if (value === null || holdsNothing(root, place)) return undefined;
    const { rows, file, fromJson } = conversion;
    const positions = finishRows(rows, file);
    return { value, positions: fromJson.size === 0 ? positions : { ...positions, fromJson } };
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

function lastLeaf(node: Node): Node {
  let leaf: Node | undefined = node;
  while (leaf !== undefined) {
    const last: Node | undefined =
      leaf.kind === 'sequence'
        ? leaf.items.at(-1)
        : leaf.kind === 'mapping'
          ? leaf.pairs.at(-1)?.value
          : undefined;
    if (last === undefined) return leaf;
    leaf = last;
  }
  return node;
}

function convert(node: Node, key: Key, state: Conversion): Value {
  const value = convertNode(node, key, state);
  passTo(node, key, state);
  return value;
}

function convertNode(node: Node, key: Key, state: Conversion): Value {
  if (node.kind === 'alias') return convertAlias(node, key, state);
  if (isNothing(node)) {
    const at = key[0] < 0 ? dashEnd(state.file.text, node.start) : key[1];
    openRow(state.rows, key[0], key[1], at);
    return null;
  }
  const row = openRow(state.rows, key[0], key[1], node.start);
  if (opens(state.file.text, node.start)) state.before = node.start + 1;
  if (node.anchor !== undefined) openAnchor(node, state);
  checkWrittenTag(node, state);
  const value =
    node.kind === 'scalar'
      ? convertScalar(node, state)
      : node.kind === 'sequence'
        ? convertSequence(node, state)
        : convertMapping(node, state);
  closeRow(state.rows, row, endOf(node, row, state));
  if (node.anchor !== undefined) {
    state.open.delete(node);
    state.anchors.set(node, { value, from: row, to: state.rows.count, place: state.place });
    state.finished.push(node);
  }
  return value;
}

// The map that `[a: b]` makes has no brackets.
function opens(text: string, start: number): boolean {
  return text.charAt(start) === '{' || text.charAt(start) === '[';
}

function passTo(node: Node, key: Key, state: Conversion): void {
  const isScalar = node.kind === 'scalar' || node.kind === 'alias';
  if (isUnwritten(node)) state.before = key[1] < 0 ? state.before : key[1];
  else if (isScalar || closes(state.file.text, node.end)) state.before = node.end;
}

function closes(text: string, end: number): boolean {
  return text.charAt(end - 1) === '}' || text.charAt(end - 1) === ']';
}

function isNothing(node: Node): boolean {
  return isEmptyNode(node) && node.kind === 'scalar' && node.tag === undefined && node.anchor === undefined;
}

/** Nothing stands behind its key, or behind its dash. */
function dashEnd(text: string, from: number): number {
  let at = from;
  while (at > 0 && isBlank(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** Block collections end with their last child, block scalars with their last line; the library counts what follows, too. */
function endOf(node: Node, row: number, state: Conversion): number {
  const { start, end } = node;
  if (node.kind === 'scalar') return isBlockScalar(node) ? trimEnd(state.file.text, start, end) : end;
  if ('isFlow' in node && node.isFlow) return end;
  return state.rows.count === row + 1 ? end : lastEnd(row, state);
}

function lastEnd(row: number, state: Conversion): number {
  const { nodes, count } = state.rows;
  let last = row + 1;
  let end = 0;
  for (let child = row + 1; child < count; child = nodes[child * stride + 4] ?? count) {
    last = Math.max(nodes[child * stride + 3] ?? 0, nodes[child * stride + 1] ?? 0);
    end = Math.max(end, last);
  }
  return end;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

function isBlank(code: number): boolean {
  return code === 10 || code === 32 || code === 13 || code === 9;
}

function isBlockScalar({ style }: ScalarNode): boolean {
  return style === 'literal' || style === 'folded';
}

function convertScalar(node: ScalarNode, state: Conversion, at: Node = node): Value {
  const { place, reader } = state;
  const { tag } = node;
  const text = isBlockScalar(node) ? blockText(node, state) : node.text;
  checkUnsteady(text, [at.start, at.end], state);
  if (place.isMerged && place !== inPatchedList && tag === nullTag) return null;
  const value = resolveTagged(text, tag, node.style === 'plain', reader);
  const takesText = place.isText && tag !== undefined && tag !== nullTag;
  if (!isProblem(value)) return takesText ? text : value;
  if (!place.isDecoded) return text;
  if (value.isDecoded !== true || place.becomesJson) {
    reportUnwritable(at, value, state);
    return text;
  }
  return place.isText ? text : readInfinite(text);
}

/** kustomize decodes what it has merged, the others what they merge. */
function reportUnwritable({ start, end }: Node, problem: ScalarProblem, state: Conversion): void {
  const finding = syntaxFinding('not-json', state.file, [start, end], problem.problem, problem.help);
  state.diagnostics.push(finding);
  if (state.reader === 'kustomize' || problem.isDecoded === true) state.unwritable.set(finding, start);
}

/** What another key has taken the place of is never written as JSON. */
function forgetReplaced({ rows, unwritable, diagnostics, file }: Conversion): void {
  if (unwritable.size === 0) return;
  const left = startsOfValues(rows, file);
  const isLeft = (one: Diagnostic): boolean => left.has(unwritable.get(one) ?? -1) || !unwritable.has(one);
  diagnostics.splice(0, diagnostics.length, ...diagnostics.filter(isLeft));
}

const nullTag = 'tag:yaml.org,2002:null';

/** Whether kustomize takes an object for null, whatever stands in it. */
function isOfNull(node: Node): boolean {
  return node.kind !== 'alias' && node.tag === nullTag;
}

const binaryTag = 'tag:yaml.org,2002:binary';

function readInfinite(text: string): number {
  if (/nan/iu.test(text)) return Number.NaN;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

// kustomize writes both as `!!`, with nothing behind it.
const unwritableTags: ReadonlySet<string> = new Set(['tag:yaml.org,2002:', '!!']);

function checkWrittenTag({ start, end, tag }: Exclude<Node, AliasNode>, state: Conversion): void {
  if (tag === undefined || !unwritableTags.has(tag) || !state.place.isWritten) return;
  const message = `kustomize rejects the tag !<${tag}>: it cannot read its own output`;
  report(state, 'yaml-syntax', [start, end], message, 'remove the tag');
}

// Only escapes can make them.
const unsteady = /[\x7f-\x9f\ufffe\uffff]/;

/**
 * kustomize cannot read again what it writes of a control character; see build/unreadable-text.ts. Argo CD reads the JSON of an object as
 * YAML, which makes a space of U+0085 and refuses the others.
 */
function checkUnsteady(text: string, range: readonly number[], state: Conversion): void {
  const character = unsteady.exec(text)?.[0];
  if (character === undefined || state.place.isDropped) return;
  if (state.reader === 'kustomize' && character !== '\x85') {
    const message = 'kustomize refuses a string with a control character';
    report(state, 'yaml-syntax', range, message, 'remove the character, or encode the string');
    return;
  }
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  const message = `an escape for U+${code}, which Argo CD reads as a space or rejects, and others read unchanged`;
  const place = [range[0] ?? 0, range[1] ?? 0] as const;
  const finding = syntaxFinding('hidden-text', state.file, place, message, 'write another character');
  const { unchecked: _, ...checked } = finding;
  state.diagnostics.push(checked);
}

function blockText(node: ScalarNode, state: Conversion): string {
  const { text, style, start, end } = node;
  if (!state.place.isWritten) return text;
  if (isWrittenIntoBlock(state.file.text, start)) reportWritten([start, start + 1], state);
  if (isUnreadableAgain(text)) {
    const message = 'a block scalar must not begin with a tab';
    report(state, 'yaml-syntax', [start, end], message, 'start the string with another line, or with spaces');
  }
  // What a patch brings is written in the style of what it comes into; see build/patched-text.ts.
  const again = style === 'folded' && !state.place.isMerged ? foldedAgain(text) : text;
  // A comment at the end of a document is written behind an empty line, which the text takes for its own.
  const isLonger = node === state.last && isKeptAgain(again) && isCommentBehind(state.file.text, end);
  return isLonger ? `${again}\n` : again;
}

function reportWritten(range: readonly number[], state: Conversion): void {
  report(
    state,
    'yaml-syntax',
    range,
    'kustomize may write this comment into the string',
    'remove the comment',
  );
}

function convertSequence(node: SequenceNode, state: Conversion): Value {
  const { place } = state;
  const isMerged = node === state.mergeList;
  return node.items.map((item) => {
    if (place.holds !== undefined && isOfNull(item)) return convertNothing(item, noKey, state);
    state.place = isMerged ? place : placeOfItem(place, item);
    if (place.holds !== undefined) state.waiting = undefined;
    const value = convert(item, noKey, state);
    state.place = place;
    return readAgain(item, value, node.isFlow, state);
  });
}

const commentBehindAnchor = /&\S+(?:[ \t]+!\S*)?[ \t]+#[^\n]*(?:\n[ \t]*(?:#[^\n]*)?)*$/;

/** With a comment behind an anchor kustomize cannot read again what it writes of a tagged collection below. */
function openAnchor(node: Exclude<Node, AliasNode>, state: Conversion): void {
  state.open.add(node);
  if (!state.place.isWritten || node.kind === 'scalar' || node.isFlow) return;
  const before = state.file.text.slice(Math.max(0, node.start - 500), node.start);
  const comment = commentBehindAnchor.exec(before)?.[0];
  if (comment === undefined || !childrenOf(node).some(holdsTag)) return;
  reportWritten([node.start - comment.length, node.start], state);
}

function holdsTag(node: Node): boolean {
  if (node.kind === 'alias' || node.kind === 'scalar' || node.isFlow) return false;
  return node.tag !== undefined || childrenOf(node).some(holdsTag);
}

function childrenOf(node: MappingNode | SequenceNode): readonly Node[] {
  return node.kind === 'sequence' ? node.items : node.pairs.map(({ value }) => value);
}

/** A key of a mapping as decoded, with the place of its first use. */
interface Entry {
  readonly name: string;
  readonly key: Key;
  readonly merge: boolean;
}

function convertMapping(node: MappingNode, state: Conversion): Value {
  if (state.place.isFromJson) state.fromJson.add(node.start);
  const mapping = newMapping();
  const seen = new Map<string, Key>();
  const merges: { node: Node; target: MergeTarget }[] = [];
  const dropped = state.dropped.get(node);
  for (const pair of node.pairs) {
    if (isLostToNull(pair, node, state)) continue;
    const entry = readKey(pair.key, state, dropped);
    if (entry.merge && isUnread(state.place)) continue;
    const name = entry.merge ? mergeKey : entry.name;
    const first = seen.get(name);
    if (first === undefined && dropped?.has(name) === true) {
      seen.set(name, entry.key);
      if (mayBeTwoKeys(name)) reportDuplicate(state, name, entry.key, entry.key);
      refuseCircle(pair.value, state);
      passTo(pair.value, entry.key, state);
      continue;
    }
    if (first === undefined) seen.set(name, entry.key);
    else reportDuplicate(state, entry.name, first, entry.key);
    if (first !== undefined && takesFirst(state)) continue;
    const target = { mapping, seen, dropped, isFlow: node.isFlow, key: entry.key, pairs: node.pairs };
    const isMerged = first === undefined && !entry.merge && Object.hasOwn(mapping, name);
    if (isMerged && mayBeTwoKeys(name)) reportDuplicate(state, name, entry.key, entry.key);
    if (name === '<<' && isEmptyNode(pair.value)) reportQuotedMerge(entry.key, state);
    if (!entry.merge) addPair(mapping, entry, pair.value, node.isFlow, state);
    // go-yaml v2 merges where the key stands, v3 when all other keys are there.
    else if (state.reader === 'api-server') mergeInto(target, pair.value, state);
    else merges.push({ node: pair.value, target });
    passTo(pair.value, entry.key, state);
  }
  for (const { node: merged, target } of merges) mergeInto(target, merged, state);
  if (merges.length > 0) state.waiting = undefined;
  if (state.place.needsMetadata && state.merges === 0 && !Object.hasOwn(mapping, 'metadata'))
    reportEmptied(state);
  return mapping;
}

/** Whether the first of repeated keys counts, as it does where kustomize looks for a key by its text and decodes nothing. */
function takesFirst({ place, merges, reader }: Conversion): boolean {
  if (place.isMerged || (reader === 'kustomize' && merges > 0)) return true;
  return !place.isDecoded && !place.isText;
}

/** Whether a key without a text is lost, at the root of a patch, to a key of null behind it: both have no name for kustomize. */
function isLostToNull(pair: Pair, { pairs }: MappingNode, { place }: Conversion): boolean {
  if (!isRootOfPatch(place) || !isTextOf(pair.key, '')) return false;
  return pairs.slice(pairs.indexOf(pair) + 1).some(({ key }) => isPlainNull(key));
}

function isRootOfPatch({ isMerged, fields }: Place): boolean {
  return isMerged && fields !== undefined;
}

function isTextOf(key: Node, text: string): boolean {
  return key.kind === 'scalar' && key.text === text;
}

function isPlainNull(key: Node): boolean {
  if (key.kind !== 'scalar' || key.style !== 'plain' || key.tag !== undefined || key.text === '')
    return false;
  return resolveTagged(key.text, undefined, true, 'kustomize') === null;
}

/** An anchor that holds itself is one where kustomize looks at nothing else, too. */
function refuseCircle(node: Node, state: Conversion): void {
  if (state.open.size === 0) return;
  if (node.kind === 'alias' && state.open.has(node.target)) refuseAlias(node, state);
  if (node.kind === 'sequence') for (const item of node.items) refuseCircle(item, state);
  if (node.kind === 'mapping') for (const { value } of node.pairs) refuseCircle(value, state);
}

function refuseAlias({ name, start, end }: AliasNode, state: Conversion): never {
  const help = 'define the anchor first; an anchor cannot contain itself';
  refuse(state, 'yaml-syntax', [start, end], `\`*${name}\` has no complete anchor before it`, help);
}

// No text of a key: `"<<"` is another key than `<<`.
const mergeKey = '\0<<';

function addPair(
  mapping: MutableMapping,
  entry: Entry,
  value: Node,
  isFlow: boolean,
  state: Conversion,
): void {
  const row = state.rows.count;
  const { place, mergeDepth } = state;
  const isNull = isNullKey(entry, state);
  // Both have no name for kustomize.
  if (isNull) delete mapping[''];
  state.place = isNull ? belowNull : placeBelow(place, entry.name);
  if (state.place.isWritten) checkStyle(entry.key, value, isFlow, state);
  const waiting = isFlow ? undefined : waitFor(entry.key, value, state);
  state.mergeDepth = 0;
  const converted = convert(value, entry.key, state);
  state.mergeDepth = mergeDepth;
  if (waiting !== undefined && (isEmptyBlock(value, converted) || hasTag(value)))
    reportEmptied({ ...state, waiting });
  state.place = place;
  mapping[entry.name] = readAgain(value, converted, isFlow, state);
  noteKey(state.rows, row, state.file.text.slice(entry.key[0], entry.key[1]), entry.name);
}

/**
 * Notes whether the comment of a key has to wait, as it does before a value in flow style, and with another comment (key_line_comment in
 * yaml_emitter_emit_block_mapping_value of go-yaml v3.0). Returns the key that waited before a block.
 */
function waitFor(key: Key, value: Node, state: Conversion): Key | undefined {
  if (!state.place.isWritten || state.place.isMerged) return undefined;
  const { text } = state.file;
  const node = resolved(value);
  const isCommented = isCommentOnKey(text, key[1]) || isBelowProperty(text, key[0]);
  const { waiting } = state;
  if (isCommented) state.waiting = key;
  if (node.kind === 'scalar') {
    const hasOwn = isBlockScalar(node)
      ? isCommentInHeader(text, node.start)
      : isCommentOnLine(text, node.end);
    const isOfProperty = !isCommented && text.slice(key[1], node.start).includes('#');
    if (isUnwritten(node) || !(hasOwn || isOfProperty)) state.waiting = undefined;
    return undefined;
  }
  if (node.isFlow) return undefined;
  state.waiting = undefined;
  return isCommented ? undefined : waiting;
}

function hasTag(node: Node): boolean {
  return node.kind !== 'alias' && node.tag !== undefined;
}

function isEmptyBlock(node: Node, value: Value): boolean {
  const { kind } = resolved(node);
  return kind === 'mapping' && isMapping(value) && Object.keys(value).length === 0;
}

/** kustomize cannot read again what it writes of an empty map behind a comment that waits for a block. */
function reportEmptied(state: Conversion): void {
  if (state.waiting === undefined) return;
  const message =
    'kustomize rejects a comment before a map or list in flow style: it writes it next to an empty map, and cannot read its own output';
  report(state, 'yaml-syntax', state.waiting, message, 'put the comment on a line of its own');
}

function checkStyle(key: Key, value: Node, isFlow: boolean, state: Conversion): void {
  if (isFlow) checkComment(key, value, state);
  checkTag(key, value, state);
}

/** kustomize cannot read again what it writes of a map or list with a tag below a key with a comment. */
function checkTag(key: Key, value: Node, state: Conversion): void {
  if (value.kind === 'alias' || value.kind === 'scalar' || value.isFlow || value.tag === undefined) return;
  if (!isCommentOnKey(state.file.text, key[1])) return;
  const message =
    'kustomize rejects a map or list with a tag below a key with a comment: it cannot read its own output';
  report(state, 'yaml-syntax', key, message, 'remove the tag, or put the comment on a line of its own');
}

/** Of a key of null in a patch, at the root of it, nothing is merged. */
function isNullKey({ name, key }: Entry, { file, place }: Conversion): boolean {
  if (!place.isMerged || place.fields === undefined) return false;
  return resolveTagged(name, undefined, true, 'kustomize') === null && file.text.startsWith(name, key[0]);
}

/** kustomize cannot read again what it writes of a map or list behind a key with a comment, in flow style. */
function checkComment(key: Key, value: Node, state: Conversion): void {
  // Aliases are written out.
  const { kind } = resolved(value);
  if (kind === 'scalar' || !isCommentOfKey(state.file.text, key, state.before)) return;
  const message =
    'kustomize rejects this map or list in flow style with a comment before it: it cannot read its own output';
  report(
    state,
    'yaml-syntax',
    key,
    message,
    'remove the comment, or write one key on each line without braces',
  );
}

/**
 * What kustomize reads of a value in flow style once it has written it: `{a: }` as the empty string, and a time, which it puts in quotes
 * for its colons, as a text; but for a patch, of which it is merged before.
 */
function readAgain(node: Node, value: Value, isFlow: boolean, state: Conversion): Value {
  if (!isFlow || !isWrittenAgain(state)) return value;
  if (value === null && isEmptyNode(resolved(node))) return '';
  return typeof value === 'string' ? (textOfTime(node) ?? value) : value;
}

// Of annotations the text is taken at the end, and what a patch holds may be read again before that.
function isWrittenAgain({ place }: Conversion): boolean {
  return (place.isWritten || place.isText) && !place.isMerged;
}

/** How a time is written that go-yaml takes for one; undefined for all else. */
function textOfTime(node: Node): string | undefined {
  const scalar = resolved(node);
  if (scalar.kind !== 'scalar' || scalar.style !== 'plain' || !scalar.text.includes(':')) return undefined;
  const isPlain = scalar.tag === undefined || scalar.tag === '!';
  return isPlain && readTimestamp(scalar.text) !== undefined ? scalar.text : undefined;
}

function isEmptyNode(node: Node): boolean {
  return node.kind === 'scalar' && isUnwritten(node) && (node.tag === undefined || node.tag === '!');
}

/** Whether a scalar has no text, and a tag at most. */
function isUnwritten(node: Node): boolean {
  return node.kind === 'scalar' && node.style === 'plain' && node.text === '';
}

function readKey(node: Node, state: Conversion, dropped?: Dropped): Entry {
  const key: Key = [node.start, node.end];
  const scalar = node.kind === 'alias' ? node.target : node;
  if (scalar.kind !== 'scalar')
    refuse(state, 'not-json', key, 'a map or list as a key', 'use a string as the key');
  const { text, tag, style } = scalar;
  const isMergeTag = tag === '!' || tag === mergeTag;
  const merge = node === scalar && text === '<<' && (isMergeTag || (tag === undefined && style === 'plain'));
  const isOther = node === scalar && tag !== undefined && (text === '<<' || tag === mergeTag);
  if (isOther && !(merge && style === 'plain')) reportQuotedMerge(key, state);
  const value = merge ? text : resolveTagged(text, tag, style === 'plain', state.reader);
  if (node === scalar) noteAnchor(scalar, value, state);
  checkWrittenTag(scalar, state);
  if (style === 'double') checkUnsteady(text, key, state);
  // The key that takes its place is another one.
  const name = merge || dropped?.has(text) === true ? text : keyName(scalar, value, key, state);
  checkLength(name, key, state);
  return { name, key, merge };
}

const mergeTag = 'tag:yaml.org,2002:merge';

function reportQuotedMerge(key: Key, state: Conversion): void {
  const message = '"<<" with a tag is ambiguous: kubectl and Argo CD merge its value, kustomize does not';
  reportMerge(key, state, message, 'write << without quotes and tag');
}

/** What is built all the same, as kustomize reads it. */
function reportMerge(key: Key, state: Conversion, message: string, help: string): void {
  const { unchecked: _, ...told } = syntaxFinding('yaml-syntax', state.file, key, message, help);
  state.diagnostics.push(told);
}

/** Whether a key may be a number, a boolean or a text, which go-yaml takes for several keys until they are written as JSON. */
function mayBeTwoKeys(name: string): boolean {
  return resolveTagged(name, undefined, true, 'api-server') !== name || readTimestamp(name) !== undefined;
}

/** An anchored key can only be repeated as a scalar, which has no rows below it. */
function noteAnchor(node: ScalarNode, value: Value | ScalarProblem, state: Conversion): void {
  if (node.anchor === undefined) return;
  const { place, rows } = state;
  const row = openRow(rows, -1, -1, node.start);
  rows.count = row;
  state.anchors.set(node, { value: isProblem(value) ? null : value, from: row, to: row, place, isKey: true });
}

function keyName(scalar: ScalarNode, value: Value | ScalarProblem, key: Key, state: Conversion): string {
  const { keys, isDecoded, fields } = state.place;
  const field = fields?.get(scalar.text);
  // kustomize writes this key anew.
  if (field?.isText === true && !field.isDecoded) return scalar.text;
  if (isDecoded && keys !== 'text' && isProblem(value) && scalar.tag !== undefined)
    refuse(state, 'not-json', key, value.problem, value.help);
  return state.reader === 'kustomize'
    ? kustomizeKey(scalar, value, key, state)
    : clusterKey(scalar.text, value, key, state);
}

/** What is merged by keys is merged by their texts; for JSON they have to be strings. */
function kustomizeKey(
  { text, tag, style }: ScalarNode,
  value: Value | ScalarProblem,
  key: Key,
  state: Conversion,
): string {
  const { keys, isMerged, isText, isWritten, becomesJson, isWalked } = state.place;
  // What is not there is written as '', and has no name to repeat.
  const isEmpty =
    value === null && text === '' && (becomesJson ? isWritten && (tag === undefined || tag === '!') : true);
  if (text === '' && isWalked) refuseNoName(key, state);
  if (keys === 'text' || isEmpty) return text;
  if (state.place.fields?.get(text)?.isText === true) return text;
  const isWord = value === text && readTimestamp(text) === undefined;
  const isString =
    tag === undefined || tag === '!' ? style !== 'plain' || isWord : tag === 'tag:yaml.org,2002:str';
  // A merge within another one is left to go-yaml, which makes texts of keys.
  const takesText = keys !== 'string' || state.mergeDepth > 1;
  if (value === null || !(takesText || isString)) refuseKey(text, key, state);
  return typeof value === 'string' && tag === binaryTag && !isMerged && !isText ? value : text;
}

function refuseNoName(key: Key, state: Conversion): never {
  const message = 'kustomize cannot merge a mapping with the key ""';
  refuse(state, 'yaml-syntax', key, message, 'give the key a name');
}

function refuseKey(text: string, key: Key, state: Conversion): never {
  refuse(state, 'not-json', key, `the key ${text} is not a string`, 'put the key in quotes');
}

/** sigs.k8s.io/yaml makes strings of numbers and booleans. */
function clusterKey(text: string, value: Value | ScalarProblem, key: Key, state: Conversion): string {
  if (typeof value === 'string') return value;
  if (value === null) refuse(state, 'not-json', key, 'null as a key', 'put the key in quotes, or rename it');
  if (isProblem(value)) return text.replace('+', '').toLowerCase();
  if (typeof value === 'bigint' && value >= 2n ** 63n) {
    refuse(state, 'not-json', key, `the key ${text} is too large for an integer`, 'put the key in quotes');
  }
  return typeof value === 'number' && isFloat(value, text) ? formatFloatKey(value) : valueText(value);
}

function isFloat(value: number, text: string): boolean {
  // What begins like an octal number and is none is one with a fraction.
  if (/^[-+]?0[0-9_]*[89]/.test(text)) return true;
  return !Number.isSafeInteger(value) || (/[.eE]/.test(text) && !/^[-+]?0[xX]/.test(text));
}

/** A mapping that is merged into another one, with its rows. */
interface MergeSource {
  readonly node: Node;
  readonly value: Mapping;
  readonly from: number;
  readonly to: number;
  /** Where only some of its keys have their turn: whether the key that starts there has. */
  readonly has?: (start: number) => boolean;
}

/** The mapping that is merged into, the keys that were written in it so far, its style and the place of `<<`. */
interface MergeTarget {
  readonly mapping: MutableMapping;
  readonly seen: ReadonlyMap<string, Key>;
  /** Of a mapping that is merged itself, the keys that are dropped. */
  readonly dropped: Dropped | undefined;
  readonly isFlow: boolean;
  readonly key: Key;
  /** All pairs of the mapping, also those that follow. */
  readonly pairs: readonly Pair[];
}

/**
 * Merges the mapping, or the mappings of the list, behind `<<`: for kustomize what is there already wins, for the API server what is
 * merged (decoder.merge of go.yaml.in/yaml 3.0 and 2.4).
 */
function mergeInto(target: MergeTarget, node: Node, state: Conversion): void {
  const scratch = state.rows.count;
  const finished = state.finished.length;
  if (state.mergeDepth > 0 && isMergedOnce(state.place)) {
    convertUnmerged(node, target, state);
    state.rows.count = scratch;
    return;
  }
  state.merges += 1;
  state.mergeDepth += 1;
  if (state.reader === 'kustomize') dropKeys(node, target, state);
  state.mergeList = node;
  const value = convert(node, target.key, state);
  state.merges -= 1;
  state.mergeDepth -= 1;
  const isListElsewhere = node.kind === 'alias' && node.target.kind === 'sequence';
  const sources = isListElsewhere ? undefined : mergeSources(value, resolved(node), scratch, state);
  if (sources === undefined) {
    refuse(
      state,
      'yaml-syntax',
      [node.start, node.end],
      'a merge key `<<` needs a map or a list of maps',
      'merge an alias of a map: `<<: *name`',
    );
  }
  moveAnchors(finished, state);
  const kept = newRows();
  const taken = new Set(state.reader === 'api-server' ? [] : Object.keys(target.mapping));
  for (const source of orderMerges(node, sources, target, state)) {
    keepMerged(target, source, { rows: kept, scratch, taken }, state);
    for (const name of namesOf(source, state)) taken.add(name);
  }
  replaceRows(state.rows, scratch, kept);
}

/** A merge within another one, which kustomize takes for the value of a key and leaves to go-yaml, where nobody decodes it. */
function convertUnmerged(node: Node, { key }: MergeTarget, state: Conversion): void {
  const { mergeDepth } = state;
  state.merges += 1;
  state.mergeDepth = 0;
  const finished = state.finished.length;
  convert(node, key, state);
  moveAnchors(finished, state);
  state.merges -= 1;
  state.mergeDepth = mergeDepth;
}

/**
 * kustomize merges the keys that stand in the maps of a list first. Of the `<<` in these maps it then knows the first one alone
 * (mergeAll of kyaml 0.21, yaml/rnode.go).
 */
function orderMerges(
  list: Node,
  sources: readonly MergeSource[],
  target: MergeTarget,
  state: Conversion,
): readonly MergeSource[] {
  const isMerged = state.merges % 2 === 1;
  const nested = sources.length < 2 || isMerged ? -1 : sources.findIndex(({ node }) => hasMerge(node));
  const first = sources[nested];
  if (resolved(list).kind !== 'sequence' || first === undefined) return sources;
  const own = sources.map((source) => ({ ...source, has: ownKeys(source.node) }));
  const isOwn = ownKeys(first.node);
  const ordered = [...own, { ...first, has: (start: number) => !isOwn(start) }];
  if (isReadOtherwise(sources, ordered, target, state)) reportNested(target.key, state);
  return state.reader === 'kustomize' ? ordered : sources;
}

function hasMerge(node: Node): boolean {
  return node.kind === 'mapping' && node.pairs.some(isMergePair);
}

function isMergePair({ key }: Pair): boolean {
  return key.kind === 'scalar' && key.text === '<<' && key.style === 'plain';
}

function ownKeys(node: Node): (start: number) => boolean {
  const pairs = node.kind === 'mapping' ? node.pairs.filter((pair) => !isMergePair(pair)) : [];
  const starts = new Set(pairs.map(({ key }) => key.start));
  return (start) => starts.has(start);
}

/** What the mapping sets itself is no matter of the order. */
function isReadOtherwise(
  sources: readonly MergeSource[],
  ordered: readonly MergeSource[],
  { pairs }: MergeTarget,
  state: Conversion,
): boolean {
  const set = new Set(pairs.map(({ key }) => (key.kind === 'scalar' ? key.text : undefined)));
  const others = mergedValues(ordered, state);
  const isOther = ([name, value]: readonly [string, Value]): boolean =>
    !set.has(name) && (!others.has(name) || others.get(name) !== value);
  return [...mergedValues(sources, state)].some(isOther);
}

function mergedValues(sources: readonly MergeSource[], state: Conversion): Map<string, Value> {
  const values = new Map<string, Value>();
  for (const source of sources)
    for (const name of namesOf(source, state))
      if (!values.has(name)) values.set(name, source.value[name] as Value);
  return values;
}

/** The names of the keys of a source that have their turn. */
function namesOf({ value, from, to, has }: MergeSource, state: Conversion): string[] {
  if (has === undefined) return Object.keys(value);
  const names: string[] = [];
  for (let row = from + 1; row < to; row = state.rows.nodes[row * stride + 4] ?? to) {
    const name = has(state.rows.nodes[row * stride] ?? -1) ? rowKey(row, state) : undefined;
    if (name !== undefined) names.push(name);
  }
  return names;
}

function reportNested(key: Key, state: Conversion): void {
  const message =
    'a map of this list has a `<<` itself: kubectl and Argo CD merge it with its map, kustomize and Flux after all maps of the list, and only the first one';
  reportMerge(key, state, message, 'list all the maps in one `<<`');
}

/** Of what is written behind a `<<` the rows go to the mapping it is merged into; in other places it is converted anew. */
function moveAnchors(first: number, { anchors, finished }: Conversion): void {
  for (const node of finished.splice(first)) {
    const anchored = anchors.get(node);
    if (anchored !== undefined) anchors.set(node, { ...anchored, isMoved: true });
  }
}

/**
 * Of what is merged, the keys that are there already: those of the object, and those of the maps before in a list. Where an alias stands
 * for the mapping, it has all of its keys.
 */
function dropKeys(node: Node, { mapping, dropped }: MergeTarget, state: Conversion): void {
  const first = new Map(Object.keys(mapping).map((name) => [name, -1]));
  for (const [index, one] of (node.kind === 'sequence' ? node.items : [node]).entries()) {
    if (one.kind === 'mapping' && !isAliased(one, state))
      state.dropped.set(one, {
        has: (name) => (first.get(name) ?? index) < index || dropped?.has(name) === true,
      });
    for (const name of ownNames(resolved(one))) if (!first.has(name)) first.set(name, index);
  }
}

function isAliased(node: MappingNode, state: Conversion): boolean {
  if (node.anchor === undefined) return false;
  state.aliased ??= aliasedIn(state.root);
  return state.aliased.has(node);
}

/** The nodes that aliases stand for. */
function aliasedIn(root: Node): ReadonlySet<Node> {
  const targets = new Set<Node>();
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.kind === 'alias') targets.add(node.target);
    else if (node.kind === 'sequence') pending.push(...node.items);
    else if (node.kind === 'mapping') for (const { key, value } of node.pairs) pending.push(key, value);
  }
  return targets;
}

function ownNames(node: Node): string[] {
  if (node.kind !== 'mapping') return [];
  return node.pairs.flatMap(({ key }) => (key.kind === 'scalar' && key.text !== '<<' ? key.text : []));
}

/** In order of precedence; undefined where something is no mapping. */
function mergeSources(
  value: Value,
  node: Node,
  row: number,
  { rows: { nodes } }: Conversion,
): MergeSource[] | undefined {
  if (isMapping(value)) return [{ node, value, from: row, to: nodes[row * stride + 4] ?? row }];
  if (!Array.isArray(value)) return undefined;
  const sources: MergeSource[] = [];
  let from = row + 1;
  for (const [index, item] of value.entries()) {
    if (!isMapping(item)) return undefined;
    const to = nodes[from * stride + 4] ?? from;
    const itemNode = node.kind === 'sequence' ? node.items[index] : undefined;
    sources.push({ node: resolved(itemNode ?? node), value: item, from, to });
    from = to;
  }
  return sources;
}

/** Moves the rows of the keys that the merge adds down to where the merged node was written, and drops the rest. */
function keepMerged(
  target: MergeTarget,
  source: MergeSource,
  kept: { readonly rows: PositionRows; readonly scratch: number; readonly taken: ReadonlySet<string> },
  state: Conversion,
): void {
  const { mapping, seen, key } = target;
  let row = source.from + 1;
  while (row < source.to) {
    const next = state.rows.nodes[row * stride + 4] ?? source.to;
    const isTurn = source.has?.(state.rows.nodes[row * stride] ?? -1) !== false;
    const name = isTurn ? rowKey(row, state) : undefined;
    if (name !== undefined && kept.taken.has(name) && mayBeTwoKeys(name))
      reportDuplicate(state, name, seen.get(name) ?? key, key);
    if (name !== undefined && !kept.taken.has(name)) {
      const first = seen.get(name);
      const above = mapping[name];
      const merged = mergedValue([name, state.rows.nodes[row * stride] ?? -1], source, target, state);
      const isOther = first !== undefined && !equalValues(above ?? null, merged);
      if (isOther && state.reader === 'api-server') reportOverridden(state, name, first, key);
      mapping[name] = merged;
      copyRows(state.rows, row, next, kept.rows, kept.scratch);
    }
    row = next;
  }
}

/** What is written without a value, and what is a time, goes by the style of the mapping that it comes into. */
function mergedValue(
  [name, start]: readonly [name: string, start: number],
  { node, value }: MergeSource,
  target: MergeTarget,
  state: Conversion,
): Value {
  const merged = value[name] as Value;
  if (state.reader !== 'kustomize' || node.kind !== 'mapping') return merged;
  const mayBeTime = typeof merged === 'string' && /^\d{4}-/.test(merged);
  if (merged !== '' && merged !== null && !mayBeTime) return merged;
  const pair = node.pairs.find(({ key }) => key.start === start);
  if (pair === undefined) return merged;
  if (mayBeTime) return timeIn(target, pair.value, merged, state);
  if (!isEmptyNode(pair.value)) return merged;
  if (state.merges > 0 && pair.key.end === pair.value.start) reportValueless(pair.key, state);
  return target.isFlow && isWrittenAgain(state) ? '' : null;
}

function timeIn({ isFlow }: MergeTarget, node: Node, value: string, state: Conversion): Value {
  const text = textOfTime(node);
  if (text === undefined || state.place.isText) return value;
  return isFlow && isWrittenAgain(state) ? text : (readTimestamp(text) ?? value);
}

function reportValueless({ start, end }: Node, state: Conversion): void {
  const message = 'a key without a value, which kustomize reads as null or as an empty string';
  const finding = syntaxFinding('yaml-syntax', state.file, [start, end], message, 'write a value after it');
  const { unchecked: _, ...told } = finding;
  state.diagnostics.push(told);
}

function copyRows(rows: PositionRows, from: number, to: number, kept: PositionRows, scratch: number): void {
  const shift = scratch + kept.count - from;
  for (let row = from; row < to; row++) {
    const at = row * stride;
    const copy = openRow(kept, rows.nodes[at] ?? -1, rows.nodes[at + 1] ?? -1, rows.nodes[at + 2] ?? 0);
    kept.nodes[copy * stride + 3] = rows.nodes[at + 3] ?? 0;
    kept.nodes[copy * stride + 4] = (rows.nodes[at + 4] ?? 0) + shift;
    const noted = rows.keys?.get(row);
    if (noted === undefined) continue;
    kept.keys ??= new Map();
    kept.keys.set(scratch + copy, noted);
  }
}

function replaceRows(rows: PositionRows, scratch: number, kept: PositionRows): void {
  for (const row of rows.keys?.keys() ?? []) if (row >= scratch) rows.keys?.delete(row);
  for (const [row, key] of kept.keys ?? []) rows.keys?.set(row, key);
  rows.nodes.set(kept.nodes.subarray(0, kept.count * stride), scratch * stride);
  rows.count = scratch + kept.count;
}

function rowKey(row: number, state: Conversion): string | undefined {
  const noted = state.rows.keys?.get(row);
  if (noted !== undefined) return noted;
  const { nodes } = state.rows;
  const start = nodes[row * stride] ?? -1;
  return start < 0 ? undefined : decodeKey(state.file.text.slice(start, nodes[row * stride + 1]));
}

function convertAlias(node: AliasNode, key: Key, state: Conversion): Value {
  if (state.place.holds !== undefined) return takeNoItems(node, key, state);
  const anchored = state.anchors.get(node.target);
  if (anchored === undefined) {
    // It stands behind a `<<`, which has its turn when all other keys are there.
    if (!state.open.has(node.target)) return convert(node.target, key, state);
    if (isUnread(state.place)) return convertNothing(node, key, state);
    refuseAlias(node, state);
  }
  const size = anchored.to - anchored.from;
  spend(node, size + weight(anchored.value), state);
  if (anchored.isKey === true) {
    openRow(state.rows, key[0], key[1], node.start);
    return convertScalar(node.target as ScalarNode, state, node);
  }
  if (anchored.isMoved === true || anchored.place !== state.place)
    return convertAgain(node.target, key, state);
  repeatRows(state.rows, anchored.from, anchored.to, key);
  return anchored.value;
}

function convertNothing({ start }: Node, key: Key, state: Conversion): Value {
  openRow(state.rows, key[0], key[1], start);
  return null;
}

/** kustomize takes the items of a List before it expands aliases. */
function takeNoItems({ start, end }: AliasNode, key: Key, state: Conversion): Value {
  const message =
    'kustomize finds no items behind an alias in a List that is alone in its file; kubectl does';
  const finding = syntaxFinding('yaml-syntax', state.file, [start, end], message, 'write the items here');
  const { unchecked: _, ...told } = finding;
  state.diagnostics.push(told);
  openRow(state.rows, key[0], key[1], start);
  return [];
}

/** What was told where it is written is not told again; in another place other things may be wrong with it. */
function convertAgain(node: Node, key: Key, state: Conversion): Value {
  const { diagnostics } = state;
  const before = diagnostics.length;
  const value = convert(node, key, state);
  const told = new Set(diagnostics.slice(0, before).map(wordsAt));
  diagnostics.push(...diagnostics.splice(before).filter((one) => !told.has(wordsAt(one))));
  return value;
}

function wordsAt({ span, message }: Diagnostic): string {
  return `${span.start} ${message}`;
}

function spend(node: AliasNode, cost: number, state: Conversion): void {
  const { limits, fileSpent, spent } = state;
  fileSpent.aliasNodes += cost;
  if (fileSpent.aliasNodes > limits.aliasNodes || spent.aliasNodes + cost > limits.totalAliasNodes) {
    const help = 'write the values out, or repeat less';
    refuse(state, 'alias-bomb', [node.start, node.end], 'aliases expand to too many values', help);
  }
  spent.aliasNodes += cost;
}

function weight(value: Value): number {
  return typeof value === 'string' ? value.length >> 6 : 0;
}

function reportDuplicate(state: Conversion, name: string, first: Key, second: Key): void {
  const related = [{ span: { file: state.file, start: first[0], end: first[1] }, message: 'first set here' }];
  state.diagnostics.push(
    syntaxFinding(
      'duplicate-key',
      state.file,
      second,
      `the key "${name}" is set twice`,
      'remove one of the two',
      related,
    ),
  );
}

/** Nobody who reads the file knows by whom it is read. */
function reportOverridden(state: Conversion, name: string, first: Key, merge: Key): void {
  const related = [{ span: { file: state.file, start: first[0], end: first[1] }, message: 'set here' }];
  const message = `this \`<<\` sets "${name}" again: kubectl and Argo CD use the merged value, kustomize and Flux the one above`;
  const help = 'write `<<` before all other keys, or remove the key from one of the two';
  const finding = syntaxFinding('duplicate-key', state.file, merge, message, help, related);
  const { unchecked: _, ...told } = finding;
  state.diagnostics.push(told);
}

/** Argo CD and kustomize write an object and read it again as YAML. */
function checkLength(name: string, key: Key, state: Conversion): void {
  if (!isKeyTooLong(name) || state.place.isDropped) return;
  const { message, help } = longKeyWords;
  const finding = syntaxFinding('yaml-syntax', state.file, key, message, help);
  const { unchecked: _, ...told } = finding;
  state.diagnostics.push(told);
}

function report(
  state: Conversion,
  rule: SyntaxRule,
  range: readonly number[],
  message: string,
  help: string,
): void {
  state.diagnostics.push(syntaxFinding(rule, state.file, [range[0] ?? 0, range[1] ?? 0], message, help));
}

function refuse(
  state: Conversion,
  rule: SyntaxRule,
  range: readonly number[],
  message: string,
  help: string,
): never {
  report(state, rule, range, message, help);
  throw new Refused();
}
