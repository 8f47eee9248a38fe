import { expect, it } from 'vitest';
import { recentTexts } from '../../src/credential/recent-texts.ts';

it('finds out once what comes again, and forgets all where it is too much', () => {
  const asked: string[] = [];
  const lengthOf = recentTexts((text) => {
    asked.push(text);
    return text === '' ? undefined : text.length;
  }, 10);
  expect(['ab', 'ab', '', '', 'abcde', 'ab'].map(lengthOf)).toEqual([2, 2, undefined, undefined, 5, 2]);
  expect(asked).toEqual(['ab', '', 'abcde']);
  expect(['abcdef', 'abcdef', 'ab'].map(lengthOf)).toEqual([6, 6, 2]);
  expect(asked).toEqual(['ab', '', 'abcde', 'abcdef', 'ab']);
});

it('remembers just as much as is allowed', () => {
  const asked: string[] = [];
  const lengthOf = recentTexts((text) => {
    asked.push(text);
    return text.length;
  }, 10);
  expect(['abcde', 'fghij', 'abcde', 'k', 'fghij'].map(lengthOf)).toEqual([5, 5, 5, 1, 5]);
  expect(asked).toEqual(['abcde', 'fghij', 'k', 'fghij']);
});
