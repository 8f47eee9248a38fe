import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { ownOf } from '../../source/own.ts';
import { isMapping, itemsAt, type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { bool, dyn, formatType } from './cel-type.ts';
import { typeOfExpression } from './check-expression.ts';
import { type ExpressionProblem, isExpressionProblem, parseExpression } from './expression.ts';
import { expressionFinding } from './expression-finding.ts';

const kinds: Readonly<Record<string, string>> = {
  Kustomization: 'kustomize.toolkit.fluxcd.io',
  HelmRelease: 'helm.toolkit.fluxcd.io',
  ResourceSet: 'fluxcd.controlplane.io',
};
const statuses = ['current', 'failed', 'inProgress'] as const;

/**
 * Expressions of Flux that its controllers refuse, after which the object stalls: those for health are parsed, and `readyExpr` is
 * compiled for `self` and `dep`, of which nothing more is known (fluxcd/pkg/runtime/cel of Flux 2.9); a ResourceSet's is parsed.
 */
export function fluxExpressionFindings(resource: Resource): Diagnostic[] {
  const { group, kind } = groupVersionKind(resource.object);
  if (ownOf(kinds, kind) !== group) return [];
  const isCompiled = kind !== 'ResourceSet';
  return [
    ...pathsOf(resource, 'dependsOn', ['readyExpr']).flatMap((path) => judge(resource, path, isCompiled)),
    ...pathsOf(resource, 'healthCheckExprs', statuses).flatMap((path) => judge(resource, path, false)),
  ];
}

function pathsOf({ object }: Resource, list: string, fields: readonly string[]): Path[] {
  return itemsAt(object, ['spec', list]).flatMap((item, index) =>
    isMapping(item) ? fields.map((field) => ['spec', list, index, field]) : [],
  );
}

function judge(resource: Resource, path: Path, isCompiled: boolean): Diagnostic[] {
  const text = valueAt(resource.object, path);
  // A template is filled in before anybody reads it, and this knows no encoders.
  if (typeof text !== 'string' || text === '' || /\$\{|<<|\bbase64\./u.test(text)) return [];
  const problem = problemOf(text, isCompiled);
  if (problem === undefined) return [];
  const kind = valueText(resource.object['kind']);
  return [
    expressionFinding(resource, { path, text }, problem, {
      rule: 'flux-expression-invalid',
      severity: 'error',
      message: `Flux cannot use this expression, and the ${kind} stalls: ${problem.problem}`,
      help: problem.meant === undefined ? 'correct the expression' : `write ${problem.meant}`,
    }),
  ];
}

const names = new Map([
  ['self', dyn],
  ['dep', dyn],
]);

function problemOf(text: string, isCompiled: boolean): ExpressionProblem | undefined {
  const node = parseExpression(text);
  if (isExpressionProblem(node)) return node;
  if (!isCompiled) return undefined;
  const type = typeOfExpression(node, { names, result: 'any' });
  if ('problem' in type) return type;
  return type.name === bool.name
    ? undefined
    : { problem: `it evaluates to ${formatType(type)}, but must evaluate to a boolean`, offset: 0 };
}
