import type { MappingNode, Node, Pair } from './node.ts';

/** Whether a key is `<<` as it is merged. */
export function isMergePair({ key }: Pair): boolean {
  if (key.kind !== 'scalar' || key.text !== '<<' || key.style !== 'plain') return false;
  return key.tag === undefined || key.tag === '!' || key.tag === mergeTag;
}

export const mergeTag = 'tag:yaml.org,2002:merge';

/**
 * Whether the maps that a list of a `<<` brings are read differently because one of them has a `<<` itself: kustomize merges the keys that
 * stand in them first, and of the `<<` in them the first one alone (mergeAll of kyaml 0.21, yaml/rnode.go). What the mapping sets itself
 * does not matter. `spend` counts the keys that are looked at.
 */
export function isReadOtherwise(
  own: readonly Pair[],
  sources: readonly MappingNode[],
  spend: (keys: number) => void,
): boolean {
  const first = sources.find(({ pairs }) => pairs.some(isMergePair));
  if (sources.length < 2 || first === undefined) return false;
  const set = new Set(own.map(({ key }) => (key.kind === 'scalar' ? key.text : undefined)));
  const values = new Map<string, Node>();
  for (const source of sources) takeAll(source, values, spend);
  const others = new Map<string, Node>();
  for (const source of sources) takeOwn(source, others);
  for (const source of mergedInto(first)) takeAll(source, others, spend);
  return [...values].some(([name, value]) => !set.has(name) && !isSame(others.get(name), value));
}

/** Adds the values of the keys of a mapping, and of what it merges, that are not there yet. */
function takeAll(root: MappingNode, values: Map<string, Node>, spend: (keys: number) => void): void {
  const seen = new Set<MappingNode>();
  const pending = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    spend(node.pairs.length);
    takeOwn(node, values);
    pending.push(...mergedInto(node).toReversed());
  }
}

function takeOwn({ pairs }: MappingNode, values: Map<string, Node>): void {
  for (const pair of pairs) {
    const { key, value } = pair;
    if (key.kind === 'scalar' && !isMergePair(pair) && !values.has(key.text)) values.set(key.text, value);
  }
}

function mergedInto({ pairs }: MappingNode): readonly MappingNode[] {
  const merge = pairs.find(isMergePair);
  const source = merge === undefined ? undefined : resolved(merge.value);
  if (source?.kind === 'sequence') return source.items.map(resolved).filter((one) => one.kind === 'mapping');
  return source?.kind === 'mapping' ? [source] : [];
}

function isSame(one: Node | undefined, other: Node): boolean {
  if (one === other) return true;
  if (one?.kind !== 'scalar' || other.kind !== 'scalar') return false;
  const isStyleAlike = (one.style === 'plain') === (other.style === 'plain');
  return one.text === other.text && one.tag === other.tag && isStyleAlike;
}

function resolved(node: Node): Node {
  return node.kind === 'alias' ? resolved(node.target) : node;
}
