import {
  type Alias,
  type Document,
  isAlias,
  isScalar,
  isSeq,
  type ParsedNode,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceFile } from '../diagnostic/source-file.ts';
import { blockScalarText } from './block-scalar.ts';
import type { Reader } from './document.ts';
import { formatFloatKey } from './float-key.ts';
import type { Limits, Spent } from './limits.ts';
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
} from './position-rows.ts';
import { type SyntaxRule, syntaxFinding } from './syntax-finding.ts';
import { isProblem, resolveTagged, type ScalarProblem } from './tagged-scalar.ts';
import { readTimestamp } from './timestamp.ts';
import { isMapping, type MutableMapping, newMapping, type Value } from './value.ts';

/** What the documents of one file share while they are converted. */
export interface ConvertState {
  readonly file: SourceFile;
  readonly reader: Reader;
  /** Whether keys that are no strings are taken by their text. */
  readonly takesAnyKey: boolean;
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
}

interface Conversion extends ConvertState {
  readonly rows: PositionRows;
  readonly anchors: Map<string, Anchored | undefined>;
  /** The keys that lead to the node at hand, without the indexes of lists. */
  readonly parents: string[];
}

type Key = readonly [start: number, end: number];
const noKey: Key = [-1, -1];

/** Thrown to leave a document that cannot be used, after its finding is made. */
class Refused extends Error {}

/** A composed document as plain value and positions; undefined for an empty one, and for one that a finding refuses. */
export function convertDocument(
  document: Document.Parsed,
  state: ConvertState,
): { value: Value; positions: Positions } | undefined {
  const contents = document.contents as ParsedNode | null;
  if (contents === null) return undefined;
  const conversion: Conversion = { ...state, rows: newRows(), anchors: new Map(), parents: [] };
  try {
    const value = convert(contents, noKey, conversion);
    return value === null ? undefined : { value, positions: finishRows(conversion.rows, state.file) };
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

function convert(node: ParsedNode | null | undefined, key: Key, state: Conversion, emptyAt = 0): Value {
  if (node === null || node === undefined) {
    openRow(state.rows, key[0], key[1], emptyAt);
    return null;
  }
  if (isAlias(node)) return convertAlias(node, key, state);
  if (isNothing(node)) {
    const at = key[0] < 0 ? dashEnd(state.file.text, node.range[0]) : key[1];
    openRow(state.rows, key[0], key[1], at);
    return null;
  }
  const name = node.anchor;
  if (name !== undefined) state.anchors.set(name, undefined);
  const row = openRow(state.rows, key[0], key[1], node.range[0]);
  const value = isScalar(node)
    ? convertScalar(node, state)
    : isSeq(node)
      ? convertSequence(node, state)
      : convertMapping(node as YAMLMap<ParsedNode, ParsedNode | null>, state);
  closeRow(state.rows, row, endOf(node, row, state));
  if (name !== undefined) state.anchors.set(name, { value, from: row, to: state.rows.count });
  return value;
}

function isNothing(node: ParsedNode): boolean {
  return (
    isScalar(node) &&
    node.type === 'PLAIN' &&
    node.source === '' &&
    node.tag === undefined &&
    node.anchor === undefined
  );
}

/** Nothing stands behind its key, or behind its dash. */
function dashEnd(text: string, from: number): number {
  let at = from;
  while (at > 0 && isBlank(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

/** Block collections end with their last child, block scalars with their last line; the library counts what follows, too. */
function endOf(node: ParsedNode, row: number, state: Conversion): number {
  const [start, end] = node.range;
  if (isScalar(node)) return isBlockScalar(node) ? trimEnd(state.file.text, start, end) : end;
  if ('flow' in node && node.flow === true) return end;
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

function isBlockScalar(node: Scalar): boolean {
  return node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
}

function convertScalar(node: Scalar.Parsed, state: Conversion): Value {
  const text = isBlockScalar(node) ? blockText(node, state) : textOf(node);
  if (node.type === 'QUOTE_DOUBLE') checkEscapes(node, state);
  checkRereading(node, text, state);
  const resolved = resolveTagged(text, node.tag, node.type === 'PLAIN', state.reader);
  if (isProblem(resolved)) {
    report(state, 'not-json', node.range, resolved.problem, resolved.help);
    return text;
  }
  return resolved;
}

function blockText(node: Scalar.Parsed, { file, reader, parents }: Conversion): string {
  const end = file.text.length;
  const isCut = node.range[1] >= end && file.text.slice(file.text.lastIndexOf('\n') + 1).trim() !== '';
  // kustomize makes the annotations of an object anew, which then have no style.
  const isEmittedAgain = reader === 'kustomize' && !annotation.test(parents.join('/'));
  return blockScalarText(textOf(node), node.type === 'BLOCK_FOLDED', isCut, isEmittedAgain);
}

const annotation = /^(?:items\/)?metadata\/annotations\//;

/** go-yaml knows neither `\\/` nor the two halves of a surrogate pair, although JSON does. */
function checkEscapes(node: Scalar.Parsed, state: Conversion): void {
  const [start, end] = node.range;
  const { text } = state.file;
  for (let at = text.indexOf('\\', start); at >= 0 && at < end; at = text.indexOf('\\', at + 2)) {
    const isRefused = text[at + 1] === '/' || /^u[dD][89a-fA-F]/.test(text.slice(at + 1, at + 4));
    if (!isRefused) continue;
    const help = 'write the character itself';
    report(state, 'yaml-syntax', [at, at + 2], 'an escape that Kubernetes and kustomize refuse', help);
    return;
  }
}

/** What kustomize reads and writes it reads once more, and stumbles then; see build/unreadable-text.ts. */
function checkRereading(node: Scalar.Parsed, text: string, state: Conversion): void {
  if (isBlockScalar(node)) checkTabs(node, text, state);
  if (state.reader !== 'kustomize' || !/[\x7f-\x84\x86-\x9f\ufffe\uffff]/.test(text)) return;
  const message = 'kustomize refuses a text with a control character';
  report(state, 'yaml-syntax', node.range, message, 'remove the character, or encode the text');
}

/** go-yaml finds out how far a block is indented by its first line, and refuses a tab there. */
function checkTabs(node: Scalar.Parsed, text: string, state: Conversion): void {
  const raw = state.file.text.slice(node.range[0], node.range[1]);
  const [header = ''] = /^[^\n]*\n/.exec(raw) ?? [];
  const isGuessed = !/^[|>][-+]?[1-9]/.test(header);
  if (isGuessed ? !/^(?: *\r?\n)* *\t/.test(raw.slice(header.length)) : !isWrittenWithTab(text, state))
    return;
  const message = 'a block of text may not begin with a tab';
  report(state, 'yaml-syntax', node.range, message, 'begin the text with another line, or with spaces');
}

function isWrittenWithTab(text: string, { reader }: Conversion): boolean {
  return reader === 'kustomize' && text.startsWith('\t') && !/ (?:\n|$)|[^\t\n\x20-\uffff]/u.test(text);
}

function convertSequence(node: YAMLSeq, state: Conversion): Value {
  const items: Value[] = [];
  for (const item of node.items) items.push(convert(item as ParsedNode, noKey, state, node.range?.[1]));
  return items;
}

/** A key of a mapping as decoded, with the place of its first use. */
interface Entry {
  readonly name: string;
  readonly key: Key;
  readonly merge: boolean;
}

function convertMapping(node: YAMLMap<ParsedNode, ParsedNode | null>, state: Conversion): Value {
  const mapping = newMapping();
  const seen = new Map<string, Key>();
  const entries = node.items.map((pair) => readKey(pair.key, state));
  for (const { name, key, merge } of entries) {
    if (merge) continue;
    const first = seen.get(name);
    if (first === undefined) seen.set(name, key);
    else reportDuplicate(state, name, first, key);
  }
  const merges: { node: ParsedNode; key: Key }[] = [];
  node.items.forEach((pair, index) => {
    const entry = entries[index];
    // A merge into an object takes the first of repeated keys.
    if (entry === undefined || (state.takesAnyKey && Object.hasOwn(mapping, entry.name))) return;
    if (entry.merge && pair.value !== null) merges.push({ node: pair.value, key: entry.key });
    else addPair(mapping, entry, pair.value, node.flow === true, state);
  });
  const [first, second] = merges;
  if (first !== undefined && second !== undefined) reportDuplicate(state, '<<', first.key, second.key);
  for (const merge of merges) mergeInto(mapping, merge.node, merge.key, state);
  return mapping;
}

function addPair(
  mapping: MutableMapping,
  entry: Entry,
  value: ParsedNode | null,
  isFlow: boolean,
  state: Conversion,
): void {
  const row = state.rows.count;
  state.parents.push(entry.name);
  const converted = convert(value, entry.key, state, entry.key[1]);
  state.parents.pop();
  // kustomize writes `{a: }` out and reads it again as the empty string.
  const isEmptyText = isFlow && state.reader === 'kustomize' && converted === null && isEmptyNode(value);
  mapping[entry.name] = isEmptyText ? '' : converted;
  noteKey(state.rows, row, state.file.text.slice(entry.key[0], entry.key[1]), entry.name);
}

function isEmptyNode(node: ParsedNode | null): boolean {
  return node === null || (isScalar(node) && textOf(node) === '' && node.tag === undefined);
}

function readKey(node: ParsedNode, state: Conversion): Entry {
  const key: Key = [node.range[0], node.range[1]];
  if (isScalar(node)) {
    const text = textOf(node);
    const merge =
      text === '<<' && node.type === 'PLAIN' && (node.tag === undefined || node.tag.endsWith(':merge'));
    const value = merge ? text : resolveTagged(text, node.tag, node.type === 'PLAIN', state.reader);
    noteAnchor(node, value, state);
    if (node.type === 'QUOTE_DOUBLE') checkRereading(node, text, state);
    return { name: merge ? text : keyName(value, text, key, state), key, merge };
  }
  if (isAlias(node)) {
    const value = state.anchors.get(node.source)?.value;
    if (value !== undefined && typeof value !== 'object') {
      return { name: keyName(value, String(value), key, state), key, merge: false };
    }
  }
  refuse(state, 'not-json', key, 'a map or list as a key', 'use a string as the key');
}

/** An anchored key can only be repeated as a scalar, which has no rows below it. */
function noteAnchor(node: Scalar.Parsed, value: Value | ScalarProblem, state: Conversion): void {
  if (node.anchor === undefined) return;
  const row = openRow(state.rows, -1, -1, node.range[0]);
  state.rows.count = row;
  state.anchors.set(node.anchor, { value: isProblem(value) ? null : value, from: row, to: row });
}

/** sigs.k8s.io/yaml makes strings of numbers and booleans; what kustomize renders as JSON has string keys or fails. */
function keyName(value: Value | ScalarProblem, text: string, key: Key, state: Conversion): string {
  // A timestamp is a string only once it is written as JSON.
  if (
    typeof value === 'string' &&
    (state.reader === 'api-server' ||
      readTimestamp(value) === undefined ||
      value === state.file.text.slice(key[0] + 1, key[1] - 1))
  )
    return value;
  if (state.reader === 'kustomize') {
    if ((value === null && text === '') || state.takesAnyKey) return text;
    refuse(state, 'not-json', key, `the key ${text} is not a string`, 'put the key in quotes');
  }
  if (value === null) refuse(state, 'not-json', key, 'null as a key', 'put the key in quotes, or name it');
  if (isProblem(value)) return text.replace('+', '').toLowerCase();
  if (typeof value === 'bigint' && value >= 2n ** 63n) {
    refuse(state, 'not-json', key, `the key ${text} is too large for an integer`, 'put the key in quotes');
  }
  return typeof value === 'number' && isFloat(value, text) ? formatFloatKey(value) : String(value);
}

function isFloat(value: number, text: string): boolean {
  return !Number.isSafeInteger(value) || (/[.eE]/.test(text) && !/^[-+]?0[xX]/.test(text));
}

function textOf(node: Scalar.Parsed): string {
  return typeof node.source === 'string' ? node.source : String(node.value ?? '');
}

/** Merges the mapping, or the mappings of the list, behind `<<`: what is there already wins. */
function mergeInto(mapping: MutableMapping, node: ParsedNode, key: Key, state: Conversion): void {
  const scratch = state.rows.count;
  const value = convert(node, key, state);
  const { nodes } = state.rows;
  const rows: { from: number; to: number; value: Value }[] = [];
  collectMerged(value, scratch, nodes, rows);
  if (rows.length === 0 && !(Array.isArray(value) && value.length === 0) && !isMapping(value)) {
    refuse(
      state,
      'yaml-syntax',
      node.range,
      'a merge key `<<` needs a map or a list of maps',
      'merge an alias of a map: `<<: *name`',
    );
  }
  keepMerged(mapping, rows, scratch, state);
}

/** The sources of a merge in order of precedence with the rows of each. */
function collectMerged(
  value: Value,
  row: number,
  nodes: Int32Array,
  found: { from: number; to: number; value: Value }[],
): void {
  if (isMapping(value)) found.push({ from: row, to: nodes[row * stride + 4] ?? row, value });
  if (!Array.isArray(value)) return;
  let child = row + 1;
  for (const item of value) {
    const to = nodes[child * stride + 4] ?? child;
    if (isMapping(item)) found.push({ from: child, to, value: item });
    child = to;
  }
}

/** Moves the rows of the keys that the merge adds down to where the merged node was written, and drops the rest. */
function keepMerged(
  mapping: MutableMapping,
  sources: readonly { from: number; to: number; value: Value }[],
  scratch: number,
  state: Conversion,
): void {
  const kept = newRows();
  for (const { from, to, value } of sources) {
    let row = from + 1;
    while (row < to) {
      const next = state.rows.nodes[row * stride + 4] ?? to;
      const name = rowKey(row, state);
      if (isMapping(value) && name !== undefined && !Object.hasOwn(mapping, name)) {
        mapping[name] = value[name] as Value;
        copyRows(state.rows, row, next, kept, scratch);
      }
      row = next;
    }
  }
  replaceRows(state.rows, scratch, kept);
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

function convertAlias(node: Alias.Parsed, key: Key, state: Conversion): Value {
  const anchored = state.anchors.get(node.source);
  if (anchored === undefined) {
    refuse(
      state,
      'yaml-syntax',
      node.range,
      `\`*${node.source}\` has no finished anchor before it`,
      'define the anchor first; an anchor cannot hold itself',
    );
  }
  const size = anchored.to - anchored.from;
  spend(node, size + weight(anchored.value), state);
  if (size === 0) openRow(state.rows, key[0], key[1], node.range[0]);
  else repeatRows(state.rows, anchored.from, anchored.to, key);
  return anchored.value;
}

function spend(node: Alias.Parsed, cost: number, state: Conversion): void {
  const { limits, fileSpent, spent } = state;
  fileSpent.aliasNodes += cost;
  if (fileSpent.aliasNodes > limits.aliasNodes || spent.aliasNodes + cost > limits.totalAliasNodes) {
    const help = 'write the values out, or repeat less';
    refuse(state, 'alias-bomb', node.range, 'aliases stand for too many values', help);
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
