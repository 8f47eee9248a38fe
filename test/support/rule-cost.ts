import { declaredSize } from '../../src/admit/cost/declared-size.ts';
import { highestCost } from '../../src/admit/cost/rule-cost.ts';
import { compileExpression } from '../../src/admit/policy/check-expression.ts';
import { isExpressionProblem, parseExpression } from '../../src/admit/policy/expression.ts';
import { customType } from '../../src/admit/policy/schema-type.ts';
import { wholeSchema } from '../../src/schema/custom-kind.ts';
import { mappingOf } from './mapping-of.ts';

/** Rules on values of a schema, as a version of Kubernetes checks and estimates them. */
export function costOfRules(
  json: unknown,
  isResource = false,
  kubernetesMinor = 36,
): (rule: string) => number {
  const schema = wholeSchema(mappingOf(json));
  const self = schema === undefined ? undefined : customType(schema, 'rule', isResource);
  const size = schema === undefined ? undefined : declaredSize(schema, isResource);
  return (rule) => {
    const node = parseExpression(rule);
    if (isExpressionProblem(node) || self === undefined || size === undefined) throw new Error(rule);
    const names = new Map([
      ['self', self],
      ['oldSelf', self],
    ]);
    const compiled = compileExpression(node, { names, result: 'bool', kubernetesMinor });
    if ('problem' in compiled) throw new Error(compiled.problem);
    return highestCost(node, compiled.checker, size);
  };
}
