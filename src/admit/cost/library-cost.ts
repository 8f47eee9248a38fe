import type { Node } from '../policy/node.ts';
import {
  type Call,
  type Estimate,
  isText,
  numberOf,
  patternCost,
  perCharacter,
  perPatternCharacter,
} from './call.ts';
import { type Coster, declaredRange, pathOf, sizeIfAny, sizeOf, typeOf } from './coster.ts';
import { exactly, passing, plus, product, type Range, times, unknownSize, unlimited } from './range.ts';
import { replacedSize } from './replaced-size.ts';

// k8s.io/apiserver 0.36 pkg/cel/library/cost.go EstimateCallCost, without what costs one like any other function, and without the
// authorizer, which no rule of a schema has.

export function libraryFunctionCost({ name, args }: Call, coster: Coster): Estimate | undefined {
  const [first] = args as readonly [Node];
  switch (name) {
    case 'cidr':
    case 'ip':
    case 'isCIDR':
    case 'isIP':
    case 'isQuantity':
    case 'isSemver':
    case 'quantity':
    case 'semver':
      return { cost: passing(sizeOf(coster, first), perCharacter) };
    case 'ip.isCanonical':
      return { cost: passing(sizeOf(coster, first), 2 * perCharacter) };
    case 'url': {
      const size = sizeOf(coster, first);
      return { cost: passing(size, perCharacter), size: isNew(coster) ? size : undefined };
    }
    case '==':
      return isNew(coster) ? opaqueEquality(args, coster) : undefined;
  }
  return undefined;
}

/** Before, values of the types of the library were of any size. */
function isNew({ checker }: Coster): boolean {
  return checker.kubernetesMinor >= 32;
}

export function libraryMethodCost(
  { name, overload, args }: Call,
  receiver: Node,
  coster: Coster,
): Estimate | undefined {
  const size = sizeOf(coster, receiver);
  const [first, second] = args.map((arg) => sizeOf(coster, arg)) as [Range, Range];
  switch (name) {
    case 'isSorted':
    case 'sum':
    case 'max':
    case 'min':
    case 'indexOf':
    case 'lastIndexOf':
      return { cost: aggregateCost(receiver, coster) };
    case 'lowerAscii':
    case 'upperAscii':
    case 'substring':
    case 'trim':
      return { cost: passing(size, perCharacter), size };
    case 'replace':
      return { cost: passing(size, 2 * perCharacter), size: replacedSize(size, first, second) };
    case 'split':
      return splitCost(size, args);
    case 'join':
      return joinCost(receiver, args.length === 0 ? exactly(0) : first, coster);
    case 'find':
    case 'findAll':
      return { cost: patternCost(size, first), size: { min: 0, max: size.max } };
    // Of addresses of 4 to 16 bytes: 4 to compare two, 3 to mask one, and what it costs to read a text.
    case 'containsIP':
      return { cost: 4 + (isText(overload.args[0]) ? passing(first, perCharacter) : 0) };
    case 'containsCIDR':
      return { cost: 7 + (isText(overload.args[0]) ? passing(first, perCharacter) : 0) };
    case 'validate':
      return { cost: product(passing(first, perCharacter), 128 * perPatternCharacter) };
  }
  return undefined;
}

function aggregateCost(receiver: Node, coster: Coster): number {
  const size = sizeOf(coster, receiver);
  const [item] = typeOf(coster, receiver).of;
  if (item === undefined) return passing(size, perCharacter);
  const each = isText(item) ? 1 + passing(itemSize(receiver, coster), perCharacter) : 1;
  return product(size.max, each);
}

/** The size of the items of a list, by its schema alone. */
function itemSize(list: Node, coster: Coster): Range {
  return declaredRange(coster, pathOf(coster, list), '@items') ?? unknownSize;
}

function splitCost(size: Range, [, limit]: readonly Node[]): Estimate {
  const max = (limit === undefined ? undefined : numberOf(limit)) ?? size.max;
  return { cost: passing(size, 2 * perCharacter), size: { min: 0, max: max < 0 ? unlimited : max } };
}

function joinCost(receiver: Node, separator: Range, coster: Coster): Estimate {
  const list = sizeOf(coster, receiver);
  const hasItems = typeOf(coster, receiver).of.length > 0;
  const items = hasItems ? times(list, itemSize(receiver, coster)) : exactly(0);
  const between = { min: Math.max(0, list.min - 1), max: Math.max(0, list.max - 1) };
  const size = plus(items, times(separator, between));
  return { cost: passing(size, perCharacter), size };
}

const constantEquality = new Set(['ip', 'cidr', 'quantity', 'semver']);

function opaqueEquality(args: readonly Node[], coster: Coster): Estimate | undefined {
  const [left, right] = args as readonly [Node, Node];
  const { name } = typeOf(coster, left);
  if (name !== typeOf(coster, right).name) return undefined;
  if (constantEquality.has(name)) return { cost: 1 };
  if (name === 'format') return { cost: 7 };
  if (name !== 'url') return undefined;
  return { cost: passing(sizeIfAny(coster, right) ?? exactly(1), perCharacter) };
}
