import { expect, test } from 'vitest';
import type { Range } from '../../../src/admit/cost/range.ts';
import { replacedSize } from '../../../src/admit/cost/replaced-size.ts';

// By k8s.io/apiserver 0.36 pkg/cel/library/cost.go, for a text of 10 to 20 characters.
test.each<[string, Range, Range, Range]>([
  ['by less or by more', { min: 2, max: 4 }, { min: 1, max: 3 }, { min: 3, max: 30 }],
  ['by no more', { min: 3, max: 4 }, { min: 0, max: 3 }, { min: 0, max: 20 }],
  ['by less', { min: 4, max: 5 }, { min: 1, max: 2 }, { min: 2, max: 20 }],
  ['by no less', { min: 3, max: 4 }, { min: 4, max: 9 }, { min: 10, max: 63 }],
  ['which may be empty', { min: 0, max: 4 }, { min: 5, max: 6 }, { min: 10, max: 146 }],
  ['which is empty', { min: 0, max: 0 }, { min: 1, max: 2 }, { min: 21, max: 62 }],
])('a part of a text is replaced %s', (_, from, to, expected) => {
  expect(replacedSize({ min: 10, max: 20 }, from, to)).toEqual(expected);
});
