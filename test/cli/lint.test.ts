import { describe, expect, it } from 'vitest';
import { jsonReport } from '../../src/report/machine/json.ts';
import { terminalReport } from '../../src/report/terminal/terminal.ts';
import { lintFiles } from '../support/lint-files.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicsa: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: web:1.0.0
`;

const tree = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': deployment,
  'dev/kustomization.yaml': 'resources: [../base]\n',
  'prod/kustomization.yaml': 'resources: [../base]\n',
};

const only = ['unknown-field', 'required-workload-missing', 'invalid-value', 'suppression-unused'];
const options = { terminal: { colours: false, width: 120, guardCommands: false } };

function configured(text: string): Record<string, string> {
  return { ...tree, 'cdb-lint.yaml': text };
}

const environments = 'environments:\n  dev: {root: dev}\n  prod: {root: prod}\n';

describe('root causes', () => {
  it('one base line that breaks both environments is one finding with two occurrences', () => {
    const report = lintFiles(configured(environments), { only });
    expect(report.findings).toHaveLength(1);
    const [finding] = report.findings;
    expect(finding?.rule).toBe('unknown-field');
    expect(finding?.occurrences.map(({ entryPoint }) => entryPoint)).toEqual(['dev', 'prod']);
    expect(report.summary.error).toBe(1);
    expect(report.exitCode).toBe(1);
    const text = terminalReport(report, options.terminal);
    expect(text).toContain('--> base/web.yaml:6:3');
    expect(text).toContain('2 environments: dev, prod');
  });

  it('without a configuration every kustomization that no other one uses is built', () => {
    const report = lintFiles(tree, { only });
    expect(report.environments.map(({ entryPoint }) => entryPoint)).toEqual(['dev', 'prod']);
    expect(report.findings).toHaveLength(1);
  });

  it('shows the layers of a value, the first one first', () => {
    const patch =
      'patches:\n  - patch: |-\n      apiVersion: apps/v1\n      kind: Deployment\n      metadata: {name: web}\n      spec: {replicas: two}\n';
    const files = {
      ...tree,
      'base/web.yaml': deployment.replace('replicsa', 'replicas'),
      'prod/kustomization.yaml': `resources: [../base]\n${patch}`,
    };
    const report = lintFiles(files, { only: ['wrong-type'], paths: ['prod'] });
    expect(report.findings).toHaveLength(1);
    const [finding] = report.findings;
    expect(finding?.span.file.path).toBe('prod/kustomization.yaml');
    expect(finding?.related.map(({ span, message }) => [span.file.path, message])).toEqual([
      ['base/web.yaml', 'defined here'],
    ]);
    expect(terminalReport(report, options.terminal)).toMatch(
      /set by:\n {4}1\. base\/web\.yaml:6:3 +replicas: 2 +defined here\n {4}2\. prod\/kustomization\.yaml:7:/u,
    );
  });
});

describe('exit codes', () => {
  const clean = { ...tree, 'base/web.yaml': deployment.replace('  replicsa: 2\n', '') };

  it('0 for clean, 1 for findings, and never for --fail-on never', () => {
    expect(lintFiles(clean, { only }).exitCode).toBe(0);
    expect(lintFiles(tree, { only }).exitCode).toBe(1);
    expect(lintFiles(tree, { only, failOn: 'never' }).exitCode).toBe(0);
  });

  it('2 where a build fails, even if nothing else is wrong and nothing shall fail', () => {
    const files = { ...clean, 'prod/kustomization.yaml': 'resources: [../base, gone.yaml]\n' };
    const report = lintFiles(files, { only, failOn: 'never' });
    expect(report.exitCode).toBe(2);
    expect(report.unchecked).toHaveLength(1);
    expect(terminalReport(report, options.terminal)).toMatch(
      /^Not checked: 1 thing\n.*gone\.yaml.*\n {2}help: fix the build, /mu,
    );
    const other = report.environments.find(({ name }) => name === 'dev');
    expect(other).toMatchObject({ complete: true, objects: 1 });
  });

  it('2 where there is nothing to check', () => {
    const report = lintFiles({ 'README.md': 'hello' });
    expect(report.exitCode).toBe(2);
    expect(report.unchecked[0]?.why).toContain('no Kubernetes manifest');
  });

  it('says once what is missing, and what to do about it', () => {
    const gone = lintFiles(tree, { only, paths: ['gone'] });
    expect(gone.unchecked).toEqual([{ what: 'gone', why: 'does not exist' }]);
    expect(terminalReport(gone, options.terminal)).not.toContain('notJudged');
    const empty = terminalReport(lintFiles({ 'README.md': 'hello' }), options.terminal);
    expect(empty).toMatch(/\n {2}help: use the directory that is deployed: cdb-lint PATH\n/u);
    const rootless = lintFiles(configured(environments.replace('root: prod', 'root: prd')), { only });
    const finding = rootless.findings.find(({ rule }) => rule === 'environment-unknown');
    expect([finding?.message, finding?.help]).toEqual([
      'the root of environment prod is prd, which is not a directory',
      'did you mean "prod"?',
    ]);
    expect([finding?.span.file.path, rootless.exitCode]).toEqual(['cdb-lint.yaml', 2]);
  });

  it('2 for a path that does not exist, and the other paths are still checked', () => {
    const report = lintFiles(tree, { only, paths: ['gone', 'prod'] });
    expect(report.exitCode).toBe(2);
    expect(report.findings.map(({ rule }) => rule).sort()).toEqual(['file-unreadable', 'unknown-field']);
  });

  it('no setting silences what could not be checked', () => {
    const files = configured(`${environments}rules: {file-unreadable: off}\n`);
    const report = lintFiles(files, { paths: ['gone'], only: ['unknown-field'], failOn: 'never' });
    expect(report.exitCode).toBe(2);
  });
});

describe('plain manifests', () => {
  it('are read as the API server reads them, lists item by item', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n    metadata: {name: a}\n    spec:\n      hostNetwork: yes\n      containers: [{name: a, image: "a:1"}]\n`;
    const report = lintFiles({ 'plain/list.yaml': list, 'plain/values.yaml': 'replicas: 1\n' });
    expect(report.coverage.objects).toBe(1);
    expect(report.findings.filter(({ rule }) => rule === 'wrong-type')).toEqual([]);
  });
});

describe('settings', () => {
  it('an exclusion accepts a finding with its reason', () => {
    const exclusion = 'exclusions:\n  - {rule: unknown-field, object: Deployment/web, reason: known}\n';
    const report = lintFiles(configured(environments + exclusion), { only });
    expect(report.findings).toEqual([]);
    expect(report.suppressed).toHaveLength(1);
    expect(report.summary.suppressed).toBe(1);
    expect(terminalReport(report, options.terminal)).toContain(
      'suppressed: unknown-field at base/web.yaml:6:3: known',
    );
  });

  it('an exclusion that matches nothing is a warning at its line', () => {
    const exclusion = 'exclusions:\n  - rule: unknown-field\n    file: base/other.yaml\n    reason: known\n';
    const report = lintFiles(configured(environments + exclusion), { only });
    const unused = report.findings.find(({ rule }) => rule === 'suppression-unused');
    expect(unused?.span.file.path).toBe('cdb-lint.yaml');
    expect(unused?.message).toContain('unknown-field');
  });

  it('a rule gets its severity from the configuration', () => {
    const files = configured(`${environments}rules: {unknown-field: warning}\n`);
    const report = lintFiles(files, { only });
    expect(report.summary).toMatchObject({ error: 0, warning: 1 });
    expect(report.exitCode).toBe(0);
    expect(lintFiles(files, { only, failOn: 'warning' }).exitCode).toBe(1);
  });

  it('only the named environments are checked, and an unknown name is not silence', () => {
    const files = configured(environments);
    expect(lintFiles(files, { only, environments: ['prod'] }).environments).toHaveLength(1);
    const report = lintFiles(files, { only, environments: ['pord'] });
    expect(report.exitCode).toBe(2);
    expect(report.unchecked[0]?.what).toContain('pord');
  });

  it('a required workload that is missing is found at the line that requires it', () => {
    const files = configured(`${environments}requiredWorkloads:\n  - web\n  - redis\n`);
    const report = lintFiles(files, { only: ['required-workload-missing'] });
    expect(report.findings.map(({ message }) => message)).toEqual(['there is no workload redis']);
    expect(terminalReport(report, options.terminal)).toContain('--> cdb-lint.yaml:6:5');
    expect(report.findings[0]?.occurrences.map(({ service }) => service)).toEqual(['redis', 'redis']);
  });
});

describe('counts', () => {
  it('every file is read once and every document parsed once, however many builds use it', () => {
    const { coverage } = lintFiles(configured(environments));
    expect(coverage.filesRead).toBe(5);
    expect(coverage.filesParsed).toBe(5);
    expect(coverage.documents).toBe(5);
    expect(coverage.builds).toBe(2);
    expect(coverage.objects).toBe(2);
  });
});

describe('secrets', () => {
  const token = 'c4n4ry-t0ken-71f3';
  const encoded = btoa(token);
  const secret = `apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\ndata:\n  a: ${encoded}\n  b: "${encoded}!"\nstringData:\n  c: ${token}\n  d: |\n    ${token}\n    more\ntyp: wrong\n`;
  const kustomization = `resources: [secret.yaml]\nsecretGenerator:\n  - name: g\n    literals:\n      - token=${token}\n      - "broken ${token}"\n`;

  it.each([
    ['a Secret with a wrong field', { 'secret.yaml': secret }],
    ['a Secret that does not parse', { 'secret.yaml': `${secret}: [\n` }],
    ['a secretGenerator that fails', { 'kustomization.yaml': kustomization, 'secret.yaml': secret }],
    [
      'an environment variable',
      {
        'pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - name: c\n      image: c:1\n      env:\n        - name: DB_PASSWORD\n          value: ${token}\n      args: [--password=${token}]\n`,
      },
    ],
  ])('%s is not printed by any format', (_name, files) => {
    const report = lintFiles(files);
    expect(report.findings.length).toBeGreaterThan(0);
    for (const text of [terminalReport(report, options.terminal), jsonReport(report)]) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(encoded);
      expect(text).not.toContain(token.slice(0, 8));
    }
  });
});

it('a long report names few of many environments, and few findings of many of one rule', () => {
  const service = (port: number): string =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: ${port}}]}\n`;
  const folders = Array.from({ length: 21 }, (_, index) => `env${index}`);
  const tree = folders.flatMap((folder, index) => [
    [`${folder}/kustomization.yaml`, `namespace: ${folder}\nresources: [service.yaml]\n`],
    [`${folder}/service.yaml`, service(-index)],
  ]);
  const print = (files: readonly (readonly string[])[]): string =>
    terminalReport(lintFiles(Object.fromEntries(files), { only: ['invalid-value'] }), {
      colours: false,
      width: 100,
      guardCommands: false,
    });
  const text = print(tree);
  expect(text).toMatch(/21 builds \(env0, env1, env10, env11, env12 and 16 more\)/u);
  expect(text).toMatch(
    /^error\[invalid-value\] and 16 more\n {2}--all prints all of them\n\nFix first \(21 errors: 21 break something\):\n {2}env0\/service\.yaml:4:23:\n {4}.*20 more of this rule\n.*explain RULE.*\n.*init.*\n\n✗ Failed: 21 errors/mu,
  );
  expect(text.match(/^error\[invalid-value\] port/gmu)).toHaveLength(5);
  expect(print(tree.slice(0, 40))).not.toContain('cdb-lint init');
});
