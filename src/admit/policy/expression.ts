// Loaded when called: `admit` and `render` meet few expressions.
import { parseCel } from './cel-parser.ts';

/** A node of a parsed expression, as `@marcbachmann/cel-js` 8.0.0 makes them; macros are left as the calls they were. */
export interface Node {
  readonly op: string;
  readonly args: unknown;
  readonly start: number;
  readonly end: number;
}

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
    return parseCel(text) as Node;
  } catch (error) {
    return problemOf(error);
  }
}

export function isExpressionProblem(value: object): value is ExpressionProblem {
  return 'problem' in value;
}

/** The problem behind an error that the parser or the type checker threw. */
export function problemOf(error: unknown): ExpressionProblem {
  if (!(error instanceof Error)) return { problem: String(error), offset: 0 };
  const { summary, range } = error as { summary?: string; range?: { start: number } };
  return { problem: summary ?? error.message, offset: range?.start ?? 0 };
}
