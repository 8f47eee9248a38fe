import { ownOf } from '../../source/own.ts';
import type { CelType } from '../policy/cel-type.ts';
import type { Node } from '../policy/node.ts';
import type { Signature } from '../policy/signatures.ts';
import {
  type Coster,
  declaredRange,
  entrySizeOf,
  pathOf,
  setEntrySize,
  sizeOf,
  typeOf,
  unionOfEntries,
} from './coster.ts';
import { exactly, plus, type Range, scaled, sum, times, union, unknownSize, unlimited } from './range.ts';
import { replacedSize } from './replaced-size.ts';

export interface Call {
  readonly node: Node;
  readonly name: string;
  readonly overload: Signature | undefined;
  readonly receiver: Node | undefined;
  readonly args: readonly Node[];
  readonly costs: readonly Range[];
}

/** What a call costs beside its receiver, and how large its result is. */
export interface Estimate {
  readonly cost: Range;
  readonly size?: Range | undefined;
  readonly isIndex?: true;
}

// common/cost.go: what a character costs to read, and one of a pattern to match.
const perCharacter = 0.1;
const perPatternCharacter = 0.25;

const nominal = new Set(
  `serviceAccount path group resource subresource namespace name allowed reason error errored masked prefixLength family isUnspecified isLoopback
isLinkLocalMulticast isLinkLocalUnicast isGlobalUnicast format.named sign asInteger isInteger asApproximateFloat isGreaterThan isLessThan
compareTo add sub major minor patch getScheme getHostname getHost getPort getEscapedPath getQuery`.split(
    /\s/,
  ),
);
const reading = new Set(['cidr', 'isIP', 'isCIDR', 'ip', 'quantity', 'isQuantity', 'semver', 'isSemver']);
const aggregating = new Set(['isSorted', 'sum', 'max', 'min', 'indexOf', 'lastIndexOf']);

export function costOfCall(call: Call, coster: Coster): Estimate {
  const own = ownCost(call, coster);
  if (own === undefined) return operatorCost(call, coster);
  return { cost: plus(own.cost, sum(call.costs)), size: own.size };
}

/** k8s.io/apiserver 0.36 pkg/cel/library/cost.go EstimateCallCost, and the libraries of cel-go that bring estimates; without the arguments. */
function ownCost({ name, overload, receiver, args }: Call, coster: Coster): Estimate | undefined {
  const [first, second] = args.map((arg) => sizeOf(coster, arg));
  const size = receiver === undefined ? undefined : sizeOf(coster, receiver);
  if (name === 'check') return { cost: exactly(350_000) };
  if (name === 'ip' && receiver !== undefined) return { cost: exactly(1) };
  if (nominal.has(name)) return { cost: exactly(1) };
  if (aggregating.has(name) && receiver !== undefined) return { cost: aggregateCost(receiver, coster) };
  if (reading.has(name) && first !== undefined) return { cost: scaled(first, perCharacter) };
  switch (name) {
    case 'fieldSelector':
    case 'labelSelector':
      return first === undefined ? undefined : { cost: scaled(first, perCharacter) };
    case 'url':
      return first === undefined ? undefined : { cost: scaled(first, perCharacter), size: first };
    case 'lowerAscii':
    case 'upperAscii':
    case 'substring':
    case 'trim':
      return size === undefined ? undefined : { cost: scaled(size, perCharacter), size };
    case 'replace':
      if (size === undefined || first === undefined || second === undefined) return undefined;
      return { cost: scaled(size, 2 * perCharacter), size: replacedSize(size, first, second) };
    case 'split':
      return size === undefined ? undefined : splitCost(size, args[1]);
    case 'join':
      return receiver === undefined ? undefined : joinCost(receiver, first, coster);
    case 'find':
    case 'findAll':
      if (size === undefined || first === undefined) return undefined;
      return { cost: patternCost(size, first), size: { min: 0, max: size.max } };
    case 'ip.isCanonical':
      return first === undefined ? undefined : { cost: scaled(first, 2 * perCharacter) };
    case 'containsIP':
    case 'containsCIDR':
      return first === undefined ? undefined : { cost: containmentCost(name, overload, first) };
    case 'validate':
      return first === undefined
        ? undefined
        : { cost: scaled(scaled(first, perCharacter), 128 * perPatternCharacter) };
    case '==':
      return opaqueEquality(args, coster);
    default:
      return listLibraryCost(name, size, args, coster);
  }
}

function aggregateCost(receiver: Node, coster: Coster): Range {
  const size = sizeOf(coster, receiver);
  const { of } = typeOf(coster, receiver);
  const [item] = of;
  if (item === undefined) return scaled(size, perCharacter);
  const isText = item.name === 'string' || item.name === 'bytes';
  const each = isText ? plus(exactly(1), scaled(itemSize(receiver, coster), perCharacter)) : exactly(1);
  return times(size, each);
}

/** The size of the items of a list, by its schema alone. */
function itemSize(list: Node, coster: Coster): Range {
  const path = pathOf(coster, list);
  return (path.length === 0 ? undefined : declaredRange(coster, [...path, '@items'])) ?? unknownSize;
}

function splitCost(size: Range, limit: Node | undefined): Estimate {
  const max = limit?.op === 'value' && typeof limit.args === 'bigint' ? Number(limit.args) : size.max;
  return {
    cost: scaled(size, 2 * perCharacter),
    size: { min: 0, max: max < 0 ? unlimited : max },
  };
}

function joinCost(receiver: Node, separator: Range | undefined, coster: Coster): Estimate {
  const list = sizeOf(coster, receiver);
  const hasItems = typeOf(coster, receiver).of.length > 0;
  const items = hasItems ? times(list, itemSize(receiver, coster)) : exactly(0);
  const between = { min: Math.max(0, list.min - 1), max: Math.max(0, list.max - 1) };
  const size = separator === undefined ? items : plus(items, times(separator, between));
  return { cost: scaled(size, perCharacter), size };
}

/** One more character than there are, so that an empty text does not make the pattern cheap. */
function patternCost(text: Range, pattern: Range): Range {
  return times(scaled(plus(text, exactly(1)), perCharacter), scaled(pattern, perPatternCharacter));
}

function containmentCost(name: string, overload: Signature | undefined, argument: Range): Range {
  const address = { min: 4, max: 16 };
  const compared = scaled(plus(address, address), perCharacter);
  const masked =
    name === 'containsCIDR' ? plus(compared, plus(scaled(address, perCharacter), exactly(1))) : compared;
  return overload?.args[0]?.name === 'string' ? plus(masked, scaled(argument, perCharacter)) : masked;
}

const constantEquality = new Set([
  'ip',
  'cidr',
  'quantity',
  'semver',
  'authorizer',
  'pathCheck',
  'groupCheck',
  'resourceCheck',
  'decision',
]);

function opaqueEquality(args: readonly Node[], coster: Coster): Estimate | undefined {
  const [a, b] = args.map((arg) => typeOf(coster, arg)) as [CelType, CelType];
  if (a.name !== b.name) return undefined;
  if (constantEquality.has(a.name)) return { cost: exactly(1) };
  if (a.name === 'format') return { cost: scaled({ min: 1, max: 64 }, perCharacter) };
  if (a.name !== 'url') return undefined;
  const size = args[1] === undefined ? unknownSize : sizeOf(coster, args[1]);
  return { cost: scaled({ min: 1, max: size === unknownSize ? 1 : size.max }, perCharacter) };
}

function listLibraryCost(
  name: string,
  size: Range | undefined,
  args: readonly Node[],
  coster: Coster,
): Estimate | undefined {
  const [first, second] = args;
  switch (name) {
    case 'sets.contains':
    case 'sets.intersects':
    case 'sets.equivalent': {
      if (first === undefined || second === undefined) return undefined;
      const pairs = times(sizeOf(coster, first), sizeOf(coster, second));
      return { cost: plus(scaled(pairs, name === 'sets.equivalent' ? 2 : 1), exactly(1)) };
    }
    case 'slice': {
      if (size === undefined) return undefined;
      const end = integer(second, size.max);
      return allocation(1, exactly(Math.max(0, end - integer(first, 0))));
    }
    case 'lists.range':
      return allocation(1, exactly(integer(first, unlimited)));
    case 'reverse':
      return size === undefined ? undefined : allocation(1, size);
    case 'flatten':
      return size === undefined
        ? undefined
        : allocation(first === undefined ? 1 : integer(first, unlimited), size);
    case 'distinct':
      return size === undefined ? undefined : allocation(2, times(size, size));
    case 'sort':
      return size === undefined ? undefined : allocation(2 + perCharacter, times(size, size));
    default:
      return undefined;
  }
}

function integer(node: Node | undefined, fallback: number): number {
  return node?.op === 'value' && typeof node.args === 'bigint' ? Number(node.args) : fallback;
}

function allocation(factor: number, size: Range): Estimate {
  return { cost: plus(scaled(size, factor), exactly(11)), size };
}

const textTypes = new Set(['string', 'bytes']);

/** checker/cost.go functionCost: what cel-go knows of its own functions, the arguments included. */
function operatorCost(call: Call, coster: Coster): Estimate {
  const { name, overload, receiver, args, costs } = call;
  const all = sum(costs);
  const [first, second] = args;
  const size = (node: Node | undefined): Range => (node === undefined ? exactly(0) : sizeOf(coster, node));
  const together = (cost: Range, result?: Range): Estimate => ({ cost: plus(cost, all), size: result });
  switch (name) {
    case 'format':
      return together(scaled(size(receiver), perCharacter));
    case 'bytes':
      if (overload?.args[0]?.name !== 'string') break;
      return together(scaled(size(first), perCharacter), { min: size(first).min, max: size(first).max * 4 });
    case 'string':
      if (overload?.args[0]?.name !== 'bytes') break;
      return together(scaled(size(first), perCharacter), {
        min: Math.floor(size(first).min / 4),
        max: size(first).max,
      });
    case 'strings.quote':
      return together(scaled(size(first), perCharacter), {
        min: size(first).min + 2,
        max: size(first).max * 2 + 2,
      });
    case 'startsWith':
    case 'endsWith':
      return together(scaled(size(first), perCharacter));
    case 'in':
      if (overload?.args[1]?.name !== 'list') break;
      return together(size(second));
    case 'matches':
      if (receiver === undefined) break;
      return together(patternCost(size(receiver), size(first)));
    case 'contains':
      return together(times(scaled(size(receiver), perCharacter), scaled(size(first), perCharacter)));
    case '||':
    case '&&':
      return shortCircuit(costs);
    case '?:':
      return conditional(call, coster);
    case '+':
      return addition(call, coster);
    case '[]':
      return indexing(call, coster);
    case '==':
    case '!=':
      return together(comparison(size(first), size(second)));
    case '<':
    case '<=':
    case '>':
    case '>=':
      if (!textTypes.has(overload?.args[0]?.name ?? '')) break;
      return together(comparison(size(first), size(second)));
  }
  return together(exactly(1));
}

function shortCircuit([left = exactly(0), right = exactly(0)]: readonly Range[]): Estimate {
  return { cost: { min: left.min, max: plus(left, right).max } };
}

/** Equality of two scalars costs one. */
function comparison(a: Range, b: Range): Range {
  const max = Math.min(a.max, b.max);
  return scaled({ min: max > 0 ? 1 : 0, max }, perCharacter);
}

function conditional({ node, args, costs }: Call, coster: Coster): Estimate {
  const [, yes, no] = args as readonly [Node, Node, Node];
  const [test, ofYes, ofNo] = costs as readonly [Range, Range, Range];
  setEntrySize(coster, node, unionOfEntries(entrySizeOf(coster, yes), entrySizeOf(coster, no)));
  return { cost: plus(test, union(ofYes, ofNo)), size: union(sizeOf(coster, yes), sizeOf(coster, no)) };
}

function addition({ node, overload, args, costs }: Call, coster: Coster): Estimate {
  const [left, right] = args as readonly [Node, Node];
  const type = overload?.args[0]?.name ?? '';
  const all = sum(costs);
  if (type !== 'list' && !textTypes.has(type)) return { cost: plus(exactly(1), all) };
  const size = plus(sizeOf(coster, left), sizeOf(coster, right));
  setEntrySize(coster, node, unionOfEntries(entrySizeOf(coster, left), entrySizeOf(coster, right)));
  return { cost: plus(type === 'list' ? exactly(1) : scaled(size, perCharacter), all), size };
}

/** An item of a list or a map has a place of its own; one of an optional has none. */
function indexing({ node, overload, args, costs }: Call, coster: Coster): Estimate {
  const cost = plus(exactly(1), sum(costs));
  const [range] = args as readonly [Node];
  const step = ownOf({ list: '@items', map: '@values' }, overload?.args[0]?.name ?? '');
  if (step === undefined) return { cost };
  coster.paths.set(node, [...pathOf(coster, range), step]);
  return { cost, size: entrySizeOf(coster, range)?.value, isIndex: true };
}
