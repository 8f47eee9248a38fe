import { CelError } from '../../../src/admit/policy/cel-error.ts';
import { checkExpression } from '../../../src/admit/policy/check-expression.ts';
import { compileNode } from '../../../src/admit/policy/compile-expression.ts';
import { isExpressionProblem, parseExpression } from '../../../src/admit/policy/expression.ts';
import { admissionNames } from '../../../src/admit/policy/request-type.ts';
import { rootScope } from '../../../src/admit/policy/scope.ts';
import { mappingOf } from '../../support/values.ts';
import { textsOf } from './numbers.ts';

const object = mappingOf({
  spec: { replicas: 3, ratio: 0.5, names: ['a', 'b'], nested: [{ x: 1 }, {}], a: null },
});
const context = { names: admissionNames({ hasParams: false }), result: 'any' } as const;

/** Expressions of policies: checked, and evaluated within the cost that the API server grants. */
export function fuzz(data: Uint8Array): void {
  const [text = ''] = textsOf(data);
  const node = parseExpression(text);
  if (isExpressionProblem(node)) return;
  checkExpression(node, context);
  const resolve = (name: string) => (name === 'object' ? object : undefined);
  try {
    compileNode(node)(rootScope({ resolve, variable: () => undefined, spent: 0, limit: 20_000 }));
  } catch (error) {
    if (!(error instanceof CelError)) throw error;
  }
}
