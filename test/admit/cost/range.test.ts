import { describe, expect, it } from 'vitest';
import {
  exactly,
  passing,
  plus,
  product,
  type Range,
  saturated,
  times,
  union,
  unknownSize,
  unlimited,
} from '../../../src/admit/cost/range.ts';

const small: Range = { min: 2, max: 3 };
const large: Range = { min: 5, max: 7 };
const huge = exactly(unlimited - 2 ** 20);

describe('two ranges', () => {
  it.each<[string, Range, Range]>([
    ['are added', plus(small, large), { min: 7, max: 10 }],
    ['are multiplied', times(small, large), { min: 10, max: 21 }],
    ['are united', union(small, large), { min: 2, max: 7 }],
    ['are united in the other order', union(large, small), { min: 2, max: 7 }],
  ])('%s', (_, range, expected) => {
    expect(range).toEqual(expected);
  });
});

describe('what is beyond all limits', () => {
  it.each<[string, Range, Range]>([
    ['in a sum', plus(huge, exactly(2 ** 30)), exactly(unlimited)],
    ['in a product', times(huge, exactly(2)), exactly(unlimited)],
    ['and what is within', plus(huge, exactly(2 ** 19)), exactly(unlimited - 2 ** 19)],
    ['and nothing', times(unknownSize, exactly(0)), exactly(0)],
  ])('%s', (_, range, expected) => {
    expect(range).toEqual(expected);
  });

  it('is never free', () => {
    expect(product(unlimited, unlimited)).toBe(unlimited);
  });

  it('costs no more than can be counted', () => {
    expect(saturated(2 * unlimited)).toBe(unlimited);
    expect(passing(huge, 2)).toBe(unlimited);
  });
});

it('whole units are counted of what is passed at most', () => {
  expect(passing({ min: 11, max: 29 }, 0.1)).toBe(3);
  expect(passing({ min: 11, max: 30 }, 0.1)).toBe(3);
});
