import { expect, it } from 'vitest';
import { withoutNames } from '../../src/report/finding/hide-names.ts';

const shared = { name: 'kettle' };
const kept = ['span', 'near', 'secrets', 'edits', 'fingerprint', 'policyWords', 'hiddenNames'];
const dots = '••••••';

it.each<[value: unknown, expected: unknown]>([
  ['kettle', dots],
  ['cup', dots],
  ['Service kettle has a cup', `Service ${dots} has a cup`],
  ['kettles', 'kettles'],
  [
    { name: 'kettle', list: ['kettle', { title: 'a kettle' }] },
    { name: dots, list: [dots, { title: `a ${dots}` }] },
  ],
  [
    [1, true, null, undefined],
    [1, true, null, undefined],
  ],
  [new Map([['kettle', 'kettle']]), new Map([['kettle', 'kettle']])],
  [new Set(['kettle']), new Set(['kettle'])],
  [{ kettle: 'x' }, { kettle: 'x' }],
  ...kept.map((key): [unknown, unknown] => [
    { [key]: 'kettle', x: 'kettle' },
    { [key]: 'kettle', x: dots },
  ]),
])('%o without names is %o', (value, expected) => {
  expect(withoutNames(value, ['kettle', 'cup'])).toEqual(expected);
});

it('what stands in several places stays one', () => {
  const told = withoutNames({ a: shared, b: [shared] }, ['kettle']);
  expect(told.a).toEqual({ name: dots });
  expect(told.b[0]).toBe(told.a);
});

it('without names to hide a report stays the same', () => {
  const report = { name: 'kettle' };
  expect(withoutNames(report, [])).toBe(report);
});
