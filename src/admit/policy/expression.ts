import { CheckError } from './check-error.ts';
import type { Node } from './node.ts';
import { parseCel } from './parse-cel.ts';

/** Why an expression does not compile, with the offset inside it. */
export interface ExpressionProblem {
  readonly problem: string;
  readonly offset: number;
  /** What was probably meant in its place. */
  readonly meant?: string;
}

/** Parses one CEL expression. */
export function parseExpression(text: string): Node | ExpressionProblem {
  try {
    return parseCel(text);
  } catch (error) {
    if (error instanceof CheckError) return problemOf(error);
    if (error instanceof RangeError) return { problem: 'the expression is nested too deeply', offset: 0 };
    throw error;
  }
}

export function isExpressionProblem(value: object): value is ExpressionProblem {
  return 'problem' in value;
}

/** The problem behind an error of the parser or the checker. */
export function problemOf({ message, offset, meant }: CheckError): ExpressionProblem {
  return { problem: message, offset, ...(meant === undefined ? {} : { meant }) };
}
