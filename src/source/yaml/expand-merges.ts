import { resolveTagged } from '../tagged-scalar.ts';
import { isMergePair, isReadOtherwise } from './nested-merges.ts';
import { type AliasNode, emptyAt, type MappingNode, type Node, type Pair } from './node.ts';

/** What an expansion may not do, and what it has to tell. */
export interface Expansion {
  /** Counts what an alias is expanded to; throws where that is too much. */
  readonly spend: (at: Node, nodes: number) => void;
  readonly refuseCircle: (alias: AliasNode) => never;
  readonly refuseDepth: (alias: AliasNode, depth: number) => never;
  readonly refuseMerge: (value: Node) => never;
  readonly reportRepeated: (first: Node, second: Node) => void;
  readonly reportNested: (key: Node) => void;
}

interface State extends Expansion {
  /** Anchored nodes that are being expanded for an alias, and how many merges were taken out before. */
  readonly open: Map<Node, number>;
  /** How many merges were taken out. */
  taken: number;
  /** How many pairs of a mapping are gone through, while it is. */
  readonly walked: Map<Node, number>;
  /** How many mappings stand around the node at hand. */
  depth: number;
}

// Twice what may be nested as it is written.
const deepest = 200;

/** Whether a `<<` stands somewhere in a document. */
export function holdsMerge(node: Node): boolean {
  if (node.kind === 'sequence') return node.items.some(holdsMerge);
  if (node.kind !== 'mapping') return false;
  return node.pairs.some((pair) => isMergePair(pair) || holdsMerge(pair.key) || holdsMerge(pair.value));
}

/**
 * Expands aliases and merges as kustomize does before it decodes anything (deAnchor of kyaml 0.21, yaml/rnode.go): a `<<` within a merge is
 * then a key of the mapping it is merged into, and left to what decodes that. What an alias stands for is expanded once more at each alias,
 * in place, as there.
 */
export function expandMerges(root: Node, expansion: Expansion): void {
  expand(root, true, { ...expansion, open: new Map(), taken: 0, walked: new Map(), depth: 0 });
}

/** `isShared` says that aliases may stand for the node, so that what it holds is copied before it is changed. */
function expand(node: Node, isShared: boolean, state: State): Node {
  if (node.kind === 'alias') return expandAlias(node, state);
  if (node.kind === 'sequence')
    for (const [index, item] of node.items.entries()) node.items[index] = expand(item, isShared, state);
  if (node.kind === 'mapping') expandMapping(node, isShared, state);
  return node;
}

function expandAlias(node: AliasNode, state: State): AliasNode {
  const { target } = node;
  if (node.isExpanded === true) {
    expand(target, false, state);
    return node;
  }
  const before = state.open.get(target);
  // It ends if there are fewer merges each time.
  if (before === state.taken) state.refuseCircle(node);
  checkDepth(node, state);
  if (before !== undefined) state.spend(node, sizeOf(target));
  state.open.set(target, state.taken);
  expand(target, true, state);
  if (before === undefined) state.open.delete(target);
  else state.open.set(target, before);
  // kustomize crashes where a mapping gets shorter while it is gone through.
  if (target.kind === 'mapping' && target.pairs.length < (state.walked.get(target) ?? 0))
    state.refuseCircle(node);
  state.spend(node, sizeOf(target));
  return { ...node, target: copyNode(target), isExpanded: true };
}

/** What merges itself is nested ever more deeply. */
function checkDepth(alias: AliasNode, { depth, refuseCircle, refuseDepth }: State): void {
  if (depth <= deepest) return;
  const { start, end } = alias.target;
  if (start < alias.start && alias.start < end) refuseCircle(alias);
  refuseDepth(alias, deepest);
}

function expandMapping(node: MappingNode, isShared: boolean, state: State): void {
  const sources = takeSources(node, state);
  const own = withoutLost(node.pairs);
  replacePairs(node, isShared ? own.map(copyPair) : own);
  if (sources.length > 0) mergeAll(node, sources);
  state.depth += 1;
  expandPairs(node, state);
  state.depth -= 1;
}

/** An alias of the mapping within it merges what is left of its merges, so that the pairs are others before this ends. */
function expandPairs(node: MappingNode, state: State): void {
  const { pairs } = node;
  const { length } = pairs;
  const outer = state.walked.get(node);
  state.walked.set(node, length);
  for (const [index, pair] of pairs.entries()) {
    if (index === length) break;
    const key = expand(pair.key, false, state);
    const value = expand(pair.value, false, state);
    if (pairs[index] === pair) pairs[index] = { key, value };
  }
  if (outer === undefined) state.walked.delete(node);
  else state.walked.set(node, outer);
}

/** Without the keys that have no text and are lost to a key of null behind them, as both have no name for kustomize. */
export function withoutLost(pairs: readonly Pair[]): readonly Pair[] {
  const last = pairs.findLastIndex(({ key }) => isPlainNull(key));
  return last < 1 ? [...pairs] : pairs.filter(({ key }, index) => index >= last || textOf(key) !== '');
}

/** The maps behind `<<`, the last one of a list first, which those before it overwrite. */
function takeSources(node: MappingNode, state: State): readonly MappingNode[] {
  const [merge, ...others] = node.pairs.filter(isMergePair);
  emptyOther(node);
  if (merge === undefined) return [];
  state.taken += 1;
  for (const other of others) state.reportRepeated(merge.key, other.key);
  const sources = sourcesOf(merge.value, state);
  replacePairs(
    node,
    node.pairs.filter((pair) => !isMergePair(pair)),
  );
  const spend = (keys: number): void => state.spend(merge.key, keys);
  if (isReadOtherwise(node.pairs, sources.toReversed(), spend)) state.reportNested(merge.key);
  return sources;
}

/** The first key with the text of a merge is taken out, also if it is none, and with it what stands there. */
function emptyOther({ pairs }: MappingNode): void {
  const index = pairs.findIndex(({ key }) => key.kind === 'scalar' && key.text === '<<');
  const pair = pairs[index];
  if (pair === undefined || isMergePair(pair)) return;
  pairs[index] = { key: pair.key, value: emptyAt(pair.key.end) };
}

function sourcesOf(value: Node, state: State): readonly MappingNode[] {
  const node = copyBehind(value);
  if (node.kind === 'mapping') {
    reportRepeatedKeys(node, state);
    return [node];
  }
  if (node.kind === 'alias') return [targetOf(node, state)];
  if (node.kind === 'scalar') return state.refuseMerge(value);
  return node.items.toReversed().flatMap((item) => {
    if (copyBehind(item).kind === 'sequence') state.refuseMerge(value);
    return sourcesOf(item, state);
  });
}

function targetOf(alias: AliasNode, state: State): MappingNode {
  const { target } = alias;
  if (target.kind !== 'mapping') return state.refuseMerge(alias);
  checkDepth(alias, state);
  state.spend(alias, sizeOf(target));
  return target;
}

/** What an alias has become, if it is expanded. */
function copyBehind(node: Node): Node {
  return node.kind === 'alias' && node.isExpanded === true ? node.target : node;
}

function reportRepeatedKeys({ pairs }: MappingNode, state: State): void {
  const seen = new Map<string, Node>();
  for (const { key } of pairs) {
    const first = seen.get(textOf(key));
    if (first === undefined) seen.set(textOf(key), key);
    else state.reportRepeated(first, key);
  }
}

/** Adds the keys of the maps, of which the mapping keeps its own; of the same keys of one map the first counts. */
function mergeAll(node: MappingNode, sources: readonly MappingNode[]): void {
  const own = new Set(node.pairs.map(({ key }) => textOf(key)));
  const merged = new Map<string | Pair, Pair>();
  for (const { pairs } of sources)
    for (const [name, pair] of firstOfEach(pairs)) {
      // A key of null has no name to be found by, and is added whatever is there.
      if (isNull(pair.key)) merged.set(pair, copyPair(pair));
      else if (!own.has(name)) merged.set(name, copyPair(pair));
    }
  replacePairs(node, [...node.pairs, ...merged.values()]);
}

function firstOfEach(pairs: readonly Pair[]): ReadonlyMap<string, Pair> {
  const first = new Map<string, Pair>();
  for (const pair of pairs) if (!first.has(textOf(pair.key))) first.set(textOf(pair.key), pair);
  return first;
}

function isNull(key: Node): boolean {
  return isPlainNull(key) || (key.kind === 'scalar' && key.tag === 'tag:yaml.org,2002:null');
}

function isPlainNull(key: Node): boolean {
  if (key.kind !== 'scalar' || key.style !== 'plain' || key.tag !== undefined || key.text === '')
    return false;
  return resolveTagged(key.text, undefined, true, 'kustomize') === null;
}

/** go-yaml keeps the name of its anchor as the text of an alias. */
function textOf(node: Node): string {
  const key = copyBehind(node);
  if (key.kind === 'alias') return key.name;
  return key.kind === 'scalar' ? key.text : '';
}

function replacePairs({ pairs }: MappingNode, others: readonly Pair[]): void {
  pairs.length = 0;
  for (const pair of others) pairs.push(pair);
}

function copyPair({ key, value }: Pair): Pair {
  return { key: copyNode(key), value: copyNode(value) };
}

function copyNode(node: Node): Node {
  switch (node.kind) {
    case 'scalar':
      return node;
    case 'alias':
      return node.isExpanded === true ? { ...node, target: copyNode(node.target) } : node;
    case 'sequence':
      return { ...node, items: node.items.map(copyNode) };
    case 'mapping':
      return { ...node, pairs: node.pairs.map(copyPair) };
  }
}

function sizeOf(node: Node): number {
  switch (node.kind) {
    case 'scalar':
      return 1 + (node.text.length >> 6);
    case 'alias':
      return node.isExpanded === true ? sizeOf(node.target) : 1;
    case 'sequence':
      return node.items.reduce((size, item) => size + sizeOf(item), 1);
    case 'mapping':
      return node.pairs.reduce((size, { value }) => size + sizeOf(value), 1);
  }
}
