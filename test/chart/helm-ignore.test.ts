import { describe, expect, it } from 'vitest';
import { helmIgnore } from '../../src/chart/helm-ignore.ts';

describe('.helmignore', () => {
  it('leaves out what its patterns name, and never more', () => {
    const isLeftOut = helmIgnore('# kept: b.txt\n*.sw[op]\nci/\n/docs/?.md\nkube-*.tgz\n');
    expect(
      ['a.swp', 'x/a.swo', 'docs/a.md', 'kube-a.tgz', 'templates/.a'].filter((one) => !isLeftOut(one, false)),
    ).toEqual([]);
    expect(
      ['a.swx', 'ci', 'docs/ab.md', 'x/docs/a.md', 'b.txt'].filter((one) => isLeftOut(one, false)),
    ).toEqual([]);
    expect(isLeftOut('ci', true)).toBe(true);
  });

  it('takes time that grows with the text alone for many stars', () => {
    const isLeftOut = helmIgnore(`${'*a'.repeat(200)}b[c]`);
    expect(isLeftOut('a'.repeat(4000), false)).toBe(false);
  });

  it('refuses what Go finds malformed with abc, and lets other malformed patterns match nothing', () => {
    expect(() => helmIgnore('a[')).toThrow('syntax error in pattern: a[');
    expect(() => helmIgnore('*[')).toThrow('syntax error in pattern: *[');
    expect(helmIgnore('x*[')('x[', false)).toBe(false);
    expect(() => helmIgnore('\\*[')).toThrow('syntax error in pattern');
  });
});
