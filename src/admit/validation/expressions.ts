import { compileExpression, type ExpressionContext } from '../policy/check-expression.ts';
import { correction } from '../policy/check-policy.ts';
import type { Checker } from '../policy/checker.ts';
import { isExpressionProblem, parseExpression } from '../policy/expression.ts';
import type { Node } from '../policy/node.ts';
import { type At, type Check, invalid } from './check.ts';

/** An expression that compiles, with the types of its parts. */
export interface CompiledExpression {
  readonly node: Node;
  readonly checker: Checker;
}

/** Reports a CEL expression that does not compile, or that gives something else than it should. */
export function validateExpression(
  expression: string,
  check: Check,
  at: At,
  context: ExpressionContext,
): CompiledExpression | undefined {
  const node = parseExpression(expression);
  const compiled = isExpressionProblem(node) ? node : compileExpression(node, context);
  if (!('problem' in compiled)) return { node: node as Node, checker: compiled.checker };
  invalid(check, at, expression, `does not compile: ${compiled.problem}`, correction(compiled));
  return undefined;
}
