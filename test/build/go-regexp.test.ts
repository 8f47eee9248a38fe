import { describe, expect, test } from 'vitest';
import { compileGoRegExp, compileWholeGoRegExp } from '../../src/build/go-regexp.ts';
import { isProblem } from '../../src/build/problem.ts';

function matches(source: string, text: string, whole = true): boolean {
  const compiled = whole ? compileWholeGoRegExp(source) : compileGoRegExp(source);
  if (isProblem(compiled)) throw new Error(compiled.problem);
  return compiled.test(text);
}

describe('the whole text', () => {
  test.each([
    ['web', 'web', true],
    ['web', 'webs', false],
    ['', 'anything', true],
    ['.*', '', true],
    ['web.*', 'web-1', true],
    ['web.*', 'a-web', false],
    ['a|b', 'b', true],
    ['a|b', 'ab', false],
    ['networking.k8s.io', 'networking-k8s-io', true],
    ['(dev|prod)-[a-z]+', 'prod-x', true],
    ['(dev|prod)-[a-z]+', 'prod-1', false],
    ['(?i)WEB', 'web', true],
    ['\\d{2}', '12', true],
    ['a.b', 'a\nb', false],
    ['a.b', 'a\rb', true],
    ['a.b', 'a😀b', true],
    ['[[:alpha:]]+', 'abc', true],
  ])('%j on %j is %s', (source, text, expected) => {
    expect(matches(source, text)).toBe(expected);
  });
});

test('without anchors a part is enough', () => {
  expect(matches('foo', 'barfoo', false)).toBe(true);
  expect(matches('^foo$', 'barfoo', false)).toBe(false);
});

test.each(['(?=a)', 'a(', '\\1'])('%j is a problem that quotes it', (source) => {
  const compiled = compileWholeGoRegExp(source);
  expect(isProblem(compiled) && compiled.problem).toContain(
    `${JSON.stringify(source)} is not a regular expression`,
  );
});
