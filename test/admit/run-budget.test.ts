import { describe, expect, it } from 'vitest';
import {
  expressionAllowance,
  isSpent,
  maySpend,
  mostJudged,
  newRunBudgets,
  spend,
  spendOnBuild,
  spendOnObject,
} from '../../src/admit/policy/run-budget.ts';
import { isExhausted } from '../../src/source/effort.ts';

const [one, other] = [{}, {}];

describe('what a policy or a schema may spend', () => {
  it('is a sum over all objects, of each by itself', () => {
    const budgets = newRunBudgets();
    for (let object = 0; object < 99_999; object++) spend(budgets, one, 1_000, false);
    expect(isSpent(budgets, one)).toBe(false);
    spend(budgets, one, 1_000, false);
    expect([isSpent(budgets, one), isSpent(budgets, other)]).toEqual([true, false]);
    expect([budgets.mostOfOne, budgets.costly]).toEqual([100_000_000, 0]);
  });

  it('ends after ten expressions that exceed their own budget', () => {
    const budgets = newRunBudgets();
    for (let object = 0; object < 10; object++) {
      expect(isSpent(budgets, one)).toBe(false);
      spend(budgets, one, 5, true);
    }
    expect(isSpent(budgets, one)).toBe(true);
  });

  it('is what an expression that exceeds its budget has cost, where that is more', () => {
    const budgets = newRunBudgets();
    spend(budgets, one, 90_000_000, true);
    expect(budgets.mostOfOne).toBe(90_000_000);
    spend(budgets, other, 1, false);
    expect(budgets.mostOfOne).toBe(90_000_000);
  });

  it('is shared by those whose evaluations are costly, and by no others', () => {
    const budgets = newRunBudgets();
    const owners = [{}, {}, {}];
    spend(budgets, one, 1_000, false);
    for (const owner of owners) spend(budgets, owner, 50_000_000 - 1, false);
    expect(owners.map((owner) => isSpent(budgets, owner))).toEqual([false, false, false]);
    spend(budgets, other, 1_001, false);
    expect(budgets.costly).toBe(150_000_998);
    expect(isSpent({ ...budgets, costly: 150_000_000 }, other)).toBe(true);
    expect(isSpent({ ...budgets, costly: 149_999_999 }, other)).toBe(false);
    expect([...owners, other].map((owner) => isSpent(budgets, owner))).toEqual([true, true, true, true]);
    expect(isSpent(budgets, one)).toBe(false);
  });

  it('may be spent while something is left of every budget then', () => {
    const spent = { mostOfOne: 60_000_000, costly: 100_000_000, allowance: () => 1 };
    const ofCost = (...costs: number[]) => costs.map((cost) => ({ cost, isExceeded: false }));
    expect(maySpend(spent, [])).toBe(true);
    expect(maySpend(spent, ofCost(20_000_000, 19_999_999))).toBe(true);
    expect(maySpend(spent, ofCost(20_000_000, 20_000_000))).toBe(false);
    expect(maySpend({ ...spent, costly: 149_999_999 }, ofCost(1))).toBe(false);
    expect(maySpend({ ...spent, mostOfOne: 90_000_000 }, [{ cost: 1, isExceeded: true }])).toBe(false);
  });

  it('is more in a repository of many bytes', () => {
    expect([0, 1_000_000, 2_500_000].map(expressionAllowance)).toEqual([1, 1, 2.5]);
    const budgets = newRunBudgets(undefined, undefined, undefined, () => 2);
    spend(budgets, one, 199_999_999, false);
    expect([isSpent(budgets, one), maySpend(budgets, [])]).toEqual([false, true]);
    spend(budgets, one, 1, false);
    expect([isSpent(budgets, one), maySpend(budgets, [])]).toEqual([true, false]);
    spend(budgets, other, 100_000_001, false);
    expect(isSpent(budgets, other)).toBe(true);
    expect(isSpent({ ...budgets, costly: 299_999_999 }, other)).toBe(false);
  });

  it('is told one by one to whoever asks', () => {
    const budgets = { ...newRunBudgets(), log: [] };
    spend(budgets, one, 5, false);
    spend(budgets, other, 0, false);
    spend(budgets, other, 0, true);
    expect(budgets.log).toEqual([
      { owner: one, cost: 5, isExceeded: false },
      { owner: other, cost: 0, isExceeded: true },
    ]);
  });
});

describe('what objects may cost together', () => {
  it.each([
    [0, 1_050_000],
    [9, 1_050_000],
    [10, 1_050_001],
    [1_000_000, 1_150_000],
    [1_000_001, 1_150_005],
    [2_000_000, 6_150_000],
  ])('with %d bytes is %d', (bytes, most) => {
    expect(mostJudged(bytes)).toBe(most);
  });

  it('is less for those that share a spec or have none', () => {
    const budgets = newRunBudgets();
    const spec = {};
    const costs = [spec, spec, undefined, {}].map((given) => {
      const before = budgets.judged;
      spendOnObject(budgets, given, 2);
      return budgets.judged - before;
    });
    expect(costs).toEqual([53, 39, 39, 53]);
    const before = budgets.judged;
    spendOnBuild(budgets, 10);
    expect(budgets.judged - before).toBe(400);
  });
});

it('a run without bounds has none', () => {
  const { effort, mostCauses, mostJudged: most, ...begun } = newRunBudgets();
  expect([mostCauses(), most()]).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
  effort.done = Number.MAX_VALUE;
  expect(isExhausted(effort)).toBe(false);
  expect(begun).toMatchObject({ costly: 0, mostOfOne: 0, judged: 0, causes: new Set() });
});
