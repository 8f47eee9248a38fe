import { describe, expect, it } from 'vitest';
import { answerQuestion, catalogueLists, spendAgain } from '../../src/admit/content-question.ts';
import { newRunBudgets } from '../../src/admit/policy/run-budget.ts';

const lists = catalogueLists({});
const list = 'own unnamed' as const;
const containers = Array.from({ length: 5 }, (_, at) => ({ name: `c${at}`, image: 'a' }));
const question = {
  ask: 'policies',
  object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers } },
  list,
  kubernetesVersion: '1.34',
  isApplied: true,
  namespaceObject: undefined,
} as const;

describe('an answer that was found out elsewhere', () => {
  it('costs as much as one that is found out here', () => {
    const [elsewhere, here, alone] = [newRunBudgets(), newRunBudgets(), newRunBudgets()];
    const first = answerQuestion(question, lists, elsewhere);
    const second = answerQuestion(question, lists, elsewhere);
    const answered = answerQuestion(question, lists, alone);
    expect([first, second]).toEqual([answered, answered]);
    expect(spendAgain(here, answered?.spent ?? [], lists[list])).toBe(true);
    expect(here.costly).toBeGreaterThan(0);
    expect([here.costly, here.mostOfOne]).toEqual([alone.costly, alone.mostOfOne]);
  });

  it('is not taken where a budget may be reached on the way, and costs nothing then', () => {
    const budgets = newRunBudgets();
    budgets.costly = 149_999_999;
    expect(spendAgain(budgets, [], lists[list])).toBe(true);
    expect(spendAgain(budgets, [{ place: 0, cost: 1, isExceeded: false }], lists[list])).toBe(false);
    expect([budgets.costly, budgets.mostOfOne]).toEqual([149_999_999, 0]);
    expect(answerQuestion(question, lists, budgets)).toBeUndefined();
  });
});
