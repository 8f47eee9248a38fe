import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyNames } from '../../src/admit/policy/built-in.ts';
import { catalogue } from '../../src/admit/policy/catalogue.ts';
import { plainPattern } from '../../src/source/plain-pattern.ts';
import { compileRe2 } from '../../src/source/re2.ts';

/** What RE2 says, or undefined where the pattern is none. */
function re2(pattern: string, text: string): boolean | undefined {
  try {
    return compileRe2(pattern).test(text);
  } catch {
    return undefined;
  }
}

describe('a plain pattern', () => {
  test.each([
    ['(^|[^a-z])(change|replace)[_-]?me([^a-z]|$)', 'please CHANGE-me', 'change_me', 'changemeter', ''],
    ['^[a-z]+:///.*$', 'unix:///run/x', 'unix://x', 'a:///\n'],
    ['^.$', '\r', '\n', '\u2028', '😀'],
    ['a\\sb', 'a\u00a0b', 'a b', 'a\vb'],
    ['[^\\s/:@$]+@', 'x@', '$@', '\u00a0@'],
    ['x{2,3}$', 'axx', 'x'],
    ['ba+c', 'baac', 'bac', 'bc'],
    ['(^|\\n)a[^\\n\\t]', 'b\nac', 'a\n', 'a\t', 'ab'],
    ['eyJ[A-Za-z0-9_-]+[.]eyJ', 'eyJhb.eyJ', 'eyJ.eyJ'],
  ])('%s says what RE2 says', (pattern, ...texts) => {
    const plain = plainPattern(pattern);
    expect(plain).toBeDefined();
    for (const text of texts) expect([text, plain?.(text)]).toEqual([text, re2(pattern, text)]);
  });

  test.each([
    '(?i)a',
    '\\p{L}',
    '[[:alpha:]]',
    'a**',
    'a+?',
    '\\bx',
    '(?P<n>x)',
    'x{2',
    '\\1',
    '^*a',
    '(a',
    'a)',
    '[b-a]',
    'é',
  ])('%s is left to RE2', (pattern) => {
    expect(plainPattern(pattern)).toBeUndefined();
  });

  test('takes each character of a string once, however many ways there are', () => {
    for (const pattern of ['(x+x+)+y', '(x|x)*y', '.*x.*x.*x.*y', '(a?){20}x{20}y']) {
      const plain = plainPattern(pattern);
      expect([pattern, plain?.(`${'x'.repeat(20_000)}zy`)]).toEqual([
        pattern,
        re2(pattern, `${'x'.repeat(200)}zy`),
      ]);
    }
  });

  test('with too many steps is left to RE2', () => {
    expect(plainPattern('((a{999}){999}){999}')).toBeUndefined();
    expect(plainPattern(`${'('.repeat(5000)}a${')'.repeat(5000)}`)).toBeUndefined();
  });

  test('agrees with RE2 on whatever it takes', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      '[ab]',
      '[^a]',
      '.',
      '\\.',
      '\\s',
      '^',
      '$',
      '-',
      'ab',
      '[a-c_.-]',
      '\\w',
      '\\S',
    );
    const sign = fc.constantFrom('', '', '', '?', '*', '+', '{2}', '{1,2}', '{0,}');
    const piece = fc
      .tuple(atom, sign)
      .map(([one, quantifier]) => (/^[\^$]$/u.test(one) ? one : one + quantifier));
    const sequence = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''));
    const group = fc.tuple(fc.array(sequence, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '?', '*'));
    const pattern = fc
      .tuple(sequence, group, sequence)
      .map(
        ([before, [branches, quantifier], after]) => `${before}(${branches.join('|')})${quantifier}${after}`,
      );
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', '.', ' ', '\n', '-', 'c', '_', '\r'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(pattern, text, (one, subject) => {
        const found = plainPattern(one)?.(subject);
        if (found !== undefined) expect([one, subject, found]).toEqual([one, subject, re2(one, subject)]);
      }),
      { numRuns: 5000 },
    );
  });
});

test('no pattern of the catalogue needs RE2 for a short text that holds nothing of note', () => {
  const patterns = catalogue.flatMap(({ documents }) =>
    [...documents.matchAll(/matches\('([^']+)'\)|"r'([^']+)'"/gu)].map((match) =>
      (JSON.parse(`"${match[1] ?? match[2]}"`) as string).trim(),
    ),
  );
  expect(patterns.length).toBeGreaterThan(5);
  expect(patterns.filter((pattern) => plainPattern(pattern)?.('info') === undefined)).toEqual([]);
  expect(policyNames().length).toBeGreaterThan(60);
});
