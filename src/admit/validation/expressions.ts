import { checkExpression, type ExpressionContext } from '../policy/check-expression.ts';
import { correction } from '../policy/check-policy.ts';
import { isExpressionProblem, parseExpression } from '../policy/expression.ts';
import { type At, type Check, invalid } from './check.ts';

/** Reports a CEL expression that does not compile, or that gives something else than it should. */
export function validateExpression(
  expression: string,
  check: Check,
  at: At,
  context: ExpressionContext,
): void {
  const node = parseExpression(expression);
  const problem = isExpressionProblem(node) ? node : checkExpression(node, context);
  if (problem !== undefined)
    invalid(check, at, expression, `does not compile: ${problem.problem}`, correction(problem));
}
