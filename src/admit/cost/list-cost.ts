import type { CelType } from '../policy/cel-type.ts';
import type { Node } from '../policy/node.ts';
import type { Signature } from '../policy/signatures.ts';
import type { Call, Estimate } from './call.ts';
import { type Coster, sizeOf } from './coster.ts';
import { exactly, passing, type Range, times, unlimited } from './range.ts';

interface SizedEstimate extends Estimate {
  readonly size: Range;
}

/** The libraries of lists and sets of cel-go 0.26, ext/lists.go and ext/sets.go, beside the arguments. */
export function listCost({ name, overload, receiver, args }: Call, coster: Coster): Estimate | undefined {
  const [first, second] = args;
  const size = receiver === undefined ? undefined : sizeOf(coster, receiver);
  switch (name) {
    case 'sets.contains':
    case 'sets.intersects':
    case 'sets.equivalent': {
      if (first === undefined || second === undefined) return undefined;
      const pairs = times(sizeOf(coster, first), sizeOf(coster, second));
      return { cost: passing(pairs, name === 'sets.equivalent' ? 2 : 1) + 1 };
    }
    case 'lists.range':
      return allocation(1, exactly(numberIn(first, unlimited)));
  }
  if (size === undefined) return undefined;
  switch (name) {
    case 'slice':
      return allocation(1, exactly(difference(numberIn(second, size.max), numberIn(first, 0))));
    case 'reverse':
      return allocation(1, size);
    case 'flatten':
      return allocation(first === undefined ? 1 : numberIn(first, unlimited), size);
    case 'distinct':
      return allocation(2, times(size, size));
    case 'sort':
      return sortingEstimate(size, overload === undefined ? [] : [overload]);
    default:
      return undefined;
  }
}

/** By the keys, which are of one type unless their type is not known. */
export function sortingEstimate(count: Range, overloads: readonly Signature[]): SizedEstimate {
  const isOfText = overloads.some(({ receiver }) => isText(receiver?.of[0]));
  return allocation(isOfText ? 2.1 : 2, times(count, count));
}

export function isText(type: CelType | undefined): boolean {
  return type?.name === 'string' || type?.name === 'bytes';
}

/** What no literal says may be as large as it can. */
function numberIn(node: Node | undefined, otherwise: number): number {
  return node?.op === 'value' && typeof node.args === 'bigint' ? Math.max(0, Number(node.args)) : otherwise;
}

/** Of unsigned integers. */
function difference(a: number, b: number): number {
  return a < b ? a - b + unlimited : a - b;
}

function allocation(factor: number, size: Range): SizedEstimate {
  return { cost: passing(size, factor) + 11, size };
}
