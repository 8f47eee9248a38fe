/**
 * What one policy, or the rules of one schema, may run up over all objects of a run. The API server's budgets are those of one request;
 * thousands of objects would make hours of them, and whoever opens a pull request writes both.
 */
const runLimit = 100_000_000;
/** A budget that is exceeded is a fault of the expression, which a few objects show as well as all of them. */
const exceededLimit = 10;

/** What each policy and each schema has spent in one run. */
export type RunBudgets = WeakMap<object, number>;

/** The budgets of a run that begins: policies and schemas of the one before may be the same objects. */
export function newRunBudgets(): RunBudgets {
  return new WeakMap();
}

/** Takes what an expression has cost from what its owner may spend. */
export function spend(spent: RunBudgets, owner: object, cost: number, isExceeded: boolean): void {
  const counted = isExceeded ? Math.max(cost, runLimit / exceededLimit) : cost;
  spent.set(owner, (spent.get(owner) ?? 0) + counted);
}

/** Whether nothing is left. */
export function isSpent(spent: RunBudgets, owner: object): boolean {
  return (spent.get(owner) ?? 0) >= runLimit;
}
