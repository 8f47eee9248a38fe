import { describe, expect, it } from 'vitest';
import { pathMatcher } from '../../src/source/path-match.ts';

// The answers are those of filepath.Match of Go 1.26.
describe('a pattern of a path', () => {
  it.each([
    ['*.swp', 'a.swp', true],
    ['*.swp', 'a/b.swp', false],
    ['a*/b', 'axx/b', true],
    ['a?b', 'a/b', false],
    ['a[^b]b', 'a/b', true],
    ['*[^a]*c', 'b/c', false],
    ['[a-c]*[^a-c]', 'bxyz', true],
    ['\\*a', '*a', true],
    ['\\*a', 'xa', false],
    ['a*', 'a', true],
    ['*é', 'aé', true],
  ])('%s and %s: %s', (pattern, path, isFound) => {
    expect(pathMatcher(pattern)?.(path)).toBe(isFound);
  });

  it.each(['[', 'a[]', '[^', '[a-]', 'a\\'])('is malformed: %s', (pattern) => {
    expect(pathMatcher(pattern)).toBeUndefined();
  });
});
