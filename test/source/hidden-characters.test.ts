import { describe, expect, it } from 'vitest';
import { findHiddenText } from '../../src/source/yaml/hidden-text.ts';

type Mark = { readonly hasByteOrderMark?: true };

/** Where something is hidden, and how bad it is. */
function found(text: string, mark: Mark = {}): (readonly [number, string])[] {
  return findHiddenText({ path: 'a.yaml', text, ...mark }).map(({ span, severity }) => [
    span.start,
    severity,
  ]);
}

function words(text: string): string {
  return findHiddenText({ path: 'a.yaml', text })
    .map(({ message }) => message)
    .join();
}

const woman = '\u{1f469}';
const heart = '\u2764';
const alef = '\u0627';
/** Longer than whatever is looked at before and behind a character. */
const rest = '\n'.padEnd(500, 'x');

it.each([
  ['\u0007', 'the character U+0007 is not allowed here'],
  ['\r', 'U+000D, a carriage return by itself, ends a line'],
  ['\x85', 'U+0085, an unusual line break, ends a line'],
  ['\u2029', 'U+2029, an unusual line break, ends a line'],
  ['\u202e', 'U+202E, a mark that reverses the text direction, hides content'],
  ['\xad', 'U+00AD, an invisible character, hides content'],
  ['\u{e0041}', 'U+E0041, an invisible character, hides content'],
])('%j is named, also where nothing else stands', (character, message) => {
  expect(words(character)).toContain(message);
  expect(words(`a: b${character}c`)).toContain(message);
});

it('a byte order mark is one of the file only as its first character', () => {
  expect(words('a\ufeff')).toContain('U+FEFF, a byte order mark, hides content');
  expect(found('\ufeffa: b')).toEqual([]);
  expect(found('\ufeffa: b', { hasByteOrderMark: true })).toEqual([[0, 'error']]);
});

it('twenty are told, and what makes a file unreadable however many stand before it', () => {
  const many = '\u202e'.repeat(25);
  expect(found(many)).toHaveLength(20);
  expect(found(`${many}\0`).map(([start]) => start)).toEqual([...Array(20).keys(), 25]);
  expect(found(`\0${many}`)).toHaveLength(20);
});

describe('a character without width is a warning', () => {
  it.each([
    'this says what the field means\u200b',
    'this says what the field \u200bmeans',
    'one, two; three: four. \u2060x',
    'one  two  three  four  \xad',
    `this says what the field means\u200b${rest}`,
    `${rest}\nthis says what the field means\ufeff`,
  ])('beside a word of a sentence: %j', (text) => {
    expect(found(text).map(([, severity]) => severity)).toEqual(['warning']);
  });

  it.each([
    'this says what the fie\u200bld means',
    'two words\u200b',
    'a b c d e\u200b',
    'these are some words on a line\nprod\u200b',
    'this says what the field means\u202e',
    'this says what the field means\u{e0041}',
  ])('and an error elsewhere, as is any other character: %j', (text) => {
    expect(found(text).map(([, severity]) => severity)).toEqual(['error']);
  });
});

describe('what is drawn with its neighbours', () => {
  it.each([
    `${woman}\u200d${heart}\ufe0f\u200d${woman}`,
    `${woman}\u{1f3fd}\u200d${woman}`,
    `${heart}\ufe0f`,
    `${heart}\ufe0e`,
    `${heart}\ufe0f${rest}`,
    `"\\u26aa\ufe0f"${rest}`,
    `"\\U0001F5BC\ufe0f"`,
    '\u2764\ufe0f\ufe0f',
    '1\ufe0f\u20e3 #\ufe0f\u20e3 *\ufe0e\u20e3',
    `${alef}\u200c${alef}`,
    `${alef}\u200d${alef}`,
  ])('is innocent: %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    'b\ufe0f',
    'replicas: 1\ufe0f',
    `${heart}a\ufe0f`,
    '1\ufe0f \u20e3',
    '1a\ufe0f\u20e3',
    'a=\ufe0f',
    '\u20e3\ufe0f',
    '\\u26aax\ufe0f',
    '\\u004a\ufe0f',
    `a\u200d${woman}`,
    `${woman}\u200da`,
    `${woman}a\u200d${woman}`,
    `${woman}\u200da${heart}`,
    `${woman}\u200c${woman}`,
    `${alef}\u200ca`,
    `a\u200c${alef}`,
    `a${alef}b\u200c${alef}`,
    `${alef}\u200ca${alef}`,
    `${alef}\u200b${alef}`,
  ])('is none of these: %j', (text) => {
    expect(found(text).map(([, severity]) => severity)).toEqual(['error']);
  });
});
