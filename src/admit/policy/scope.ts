import { CelError } from './cel-error.ts';
import type { CelValue } from './cel-value.ts';

/** What one evaluation stands on: the variables of the request and the budget. */
export interface Activation {
  /** `object`, `oldObject`, `request`, `params`, `namespaceObject`; undefined for a name that is not declared. */
  readonly resolve: (name: string) => CelValue | undefined;
  /** `variables.NAME`, evaluated once; undefined for a name that is not declared. */
  readonly variable: (name: string) => CelValue | undefined;
  spent: number;
  limit: number;
}

/** A variable that a comprehension or `cel.bind` brings in; `parent` holds those around it. */
export interface Scope {
  readonly name: string;
  value: CelValue;
  readonly parent: Scope | undefined;
  readonly root: Activation;
}

/** An expression ready to run. */
export type Run = (scope: Scope) => CelValue;

/** `k8s.io/apiserver/pkg/apis/cel` PerCallLimit: the cost one expression may run up. */
export const perCallLimit = 1_000_000;

/** RuntimeCELCostBudget of the same package: what all expressions of a policy may run up together for one object. */
export const perPolicyLimit = 10_000_000;

/** RuntimeCELCostBudgetMatchConditions: what all matchConditions may run up together, apart from that. */
export const conditionsLimit = 2_500_000;

/** The outermost scope of an evaluation; its own name is one that no expression can spell. */
export function rootScope(root: Activation): Scope {
  return { name: '', value: null, parent: undefined, root };
}

export function bind(parent: Scope, name: string, value: CelValue): Scope {
  return { name, value, parent, root: parent.root };
}

/** Takes `cost` from the budget. */
export function charge(root: Activation, cost: number): void {
  root.spent += cost;
  if (root.spent > root.limit) {
    throw new CelError(
      'call cost limit exceeded: the expression costs more than the API server allows',
      'budget',
    );
  }
}

export function lookUp(scope: Scope, name: string): CelValue {
  for (let current: Scope | undefined = scope; current !== undefined; current = current.parent) {
    if (current.name === name) return current.value;
  }
  const value = scope.root.resolve(name);
  if (value === undefined) throw new CelError(`undeclared reference to '${name}' (in container '')`);
  return value;
}
