import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluatePolicies } from '../src/admit/policy/evaluate.ts';
import { compilePolicies } from '../src/admit/policy/policy.ts';
import { policyFindings } from '../src/admit/policy-findings.ts';
import { originOfDocument } from '../src/build/provenance.ts';
import type { Resource } from '../src/build/resource.ts';
import { rules } from '../src/rules/judge.ts';
import { rulePage } from '../src/rules/pages.ts';
import { openSources } from '../src/source/load.ts';
import { memoryFileSystem } from '../src/source/memory.ts';
import { isMapping } from '../src/source/value.ts';
import { type Page, type PageCase, readPage } from './support/page.ts';
import { judgeFiles } from './support/rule-page.ts';

const folder = new URL('../policies/', import.meta.url);
const ids = readdirSync(folder)
  .filter((name) => name.endsWith('.md'))
  .map((name) => name.slice(0, -3));

function read(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

/** The objects of files as a cluster would get them; a page of several files goes through a build instead. */
function resourcesOf(files: Readonly<Record<string, string>>): Resource[] {
  const sources = openSources(memoryFileSystem(files));
  return Object.keys(files).flatMap((path) => {
    const { documents, diagnostics } = sources.load(path, 'kustomize');
    expect(diagnostics).toEqual([]);
    return documents.flatMap(({ value, positions }) =>
      isMapping(value) ? [{ object: value, origin: originOfDocument('resources', positions) }] : [],
    );
  });
}

interface Found {
  readonly file: string;
  readonly line: number;
  readonly severity: string;
  readonly rule: string;
  readonly message: string;
}

function findings(policies: readonly Resource[], page: PageCase): Found[] {
  const resources = resourcesOf(Object.fromEntries(page.files.map((file) => [file.path, file.text])));
  // A page may bring the parameters of its policy.
  const compiled = compilePolicies([...policies, ...resources]).policies;
  return resources.flatMap((resource) => {
    const violations = evaluatePolicies(compiled, { operation: 'CREATE', object: resource.object });
    return policyFindings(resource, violations).map(({ span, severity, rule, message }) => ({
      file: span.file.path,
      line: span.file.text.slice(0, span.start).split('\n').length,
      severity,
      rule,
      message,
    }));
  });
}

describe.each(ids)('%s', (id) => {
  const page = readPage(read(`${id}.md`));
  const documents = resourcesOf({ [`${id}.yaml`]: read(`${id}.yaml`) });
  const policies = compilePolicies(documents, '1.30');

  test('has a policy of its name that compiles', () => {
    expect(policies.diagnostics.map((diagnostic) => diagnostic.message)).toEqual([]);
    expect(policies.policies.map((policy) => [policy.name, policy.bindings.length])).toEqual([[id, 1]]);
    expect(page.id).toBe(id);
  });

  test('has a page with everything on it', () => {
    expectWholePage(page);
    expect(page.sections.at(-1)).toBe('In the cluster');
  });

  test.each(page.cases.map((one) => [one.isBad ? 'bad' : 'good', one.title, one] as const))(
    '%s: %s',
    (_, __, one) => {
      expectMarks(one, findings(documents, one));
    },
  );
});

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const page = readPage(rulePage(id) ?? '');

  test('has a page with everything on it', () => {
    expect(page.id).toBe(id);
    expectWholePage(page);
  });

  test.each(page.cases.map((one) => [one.isBad ? 'bad' : 'good', one.title, one] as const))(
    '%s: %s',
    (_, __, one) => {
      const found = judgeFiles(one.files, rule).map(({ span, severity, rule: name, message }) => ({
        file: span.file.path,
        line: span.file.text.slice(0, span.start).split('\n').length,
        severity,
        rule: name,
        message,
      }));
      expectMarks(one, found);
    },
  );
});

function expectWholePage(page: Page): void {
  expect(page.summary).toMatch(/^\S.{10,118}\.$/);
  expect(page.sections.slice(0, 3)).toEqual(['Why', 'Bad', 'Good']);
  const marks = page.cases.map((one) => one.files.flatMap((file) => file.marks).length > 0);
  expect(marks).toEqual(page.cases.map((one) => one.isBad));
  expect(new Set(page.cases.map((one) => one.isBad))).toEqual(new Set([true, false]));
}

function expectMarks(page: PageCase, found: readonly Found[]): void {
  const expected = page.files.flatMap((file) =>
    file.marks.map(({ line, severity, rule, message }) => ({
      file: file.path,
      line,
      severity,
      rule,
      message: expect.stringContaining(message),
    })),
  );
  expect(found.toSorted(byPlace)).toEqual(expected.toSorted(byPlace));
}

function byPlace(a: { file: string; line: number }, b: { file: string; line: number }): number {
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
}

test('every policy has its page', () => {
  const policies = readdirSync(folder).filter(
    (name) => name.endsWith('.yaml') && name !== 'kustomization.yaml',
  );
  expect(policies.map((name) => name.replace('.yaml', ''))).toEqual(ids);
});
