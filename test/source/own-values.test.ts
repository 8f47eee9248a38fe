import { describe, expect, it } from 'vitest';
import { ownOf } from '../../src/source/own.ts';
import type { Value } from '../../src/source/value.ts';
import { valueNumber, valueText } from '../../src/source/value-text.ts';
import { mappingOf } from '../support/values.ts';

describe('a table says of a key', () => {
  it.each([
    ['a', 1],
    ['b', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['toString', undefined],
  ])('%s what it says by itself', (key, value) => {
    expect(ownOf({ a: 1 }, key)).toBe(value);
    expect(ownOf(undefined, key)).toBeUndefined();
  });
});

describe('a value is a text and a number', () => {
  const list: Value = ['a', 1];
  it.each<[Value | undefined, string, number]>([
    ['a', 'a', Number.NaN],
    ['12', '12', 12],
    ['', '', 0],
    [12.5, '12.5', 12.5],
    [Number.POSITIVE_INFINITY, 'Infinity', Number.POSITIVE_INFINITY],
    [Number.NaN, 'NaN', Number.NaN],
    [12n, '12', 12],
    [true, 'true', 1],
    [null, 'null', 0],
    [undefined, '', Number.NaN],
    [list, '["a",1]', Number.NaN],
    [[], '[]', Number.NaN],
    [['7'], '["7"]', Number.NaN],
    [mappingOf({ toString: 'a', valueOf: 1 }), '{"toString":"a","valueOf":1}', Number.NaN],
  ])('whatever it is: %o', (value, text, number) => {
    expect(valueText(value)).toBe(text);
    expect(valueNumber(value)).toBe(number);
  });
});
