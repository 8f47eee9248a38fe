import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Resource } from '../../object/resource.ts';
import { isMapping, type Mapping } from '../../source/value.ts';
import { type CelType, dyn, listOf, mapOf } from './cel-type.ts';
import { type ExpressionContext, typeOfExpression } from './check-expression.ts';
import { type ExpressionProblem, isExpressionProblem } from './expression.ts';
import { expressionFinding } from './expression-finding.ts';
import { type CompiledPolicy, expressionsOfPolicy, type PolicyExpression } from './policy.ts';
import { admissionNames } from './request-type.ts';

export const invalidPolicy = 'invalid-policy';

/** What the API server refuses a policy for: objects and parameters are dynamic to it, the rest is typed. */
export function policyProblems(
  policy: CompiledPolicy,
  resource: Resource,
  kubernetesVersion: string | undefined,
): Diagnostic[] {
  const { name, failurePolicy } = policy;
  const kubernetesMinor = Number(kubernetesVersion?.split('.')[1] ?? Number.POSITIVE_INFINITY);
  const problems = checkPolicy(policy, { kubernetesMinor });
  const fate =
    failurePolicy === 'Ignore'
      ? 'failurePolicy: Ignore lets every object pass'
      : 'failurePolicy: Fail refuses every object that it matches';
  return problems.map(({ expression, problem }) =>
    expressionFinding(resource, expression, problem, {
      rule: invalidPolicy,
      severity: 'error',
      message: `policy ${name} does not compile: ${problem.problem}`,
      help: `${correction(problem)}: the API server refuses the policy; if an older one accepted it, ${fate}.`,
      unchecked: `nothing was checked by policy ${name}`,
    }),
  );
}

/** What to do about a problem. */
export function correction({ meant }: ExpressionProblem): string {
  return meant === undefined ? 'Correct the expression' : `Write ${meant}`;
}

/** An expression of a policy that does not compile. */
export interface PolicyProblem {
  readonly expression: PolicyExpression;
  readonly problem: ExpressionProblem;
}

/** Against what a policy's expressions are checked; what has no type is dynamic. */
export interface CheckTarget {
  readonly object?: CelType;
  readonly params?: CelType;
  readonly kubernetesMinor?: number;
}

interface Checked extends CheckTarget {
  readonly problems: readonly PolicyProblem[];
}

const checked = new WeakMap<Mapping, Checked[]>();

/**
 * Compiles the expressions of a policy in their order; a variable is known to those after it, by its type. What overlays
 * make of a policy has the same spec, mostly, which is checked once.
 */
export function checkPolicy(policy: CompiledPolicy, target: CheckTarget): readonly PolicyProblem[] {
  const { spec } = policy.object;
  const known = isMapping(spec) ? (checked.get(spec) ?? []) : [];
  const same = known.find(
    ({ object, params, kubernetesMinor }) =>
      object === target.object && params === target.params && kubernetesMinor === target.kubernetesMinor,
  );
  if (same !== undefined) return same.problems;
  const problems = problemsOf(policy, target);
  if (isMapping(spec)) checked.set(spec, [...known, { ...target, problems }]);
  return problems;
}

function problemsOf(policy: CompiledPolicy, { kubernetesMinor, ...types }: CheckTarget): PolicyProblem[] {
  const context = {
    names: admissionNames({ hasParams: policy.usesParams, ...types }),
    ...(kubernetesMinor === undefined ? {} : { kubernetesMinor }),
  };
  const variables = new Map<string, CelType>();
  const names = new Map([...policy.variables].map(([name, expression]) => [expression, name]));
  return expressionsOfPolicy(policy).flatMap((expression) => {
    // The API server checks conditions before there are variables.
    const isCondition = expression.path[1] === 'matchConditions';
    const hasVariables = policy.variables.size > 0 && !isCondition;
    const type = typeOf(expression, { ...context, ...(hasVariables ? { variables } : {}) });
    const name = names.get(expression);
    if (name !== undefined) variables.set(name, 'problem' in type ? dyn : storedType(type));
    return 'problem' in type ? [{ expression, problem: type }] : [];
  });
}

function typeOf(
  expression: PolicyExpression,
  context: Omit<ExpressionContext, 'result'>,
): CelType | ExpressionProblem {
  if (expression.text === '') return { problem: 'the expression is empty', offset: 0 };
  const parsed = expression.parse();
  if (isExpressionProblem(parsed)) return parsed;
  // What a message says must not hang on rights.
  const names =
    expression.path.at(-1) === 'messageExpression' ? withoutAuthorizer(context.names) : context.names;
  return typeOfExpression(parsed, { ...context, names, result: resultOf(expression) });
}

function withoutAuthorizer(names: ReadonlyMap<string, CelType>): ReadonlyMap<string, CelType> {
  return new Map([...names].filter(([name]) => !name.startsWith('authorizer')));
}

function resultOf({ path }: PolicyExpression): ExpressionContext['result'] {
  if (path[1] === 'variables') return 'any';
  if (path[1] === 'auditAnnotations') return 'string or null';
  if (path[1] === 'mutations') return path.includes('jsonPatch') ? 'list(JSONPatch)' : 'Object';
  return path.at(-1) === 'expression' ? 'bool' : 'string';
}

const kept = new Set([
  'bool',
  'bytes',
  'double',
  'duration',
  'int',
  'null_type',
  'string',
  'timestamp',
  'uint',
]);

/** What the server remembers of a variable's type: objects, optionals and the like are dynamic afterwards. */
function storedType(type: CelType): CelType {
  if (kept.has(type.name)) return type;
  if (type.name === 'list') return listOf(storedType(type.of[0] ?? dyn));
  if (type.name === 'map') return mapOf(storedType(type.of[0] ?? dyn), storedType(type.of[1] ?? dyn));
  return dyn;
}
