import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/report/report.ts';
import type { RunJudgement } from '../../src/run/judge.ts';
import { reachOfChange } from '../../src/run/reached.ts';

/** Files, and which of them each directory builds; those with `!` are not rendered. */
interface Revision {
  readonly files: Readonly<Record<string, string>>;
  readonly builds?: Readonly<Record<string, readonly string[]>>;
  /** The files in which builds have a problem. */
  readonly problems?: Readonly<Record<string, readonly string[]>>;
  /** The directories that are built for the entry point of a cluster. */
  readonly clusters?: Readonly<Record<string, readonly string[]>>;
}

function judgement({ files, builds = {}, problems = {}, clusters = {} }: Revision): RunJudgement {
  const made = Object.entries(builds).map(([root, read]) => {
    const unrendered = read.filter((path) => path.startsWith('!')).map((path) => path.slice(1));
    const inputs = read.filter((path) => !path.startsWith('!'));
    const diagnostics = (problems[root] ?? []).map(problemIn);
    return [
      root,
      { root, inputs, diagnostics, resources: [], ...(unrendered.length === 0 ? {} : { unrendered }) },
    ] as const;
  });
  const failures = ['missing', 'too-large'];
  return {
    sources: {
      fileSystem: { kind: () => 'file' },
      bytes(path: string) {
        const text = files[path] ?? 'missing';
        return failures.includes(text) ? text : new TextEncoder().encode(text);
      },
    },
    builds: new Map(made),
    tree: {
      allClusters: Object.entries(clusters).map(([root, roots]) => ({
        root,
        reconciliations: roots.map((one) => ({ build: { root: one } })),
      })),
    },
  } as unknown as RunJudgement;
}

const earlier: Revision = {
  files: { 'a/one': '1', 'a/two': '2', 'b/one': '1', beside: '1', broken: 'too-large' },
  builds: { a: ['a/one', 'a/two', '!a/chart'], b: ['b/one', 'beside'], c: ['beside'] },
};

/** A later revision. */
function later(
  files: Revision['files'] = {},
  builds: Revision['builds'] = {},
  more: Partial<Revision> = {},
): Revision {
  return { files: { ...earlier.files, ...files }, builds: { ...earlier.builds, ...builds }, ...more };
}

const why = 'it was not rendered';

function reaches(head: Revision, subject: Finding | string): boolean {
  const isReached = reachOfChange(judgement(earlier), judgement(head));
  return isReached(typeof subject === 'string' ? { what: subject, why } : subject);
}

function problemIn(path: string): Pick<Finding, 'rule' | 'span'> {
  return { rule: 'path-missing', span: { file: { path, text: '' }, start: 3, end: 4 } };
}

/** A finding in a file, in the builds for these entry points. */
function findingIn(path: string, ...entryPoints: readonly (string | undefined)[]): Finding {
  const occurrences = entryPoints.map((entryPoint) => (entryPoint === undefined ? {} : { entryPoint }));
  return { span: { file: { path } }, occurrences } as unknown as Finding;
}

describe('a change reaches a build', () => {
  it.each<[string, Revision, boolean]>([
    ['not by nothing', later(), false],
    ['not by a file that it does not read', later({ 'b/one': '3' }), false],
    ['by a file that it reads', later({ 'a/two': '3' }), true],
    ['by a file that is gone', later({ 'a/two': 'missing' }), true],
    ['by a file that cannot be read any more', later({ 'a/two': 'too-large' }), true],
    ['by something of it that is not rendered', later({ 'a/chart': '3' }), true],
    ['by something of it that is not rendered any more', later({}, { a: ['a/one', 'a/two'] }), true],
    ['by another file that it reads', later({}, { a: ['a/one', 'a/two', 'beside', '!a/chart'] }), true],
    ['by a file in the place of another', later({}, { a: ['a/one', 'beside', '!a/chart'] }), true],
    ['by a file that it does not read any more', later({}, { a: ['a/one', '!a/chart'] }), true],
    ['that it brings', later({}, { new: ['a/one'] }), false],
  ])('%s', (_, head, is) => {
    expect(reaches(head, 'a')).toBe(is);
    expect(reaches(head, findingIn('a/one', 'a'))).toBe(is);
  });

  it('with all that only it reads', () => {
    const head = later({}, { new: ['a/one'] });
    expect(reaches(head, 'new')).toBe(true);
    expect(reaches(head, 'a/one')).toBe(true);
    expect(reaches(head, 'a/two')).toBe(false);
  });
});

it.each<[string, string, Revision, boolean]>([
  ['is as it was', 'beside', later({ 'a/one': '3' }), false],
  ['is another one', 'beside', later({ beside: '2' }, { b: [], c: [] }), true],
  ['cannot be read, as before', 'broken', later(), false],
  ['cannot be read for another reason', 'broken', later({ broken: 'missing' }), true],
  ['can be read now', 'broken', later({ broken: '1' }), true],
  ['is missing, as before', 'nowhere', later(), false],
])('a change reaches a file that nothing builds, or not: it %s', (_, path, head, is) => {
  expect(reaches(head, path)).toBe(is);
  expect(reaches(head, findingIn(path))).toBe(is);
});

describe('a change reaches a finding in a file that it leaves alone', () => {
  const head = later({ 'b/one': '3' });
  it.each<[string, Finding, boolean]>([
    ['of the run itself', { ...findingIn('a/one', 'a'), isOfRun: true } as Finding, true],
    ['of a build that it reaches and that reads the file', findingIn('beside', 'b'), true],
    ['of one of its builds', findingIn('beside', 'c', 'b'), true],
    ['not of another build that reads the file', findingIn('beside', 'c'), false],
    ['not of a build that does not read the file', findingIn('a/one', 'b'), false],
    ['of anything else than builds', findingIn('beside', 'c', 'an environment'), true],
    ['of no entry point', findingIn('beside', undefined), true],
    [
      'not of anything else, where no build of the file is reached',
      findingIn('a/one', 'an environment'),
      false,
    ],
  ])('%s', (_, finding, is) => {
    expect(reaches(head, finding)).toBe(is);
  });

  it('of a cluster that applies a build that it reaches', () => {
    const clusters = { 'clusters/one': ['a', 'b'], 'clusters/two': ['a', 'c'], '': ['c'] };
    const fleet = later({ 'b/one': '3' }, {}, { clusters });
    expect(reaches(fleet, findingIn('beside', 'clusters/one'))).toBe(true);
    expect(reaches(fleet, findingIn('beside', 'clusters/two'))).toBe(false);
    expect(reaches(fleet, findingIn('beside', ''))).toBe(false);
    expect(reaches(fleet, findingIn('beside', undefined))).toBe(false);
  });

  describe('that a build itself has', () => {
    const finding = { ...findingIn('b/one', 'cluster'), ...problemIn('beside') };
    const clusters = { cluster: ['b', 'c', 'd'] };
    it.each<[string, Revision['problems'] & object, boolean]>([
      ['if the change reaches that build', { b: ['beside'] }, true],
      ['not if it only reaches another build that reads the file', { d: ['beside'] }, false],
      ['if it reaches one of those that have it', { b: ['beside'], d: ['beside'] }, true],
      ['if it reaches the file, and no build has it', {}, true],
    ])('%s', (_, problems, is) => {
      const fleet = later({ 'b/one': '3' }, { d: [] }, { problems, clusters });
      const isReached = reachOfChange(judgement(later({}, { d: [] })), judgement(fleet));
      expect(isReached(finding)).toBe(is);
    });

    it('if it reaches that build and others, or brings it', () => {
      const isReachedIn = (head: Revision): boolean =>
        reachOfChange(judgement(later({}, { d: [] })), judgement(head))(finding);
      const problems = { b: ['beside'] };
      expect(isReachedIn(later({ 'a/one': '3', 'b/one': '3' }, { d: [] }, { problems, clusters }))).toBe(
        true,
      );
      const brought = { problems: { e: ['beside'] }, clusters };
      expect(isReachedIn(later({}, { d: [], e: [] }, brought))).toBe(true);
    });

    it('of another rule, or elsewhere in the file', () => {
      const fleet = later({ 'b/one': '3' }, { d: [] }, { problems: { d: ['beside'] }, clusters });
      const isReached = reachOfChange(judgement(later({}, { d: [] })), judgement(fleet));
      expect(isReached({ ...finding, rule: 'other' })).toBe(true);
      expect(isReached({ ...finding, span: { ...finding.span, start: 4 } })).toBe(true);
    });
  });
});
