import { expect, it } from 'vitest';
import { isCommonWord, isProse, isSmallWord, isWordsAlone } from '../../src/credential/prose-words.ts';

it('words are small, loose, or those of messages, whatever their letters', () => {
  expect(['the', 'The', 'key', 'over', 'Value', 'value', 'marble'].map(isSmallWord)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(['the', 'over', 'OVER', 'Value', 'value', 'marble'].map(isCommonWord)).toEqual([
    true,
    true,
    true,
    true,
    true,
    false,
  ]);
});

it.each<[string, boolean]>([
  ['marble lantern', true],
  ['a b c d e f g h i j k l', true],
  ['a b c d e f g h i j k l m', false],
  ['marble', false],
  ['marble  lantern', false],
  ['marble lantern ', false],
  [' marble lantern', false],
  ['marble lantern1', false],
  ['1marble lantern', false],
])('%j consists of words alone: %j', (text, expected) => {
  expect(isWordsAlone(text)).toBe(expected);
});

it.each<[words: string, at: number, expected: boolean]>([
  ['value', 0, true],
  ['the value is', 4, true],
  ['(value)', 1, true],
  ['the (value)', 5, true],
  ['the value, then', 4, true],
  ['the value; then', 4, true],
  ['the value: then', 4, true],
  ['the value.', 4, true],
  ['the value:x', 4, false],
  ['the value.x', 4, false],
  ['the value - x', 4, false],
  ['the value = x', 4, false],
  ['the value → x', 4, false],
  ['x: value', 3, false],
  ['x=value', 2, false],
  ['x = value', 4, false],
  ['x → value', 4, false],
  ['x > value', 4, false],
  ['"value"', 1, false],
  ['the  value', 5, true],
  ['the value" x', 4, false],
  ['xvalue', 1, false],
])('in %j the word at %j is one of a sentence: %j', (words, at, expected) => {
  expect(isProse(words, at, 'value')).toBe(expected);
});

it('no other word is taken for one of a sentence', () => {
  expect(isProse('the marble is', 4, 'marble')).toBe(false);
});
