import { describe, expect, it } from 'vitest';
import { writeBaseline } from '../../src/report/finding/baseline.ts';
import { junitReport } from '../../src/report/machine/junit.ts';
import { element, text } from '../../src/report/machine/xml.ts';
import { hostileReport } from '../support/hostile-report.ts';
import { lintFiles } from '../support/lint-files.ts';
import { readXml, type XmlElement } from '../support/read-xml.ts';

const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: web:latest\n      imagee: x\n`;
const tree = {
  'base/kustomization.yaml': 'resources: [pod.yaml]\n',
  'base/pod.yaml': pod,
  'dev/kustomization.yaml': 'resources: [../base]\n',
  'prod/kustomization.yaml': 'resources: [../base]\n',
  'cdb-lint.yaml': 'environments: {dev: {root: dev}, prod: {root: prod}}\n',
};
const only = ['image-not-pinned', 'unknown-field', 'limits-missing', 'host-path-mounted'];

function casesOf(suite: XmlElement | undefined): [string, string][] {
  return (suite?.children ?? []).map(({ attributes, children }) => [
    attributes['name'] ?? '',
    children[0]?.name ?? 'passed',
  ]);
}

describe('JUnit', () => {
  it('has one suite an environment, failures for findings, passed tests for rules that find nothing', () => {
    const suites = readXml(junitReport(lintFiles(tree, { profile: 'acceptance', only: [...only] })));
    expect(suites.children.map(({ attributes }) => attributes['name'])).toEqual(['dev', 'prod']);
    const cases = casesOf(suites.children[0]);
    expect(cases).toContainEqual(['unknown-field base/pod.yaml:8', 'failure']);
    expect(cases).toContainEqual(['image-not-pinned base/pod.yaml:7', 'failure']);
    expect(cases).toContainEqual(['host-path-mounted', 'passed']);
    const { tests, failures } = suites.children[0]?.attributes ?? {};
    expect(Number(tests)).toBe(cases.length);
    expect(Number(failures)).toBe(cases.filter(([, outcome]) => outcome === 'failure').length);
  });

  it('fails where the run fails', () => {
    const warnings = {
      ...tree,
      'cdb-lint.yaml': `${tree['cdb-lint.yaml']}rules: {unknown-field: warning}\n`,
    };
    const outcome = (failOn: 'error' | 'warning' | 'never'): string | undefined =>
      casesOf(
        readXml(junitReport(lintFiles(warnings, { only: ['unknown-field'], failOn }))).children[0],
      )[0]?.[1];
    expect(outcome('error')).toBe('system-out');
    expect(outcome('warning')).toBe('failure');
    expect(outcome('never')).toBe('system-out');
  });

  it('skips what is known or accepted, with the reason', () => {
    const baseline = writeBaseline(lintFiles(tree, { only: ['unknown-field'] }), '2026-11-23');
    const exclusion = 'exclusions: [{rule: image-not-pinned, object: web, reason: a test}]\n';
    const files = { ...tree, 'b.json': baseline, 'cdb-lint.yaml': tree['cdb-lint.yaml'] + exclusion };
    const report = lintFiles(files, { only: ['unknown-field', 'image-not-pinned'], baseline: 'b.json' });
    const messages = readXml(junitReport(report)).children[0]?.children.map(
      ({ children }) => children[0]?.attributes['message'],
    );
    expect(messages).toContain('known since 2026-11-23');
    expect(messages).toContain('suppressed: a test');
  });

  it('has an error for a build that failed', () => {
    const report = lintFiles({ ...tree, 'prod/kustomization.yaml': 'resources: [gone.yaml]\n' }, { only });
    const suites = readXml(junitReport(report));
    const errors = suites.children.map(({ attributes }) => [attributes['name'], attributes['errors']]);
    expect(errors).toEqual([
      ['dev', '0'],
      ['prod', '1'],
      ['repository', '1'],
    ]);
  });

  it('has one passed test for all rules of an environment where each by itself would be too many to read', () => {
    const roots = Array.from({ length: 120 }, (_, index) => `r${index}`);
    const suites = readXml(
      junitReport(lintFiles(Object.fromEntries(roots.map((root) => [`${root}/kustomization.yaml`, '{}\n'])))),
    ).children;
    expect(suites.length).toBeGreaterThan(100);
    const cases = suites.flatMap(casesOf).filter(([, outcome]) => outcome === 'passed');
    expect(cases.length).toBeLessThanOrEqual(roots.length);
  });

  it('gives tests of one line names of their own', () => {
    const line = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, nam: b, nama: c}\n';
    const [suite] = readXml(junitReport(lintFiles({ 'a.yaml': line }, { only: ['unknown-field'] }))).children;
    const names = casesOf(suite)
      .map(([name]) => name)
      .filter((name) => name.startsWith('unknown-field '));
    expect(names).toEqual(['unknown-field a.yaml:3', 'unknown-field a.yaml:3 (2)']);
  });

  it('is XML whatever the data', () => {
    const xml = junitReport(hostileReport());
    expect(() => readXml(xml)).not.toThrow();
    expect(xml).not.toContain('<script');
    expect(xml).not.toContain(']]>');
    expect(xml).not.toContain('##[');
  });
});

describe('XML text', () => {
  it.each([
    ['a & b < c > d', 'a &amp; b &lt; c &gt; d'],
    [']]>', ']]&gt;'],
    ['\u0000\u0008\u000b\u001f\ufffe\uffff\ud800x', 'x'],
    ['"\'', '&quot;&apos;'],
    [' ::error::x ##[y]', ' &#58;:error::x #&#35;[y]'],
  ])('%j', (value, written) => {
    expect(text(value)).toBe(written);
  });

  it('keeps line breaks in attributes', () => {
    expect(element('a', { b: 'x\ny', c: undefined })).toBe('<a b="x&#10;y"/>');
  });
});
