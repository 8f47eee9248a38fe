import { describe, expect, it } from 'vitest';
import { formatNames, formatReport } from '../../src/report/format.ts';
import type { Report } from '../../src/report/report.ts';
import { lintFiles } from '../support/lint-files.ts';

const url = 'https://example.com/org/base?ref=v1';
const service = 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 0}]}\n';
const patch =
  'patches:\n  - patch: "{apiVersion: v1, kind: Service, metadata: {name: there}, spec: {clusterIP: None}}"\n';
const tree = {
  'kustomization.yaml': `resources: [web.yaml, "${url}"]\n${patch}replicas: [{name: there, count: 2}]\n`,
  'web.yaml': service,
};
const options = { only: ['invalid-value'] };

function lintWith(notJudged: string, files: Record<string, string> = tree, more = {}): Report {
  return lintFiles({ ...files, 'cdb-lint.yaml': `notJudged: ${notJudged}\n` }, { ...options, ...more });
}

function rulesOf({ findings }: Report): string[] {
  return findings.map(({ rule }) => rule);
}

describe('a build that lacks something from elsewhere', () => {
  it('goes on without it, and the run exits 2', () => {
    const report = lintFiles(tree, options);
    expect(rulesOf(report)).toEqual(['invalid-value', 'remote-not-fetched']);
    expect(report.unchecked.map(({ what }) => what)).toEqual([url]);
    expect(report.environments).toMatchObject([{ complete: false, objects: 1 }]);
    expect([report.exitCode, report.coverage.objectsJudged]).toEqual([2, 0]);
  });

  it('says which charts it lacks, all of them', () => {
    const kustomization = 'resources: [web.yaml]\nhelmCharts: [{name: a}, {name: b}]\n';
    const report = lintFiles({ ...tree, 'kustomization.yaml': kustomization }, options);
    expect(report.unchecked.map(({ what }) => what)).toEqual(['Helm chart a', 'Helm chart b']);
    expect(rulesOf(report)).toContain('invalid-value');
  });

  it.each([
    ['a component', `components: ["${url}"]\n`],
    ['a patch', `patches: [{path: "${url}"}]\n`],
    [
      'the source of a replacement',
      `replacements: [{source: {kind: Service, name: there}, targets: [{select: {kind: Service}, fieldPaths: [metadata.name]}]}]\n`,
    ],
  ])('is not checked at all where %s is from there', (_, field) => {
    const kustomization = `resources: [web.yaml, "${url}"]\n${field}`;
    const report = lintWith(`[{remote: "${url}", reason: theirs}]`, {
      ...tree,
      'kustomization.yaml': kustomization,
    });
    expect(rulesOf(report)).not.toContain('invalid-value');
    expect(report.unchecked.map(({ what }) => what)).toEqual(['the build of .']);
    expect(report.exitCode).toBe(2);
  });
});

describe('notJudged', () => {
  it.each([[url], ['https://example.com/org/base'], ['https://example.com/org/'], ['https://example.com']])(
    'takes the rest for what decides: %s',
    (remote) => {
      const report = lintWith(`[{remote: "${remote}", reason: theirs, owner: ops}]`);
      expect(rulesOf(report)).toEqual(['invalid-value']);
      expect([report.exitCode, report.unchecked]).toEqual([1, []]);
      expect(
        lintWith(`[{remote: "${remote}", reason: theirs}]`, tree, { only: ['wrong-type'] }).exitCode,
      ).toBe(0);
      expect(report.suppressed).toMatchObject([
        { finding: { rule: 'remote-not-fetched' }, reason: 'theirs (ops)' },
      ]);
      expect(report.coverage.notRendered).toEqual([`${url}: accepted in the configuration as not checked`]);
      expect([report.coverage.objectsJudged, report.coverage.objectsKnown]).toEqual([0, 2]);
    },
  );

  it('is not a secret to any report that has room for it', () => {
    const report = lintWith(`[{remote: "${url}", reason: theirs}]`);
    const terminal = { colours: false, width: 120, guardCommands: false };
    for (const format of formatNames.filter((one) => one !== 'github' && one !== 'gitlab'))
      expect(formatReport(report, format, { pages: new Map(), terminal }), format).toMatch(
        /suppressed|accepted|theirs/u,
      );
  });

  it.each([
    ['another name', '[{remote: "https://example.com/org/bas", reason: x}]'],
    ['another name as long', `[{remote: "${url.replace('base', 'bass')}", reason: x}]`],
    ['another kind', `[{chart: "${url}", reason: x}]`],
    ['a day that is over', `[{remote: "${url}", reason: x, expires: 2026-01-01}]`],
  ])('accepts nothing by %s', (_, entry) => {
    const report = lintWith(entry, tree, { now: new Date('2026-11-26') });
    expect(report.exitCode).toBe(2);
    expect(report.suppressed).toEqual([]);
  });

  it('accepts charts and generators by their names', () => {
    const files = {
      'kustomization.yaml': 'resources: [web.yaml]\nhelmCharts: [{name: a}]\ngenerators: [g.yaml]\n',
      'web.yaml': service,
      'g.yaml': 'apiVersion: viaduct.ai/v1\nkind: ksops\nmetadata: {name: s}\n',
    };
    const report = lintWith('[{chart: a, reason: x}, {plugin: ksops, reason: x}]', files);
    expect(report.unchecked).toEqual([]);
    expect(report.summary.suppressed).toBe(2);
  });

  it('is not counted with what else is accepted', () => {
    const ignored = service.replace('port: 0}]}', 'port: 0}]} # cdb-lint-ignore invalid-value -- x');
    const report = lintFiles({ 'web.yaml': ignored }, options);
    expect(report.suppressed).toMatchObject([{ finding: { rule: 'invalid-value' } }]);
    expect(report.coverage.notRendered).toEqual([]);
  });

  it('accepts nothing that is here and fails', () => {
    const files = { ...tree, 'kustomization.yaml': 'resources: [gone.yaml]\n' };
    expect(
      lintWith('[{remote: gone.yaml, reason: x}, {remote: "the build of .", reason: x}]', files),
    ).toMatchObject({
      exitCode: 2,
      suppressed: [],
    });
  });

  it.each([
    ['[{reason: x}]', 'an entry of notJudged must have exactly one subject'],
    ['[{remote: a, chart: b, reason: x}]', 'an entry of notJudged must have exactly one subject'],
    ['[{remote: a}]', 'notJudged has no "reason"'],
    ['[{remote: "", reason: x}]', 'remote is empty'],
  ])('is refused as %s', (entry, message) => {
    expect(lintWith(entry).findings.map((one) => one.message)).toEqual([message]);
  });
});
