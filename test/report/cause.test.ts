import { describe, expect, it } from 'vitest';
import { causesOf } from '../../src/report/finding/cause.ts';
import { htmlReport } from '../../src/report/html/html.ts';
import { jsonReport } from '../../src/report/machine/json.ts';
import { markdownReport } from '../../src/report/markdown/markdown.ts';
import type { Report } from '../../src/report/report.ts';
import { terminalReport } from '../../src/report/terminal/terminal.ts';
import { fluxKustomization } from '../reconcile/discover-files.ts';
import { lintFiles } from '../support/lint-files.ts';

const terminal = { colours: false, width: 80, guardCommands: false };

function deployment(name: string, more = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: main
          image: shop/${name}:1.4.2
${more}`;
}

function groups(report: Report): [string, string, number][] {
  return causesOf(report).flatMap(({ by, title, findings }) =>
    findings.length === 1 ? [] : [[by, title, findings.length]],
  );
}

describe('findings of one cause', () => {
  it('are what one object lacks, where there are more policies than objects', () => {
    const report = lintFiles({ 'a.yaml': deployment('web') }, { profile: 'acceptance' });
    const [[by, title, count] = []] = groups(report);
    expect([by, title]).toEqual(['object', `Deployment web does not meet ${count} policies`]);
    expect(count).toBe(report.findings.length);
  });

  it('are all that lack the same, where there are more objects than policies', () => {
    const names = Array.from({ length: 15 }, (_, index) => `web${index}`);
    const files = Object.fromEntries(names.map((name) => [`${name}.yaml`, deployment(name)]));
    const report = lintFiles(files, { only: ['limits-missing', 'requests-missing'] });
    expect(groups(report)).toEqual([
      ['policy', 'A container has no CPU or memory limit', 15],
      ['policy', 'A container has no CPU or memory request', 15],
    ]);
    const text = terminalReport(report, terminal);
    expect(text).toContain('warning[limits-missing] A container has no CPU or memory limit (15 findings)');
    expect(text.match(/ {2}--> web\d+\.yaml:\d+:\d+ +Deployment shop\/web\d+$/gmu)).toHaveLength(20);
    expect(text).toContain('\n  and 5 more (--all prints them)\n');
    const whole = terminalReport(report, { ...terminal, all: true });
    expect(whole.match(/ {2}--> web\d+\.yaml:\d+:\d+ +Deployment shop\/web\d+$/gmu)).toHaveLength(30);
  });

  it('are copies of a base in one namespace, whichever rules see that', () => {
    const apps = ['a', 'b', 'c'].flatMap((name) => [
      [`clusters/main/${name}.yaml`, fluxKustomization(`shop-${name}`, `./apps/${name}`)],
      [`apps/${name}/kustomization.yaml`, `namePrefix: ${name}-\nresources: [../base]\n`],
    ]);
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n';
    const files = {
      'clusters/main/source.yaml':
        'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: flux-system, namespace: flux-system}\nspec: {interval: 1m, url: "https://git.example.org/org/fleet"}\n',
      ...Object.fromEntries(apps),
      'apps/base/kustomization.yaml': 'resources: [web.yaml, service.yaml]\n',
      'apps/base/web.yaml': deployment('web'),
      'apps/base/service.yaml': service,
    };
    const report = lintFiles(files, { only: ['selectors-overlap', 'foreign-pods-selected'] });
    const rules = new Set(report.findings.map(({ rule }) => rule));
    expect(rules).toEqual(new Set(['selectors-overlap', 'foreign-pods-selected']));
    expect(groups(report)).toEqual([
      [
        'cause',
        'several entry points apply apps/base to the namespace shop, and no label distinguishes their pods',
        report.findings.length,
      ],
    ]);
  });

  it('are callers that one missing rule of a NetworkPolicy keeps out', () => {
    const caller = (name: string): string =>
      deployment(name, '          env: [{name: DB_HOST, value: db}]\n');
    const files = {
      'kustomization.yaml': 'resources: [a.yaml, b.yaml, c.yaml, db.yaml, net.yaml]\n',
      'a.yaml': caller('a'),
      'b.yaml': caller('b'),
      'c.yaml': caller('c'),
      'db.yaml': `${deployment('db', '          ports: [{containerPort: 5432}]\n')}---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {selector: {app: db}, ports: [{port: 5432}]}
`,
      'net.yaml': `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: db, namespace: shop}
spec: {podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress]}
`,
    };
    const report = lintFiles(files, { only: ['traffic-not-allowed'] });
    expect(groups(report)).toEqual([
      ['cause', 'no NetworkPolicy allows ingress from the callers of Deployment db', 3],
    ]);
  });

  it('are two Applications of one template line', () => {
    const set = `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: shop, namespace: argocd}
spec:
  goTemplate: true
  goTemplateOptions: ["missingkey=error"]
  generators: [{list: {elements: [{stage: eu}, {stage: us}]}}]
  template:
    metadata: {name: 'shop-prod-{{.stage}}'}
    spec:
      project: default
      destination: {server: https://kubernetes.default.svc, namespace: shop}
      source: {repoURL: https://git.example.org/shop.git, path: 'apps/{{.stage}}', targetRevision: HEAD}
`;
    const report = lintFiles({ 'argocd/set.yaml': set }, { only: ['application-project-default'] });
    expect(report.findings.map(({ message }) => message.split(' ')[0])).toEqual([
      'shop-prod-eu',
      'shop-prod-us',
    ]);
    expect(groups(report)).toMatchObject([
      ['place', expect.stringContaining('is in the project default'), 2],
    ]);
  });

  it('stay by themselves where they have only their rule in common', () => {
    const report = lintFiles(
      {
        'a.yaml': deployment('a', '          imagee: x\n'),
        'b.yaml': deployment('b', '          imag: x\n'),
      },
      { only: ['unknown-field'] },
    );
    expect(report.findings).toHaveLength(2);
    expect(groups(report)).toEqual([]);
  });

  it('are those of which the same is said of the same field, the first in full', () => {
    const report = lintFiles(
      {
        'a.yaml': deployment('a', '          imagee: x\n'),
        'b.yaml': deployment('b', '          imagee: x\n'),
        'c.yaml': `${deployment('c')}imagee: x\n`,
      },
      { only: ['unknown-field'] },
    );
    expect(groups(report)).toEqual([['message', 'unknown field "imagee"', 2]]);
    const text = terminalReport(report, terminal);
    expect(text).toMatch(
      / \| +imagee: x\n(?:.*\n)+? {2}the same in 1 other place:\n {2}--> b\.yaml:\d+:\d+ {2}Deployment shop\/b\n/u,
    );
    expect(text).toMatch(/\n✗ Failed: 2 errors in 3 places, /u);
  });

  it('are those that name the same thing from elsewhere, all of them not checked', () => {
    const remote =
      'resources: ["https://example.com/org/base?ref=0f3c6f2f6b6a3f7b7c2d5e9d1c4b8a7f6e5d4c3b"]\n';
    const report = lintFiles({ 'a/kustomization.yaml': remote, 'b/kustomization.yaml': remote });
    expect(groups(report)).toMatchObject([['cause', expect.stringContaining('is never fetched'), 2]]);
    expect(report.unchecked).toHaveLength(1);
    expect(report.exitCode).toBe(2);
  });

  it('are files of one repository that is not here', () => {
    const file = (name: string): string => `https://raw.githubusercontent.com/org/crds/v1.2.3/${name}.yaml`;
    const report = lintFiles(
      {
        'a/kustomization.yaml': `resources:\n- ${file('one')}\n- ${file('two')}\n- https://github.com/org/other//base?ref=v1\n`,
      },
      { only: ['remote-not-fetched'] },
    );
    expect(groups(report)).toEqual([['cause', 'org/crds is outside the repository and is never fetched', 2]]);
    expect(report.unchecked).toHaveLength(3);
  });

  it('are the objects that need the same missing one, and claims that go with their data', () => {
    const needs = (name: string): string =>
      deployment(name, '          envFrom: [{secretRef: {name: login}}]\n');
    const missing = lintFiles(
      { 'a.yaml': needs('a'), 'b.yaml': needs('b') },
      { only: ['reference-missing'] },
    );
    expect(groups(missing)).toEqual([['cause', 'nothing provides Secret login', 2]]);
    const claim = (name: string): string =>
      `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: ${name}, namespace: shop}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n`;
    const pruned = lintFiles(
      {
        'clusters/main/shop.yaml': fluxKustomization('shop', './apps'),
        'apps/a.yaml': claim('a'),
        'apps/b.yaml': claim('b'),
      },
      { only: ['prune-takes-data'] },
    );
    expect(groups(pruned)).toEqual([
      ['cause', expect.stringMatching(/deleted, a PersistentVolumeClaim with its data$/u), 2],
    ]);
  });

  it('are all among the diagnostics for machines, and named as a group', () => {
    const report = lintFiles({ 'a.yaml': deployment('web') }, { profile: 'acceptance' });
    const { causes, diagnostics } = JSON.parse(jsonReport(report));
    expect(diagnostics).toHaveLength(report.findings.length);
    expect(causes).toMatchObject([{ by: 'object', severity: 'error' }]);
    expect(new Set(causes[0].findings)).toEqual(
      new Set(diagnostics.map(({ fingerprint }: Record<string, string>) => fingerprint)),
    );
  });
});

describe('what people read next to the terminal', () => {
  const names = Array.from({ length: 12 }, (_, index) => `web${index}`);
  const files = Object.fromEntries(names.map((name) => [`${name}.yaml`, deployment(name)]));
  const report = lintFiles(files, { only: ['limits-missing', 'requests-missing'] });
  const title = 'A container has no CPU or memory limit';

  it('tells a cause once in the summary, with its members and the first of them in full', () => {
    const text = markdownReport(report);
    const [, block = ''] = text.split(`**warning** \`limits-missing\`: \`${title}\` (12 findings)`);
    const list = block.slice(0, block.indexOf('<details>'));
    expect(list.match(/^- `web\d+\.yaml:\d+:\d+`: `Deployment shop\/web\d+`$/gmu)).toHaveLength(10);
    expect(list).toContain('\n- and 2 more\n');
    expect(text.match(/\*\*warning\*\*/gu)).toHaveLength(4);
  });

  it('folds the members of a cause on the page', () => {
    const page = htmlReport(report);
    expect(page.match(/<article class="cause /gu)).toHaveLength(2);
    expect(page).toContain(`<h3>${title}</h3> <span class="soft">(12 findings)</span>`);
    for (const { fingerprint } of report.findings) expect(page).toContain(`id="${fingerprint}"`);
    expect(page.slice(page.indexOf('<article class="cause '), page.indexOf('id="criteria"'))).not.toContain(
      ' open>',
    );
  });
});

describe('the terminal', () => {
  const files = Object.fromEntries(
    Array.from({ length: 9 }, (_, index) => [
      `${index}.yaml`,
      deployment(`web${index}`, `          image${index}: x\n`),
    ]),
  );
  const report = lintFiles(files, { only: ['unknown-field'] });

  it('tells so many causes of one rule, and counts the others', () => {
    const text = terminalReport(report, terminal);
    expect(text.match(/^error\[unknown-field\] unknown field/gmu)).toHaveLength(5);
    expect(text).toContain('\nerror[unknown-field] and 4 more\n  --all prints all of them\n');
    const whole = terminalReport(report, { ...terminal, all: true });
    expect(whole.match(/^error\[unknown-field\] unknown field/gmu)).toHaveLength(9);
  });

  it('ends with the findings and the verdict', () => {
    const lines = terminalReport(report, terminal).trimEnd().split('\n');
    expect(lines.at(-1)).toMatch(/^✗ Failed: 9 errors, 0 warnings, 0 notes/u);
    const lastCoverage = lines.findIndex((line) => line.startsWith('Covered:'));
    expect(lastCoverage).toBeLessThan(lines.findIndex((line) => line.startsWith('error[')));
  });

  it('stays within its width', () => {
    const width = 80;
    const wide = lintFiles(
      {
        'clusters/production/applications/shop/kustomization.yaml': 'resources: [web.yaml]\n',
        'clusters/production/applications/shop/web.yaml': deployment('web'),
      },
      { profile: 'acceptance' },
    );
    const long = terminalReport(wide, { ...terminal, all: true, width })
      .split('\n')
      .filter((line) => line.length > width);
    expect(long).toEqual([]);
  });

  it('has nothing to say where a quiet run passes', () => {
    const clean = lintFiles({ 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' });
    expect(terminalReport(clean, { ...terminal, quiet: true })).toBe('');
    expect(terminalReport(clean, terminal)).toMatch(/^✓ Passed: [^\n]*\n$/u);
    expect(terminalReport(report, { ...terminal, quiet: true })).toMatch(/^error\[/u);
  });

  it('prints tables for named environments, and for others when they are asked for', () => {
    const files = {
      'dev/kustomization.yaml': 'resources: [web.yaml]\n',
      'dev/web.yaml': deployment('web'),
    };
    const named = { ...files, 'cdb-lint.yaml': 'environments: {dev: {root: dev}}\n' };
    expect(terminalReport(lintFiles(files), terminal)).not.toContain('probes');
    expect(terminalReport(lintFiles(files), { ...terminal, matrix: true })).toContain('probes');
    expect(terminalReport(lintFiles(named), terminal)).toContain('probes');
  });
});
