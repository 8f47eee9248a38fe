import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import { foldedAgain, isKeptAgain, isUnreadableAgain } from './block-scalar.ts';
import { isCommentBehind, isWrittenIntoBlock } from './comment-in-text.ts';
import { decoderOf, type Reader, type YamlReader } from './document.ts';
import { formatFloatKey } from './float-text.ts';
import { internalAnnotations } from './internal-annotations.ts';
import { isKeyTooLong, longKeyWords } from './key-length.ts';
import type { Limits, Spent } from './limits.ts';
import {
  belowNull,
  holdsNothing,
  inPatchedList,
  isTakenApart,
  isTextOfAnnotations,
  isUnread,
  itemsOf,
  type Place,
  placeBelow,
  placeOfItem,
  placeOfMerge,
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
import { reportWrittenComments } from './written-comments.ts';
import { beginningsOf } from './yaml/beginnings.ts';
import { type Expansion, expandMerges, holdsMerge, withoutLost } from './yaml/expand-merges.ts';
import { isMergePair, isReadOtherwise, mergeTag } from './yaml/nested-merges.ts';
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
  readonly isInFlow: boolean;
  /** Whether it was written behind a `<<`, which has moved its rows since. */
  readonly isMoved?: true;
}

interface Conversion extends ConvertState {
  readonly root: Node;
  readonly reader: Reader;
  /** Where the node at hand stands. */
  place: Place;
  /** Whether what stands around the node at hand is written in flow style, and so is the node. */
  isInFlow: boolean;
  /** Where the last scalar of a document begins that is written again with the comments behind it. */
  readonly last: number | undefined;
  /** How many merges stand around the node at hand that are left to what decodes it. */
  merges: number;
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
  /** Where the maps begin that kustomize has read from JSON. */
  readonly fromJson: Set<number>;
  /** Where the keys and items begin that hold nothing but a `<<` that is left to what decodes it. */
  readonly onlyMerges: Set<number>;
  /** By the start of each key where what stands before it ends, or that it is in block style, once somebody has asked. */
  beginnings: ReadonlyMap<number, number | undefined> | undefined;
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
  try {
    const conversion = openConversion(root, state);
    const value = convert(root, noKey, conversion);
    forgetReplaced(conversion);
    if (conversion.reader === 'kustomize') checkComments(root, conversion);
    if (value === null || holdsNothing(root, conversion.place)) return undefined;
    const { rows, file, fromJson, onlyMerges } = conversion;
    const positions = {
      ...finishRows(rows, file),
      ...(fromJson.size === 0 ? {} : { fromJson }),
      ...(onlyMerges.size === 0 ? {} : { onlyMerges }),
    };
    return { value, positions };
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

/** Each comment is reported once, however many aliases stand for its key. */
function checkComments(root: Node, state: Conversion): void {
  const told = new Set<string>();
  reportWrittenComments(root, state.place, {
    text: state.file.text,
    beginnings: () => {
      state.beginnings ??= beginningsOf(root, state.file.text);
      return state.beginnings;
    },
    report: ({ start, end }, message, help) => {
      if (!told.has(`${start} ${message}`)) report(state, 'yaml-syntax', [start, end], message, help);
      told.add(`${start} ${message}`);
    },
  });
}

function openConversion(root: Node, state: ConvertState): Conversion {
  const reader = decoderOf(state.readBy);
  const isApart = reader === 'kustomize' && state.isLone && isTakenApart(root);
  const last = lastLeaf(root).start;
  const { text } = state.file;
  const isExpanded = reader === 'kustomize' && text.includes('<<') && holdsMerge(root);
  // As it is written: an expansion moves keys.
  const beginnings = isExpanded ? beginningsOf(root, text) : undefined;
  const expandedPart = isApart ? itemsOf(root) : root;
  if (isExpanded && expandedPart !== undefined) expandMerges(expandedPart, expansionOf(state));
  const place = placeOfRoot(root, state.readBy, isApart);
  return {
    ...state,
    reader,
    place,
    root,
    isInFlow: false,
    last: place.isWritten ? last : undefined,
    merges: 0,
    mergeList: undefined,
    dropped: new Map(),
    rows: newRows(),
    unwritable: new Map(),
    anchors: new Map(),
    finished: [],
    open: new Set(),
    fromJson: new Set(),
    onlyMerges: new Set(),
    beginnings,
  };
}

function expansionOf(state: ConvertState): Expansion {
  return {
    spend: (at, nodes) => spend(at, nodes, state),
    refuseCircle: (alias) => refuseAlias(alias, state),
    refuseDepth: ({ start, end }, depth) => {
      const message = `aliases are nested more than ${depth} levels deep`;
      refuse(state, 'too-deep', [start, end], message, 'write the values out');
    },
    refuseMerge: ({ start, end }) => refuseMerge([start, end], state),
    reportRepeated: (first, second) => {
      const name = second.kind === 'scalar' ? second.text : '';
      reportDuplicate(state, name, [first.start, first.end], [second.start, second.end]);
    },
    reportNested: ({ start, end }) => reportNested([start, end], state),
  };
}

function refuseMerge(range: Key, state: ConvertState): never {
  const message = 'a merge key `<<` needs a map or a list of maps';
  refuse(state, 'yaml-syntax', range, message, 'merge an alias of a map: `<<: *name`');
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
  if (node.kind === 'alias') return convertAlias(node, key, state);
  if (isNothing(node)) {
    const at = key[0] < 0 ? dashEnd(state.file.text, node.start) : key[1];
    openRow(state.rows, key[0], key[1], at);
    return null;
  }
  const row = openRow(state.rows, key[0], key[1], node.start);
  if (node.anchor !== undefined) state.open.add(node);
  checkWrittenTag(node, state);
  const value =
    node.kind === 'scalar'
      ? convertScalar(node, state)
      : node.kind === 'sequence'
        ? convertSequence(node, state)
        : convertMapping(node, state);
  if (node.kind === 'mapping' && isEmpty(value) && node.pairs.some(isMergePair))
    state.onlyMerges.add(key[0] < 0 ? node.start : key[0]);
  closeRow(state.rows, row, endOf(node, row, state));
  if (node.anchor !== undefined) {
    state.open.delete(node);
    const { place, isInFlow } = state;
    state.anchors.set(node, { value, from: row, to: state.rows.count, place, isInFlow });
    state.finished.push(node);
  }
  return value;
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
  const isLonger = start === state.last && isKeptAgain(again) && isCommentBehind(state.file.text, end);
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
  const { place, isInFlow } = state;
  const isMerged = node === state.mergeList;
  state.isInFlow ||= node.isFlow;
  const items = node.items.map((item) => {
    if (place.holds !== undefined && isOfNull(item)) return convertNothing(item, noKey, state);
    state.place = isMerged ? place : placeOfItem(place, item);
    const value = convert(item, noKey, state);
    state.place = place;
    return readAgain(item, value, state);
  });
  state.isInFlow = isInFlow;
  return items;
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
  const { isInFlow } = state;
  state.isInFlow ||= node.isFlow;
  const seen = new Map<string, Key>();
  const merges: { node: Node; target: MergeTarget }[] = [];
  const dropped = state.dropped.get(node);
  const overwriting = overwritingNames(node, state);
  for (const pair of isRootOfPatch(state.place) ? withoutLost(node.pairs) : node.pairs) {
    const entry = readKey(pair.key, state, dropped);
    if (entry.merge && isUnread(state.place)) continue;
    const name = entry.merge ? mergeKey : entry.name;
    const first = seen.get(name);
    if (first === undefined && dropped?.has(name) === true) {
      seen.set(name, entry.key);
      if (mayBeTwoKeys(name)) reportDuplicate(state, name, entry.key, entry.key);
      continue;
    }
    if (first === undefined) seen.set(name, entry.key);
    else reportDuplicate(state, entry.name, first, entry.key);
    if (first !== undefined && takesFirst(state)) continue;
    if (overwriting.has(name) && isPlain(pair.key)) {
      reportDuplicate(state, name, entry.key, overwriting.get(name) ?? entry.key);
      continue;
    }
    const target = { mapping, seen, dropped, key: entry.key, pairs: node.pairs };
    const isMerged = first === undefined && !entry.merge && Object.hasOwn(mapping, name);
    if (isMerged && mayBeTwoKeys(name)) reportDuplicate(state, name, entry.key, entry.key);
    if (name === '<<' && isEmptyNode(pair.value)) reportQuotedMerge(entry.key, state);
    if (!entry.merge) addPair(mapping, entry, pair.value, state);
    // go-yaml v2 merges where the key stands, v3 when all other keys are there.
    else if (state.reader === 'api-server') mergeInto(target, pair.value, state);
    else merges.push({ node: pair.value, target });
  }
  for (const { node: merged, target } of merges) mergeInto(target, merged, state);
  state.isInFlow = isInFlow;
  return mapping;
}

/**
 * The keys of a mapping that a `<<` sets again which is left to go-yaml: where keys become strings, it knows those of the mapping itself by
 * what they are, and does not find a number.
 */
function overwritingNames({ pairs }: MappingNode, { reader, place }: Conversion): ReadonlyMap<string, Key> {
  const names = new Map<string, Key>();
  if (reader !== 'kustomize' || place.keys !== 'scalar') return names;
  for (const { key, value } of pairs.filter(isMergePair))
    for (const name of listed(value).flatMap(ownNames))
      if (mayBeTwoKeys(name)) names.set(name, [key.start, key.end]);
  return names;
}

function isPlain(key: Node): boolean {
  const node = resolved(key);
  return node.kind === 'scalar' && node.style === 'plain' && node.tag === undefined;
}

/** The maps that a `<<` lists, or the one that it merges. */
function listed(value: Node): readonly Node[] {
  const node = resolved(value);
  return node.kind === 'sequence' ? node.items.map(resolved) : [node];
}

/** Whether the first of repeated keys counts, as it does where kustomize looks for a key by its text and decodes nothing. */
function takesFirst({ place, merges, reader }: Conversion): boolean {
  if (place.isMerged || (reader === 'kustomize' && merges > 0)) return true;
  return !place.isDecoded && !place.isText;
}

function isRootOfPatch({ isMerged, fields }: Place): boolean {
  return isMerged && fields !== undefined;
}

function refuseAlias({ name, start, end }: AliasNode, state: ConvertState): never {
  const help = 'define the anchor first; an anchor cannot contain itself';
  refuse(state, 'yaml-syntax', [start, end], `\`*${name}\` has no complete anchor before it`, help);
}

// No text of a key: `"<<"` is another key than `<<`.
const mergeKey = '\0<<';

function addPair(mapping: MutableMapping, entry: Entry, value: Node, state: Conversion): void {
  const row = state.rows.count;
  const { place } = state;
  const isNull = isNullKey(entry, state);
  // Both have no name for kustomize.
  if (isNull) delete mapping[''];
  state.place = isNull ? belowNull : placeBelow(place, entry.name);
  const converted = convert(value, entry.key, state);
  state.place = place;
  mapping[entry.name] = readAgain(value, converted, state);
  noteKey(state.rows, row, state.file.text.slice(entry.key[0], entry.key[1]), entry.name);
}

function isEmpty(value: Value): boolean {
  return isMapping(value) && Object.keys(value).length === 0;
}

/** Of a key of null in a patch, at the root of it, nothing is merged. */
function isNullKey({ name, key }: Entry, { file, place }: Conversion): boolean {
  if (!place.isMerged || place.fields === undefined) return false;
  return resolveTagged(name, undefined, true, 'kustomize') === null && file.text.startsWith(name, key[0]);
}

/**
 * What kustomize reads of a value in flow style once it has written it: `{a: }` as the empty string, and a time, which it puts in quotes
 * for its colons, as a text; but for a patch, of which it is merged before.
 */
function readAgain(node: Node, value: Value, state: Conversion): Value {
  if (!state.isInFlow || !isWrittenAgain(state)) return value;
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

function reportQuotedMerge(key: Key, state: Conversion): void {
  const message = '"<<" with a tag is ambiguous: kubectl and Argo CD merge its value, kustomize does not';
  reportMerge(key, state, message, 'write << without quotes and tag');
}

/** What is built all the same, as kustomize reads it. */
function reportMerge(key: Key, state: ConvertState, message: string, help: string): void {
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
  const { place, isInFlow, rows } = state;
  const row = openRow(rows, -1, -1, node.start);
  rows.count = row;
  const plain = isProblem(value) ? null : value;
  state.anchors.set(node, { value: plain, from: row, to: row, place, isInFlow });
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
  if (value === null || !(keys !== 'string' || isString)) refuseKey(text, key, state);
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
  readonly node: MappingNode;
  readonly value: Mapping;
  readonly from: number;
  readonly to: number;
}

/** The mapping that is merged into, the keys that were written in it so far, and the place of `<<`. */
interface MergeTarget {
  readonly mapping: MutableMapping;
  readonly seen: ReadonlyMap<string, Key>;
  /** Of a mapping that is merged itself, the keys that are dropped. */
  readonly dropped: Dropped | undefined;
  readonly key: Key;
  /** All pairs of the mapping, also those that follow. */
  readonly pairs: readonly Pair[];
}

/**
 * Merges the mapping, or the mappings of the list, behind `<<`: for kustomize, which has left it to go-yaml (see expand-merges.ts), what is
 * there already wins, for the API server what is merged (decoder.merge of go.yaml.in/yaml 3.0 and 2.4).
 */
function mergeInto(target: MergeTarget, node: Node, state: Conversion): void {
  const scratch = state.rows.count;
  const finished = state.finished.length;
  const { place } = state;
  if (state.reader === 'kustomize') {
    if (isTextOfAnnotations(place)) refuseMergeAgain(target.key, state);
    if (place.isMerged && place.isDecoded) reportPatched(target.key, state);
    forgetAnnotations(target, state);
    dropKeys(node, target, state);
    state.place = placeOfMerge(place);
  }
  state.merges += 1;
  state.mergeList = node;
  const value = convert(node, target.key, state);
  state.merges -= 1;
  state.place = place;
  moveAnchors(finished, state);
  if (!place.isDecoded) {
    state.rows.count = scratch;
    return;
  }
  const isListElsewhere =
    node.kind === 'alias' && node.target.kind === 'sequence' && node.isExpanded !== true;
  const sources = isListElsewhere ? undefined : mergeSources(value, resolved(node), scratch, state);
  if (sources === undefined) refuseMerge([node.start, node.end], state);
  // Within another merge kustomize leaves it to go-yaml.
  const isExpanded = state.reader === 'api-server' && state.merges % 2 === 0;
  if (state.reader === 'kustomize') reportUnfound(target, sources, state);
  const isOther =
    isExpanded &&
    isReadOtherwise(
      target.pairs,
      sources.map(({ node: source }) => source),
      (keys) => spend(node, keys, state),
    );
  if (isOther) reportNested(target.key, state);
  const kept = newRows();
  const taken = new Set(state.reader === 'api-server' ? [] : Object.keys(target.mapping));
  for (const source of sources) {
    keepMerged(target, source, { rows: kept, scratch, taken }, state);
    for (const name of Object.keys(source.value)) taken.add(name);
  }
  replaceRows(state.rows, scratch, kept);
}

/** Annotations that hold nothing are gone when a `<<` that is left is decoded, and it sets others. */
function forgetAnnotations({ mapping }: MergeTarget, { place }: Conversion): void {
  const [name] = [...(place.fields ?? [])].find(([, below]) => isTextOfAnnotations(below)) ?? [];
  if (name === undefined || !Object.hasOwn(mapping, name)) return;
  const value = mapping[name];
  const isKept = isMapping(value) && Object.keys(value).some((key) => !internalAnnotations.has(key));
  if (!isKept) delete mapping[name];
}

/** kustomize writes it into the object, whose own keys count then. */
function reportPatched(key: Key, state: Conversion): void {
  const message =
    'a `<<` within a merge in a patch: kustomize adds what the object does not set, and replaces nothing';
  reportMerge(key, state, message, 'list all the maps in one `<<`');
}

const lookedFor = ['apiVersion', 'kind', 'metadata', 'name', 'namespace', 'annotations', 'labels'];

/** kustomize looks for the fields of an object itself before anything decodes the merges that are left. */
function reportUnfound(
  { mapping, key }: MergeTarget,
  sources: readonly MergeSource[],
  state: Conversion,
): void {
  if (state.place.fields === undefined) return;
  const brings = (name: string): boolean => sources.some(({ value }) => Object.hasOwn(value, name));
  const field = lookedFor.find((name) => !Object.hasOwn(mapping, name) && brings(name));
  if (field === undefined) return;
  const message = `kustomize does not find ${field} in a \`<<\` within a merge`;
  reportMerge(key, state, message, 'list all the maps in one `<<`');
}

function refuseMergeAgain(key: Key, state: Conversion): never {
  const message = 'kustomize rejects a `<<` within a merge in annotations: it makes an annotation of it';
  refuse(state, 'yaml-syntax', key, message, 'list all the maps in one `<<`');
}

function reportNested(key: Key, state: ConvertState): void {
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

/** Of what is merged, the keys that are there already: those of the object, and those of the maps before in a list. */
function dropKeys(node: Node, { mapping, dropped }: MergeTarget, state: Conversion): void {
  const first = new Map(Object.keys(mapping).map((name) => [name, -1]));
  for (const [index, one] of listed(node).entries()) {
    state.dropped.set(one, {
      has: (name) => (first.get(name) ?? index) < index || dropped?.has(name) === true,
    });
    for (const name of ownNames(one)) if (!first.has(name)) first.set(name, index);
  }
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
  if (node.kind === 'mapping' && isMapping(value))
    return [{ node, value, from: row, to: nodes[row * stride + 4] ?? row }];
  if (node.kind !== 'sequence' || !Array.isArray(value)) return undefined;
  const sources: MergeSource[] = [];
  let from = row + 1;
  for (const [index, item] of node.items.entries()) {
    const source = resolved(item);
    const merged: Value = value[index] as Value;
    if (source.kind !== 'mapping' || !isMapping(merged)) return undefined;
    const to = nodes[from * stride + 4] ?? from;
    sources.push({ node: source, value: merged, from, to });
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
    const name = rowKey(row, state);
    if (name !== undefined && kept.taken.has(name) && mayBeTwoKeys(name))
      reportDuplicate(state, name, seen.get(name) ?? key, key);
    if (name !== undefined && !kept.taken.has(name)) {
      const first = seen.get(name);
      const above = mapping[name];
      const merged = source.value[name] as Value;
      const isOther = first !== undefined && !equalValues(above ?? null, merged);
      if (isOther && state.reader === 'api-server') reportOverridden(state, name, first, key);
      mapping[name] = merged;
      copyRows(state.rows, row, next, kept.rows, kept.scratch);
    }
    row = next;
  }
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
  if (node.isExpanded === true)
    return isKey(node.target, state)
      ? convertKeyAgain(node, key, state)
      : convertAgain(node.target, key, state);
  if (state.open.has(node.target)) {
    if (isUnread(state.place)) return convertNothing(node, key, state);
    refuseAlias(node, state);
  }
  const anchored = state.anchors.get(node.target);
  // It stands behind a `<<`, which has its turn when all other keys are there.
  if (anchored === undefined) return convert(node.target, key, state);
  const size = anchored.to - anchored.from;
  spend(node, size + weight(anchored.value), state);
  if (isKey(node.target, state)) return convertKeyAgain(node, key, state);
  const isElsewhere = anchored.place !== state.place || anchored.isInFlow !== state.isInFlow;
  if (anchored.isMoved === true || isElsewhere) return convertAgain(node.target, key, state);
  repeatRows(state.rows, anchored.from, anchored.to, key);
  return anchored.value;
}

function isKey({ start, kind }: Node, state: Conversion): boolean {
  state.beginnings ??= beginningsOf(state.root, state.file.text);
  return kind === 'scalar' && state.beginnings.has(start);
}

function convertKeyAgain(node: AliasNode, key: Key, state: Conversion): Value {
  openRow(state.rows, key[0], key[1], node.start);
  return convertScalar(node.target as ScalarNode, state, node);
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

function spend(node: Node, cost: number, state: ConvertState): void {
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

function reportDuplicate(state: ConvertState, name: string, first: Key, second: Key): void {
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
  state: ConvertState,
  rule: SyntaxRule,
  range: readonly number[],
  message: string,
  help: string,
): void {
  state.diagnostics.push(syntaxFinding(rule, state.file, [range[0] ?? 0, range[1] ?? 0], message, help));
}

function refuse(
  state: ConvertState,
  rule: SyntaxRule,
  range: readonly number[],
  message: string,
  help: string,
): never {
  report(state, rule, range, message, help);
  throw new Refused();
}
