import type { CelType } from '../policy/cel-type.ts';
import type { Node } from '../policy/node.ts';
import type { Signature } from '../policy/signatures.ts';
import { type Call, type Estimate, isText, numberOf } from './call.ts';
import { type Coster, sizeOf } from './coster.ts';
import { exactly, passing, type Range, times, unlimited } from './range.ts';

interface SizedEstimate extends Estimate {
  readonly size: Range;
}

/** The libraries of lists and sets of cel-go 0.26, ext/lists.go and ext/sets.go. */
export function listFunctionCost({ name, args }: Call, coster: Coster): Estimate | undefined {
  const [first, second] = args as readonly [Node, Node];
  switch (name) {
    case 'sets.contains':
    case 'sets.intersects':
      return { cost: times(sizeOf(coster, first), sizeOf(coster, second)).max + 1 };
    case 'sets.equivalent':
      return { cost: passing(times(sizeOf(coster, first), sizeOf(coster, second)), 2) + 1 };
    case 'lists.range':
      return allocation(1, exactly(countIn(first, unlimited)));
  }
  return undefined;
}

export function listMethodCost({ name, overload, args }: Call, size: Range): Estimate | undefined {
  const [first, second] = args as readonly [Node, Node];
  switch (name) {
    case 'slice':
      return allocation(1, exactly(difference(countIn(second, size.max), countIn(first, 0))));
    case 'reverse':
    case 'flatten':
      return allocation(args.length === 0 ? 1 : countIn(first, unlimited), size);
    case 'distinct':
    case 'sort':
      return sortingEstimate(size, [overload]);
  }
  return undefined;
}

/** By the keys, which are of one type unless their type is not known. */
export function sortingEstimate(count: Range, overloads: readonly Signature[]): SizedEstimate {
  const isOfText = overloads.some(({ receiver }) => isText((receiver as CelType).of[0]));
  return allocation(isOfText ? 2.1 : 2, times(count, count));
}

/** What no literal says may be as large as it can. */
function countIn(node: Node, otherwise: number): number {
  return Math.max(0, numberOf(node) ?? otherwise);
}

/** Of unsigned integers, which wrap around. */
function difference(a: number, b: number): number {
  return a < b ? unlimited : a - b;
}

function allocation(factor: number, size: Range): SizedEstimate {
  return { cost: passing(size, factor) + 11, size };
}
