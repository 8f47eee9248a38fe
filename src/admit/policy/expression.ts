import { Environment } from '@marcbachmann/cel-js';

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
}

// The parser itself only needs to know that optionals exist; macros that it expands keep their call form beside the expansion.
const limits = {
  maxAstNodes: 10_000,
  maxDepth: 200,
  maxListElements: 5000,
  maxMapEntries: 5000,
  maxCallArguments: 32,
};
let parser: Environment | undefined;

/** Parses one CEL expression. */
export function parseExpression(text: string): Node | ExpressionProblem {
  parser ??= new Environment({ enableOptionalTypes: true, unlistedVariablesAreDyn: true, limits });
  try {
    return parser.parse(text).ast as Node;
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
