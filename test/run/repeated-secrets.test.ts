import { describe, expect, it } from 'vitest';
import {
  type KnownTexts,
  knownTexts,
  repeatedIn,
  repeatedInScalars,
} from '../../src/run/repeated-secrets.ts';

function repeated(text: string, known: KnownTexts): string[] {
  const file = { path: 'a.yaml', text };
  const windows = [{ start: 0, end: text.length }];
  return repeatedIn(file, windows, known).map(({ start, end }) => text.slice(start, end));
}

/** Those that are found whole. */
function wholeOf(secrets: readonly string[]): KnownTexts {
  return { ...knownTexts(secrets, []), pieces: new Set() };
}

describe('what a Secret holds is found elsewhere', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['a Hunter22 b', ['Hunter22'], ['Hunter22']],
    ['Hunter22', ['Hunter22'], ['Hunter22']],
    ['a Hunter2 b', ['Hunter2'], []],
    ['a Hunter2', ['Hunter2'], []],
    ['a hunterhunter b', ['hunterhunter'], []],
    ['a hunter-hunter b', ['hunter-hunter'], ['hunter-hunter']],
    ['a my-hunter-hunter b', ['hunter-hunter'], []],
    ['Hunter22 and Hunter22', ['Hunter22'], ['Hunter22', 'Hunter22']],
    ['a Hunter22-Longer b', ['Hunter22', 'Hunter22-Longer'], ['Hunter22-Longer']],
    ['a Hunter22-Other b', ['Hunter22', 'Hunter22-Longer'], ['Hunter22']],
    ['Other-99 Hunter22', ['Hunter22', 'Other-99'], ['Other-99', 'Hunter22']],
    ['a Hunter23 b', ['Hunter22'], []],
  ])('in %j of %j: %j', (text, secrets, expected) => {
    expect(repeated(text, wholeOf(secrets))).toEqual(expected);
  });

  it('and so is a part that no word looks like, but for what is open', () => {
    const secret = 'wwkJhGfDsAqww-Zr2Lx7Vb1Kd9';
    expect(repeated('x-kJhGfDsAqww-Zr2 of it', knownTexts([secret], [])).join('')).toContain('JhGfDsAq');
    expect(repeated('x-kJhGfDsAqww-Zr2 of it', knownTexts([secret], ['kJhGfDsAqww-Zr2']))).toEqual([]);
    expect(repeated('nothing of it', knownTexts([], []))).toEqual([]);
  });

  it('in the windows of a file only', () => {
    const file = { path: 'a.yaml', text: 'Hunter22\nHunter22\nHunter22\n' };
    const found = repeatedIn(file, [{ start: 9, end: 17 }], wholeOf(['Hunter22']));
    expect(found).toEqual([{ file, start: 9, end: 17 }]);
    expect(repeatedIn(file, [], knownTexts(['Hunter22'], []))).toEqual([]);
  });

  it('once where it stands in another one', () => {
    const both = ['Hunter22', 'Hunter22-Hunter22'];
    expect(repeated('Hunter22-Hunter22', wholeOf(both))).toEqual(['Hunter22-Hunter22']);
    expect(repeated('Hunter22-Hunter22 Hunter22', wholeOf(both))).toEqual(['Hunter22-Hunter22', 'Hunter22']);
  });

  it('where it overlaps itself', () => {
    expect(repeated('ab1ab1ab1ab1', wholeOf(['ab1ab1ab1']))).toEqual(['ab1ab1ab1', 'ab1ab1ab1']);
    const many = Array.from({ length: 60 }, (_, index) => `Hunter22-${index}`);
    expect(repeated('Hunter22-7 Hunter22-17', wholeOf(many))).toEqual(['Hunter22-7', 'Hunter22-17']);
  });
});

describe('in a scalar', () => {
  const secret = 'Hunter22\nHunter33';
  it.each<[string, string, boolean]>([
    ['"Hunter22\\nHunter33"', 'Hunter22\nHunter33', true],
    ['"a\\tHunter22 b"', 'a\tHunter22 b', false],
    ['"Hunter\\u00322"', 'Hunter22', true],
    ["'it''s Hunter22'", "it's Hunter22", false],
    ["'Hunt''r22'", "Hunt'r22", true],
    ['Hunter22', 'Hunter22', false],
    ['"Hunter22"', 'Hunter22', false],
    ['"none\\nat all"', 'none\nat all', false],
    ['>-\n  Hunter22\n\n  Hunter33', 'Hunter22\nHunter33', true],
  ])('%j stands where no line shows it: %j', (written, text, isFound) => {
    const file = { path: 'a.yaml', text: `a: ${written}\n` };
    const span = { file, start: 3, end: 3 + written.length };
    const known = knownTexts([secret, 'Hunter22', "Hunt'r22"], []);
    expect(repeatedInScalars(file, known, [{ span, text, hidden: [] }])).toEqual(isFound ? [span] : []);
    expect(repeatedInScalars(file, knownTexts([], []), [{ span, text, hidden: [] }])).toEqual([]);
  });

  it('stands where another line shows it', () => {
    const file = { path: 'a.yaml', text: 'b: Hunter22\na: "Hunter\\u00322"\n' };
    const span = { file, start: 15, end: file.text.length - 1 };
    const found = repeatedInScalars(file, wholeOf(['Hunter22']), [{ span, text: 'Hunter22', hidden: [] }]);
    expect(found).toEqual([span]);
  });
});
