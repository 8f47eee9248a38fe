import { describe, expect, it } from 'vitest';
import { guessedTemplate, linkTemplateOf, webAddress } from '../../src/command/link-template.ts';

describe('a web address', () => {
  it.each([
    ['git@github.com:org/name.git', 'https://github.com/org/name'],
    ['ssh://git@gitlab.example.com:2222/group/sub/name.git', 'https://gitlab.example.com/group/sub/name'],
    ['https://user:secret@github.com/org/name', 'https://github.com/org/name'],
    ['https://github.com/org/name/', 'https://github.com/org/name'],
    ['/srv/git/name.git', undefined],
    ['../name', undefined],
    ['https://github.com/org/"><script>', undefined],
  ])('of %s', (remote, expected) => {
    expect(webAddress(remote)).toBe(expected);
  });
});

describe('a template for links', () => {
  it.each([
    ['git@github.com:o/n.git', 'https://github.com/o/n/blob/4f1c/{path}#L{line}'],
    ['https://gitlab.com/o/n.git', 'https://gitlab.com/o/n/-/blob/4f1c/{path}#L{line}'],
    ['https://codeberg.org/o/n', 'https://codeberg.org/o/n/src/commit/4f1c/{path}#L{line}'],
    ['https://bitbucket.org/o/n', 'https://bitbucket.org/o/n/src/4f1c/{path}#lines-{line}'],
  ])('is guessed from %s', (remote, expected) => {
    expect(guessedTemplate(remote, '4f1c')).toBe(expected);
    expect(guessedTemplate(remote, undefined)).toBeUndefined();
  });

  it('comes from what a job is told', () => {
    const github = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'o/n', GITHUB_SHA: '4f1c' };
    expect(linkTemplateOf(github)).toBe('https://github.com/o/n/blob/4f1c/{path}#L{line}');
    const gitlab = { CI_PROJECT_URL: 'https://gitlab.com/o/n', CI_COMMIT_SHA: '4f1c' };
    expect(linkTemplateOf(gitlab)).toBe('https://gitlab.com/o/n/-/blob/4f1c/{path}#L{line}');
    expect(linkTemplateOf({})).toBeUndefined();
  });
});
