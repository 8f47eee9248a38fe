import { expect, test } from 'vitest';
import { costOfAll, excess } from '../../../src/admit/cost/rule-cost.ts';
import { costOfRules } from '../../support/rule-cost.ts';

const schema = {
  type: 'object',
  properties: {
    s: { type: 'string', maxLength: 5 },
  },
};

test('a rule costs no more than a server can count', () => {
  const cost = costOfRules(schema);
  expect(cost("self.s == 'a'")).toBe(3);
  const endless = 'lists.range(self.s.size()).size() == 1';
  expect(cost(`${endless} && ${endless}`)).toBe(2 ** 64);
});
test('a rule below a list costs as often as the list may have items', () => {
  const size = { minSerialized: 2, maxElements: 0 };
  expect(costOfAll(10, size, 300)).toBe(3000);
  expect(costOfAll(10, size, undefined)).toBe(10_485_760);
});

test('the excess is reported as the server tells it', () => {
  expect([1e9, 1.2e7, 1.5e7, 5e9].map((value) => excess(value, 1e7))).toEqual([
    '100.0x',
    '1.200000x',
    '1.5x',
    'more than 100x',
  ]);
});
