import { bool, type CelType, formatType, listOf, objectOf, string } from './cel-type.ts';
import { CheckError } from './check-error.ts';
import { checkNode } from './check-node.ts';
import { type Checker, newChecker } from './checker.ts';
import { type ExpressionProblem, problemOf } from './expression.ts';
import { checkLiterals } from './literal-rules.ts';
import type { Node } from './node.ts';
import { isExact, substitute } from './unify.ts';

/** What an expression may use and must give. */
export interface ExpressionContext {
  /** `object`, `request` and the like; `admissionNames` gives those of policies. */
  readonly names: ReadonlyMap<string, CelType>;
  /** `variables`, where there are any. */
  readonly variables?: ReadonlyMap<string, CelType>;
  readonly result: 'bool' | 'string' | 'string or null' | 'any' | 'Object' | 'list(JSONPatch)';
  /** The minor version of the Kubernetes that will run it; functions that came later are refused. Absent: any. */
  readonly kubernetesMinor?: number;
}

/** An expression that compiles. */
export interface CheckedExpression {
  readonly type: CelType;
  readonly checker: Checker;
}

/** Whether the API server would refuse the expression, and at which offset. */
export function checkExpression(node: Node, context: ExpressionContext): ExpressionProblem | undefined {
  const checked = compileExpression(node, context);
  return 'problem' in checked ? checked : undefined;
}

/** The type that an expression gives, or why it does not compile. */
export function typeOfExpression(node: Node, context: ExpressionContext): CelType | ExpressionProblem {
  const checked = compileExpression(node, context);
  return 'problem' in checked ? checked : checked.type;
}

/** The expression with the types of its parts, or why it does not compile. */
export function compileExpression(
  node: Node,
  context: ExpressionContext,
): CheckedExpression | ExpressionProblem {
  const { names, variables, kubernetesMinor = Number.POSITIVE_INFINITY } = context;
  const all = variables === undefined ? names : new Map(names).set('variables', variablesOf(variables));
  const checker = newChecker(all, kubernetesMinor, mutationResults.has(context.result));
  try {
    const type = substitute(checker.bindings, checkNode(node, checker), true);
    checkLiterals(node, checker);
    return resultProblem(node, type, context) ?? { type, checker };
  } catch (error) {
    if (error instanceof CheckError) return problemOf(error);
    if (error instanceof RangeError) return { problem: 'the expression is nested too deeply', offset: 0 };
    throw error;
  }
}

/** What the expressions of a MutatingAdmissionPolicy give. */
const mutationResults: ReadonlySet<string> = new Set(['Object', 'list(JSONPatch)']);

function variablesOf(variables: ReadonlyMap<string, CelType>): CelType {
  return objectOf('kubernetes.variables', () => variables);
}

const wanted: Readonly<Record<ExpressionContext['result'], readonly CelType[]>> = {
  bool: [bool],
  string: [string],
  'string or null': [string, { name: 'null_type', of: [] }],
  any: [],
  Object: [{ name: 'Object', of: [] }],
  'list(JSONPatch)': [listOf({ name: 'JSONPatch', of: [] })],
};

/** Nothing but the type itself will do: what is dynamic is refused. */
function resultProblem(
  node: Node,
  type: CelType,
  { result }: ExpressionContext,
): ExpressionProblem | undefined {
  if (result === 'any' || wanted[result].some((one) => isExact(one, type))) return undefined;
  return { problem: `must evaluate to ${result} but got ${formatType(type)}`, offset: node.start };
}
