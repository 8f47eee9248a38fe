import { describe, expect, it } from 'vitest';
import { newBuildMemory } from '../../src/build/build-memory.ts';
import { judgeGate } from '../../src/run/gate.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { deployment, gate, plain, rulesOf, weakenings, without } from '../support/gate.ts';

/** A rule that judges the image of this Deployment with an error, found out rather than assumed. */
const bad = deployment('');
const brought = gate(plain, { ...plain, 'k8s/app/web.yaml': bad });
const [broken = 'image-tag-is-latest'] = rulesOf(brought);

describe('the findings of a change', () => {
  it('count, and those that the base has as well do not', () => {
    expect(brought.exitCode).toBe(1);
    const both = { ...plain, 'k8s/app/web.yaml': bad };
    const later = { ...both, 'k8s/app/more.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' };
    const report = gate(both, later);
    expect(report.exitCode).toBe(0);
    expect(report.compared?.before.map((one) => one.rule)).toContain(broken);
    expect(report.findings.map((one) => one.rule)).not.toContain(broken);
  });

  it('are gone when the change fixes them', () => {
    const report = gate({ ...plain, 'k8s/app/web.yaml': bad }, plain);
    expect(report.exitCode).toBe(0);
    expect(report.compared?.gone.map((one) => one.rule)).toContain(broken);
  });

  it('count again where they get graver', () => {
    const base = {
      ...plain,
      'k8s/app/web.yaml': bad,
      'cdb-lint.yaml': `rules: {${broken}: {severity: note}}\n`,
    };
    const report = gate(base, without(base, 'cdb-lint.yaml'));
    expect(rulesOf(report)).toContain(broken);
    expect(report.exitCode).toBe(1);
  });

  it('are what a tightened configuration asks for at once', () => {
    const base = {
      ...plain,
      'cdb-lint.yaml': `rules: {${broken}: {severity: 'off'}}\n`,
      'k8s/app/web.yaml': bad,
    };
    const report = gate(base, { ...base, 'cdb-lint.yaml': '{}\n' });
    expect(rulesOf(report)).toContain(broken);
    expect(weakenings(report)).toEqual([]);
  });

  it('need no configuration in the base', () => {
    const head = { ...plain, 'cdb-lint.yaml': 'rules: {reference-missing: {severity: error}}\n' };
    expect(gate(plain, head, { configuration: 'cdb-lint.yaml' }).exitCode).toBe(0);
  });
});

describe('what could not be checked', () => {
  const remote = 'resources: [web.yaml, "https://example.com/org/repository//base?ref=v1"]\n';
  const open = {
    ...plain,
    'k8s/open/kustomization.yaml': remote,
    'k8s/open/web.yaml': deployment(':1.0', 'open'),
  };

  it('is as before where the change does not reach it', () => {
    const report = gate(open, { ...open, 'k8s/app/web.yaml': deployment(':1.1') });
    expect(report.unchecked).toEqual([]);
    expect(report.compared?.uncheckedBefore.length).toBeGreaterThan(0);
    expect(report.exitCode).toBe(0);
  });

  it('is as before where the change reaches another build that reads the same file', () => {
    const web = deployment(':1.0', 'twin');
    const taken = {
      ...plain,
      'k8s/first/kustomization.yaml': 'resources: [web.yaml]\n',
      'k8s/first/web.yaml': web,
      'k8s/twin/kustomization.yaml': 'resources: [web.yaml]\n',
      'k8s/twin/web.yaml': web,
      'k8s/one/kustomization.yaml': 'resources: [../first, ../twin]\n',
      'k8s/two/kustomization.yaml': 'resources: [../app, ../twin]\n',
    };
    const only = ['id-conflict'];
    const report = gate(taken, { ...taken, 'k8s/app/web.yaml': deployment(':1.1') }, { only });
    expect(report.findings).toEqual([]);
    expect(report.compared?.before.map(({ rule }) => rule)).toContain('id-conflict');
    expect(report.exitCode).toBe(0);
  });

  it('counts where the change reaches it', () => {
    const patch = 'patches: [{path: patch.yaml, target: {kind: Deployment}}]\n';
    const json = (seconds: string): string => `- {op: add, path: /spec/minReadySeconds, value: ${seconds}}\n`;
    const patched = {
      ...open,
      'k8s/open/kustomization.yaml': remote + patch,
      'k8s/open/patch.yaml': json('1'),
    };
    expect(gate(patched, { ...patched, 'k8s/open/patch.yaml': json('2') }).exitCode).toBe(2);
    expect(gate(open, patched).exitCode).toBe(2);
  });

  it('is as before where the change edits a manifest beside it', () => {
    const report = gate(open, { ...open, 'k8s/open/web.yaml': deployment(':1.1', 'open') });
    expect(report.compared?.uncheckedBefore.length).toBeGreaterThan(0);
    expect(report.exitCode).toBe(0);
  });

  it('counts where the change edits a chart of the repository that lacks a dependency', () => {
    const chart = {
      ...plain,
      'k8s/open/kustomization.yaml': 'resources: [web.yaml]\nhelmCharts: [{name: shop, releaseName: shop}]\n',
      'k8s/open/web.yaml': deployment(':1.0', 'open'),
      'k8s/open/charts/shop/Chart.yaml':
        'apiVersion: v2\nname: shop\nversion: 1.0.0\ndependencies: [{name: redis, version: 1.0.0, repository: "https://charts.example.com"}]\n',
      'k8s/open/charts/shop/templates/a.yaml': 'kind: {{ .Values.kind }}\n',
    };
    const template = { 'k8s/open/charts/shop/templates/a.yaml': 'kind: {{ .Values.other }}\n' };
    expect(gate(chart, { ...chart, ...template }).exitCode).toBe(2);
    expect(gate(chart, { ...chart, 'k8s/app/web.yaml': deployment(':1.1') }).exitCode).toBe(0);
  });

  it('counts where the change brings it', () => {
    expect(gate(plain, open).exitCode).toBe(2);
  });

  it('is not accepted by the change itself', () => {
    const accepted = 'notJudged: [{remote: "https://example.com/org/repository", reason: trust me}]\n';
    const report = gate(plain, { ...open, 'cdb-lint.yaml': accepted });
    expect(report.exitCode).toBe(2);
    expect(weakenings(report).join('\n')).toContain('notJudged');
  });

  it('is a configuration of the head that cannot be used', () => {
    expect(gate(plain, { ...plain, 'cdb-lint.yaml': 'nonsense: 1\n' }).exitCode).toBe(2);
  });
});

describe('by the rules of the base', () => {
  const judged = { ...plain, 'k8s/app/web.yaml': bad };
  const off = `rules: {${broken}: {severity: 'off'}}\n`;

  it('a finding counts that the change accepts by a comment alone', () => {
    const commented = bad.replace(/( *)(image: \S+)/u, `$1# cdb-lint-ignore: ${broken} -- trust me\n$1$2`);
    expect(rulesOf(gate(plain, { ...plain, 'k8s/app/web.yaml': commented }))).toContain(broken);
  });

  it('a finding counts that a changed setting or another baseline accepts', () => {
    expect(rulesOf(gate(plain, { ...judged, 'cdb-lint.yaml': off }))).toContain(broken);
    const known = JSON.stringify({
      version: 1,
      findings: brought.findings.map(({ fingerprint, rule }) => ({
        fingerprint,
        rule,
        file: 'k8s/app/web.yaml',
        since: '2026-01-01',
      })),
    });
    const base = {
      ...plain,
      'cdb-lint.yaml': 'baseline: known.json\n',
      'known.json': '{"version": 1, "findings": []}',
    };
    expect(rulesOf(gate(base, { ...base, 'k8s/app/web.yaml': bad, 'known.json': known }))).toContain(broken);
  });

  it('nothing is said of its configuration, which the head has not', () => {
    const base = { ...plain, 'cdb-lint.yaml': 'rules: {no-such-rule: {severity: error}}\n' };
    const report = gate(base, { ...plain, 'cdb-lint.yaml': '{}\n' });
    expect(report.findings.map(({ rule }) => rule)).toEqual(['gate-weakened']);
    expect(report.unchecked).toEqual([]);
    expect(report.compared?.uncheckedBefore).toEqual([]);
    expect(report.compared?.gone.map(({ span }) => span.file.path)).toContain('cdb-lint.yaml');
  });

  it('what leaves a configuration of the base unusable is no matter of the head, and all else is', () => {
    const base = { ...plain, 'cdb-lint.yaml': 'nonsense: 1\n' };
    const fixed = { ...plain, 'cdb-lint.yaml': '{}\n' };
    expect(gate(base, base).exitCode).toBe(2);
    expect(gate(base, fixed).unchecked).toEqual([]);
    const open = {
      'k8s/open/kustomization.yaml': 'resources: ["https://example.com/org/repository//b?ref=v1"]\n',
    };
    expect(gate(base, { ...fixed, ...open }).unchecked).toHaveLength(1);
    const accepted = 'notJudged: [{remote: "https://example.com/org/repository", reason: trust me}]\n';
    const strict = { ...plain, 'cdb-lint.yaml': '{}\n' };
    expect(gate(strict, { ...plain, ...open, 'cdb-lint.yaml': accepted }).unchecked).toHaveLength(1);
  });

  it('a finding counts that the head switches off, whether or not the base has settings', () => {
    for (const settings of [{}, { 'cdb-lint.yaml': '{}\n' }])
      expect(rulesOf(gate({ ...plain, ...settings }, { ...judged, 'cdb-lint.yaml': off }))).toContain(broken);
  });

  it('only what was asked for counts', () => {
    const other = {
      'k8s/other/kustomization.yaml': 'resources: [web.yaml]\n',
      'k8s/other/web.yaml': bad.replaceAll('web', 'other'),
    };
    const places = (touched: readonly string[]): string[] =>
      gate(plain, { ...judged, ...other, 'cdb-lint.yaml': off }, { touched })
        .findings.filter(({ rule }) => rule === broken)
        .map(({ span }) => span.file.path);
    expect(places(['k8s/app/web.yaml'])).toEqual(['k8s/app/web.yaml']);
  });

  it('a directory that the change removes is not asked for', () => {
    const base = { ...plain, 'old/map.yaml': plain['k8s/beside.yaml'] ?? '' };
    const report = gate(base, { ...judged, 'cdb-lint.yaml': off }, { paths: ['k8s', 'old'] });
    expect(rulesOf(report)).toContain(broken);
    expect(report.unchecked).toEqual([]);
    expect(report.exitCode).toBe(1);
  });

  it('only what the head still has is looked at', () => {
    const report = gate(
      plain,
      without({ ...judged, 'cdb-lint.yaml': off, 'other/x.yaml': '' }, 'k8s/beside.yaml'),
      { paths: ['k8s', 'gone'] },
    );
    expect(rulesOf(report)).toContain(broken);
  });
});

it('the base is only compared: nothing is drawn of it, and what was built for it is remembered', () => {
  const memory = newBuildMemory();
  const { base, head } = judgeGate(
    { fileSystem: memoryFileSystem(plain), paths: ['k8s'], memory },
    { name: 'base', files: () => memoryFileSystem(plain) },
  );
  expect(base.report.environments).toEqual([]);
  expect(head.report.environments.length).toBeGreaterThan(0);
  expect(memory.builds().length).toBeGreaterThan(0);
});

it('a configuration that neither revision can use leaves everything unchecked', () => {
  const base = { ...plain, 'cdb-lint.yaml': 'ignore: [\n' };
  expect(gate(base, { ...base, 'k8s/beside.yaml': bad }).exitCode).toBe(2);
});
