import { describe, expect, it } from 'vitest';
import { formatNames, formatReport } from '../../src/report/format.ts';
import { deliverySummary } from '../../src/report/markdown/delivery-summary.ts';
import { judgePlan } from '../../src/run/judge-plan.ts';
import { rulePages } from '../../src/run/rule-pages.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { findEntryPoints, findManifests } from '../../src/survey/entry-points.ts';
import { lintFiles } from '../support/lint-files.ts';

const configMap = (name: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: a }\ndata: { a: b }\n`;
const three = { 'a.yaml': configMap('a'), 'b.yaml': configMap('b'), 'c.yaml': configMap('c') };

describe('files that nobody means all of', () => {
  const asked = { paths: [''], environments: [], selected: [] };
  it.each([
    ['files', { totalFiles: 2 }],
    ['entries of directories', { totalEntries: 2 }],
  ])('are not read where there are more %s than the limit', (_, limits) => {
    const sources = openSources(memoryFileSystem(three), limits);
    for (const found of [findEntryPoints(sources, asked), findManifests(sources, [''])])
      expect(found).toMatchObject({ diagnostics: [{ isOfRun: true, unchecked: 'the rest of the files' }] });
    expect(findEntryPoints(sources, asked).plainFiles).toEqual([]);
    expect(sources.counts.filesRead).toBe(0);
    expect(
      findEntryPoints(openSources(memoryFileSystem(three), { totalFiles: 3 }), asked).plainFiles,
    ).toHaveLength(3);
  });

  it.each([
    ['bytes', { totalBytes: 200 }],
    ['values', { totalNodes: 8 }],
  ])('are read up to the limit of %s', (_, limits) => {
    const sources = openSources(memoryFileSystem(three), limits);
    const loaded = Object.keys(three).map((path) => sources.load(path, 'api-server'));
    expect(loaded.map(({ documents }) => documents.length)).toEqual([1, 1, 0]);
    expect(loaded[2]?.diagnostics).toMatchObject([{ rule: 'too-large', isOfRun: true }]);
  });
});

const crd = (branches: number): string => `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: widgets.example.com }
spec:
  group: example.com
  scope: Namespaced
  names: { plural: widgets, singular: widget, kind: Widget, listKind: WidgetList }
  versions:
    - name: v1
      served: true
      storage: true
      schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { a: { type: string } }, anyOf: [${Array.from({ length: branches }, (_, index) => `{ properties: { a: { enum: [w${index}] } } }`).join(', ')}, {}] } } } }
`;
const widgets = (count: number, value: string): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `---\napiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w${index}, namespace: a }\nspec: { a: ${value} }\n`,
  ).join('');

describe('a run that as a whole needs too much', () => {
  const size = 1_500;
  const before = { 'crd.yaml': crd(size), 'a.yaml': widgets(size, 'v'), 'b.yaml': configMap('b') };
  const after = { ...before, 'b.yaml': configMap('b').replace('a: b', 'a: c') };

  it('is told in every format, whatever rules, files, suppressions and baselines are chosen', () => {
    const report = lintFiles(before, { only: ['unknown-field'], skip: ['too-large'] });
    expect(report.exitCode).toBe(2);
    const terminal = { colours: false, width: 200, guardCommands: false };
    const texts = formatNames.map((name) => formatReport(report, name, { pages: rulePages(), terminal }));
    for (const text of [...texts, deliverySummary(report)]) expect(text).toMatch(/not checked/u);
  });

  it('is told of a change although its base needs as much', () => {
    const fileSystem = memoryFileSystem(after);
    const base = { name: 'base', files: () => memoryFileSystem(before) };
    const { report } = judgePlan({ fileSystem, paths: [''] }, base as Parameters<typeof judgePlan>[1]);
    expect(report.exitCode).toBe(2);
    expect(report.findings.filter(({ isOfRun }) => isOfRun === true).length).toBeGreaterThan(0);
  });
});
