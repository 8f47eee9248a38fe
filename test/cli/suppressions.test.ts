import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { terminalReport } from '../../src/report/terminal/terminal.ts';
import { lintFiles } from '../support/lint-files.ts';
import { runCli, withFolder } from '../support/run-cli.ts';

const about = [
  'suppression-unused',
  'suppression-expired',
  'suppression-invalid',
  'suppression-too-broad',
  'parameters-unread',
];
const only = ['unknown-field', 'image-not-pinned', ...about];
const now = new Date('2026-11-23T12:00:00Z');

function pod(spec: string, metadata = ''): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
${metadata}spec:
${spec}`;
}

const containers = '  containers: [{name: web, image: "web:1.0.0"}]\n';

function lintPod(text: string, more: Readonly<Record<string, string>> = {}): Report {
  return lintFiles({ 'pod.yaml': text, ...more }, { only, now });
}

function rulesOf({ findings }: Report): string[] {
  return findings.map(({ rule }) => rule);
}

function acceptedBy({ suppressed, summary }: Report): string[] {
  expect(summary.suppressed).toBe(suppressed.length);
  return suppressed.map(({ reason }) => reason);
}

describe('comments', () => {
  it.each([
    ['at the line', '  colour: red # cdb-lint-ignore unknown-field -- known\n'],
    ['above the line', '  # cdb-lint-ignore unknown-field -- known\n  colour: red\n'],
    ['above other comments', '  # cdb-lint-ignore unknown-field -- known\n\n  # the colour\n  colour: red\n'],
    ['of several rules', '  # cdb-lint-ignore unknown-field, image-not-pinned -- known\n  colour: red\n'],
    [
      'under another',
      '  # cdb-lint-ignore unknown-field -- known\n  # cdb-lint-ignore wrong-type -- x\n  colour: red\n',
    ],
  ])('%s accept what is found there', (where, lines) => {
    const report = lintPod(pod(lines + containers));
    expect(acceptedBy(report)).toEqual(['known']);
    expect(rulesOf(report)).toEqual(where === 'of several rules' ? ['suppression-unused'] : []);
  });

  it('in a file that no kustomization reaches accept just that', () => {
    const files = { 'kustomization.yaml': 'resources: [pod.yaml]\n', 'pod.yaml': pod(containers) };
    const left = pod(containers).replace(
      'kind: Pod',
      'kind: Pod # cdb-lint-ignore file-not-reached -- kept for later',
    );
    const report = lintFiles({ ...files, 'left.yaml': left }, { only: ['file-not-reached', ...about], now });
    expect(acceptedBy(report)).toEqual(['kept for later']);
    expect(rulesOf(report)).toEqual([]);
  });

  it('of another line, or another rule, accept nothing and are not needed', () => {
    const above = lintPod(pod(`  # cdb-lint-ignore unknown-field -- known\n${containers}  colour: red\n`));
    expect(rulesOf(above)).toEqual(['unknown-field', 'suppression-unused']);
    const other = lintPod(pod(`  colour: red # cdb-lint-ignore image-not-pinned -- known\n${containers}`));
    expect(rulesOf(other)).toEqual(['unknown-field', 'suppression-unused']);
    expect(other.findings[1]?.span.file.path).toBe('pod.yaml');
    expect(other.exitCode).toBe(1);
  });

  it.each([
    ['no rule', '', 'suppression-too-broad', 'must name its rules'],
    ['no rule but a reason', '-- because', 'suppression-too-broad', 'must name its rules'],
    ['every rule', '* -- because', 'suppression-too-broad', 'must name its rules'],
    ['many rules', 'image-* -- because', 'suppression-too-broad', 'must name its rules'],
    ['no reason', 'unknown-field', 'suppression-invalid', 'must have a reason'],
    ['an empty reason', 'unknown-field -- ', 'suppression-invalid', 'must have a reason'],
    ['no such day', 'unknown-field (until 2027-02-30) -- x', 'suppression-invalid', 'is not a date'],
    ['no such rule', 'unknown-filed -- because', 'suppression-invalid', 'there is no rule "unknown-filed"'],
  ])('with %s are errors and accept nothing', (_what, text, rule, message) => {
    const report = lintPod(pod(`  colour: red # cdb-lint-ignore ${text}\n${containers}`));
    expect(rulesOf(report).sort()).toEqual([rule, 'unknown-field'].sort());
    expect(report.findings.find((one) => one.rule === rule)).toMatchObject({ severity: 'error' });
    expect(report.findings.find((one) => one.rule === rule)?.message).toContain(message);
    expect(report.summary.suppressed).toBe(0);
  });

  it('hold up to their last day, and say who answers for them', () => {
    const text = (day: string): string =>
      pod(
        `  colour: red # cdb-lint-ignore unknown-field (until ${day}) -- moving (owner team-a)\n${containers}`,
      );
    expect(acceptedBy(lintPod(text('2026-11-23')))).toEqual(['moving (team-a, until 2026-11-23)']);
    const expired = lintPod(text('2026-11-22'));
    expect(rulesOf(expired)).toEqual(['unknown-field', 'suppression-expired']);
    expect(expired.findings[1]?.message).toContain('2026-11-22');
    const withoutClock = lintFiles({ 'pod.yaml': text('2026-11-22') }, { only });
    expect(rulesOf(withoutClock)).toEqual([]);
  });

  it('in a base count for every environment that renders it', () => {
    const files = {
      'base/kustomization.yaml': 'resources: [pod.yaml]\n',
      'base/pod.yaml': pod(`  colour: red # cdb-lint-ignore unknown-field -- known\n${containers}`),
      'dev/kustomization.yaml': 'resources: [../base]\n',
      'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: prod-\n',
    };
    const report = lintFiles(files, { only, now });
    expect(rulesOf(report)).toEqual([]);
    expect(report.suppressed).toHaveLength(1);
  });

  it('inside a value are a part of it, save in a patch of a kustomization', () => {
    const script = '  script: |\n    # cdb-lint-ignore unknown-field -- known\n    colour: red\n';
    const report = lintPod(
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n${script}colour: red\n`,
    );
    expect(rulesOf(report)).toEqual(['unknown-field']);
    const patch = `patches:
  - patch: |-
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      spec:
        # cdb-lint-ignore unknown-field -- known
        colour: red
`;
    const built = lintFiles(
      { 'kustomization.yaml': `resources: [pod.yaml]\n${patch}`, 'pod.yaml': pod(containers) },
      { only, now },
    );
    expect(rulesOf(built)).toEqual([]);
    expect(acceptedBy(built)).toEqual(['known']);
  });

  it('are not needed where the rule was not run, or not everything was checked', () => {
    const text = pod(`  # cdb-lint-ignore image-not-pinned -- known\n${containers}`);
    expect(rulesOf(lintPod(text))).toEqual(['suppression-unused']);
    expect(rulesOf(lintFiles({ 'pod.yaml': text }, { only: ['suppression-unused'], now }))).toEqual([]);
    const broken = { 'pod.yaml': text, 'x/kustomization.yaml': 'resources: [gone.yaml]\n' };
    expect(rulesOf(lintFiles(broken, { only, now }))).not.toContain('suppression-unused');
  });

  it('never turn "could not be checked" into clean', () => {
    const kustomization = 'resources:\n  # cdb-lint-ignore file-missing -- later\n  - gone.yaml\n';
    const report = lintFiles({ 'kustomization.yaml': kustomization }, { now });
    expect(rulesOf(report)).toContain('file-missing');
    expect(report.exitCode).toBe(2);
  });
});

describe('annotations', () => {
  const annotated = (text: string): string =>
    pod(`  colour: red\n${containers}`, `  annotations:\n    cdb-lint.dev/ignore: ${text}\n`);

  it('accept findings about their object', () => {
    const report = lintPod(annotated('unknown-field -- known'));
    expect(rulesOf(report)).toEqual([]);
    expect(acceptedBy(report)).toEqual(['known']);
    const other = lintPod(annotated('unknown-field -- known'), {
      'b.yaml': pod('  size: 1\n').replace('web', 'b'),
    });
    expect(rulesOf(other)).toEqual(['unknown-field']);
  });

  it('hold several entries, on lines of their own or behind semicolons', () => {
    const image = containers.replace('web:1.0.0', 'web:latest');
    for (const text of [
      '"unknown-field -- one; image-not-pinned -- two"',
      '|\n      unknown-field -- one\n      image-not-pinned -- two',
    ]) {
      const report = lintPod(annotated(text).replace(containers, image));
      expect(rulesOf(report)).toEqual([]);
      expect(acceptedBy(report).sort()).toEqual(['one', 'two']);
    }
  });

  it('complain like comments', () => {
    expect(rulesOf(lintPod(annotated('unknown-field')))).toContain('suppression-invalid');
    expect(rulesOf(lintPod(annotated('"* -- all"')))).toContain('suppression-too-broad');
    expect(rulesOf(lintPod(annotated('unknown-field (until 2020-01-01) -- old')))).toEqual([
      'unknown-field',
      'suppression-expired',
    ]);
    expect(rulesOf(lintPod(annotated('image-not-pinned -- no more')))).toContain('suppression-unused');
  });

  it('in a base are needed as long as one environment needs them', () => {
    const files = {
      'base/kustomization.yaml': 'resources: [pod.yaml]\n',
      'base/pod.yaml': pod(containers, '  annotations:\n    cdb-lint.dev/ignore: unknown-field -- known\n'),
      'dev/kustomization.yaml': 'resources: [../base]\n',
      'prod/kustomization.yaml':
        'resources: [../base]\npatches:\n  - patch: |-\n      apiVersion: v1\n      kind: Pod\n      metadata: {name: web}\n      spec: {colour: red}\n',
    };
    expect(rulesOf(lintFiles(files, { only, now }))).toEqual([]);
    const { 'prod/kustomization.yaml': _, ...rest } = files;
    expect(rulesOf(lintFiles(rest, { only, now }))).toEqual(['suppression-unused']);
  });
});

describe('exclusions', () => {
  const exclusion = (more: string): Record<string, string> => ({
    'cdb-lint.yaml': `exclusions:\n  - {rule: unknown-field, file: pod.yaml, reason: known${more}}\n`,
  });
  const red = pod(`  colour: red\n${containers}`);

  it('expire, and name their owner', () => {
    const held = lintPod(red, exclusion(', expires: 2027-01-31, owner: team-a'));
    expect(acceptedBy(held)).toEqual(['known (team-a, until 2027-01-31)']);
    const expired = lintPod(red, exclusion(', expires: "2026-01-31"'));
    expect(rulesOf(expired)).toEqual(['unknown-field', 'suppression-expired']);
    expect(expired.findings[1]?.span.file.path).toBe('cdb-lint.yaml');
  });

  it('need a rule, a place and a reason', () => {
    for (const entry of ['{file: a, reason: b}', '{rule: unknown-field, reason: b, expires: "2027-01-01"}']) {
      const report = lintPod(red, { 'cdb-lint.yaml': `exclusions:\n  - ${entry}\n` });
      expect(rulesOf(report)).toEqual(['configuration-invalid']);
      expect(report.exitCode).toBe(2);
    }
  });
});

it('suppressions show in the report, and the command line knows what day it is', async () => {
  const text = (day: string): string =>
    pod(`  colour: red # cdb-lint-ignore unknown-field (until ${day}) -- moving\n${containers}`);
  const report = lintPod(text('2026-12-31'));
  const words = terminalReport(report, { colours: false, width: 120, guardCommands: false });
  expect(words).toContain('suppressed: unknown-field at pod.yaml:6:3: moving (until 2026-12-31)');
  expect(words).toContain('1 suppressed');
  await withFolder(
    { '.git/HEAD': '', 'a.yaml': text('9999-12-31'), 'b.yaml': text('2001-01-01') },
    async (folder) => {
      const args = ['--only', 'unknown-field', '--only', 'suppression-expired', '--format', 'json'];
      const held = await runCli(['a.yaml', ...args], folder);
      expect(JSON.parse(held.stdout).summary).toMatchObject({ error: 0, suppressed: 1 });
      expect(held.status).toBe(0);
      const expired = await runCli(['b.yaml', ...args], folder);
      expect(JSON.parse(expired.stdout).summary).toMatchObject({ error: 1, warning: 1, suppressed: 0 });
      expect(expired.status).toBe(1);
      expect((await runCli(['b.yaml', '--only', 'suppression-expired'], folder)).status).toBe(0);
      expect(
        (await runCli(['b.yaml', '--only', 'suppression-expired', '--fail-on', 'warning'], folder)).status,
      ).toBe(1);
    },
  );
});

describe('parameters', () => {
  it('of a rule that takes none are an error at their line', () => {
    const report = lintPod(pod(containers), {
      'cdb-lint.yaml': 'rules:\n  image-not-pinned:\n    parameters: {max: 3}\n',
    });
    expect(report.findings.map(({ rule, message }) => [rule, message])).toEqual([
      ['parameters-unread', 'image-not-pinned takes no parameters'],
    ]);
    expect(report.exitCode).toBe(1);
  });

  it('reach the policy that takes them', () => {
    const configuration = (label: string): Record<string, string> => ({
      'cdb-lint.yaml': `rules:\n  required-label-missing:\n    severity: error\n    parameters: {${label}: ".+"}\n`,
    });
    const judge = (label: string): Report =>
      lintFiles(
        { 'pod.yaml': pod(containers, '  labels: {app: web}\n'), ...configuration(label) },
        { only: ['required-label-missing', 'parameters-unread'] },
      );
    expect(rulesOf(judge('app'))).toEqual([]);
    expect(rulesOf(judge('team'))).toEqual(['required-label-missing']);
  });
});

it('a file of nothing but suppressions is neither slow nor silent', () => {
  const stacked = '  # cdb-lint-ignore unknown-field -- known\n'.repeat(20_000);
  const labels = Array.from({ length: 20_000 }, (_, index) => `    l${index}: "# x"\n`).join('');
  const late = '  colour: red # cdb-lint-ignore unknown-field -- one too many\n';
  const report = lintPod(pod(stacked + containers + late, `  labels:\n${labels}`));
  expect(report.summary.suppressed).toBe(0);
  expect(rulesOf(report)).toContain('unknown-field');
  expect(rulesOf(report).filter((rule) => rule === 'suppression-too-broad')).toHaveLength(1);
});
