import { type Effort, newEffort } from '../../source/effort.ts';

/**
 * What one policy, or the rules of one schema, may run up over all objects of a run. The API server's budgets are those of one request;
 * thousands of objects would make hours of them, and whoever opens a pull request writes both.
 */
const runLimit = 100_000_000;
/** A budget that is exceeded is a fault of the expression, which a few objects show as well as all of them. */
const exceededLimit = 10;

/** What a policy of the catalogue costs for one object is half of this. */
const costlyEvaluation = 1_000;
/** What costly evaluations may run up together: two hundred policies may each stay below what one may spend. */
const costlyLimit = 150_000_000;

/** By how much the limits of a repository of so many bytes are larger: tens of thousands of workloads take that many, written down. */
export function expressionAllowance(bytes: number): number {
  return Math.max(1, bytes / fewBytes);
}

/** What each policy and each schema has spent in one run, and what those have together whose single evaluations cost much. */
export interface RunBudgets {
  readonly owners: WeakMap<object, number>;
  readonly costlyOwners: WeakSet<object>;
  costly: number;
  /** What the one that spent most has spent. */
  mostOfOne: number;
  /** The causes of findings so far, and how many are looked for. */
  readonly causes: Set<string>;
  readonly mostCauses: () => number;
  /** What objects have cost so far, and what they may. */
  judged: number;
  readonly mostJudged: () => number;
  /** How many times those limits expressions may spend. */
  readonly allowance: () => number;
  /** The specs of those, which the overlays of a base have in common. */
  readonly specs: WeakSet<object>;
  /** What holding values against schemas may take, and what it has taken. */
  readonly effort: Effort;
  /** What was spent, one by one, for whoever counts it again in another run; absent where nobody does. */
  readonly log?: OwnersSpending[];
}

export interface Spending {
  readonly cost: number;
  readonly isExceeded: boolean;
}

export interface OwnersSpending extends Spending {
  readonly owner: object;
}

const unlimited = (): number => Number.POSITIVE_INFINITY;

/** The budgets of a run that begins: policies and schemas of the one before may be the same objects. */
export function newRunBudgets(
  mostCauses: () => number = unlimited,
  mostJudged: () => number = unlimited,
  effort: Effort = newEffort(unlimited),
  allowance: () => number = () => 1,
): RunBudgets {
  return {
    owners: new WeakMap(),
    costlyOwners: new WeakSet(),
    costly: 0,
    mostOfOne: 0,
    causes: new Set(),
    mostCauses,
    judged: 0,
    mostJudged,
    allowance,
    specs: new WeakSet(),
    effort,
  };
}

/** In hundredths of a millisecond of a slow machine: of 455 public repositories the smaller ones need a seventeenth of it at most. */
const mostInAny = 1_050_000;
/** Up to here a byte may cost little more: whoever wants a run to take long writes few. */
const fewBytes = 1_000_000;
const costOfByte = { early: 0.1, late: 5 };

/** What the objects of a repository of so many bytes may cost together. */
export function mostJudged(bytes: number): number {
  const late = Math.max(0, bytes - fewBytes);
  return mostInAny + Math.floor((bytes - late) * costOfByte.early + late * costOfByte.late);
}

/**
 * What a build costs, and an object of it that rules look at, whether it is judged or not, and what judging it costs, with each finding
 * of it down to the report: of those that share a spec all but the first are cheaper, since policies see it once.
 */
const costs = {
  build: 50,
  rendered: 35,
  own: { object: 25, finding: 14 },
  shared: { object: 15, finding: 12 },
};

/** Takes what a build of so many objects costs before any of them is judged. */
export function spendOnBuild(budgets: RunBudgets, objects: number): void {
  budgets.judged += costs.build + costs.rendered * objects;
}

/** Takes what judging an object has cost from what a run may spend; what has no spec is as cheap as what shares one. */
export function spendOnObject(budgets: RunBudgets, spec: object | undefined, findings: number): void {
  const isOwn = spec !== undefined && !budgets.specs.has(spec);
  if (isOwn) budgets.specs.add(spec);
  const { object, finding } = isOwn ? costs.own : costs.shared;
  budgets.judged += object + finding * findings;
}

/** Takes what an expression has cost from what its owner may spend. */
export function spend(spent: RunBudgets, owner: object, cost: number, isExceeded: boolean): void {
  const counted = countedOf({ cost, isExceeded });
  if (counted > 0) spent.log?.push({ owner, cost, isExceeded });
  const ofOwner = (spent.owners.get(owner) ?? 0) + counted;
  spent.owners.set(owner, ofOwner);
  spent.mostOfOne = Math.max(spent.mostOfOne, ofOwner);
  if (counted <= costlyEvaluation) return;
  spent.costlyOwners.add(owner);
  spent.costly += counted;
}

function countedOf({ cost, isExceeded }: Spending): number {
  return isExceeded ? Math.max(cost, runLimit / exceededLimit) : cost;
}

/** Whether nothing is left. */
export function isSpent(budgets: RunBudgets, owner: object): boolean {
  const { owners, costlyOwners, costly } = budgets;
  if (isBelowLimits(budgets)) return false;
  const times = budgets.allowance();
  return (
    (owners.get(owner) ?? 0) >= times * runLimit || (costly >= times * costlyLimit && costlyOwners.has(owner))
  );
}

type Limited = Pick<RunBudgets, 'mostOfOne' | 'costly' | 'allowance'>;

function isBelowLimits({ mostOfOne, costly, allowance }: Limited, more = 0): boolean {
  const [one, all] = [mostOfOne + more, costly + more];
  if (one < runLimit && all < costlyLimit) return true;
  const times = allowance();
  return one < times * runLimit && all < times * costlyLimit;
}

/** Whether all of that can be spent, and something is left of every budget, whoever spends it. */
export function maySpend(budgets: Limited, spendings: readonly Spending[]): boolean {
  return isBelowLimits(
    budgets,
    spendings.reduce((all, one) => all + countedOf(one), 0),
  );
}
