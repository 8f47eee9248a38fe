import { expect, it } from 'vitest';
import { isExhausted, newEffort, spendEffort, TooMuchEffort, withEffort } from '../../src/source/effort.ts';

const inAny = 5_000_000;

it('what is done counts up to what a run may take, with more for its bytes and its objects', () => {
  for (const [bytes, objects, most] of [
    [0, 0, inAny],
    [1000, 0, inAny + 2000],
    [0, 10, inAny + 2500],
    [1000, 10, inAny + 4500],
  ] as const) {
    const effort = newEffort(() => bytes);
    withEffort(effort, objects, () => {
      spendEffort(most);
      expect(isExhausted(effort)).toBe(false);
      expect(() => spendEffort(1)).toThrow(TooMuchEffort);
    });
    expect(isExhausted(effort)).toBe(true);
  }
});

it('the bytes are asked for only where they matter', () => {
  const effort = newEffort(() => {
    throw new Error('asked');
  });
  expect(withEffort(effort, 0, () => spendEffort(inAny))).toBeUndefined();
  expect(() => withEffort(effort, 0, () => spendEffort(1))).toThrow('asked');
});

it('nothing counts outside of a run, and after it, whether or not it failed, what counted before', () => {
  const [outer, inner] = [newEffort(() => 0), newEffort(() => 0)];
  spendEffort(inAny + 1);
  withEffort(outer, 0, () => {
    const answer = withEffort(inner, 0, () => {
      spendEffort(2);
      return 'answer';
    });
    expect(answer).toBe('answer');
    expect(() =>
      withEffort(inner, 0, () => {
        throw new Error('failed');
      }),
    ).toThrow('failed');
    spendEffort(3);
  });
  spendEffort(inAny + 1);
  expect([outer.done, inner.done]).toEqual([3, 2]);
});

it('says what is too much', () => {
  expect(new TooMuchEffort().message).toBe('the repository needs more comparisons than any real one');
});
