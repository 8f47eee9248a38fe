import { describe, expect, it } from 'vitest';
import { mayRefer } from '../../src/build/may-refer.ts';

const names = (isRenamed: boolean) => ({ byName: new Map([['old', true]]), isRenamed });

describe('a reference', () => {
  it.each([
    ['a name that was renamed', { spec: { ref: 'old' } }, true],
    ['another name', { spec: { ref: 'other' } }, false],
    ['nothing', { spec: {} }, false],
    ['a null', { spec: { ref: null } }, false],
    ['a mapping with the name', { spec: { ref: { name: 'old' } } }, true],
    ['a mapping with another name', { spec: { ref: { name: 'other' } } }, false],
    ['a mapping without a name, which is refused', { spec: { ref: {} } }, true],
    ['a list with the name', { spec: { ref: ['other', 'old'] } }, true],
    ['a list of lists, which is refused', { spec: { ref: [[]] } }, true],
    ['a list on the way', { spec: [{ ref: 'other' }, { ref: 'old' }] }, true],
    ['a text on the way, which is refused', { spec: 'text' }, true],
    ['a number, which may read as a name', { spec: { ref: 7 } }, true],
  ])('may change or be refused: %s', (_, value, expected) => {
    expect(mayRefer(value, ['spec', 'ref'], names(true))).toBe(expected);
  });

  it('may change without a new name only for a mapping, which takes a namespace', () => {
    expect(mayRefer({ spec: { ref: 'old' } }, ['spec', 'ref'], names(false))).toBe(false);
    expect(mayRefer({ spec: { ref: { name: 'old' } } }, ['spec', 'ref'], names(false))).toBe(true);
  });

  it('is looked for by kustomize itself where the path is odd', () => {
    expect(mayRefer({ a: 1 }, ['a[]'], names(true))).toBe(true);
  });
});
