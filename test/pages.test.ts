import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { testPolicies } from '../src/admit/page/test-policies.ts';
import { pagedRules } from '../src/rules/paged-rules.ts';
import { rulePage } from '../src/rules/pages.ts';
import { rules } from '../src/rules/registry.ts';
import { diskFileSystem } from '../src/source/disk.ts';
import { openSources } from '../src/source/load.ts';
import { type Page, readPage } from './support/page.ts';
import { expectMarks } from './support/page-marks.ts';
import { judgeFiles } from './support/rule-page.ts';

const root = new URL('..', import.meta.url).pathname;
const folder = new URL('../policies/base/', import.meta.url);
const ids = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => name.slice(0, -3));

function read(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

const { tests, diagnostics } = testPolicies(openSources(diskFileSystem(root)), 'policies/base', '1.30');

test('every policy compiles for the oldest Kubernetes that has policies', () => {
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  expect(tests.map(({ policy }) => policy)).toEqual(ids);
});

describe.each(tests.map((one) => [one.policy, one] as const))('%s', (id, { problems, cases }) => {
  test('has a page with everything on it', () => {
    const page = readPage(read(`${id}.md`));
    expect(problems).toEqual([]);
    expectWholePage(page);
    expect(page.sections.at(-1)).toBe('In the cluster');
    expect(cases).toHaveLength(page.cases.length);
  });

  test.each(cases.map((one) => [one.title, one] as const))('%s', (_, one) => {
    expect(one.problems).toEqual([]);
  });
});

describe.each(pagedRules.map((id) => [id, rules.find((rule) => rule.id === id)] as const))(
  '%s',
  (id, rule) => {
    const page = readPage(rulePage(id) ?? '');

    test('has a page with everything on it', () => {
      expect(page.id).toBe(id);
      expectWholePage(page);
    });

    test.each(page.cases.map((one) => [one.isBad ? 'bad' : 'good', one.title, one] as const))(
      '%s: %s',
      (_, __, one) => {
        expectMarks(one, judgeFiles(one.files, rule ?? id));
      },
    );
  },
);

function expectWholePage(page: Page): void {
  expect(page.summary).toMatch(/^\S.{10,118}\.$/);
  expect(page.sections.slice(0, 3)).toEqual(['Why', 'Bad', 'Good']);
  const marks = page.cases.map((one) => one.files.flatMap((file) => file.marks).length > 0);
  expect(marks).toEqual(page.cases.map((one) => one.isBad));
  expect(new Set(page.cases.map((one) => one.isBad))).toEqual(new Set([true, false]));
}

test('every policy has its page', () => {
  const policies = readdirSync(folder).filter(
    (name) => name.endsWith('.yaml') && name !== 'kustomization.yaml',
  );
  expect(policies.map((name) => name.replace('.yaml', ''))).toEqual(ids);
});
