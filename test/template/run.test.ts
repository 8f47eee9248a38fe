import { describe, expect, it } from 'vitest';
import {
  budgetWithin,
  newTemplateBudget,
  refuseLength,
  spendLength,
  spendSteps,
  spendTexts,
  spendValue,
} from '../../src/template/run.ts';
import { UnsupportedTemplate } from '../../src/template/template-error.ts';
import type { Datum, Known, Run, TemplateBudget } from '../../src/template/value/model.ts';

function run(budget: TemplateBudget): Run {
  return { budget } as Run;
}

function known(value: Datum): Known {
  return { value, origins: [] } as unknown as Known;
}

function list(...items: readonly Datum[]): Datum {
  return { kind: 'list', items: items.map(known) };
}

function map(entries: Readonly<Record<string, Datum>>): Datum {
  return {
    kind: 'map',
    entries: new Map(Object.entries(entries).map(([key, value]) => [key, known(value)])),
  };
}

describe('the budget of a template', () => {
  it('is a part of that of the run', () => {
    expect(newTemplateBudget()).toEqual({ steps: 10_000_000, length: 50_000_000 });
    expect(budgetWithin(undefined)).toStrictEqual({ steps: 100_000, length: 1_000_000 });
    const whole = newTemplateBudget();
    expect(budgetWithin(whole)).toEqual({ steps: 100_000, length: 1_000_000, whole });
    expect(budgetWithin(whole).whole).toBe(whole);
  });

  it('is no more than the run has left', () => {
    const whole = { steps: 7, length: 5 };
    expect(budgetWithin(whole)).toEqual({ steps: 7, length: 5, whole });
    expect(budgetWithin({ steps: 7, length: 2_000_000 })).toMatchObject({ steps: 7, length: 1_000_000 });
  });
});

describe('what a template spends', () => {
  it('counts for it and for the run, until it has spent more than it had', () => {
    const whole = { steps: 100, length: 100 };
    const budget = { steps: 3, length: 3, whole };
    spendSteps(run(budget));
    spendSteps(run(budget), 2);
    spendLength(run(budget), 3);
    expect([budget.steps, budget.length, whole]).toEqual([0, 0, { steps: 97, length: 97 }]);
    expect(() => spendSteps(run(budget))).toThrow(UnsupportedTemplate);
    expect(() => spendLength(run(budget), 1)).toThrow(UnsupportedTemplate);
    expect(() => spendSteps(run(budget))).toThrow('a template of this many steps');
    expect(() => spendLength(run(budget), 0)).toThrow('a string of this length');
    expect(whole).toEqual({ steps: 95, length: 96 });
  });

  it('counts for it alone without a run', () => {
    const budget = { steps: 1, length: 2 };
    spendSteps(run(budget));
    spendLength(run(budget), 2);
    expect(budget).toEqual({ steps: 0, length: 0 });
  });

  it('is refused before it is made, and counted then', () => {
    const budget = { steps: 0, length: 3 };
    refuseLength(run(budget), 3);
    expect(() => refuseLength(run(budget), 4)).toThrow('a string of this length');
    expect(() => refuseLength(run(budget), 4)).toThrow(UnsupportedTemplate);
    expect(budget.length).toBe(3);
  });

  it('counts letters of texts that are read, and more of those that are parsed', () => {
    const spent = (isParsing: boolean, ...values: readonly Datum[]): number => {
      const budget = { steps: 1000, length: 0 };
      spendTexts(run(budget), values.map(known), isParsing);
      return 1000 - budget.steps;
    };
    const text = 'x'.repeat(150);
    expect([spent(false, text), spent(false, text, 1, text), spent(true, text), spent(true, 'xxx')]).toEqual([
      1, 3, 75, 1,
    ]);
    expect([spent(false, 1, null, list(text)), spent(false), spent(true, 'x')]).toEqual([0, 0, 0]);
  });
});

describe('a value that is gone through', () => {
  const spent = (value: Datum): number => {
    const budget = { steps: 1000, length: 0 };
    spendValue(run(budget), value);
    return 1000 - budget.steps;
  };

  it('counts each of its parts', () => {
    const shared = list(1, 2);
    const fields = new Map([
      ['a', known('x')],
      ['b', known(list('y'))],
    ]);
    const object: Datum = { kind: 'object', type: 'T', fields, text: '' };
    expect(spent(list())).toBe(0);
    expect(spent(list(1, 'x', null, undefined, true))).toBe(5);
    expect(spent(map({ a: 1, b: map({ c: 2 }) }))).toBe(3);
    expect(spent(object)).toBe(3);
    expect(spent(list(shared, shared))).toBe(6);
  });

  it('has no parts where it is one by itself', () => {
    const alone: readonly Datum[] = [
      undefined,
      null,
      true,
      'text',
      1.5,
      1n,
      { kind: 'integer', type: 'int64', value: 1n },
      { kind: 'bytes', text: 'abc' },
    ];
    expect(alone.map(spent)).toEqual(alone.map(() => 0));
  });

  it('ends where it is nested too deeply, and where it is in itself', () => {
    const deep = (levels: number): Datum => {
      let value: Datum = list();
      for (let level = 0; level < levels; level++) value = list(value);
      return value;
    };
    expect(spent(deep(200))).toBe(200);
    expect(() => spent(deep(201))).toThrow('values nested this deeply');
    expect(() => spent(deep(201))).toThrow(UnsupportedTemplate);
    const circle = new Map<string, Known>();
    circle.set('itself', known({ kind: 'map', entries: circle }));
    expect(() => spent({ kind: 'map', entries: circle })).toThrow('values nested this deeply');
  });

  it('ends where the budget does', () => {
    expect(() => spendValue(run({ steps: 1, length: 0 }), list(1, 2))).toThrow(
      'a template of this many steps',
    );
    spendValue(run({ steps: 2, length: 0 }), list(1, 2));
  });
});
