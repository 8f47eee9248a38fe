import { expect, it } from 'vitest';
import { firstWhere } from '../../src/diagnostic/first-where.ts';

it.each([0, 1, 2, 3, 4, 7, 8])('the first of %i items is found, wherever it stands', (length) => {
  const items = Array.from({ length }, (_, index) => index);
  for (let from = 0; from <= length; from++) expect(firstWhere(items, (one) => one >= from)).toBe(from);
});

it('few of many are looked at', () => {
  let looks = 0;
  firstWhere(new Array<number>(1024).fill(0), () => {
    looks += 1;
    return false;
  });
  expect(looks).toBeLessThanOrEqual(11);
});
