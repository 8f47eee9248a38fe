import type { CelType } from '../policy/cel-type.ts';
import type { Node } from '../policy/node.ts';
import type { Signature } from '../policy/signatures.ts';
import { exactly, passing, plus, product, type Range } from './range.ts';

export interface Call {
  readonly node: Node;
  readonly name: string;
  readonly overload: Signature;
  readonly receiver: Node | undefined;
  readonly args: readonly Node[];
}

/** What a call costs at most beside its receiver and its arguments, and how large its result is. */
export interface Estimate {
  readonly cost: number;
  readonly size?: Range | undefined;
}

// cel-go 0.26 common/cost.go: what a character costs to read, and one of a pattern to match.
export const perCharacter = 0.1;
export const perPatternCharacter = 0.25;

/** One more character than there are, so that an empty text does not make the pattern cheap. */
export function patternCost(text: Range, pattern: Range): number {
  return product(passing(plus(text, exactly(1)), perCharacter), passing(pattern, perPatternCharacter));
}

export function isText(type: CelType | undefined): boolean {
  return type?.name === 'string' || type?.name === 'bytes';
}

/** The number that a literal stands for; nothing else has one as it is written. */
export function numberOf({ args }: Node): number | undefined {
  return typeof args === 'bigint' ? Number(args) : undefined;
}
