import { newMapping } from '../../source/value.ts';
import { CelError } from './cel-error.ts';
import { compileNode } from './compile-expression.ts';
import { isExpressionProblem } from './expression.ts';
import type { Node } from './node.ts';
import type { CompiledPolicy, PolicyExpression, Validation } from './policy.ts';
import type { Run } from './scope.ts';
import { meaningOf } from './shared-variables.ts';

/** An expression that is parsed and compiled when it first runs. */
export interface Executable {
  readonly source: PolicyExpression;
  run: Run | undefined;
}

/** A variable; those of equal `meaning` have equal values for one object, in whatever policy they stand. */
export interface VariableProgram extends Executable {
  readonly meaning: number | undefined;
}

export interface ValidationProgram {
  readonly source: Validation;
  readonly expression: Executable;
  readonly messageExpression: Executable | undefined;
}

/** What a policy runs, found once for all the objects that it judges. */
export interface Program {
  readonly conditions: readonly Executable[];
  readonly variables: ReadonlyMap<string, VariableProgram>;
  readonly validations: readonly ValidationProgram[];
  readonly auditAnnotations: readonly Executable[];
}

const programs = new WeakMap<CompiledPolicy, Program>();

export function programOf(policy: CompiledPolicy): Program {
  let program = programs.get(policy);
  if (program === undefined) {
    program = newProgram(policy);
    programs.set(policy, program);
  }
  return program;
}

function newProgram(policy: CompiledPolicy): Program {
  const variables = [...policy.variables].map(([name, source]) => {
    const variable: VariableProgram = { source, run: undefined, meaning: meaningOf(policy, name) };
    return [name, variable] as const;
  });
  return {
    conditions: policy.matchConditions.map(executable),
    variables: new Map(variables),
    validations: policy.validations.map((source) => ({
      source,
      expression: executable(source.expression),
      messageExpression:
        source.messageExpression === undefined ? undefined : executable(source.messageExpression),
    })),
    auditAnnotations: policy.auditAnnotations.map(executable),
  };
}

function executable(source: PolicyExpression): Executable {
  return { source, run: undefined };
}

export function runOf(expression: Executable): Run {
  expression.run ??= compileNode(requiredNode(expression.source));
  return expression.run;
}

export function nodeOf(expression: PolicyExpression): Node | undefined {
  const parsed = expression.parse();
  return isExpressionProblem(parsed) ? undefined : parsed;
}

export function requiredNode(expression: PolicyExpression): Node {
  const node = nodeOf(expression);
  if (node === undefined) throw new CelError('the expression does not compile');
  return node;
}

/** Stands where no policy is judged yet. */
export const noProgram: Program = {
  conditions: [],
  variables: new Map(),
  validations: [],
  auditAnnotations: [],
};

export const noPolicy: CompiledPolicy = {
  name: '',
  object: newMapping(),
  resource: undefined,
  view: 'committed',
  matchConstraints: undefined,
  failurePolicy: 'Fail',
  usesParams: false,
  paramKind: undefined,
  matchConditions: [],
  variables: new Map(),
  validations: [],
  auditAnnotations: [],
  mutations: [],
  bindings: [],
};
