import { expect, it } from 'vitest';
import { terminalReport } from '../../src/report/terminal/terminal.ts';
import { lintFiles } from '../support/lint-files.ts';
import { fluxCluster } from '../support/plan-files.ts';

const terminal = { colours: false, width: 120, guardCommands: false };

const deployment = (name: string, spec = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
${spec}  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [{name: ${name}, image: "${name}:1.0.0"}]}
`;

function rulesIn(lines: readonly string[]): string[] {
  return lines.flatMap((line) => /(?:error|warning|note)\[([\w-]+)\]/u.exec(line)?.[1] ?? []);
}

const others = ['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n'];
const many = {
  'kustomization.yaml': `resources: [a.yaml, ${others.map((name) => `${name}.yaml`).join(', ')}, z.yaml]\n`,
  ...Object.fromEntries(['a', ...others].map((name) => [`${name}.yaml`, deployment(name)])),
  'z.yaml': deployment('z', '  replicsa: 2\n'),
};
const tree = {
  'kustomization.yaml': 'resources: [a.yaml, z.yaml]\n',
  'a.yaml': deployment('a'),
  'z.yaml': deployment('z', '  replicsa: 2\n'),
};

it('shows what breaks before what policies ask for, and names it once more at the end', () => {
  const report = lintFiles(many, { profile: 'acceptance' });
  expect(report.findings[0]?.span.file.path).toBe('a.yaml');
  const lines = terminalReport(report, terminal).trimEnd().split('\n');
  const end = lines.findIndex((line) => line.startsWith('Fix first'));
  expect(rulesIn(lines.slice(0, end))[0]).toBe('unknown-field');
  expect(lines[end]).toMatch(/^Fix first \(\d+ errors: 1 breaks something, \d+ policy violations\):$/u);
  expect(lines[end + 1]).toMatch(/^ {2}z\.yaml:5:3: error\[unknown-field\] /u);
  const named = rulesIn(lines.slice(end));
  expect(named).toHaveLength(5);
  expect(new Set(named).size).toBe(5);
  expect(lines.at(-1)).toContain(`${report.summary.error} errors in ${report.summary.places.error} places`);
});

it('a policy that the cluster gets from the repository breaks something', () => {
  const policy = (name: string): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: ${name}}
spec:
  matchConstraints:
    resourceRules:
      - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [deployments]}
  validations: [{expression: 'false', message: none at all}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: ${name}}
spec: {policyName: ${name}, validationActions: [Deny]}
`;
  const own = { 'kustomization.yaml': 'resources: [a.yaml, p.yaml]\n', 'a.yaml': deployment('a') };
  expect(lintFiles(own).policies).toContain('limits-missing');
  const files = { ...own, 'p.yaml': policy('limits-missing') };
  const report = lintFiles(files, { skip: ['catalogue-policy-weakened'] });
  expect(report.policies).not.toContain('limits-missing');
  expect(rulesIn(terminalReport(report, terminal).split('\n'))[0]).toBe('limits-missing');
});

it('a few findings need no second list', () => {
  const text = terminalReport(lintFiles(tree, { only: ['unknown-field', 'limits-missing'] }), terminal);
  expect(text).not.toContain('Fix first');
});

it('says which findings have a fix, and what makes it', () => {
  const report = lintFiles(tree, { only: ['writable-root-file-system', 'unknown-field'] });
  const text = terminalReport(report, terminal);
  expect(text.match(/\(2 findings, may be fixed with --fix\s+--unsafe\)/gu)).toHaveLength(1);
  expect(text).toContain('\n2 findings may have a fix that is not safe: cdb-lint --fix=preview --unsafe ');
  expect(terminalReport(lintFiles(tree, { only: ['unknown-field'] }), terminal)).not.toContain('--fix');
});

it('breaks between words whatever it says, the last screen too', () => {
  const folder = 'clusters/production/applications/shop/services/checkout';
  const files = Object.fromEntries(
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name) => [`${folder}/${name}.yaml`, deployment(name)]),
  );
  const report = lintFiles(files, { profile: 'acceptance' });
  const lines = terminalReport(report, { ...terminal, width: 80 }).split('\n');
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(lines.slice(lines.findIndex((line) => line.startsWith('Fix first')) + 1)[0]).toBe(
    `  ${folder}/a.yaml:8:5:`,
  );
});

it('names a chart that was not fetched once with the others, and no command for each', () => {
  const release = (name: string): string =>
    `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: ${name}, namespace: shop}\nspec: {interval: 1h, chart: {spec: {chart: ${name}, version: 1.0.0, sourceRef: {kind: HelmRepository, name: charts}}}}\n`;
  const repository =
    'apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: charts, namespace: shop}\nspec: {interval: 1h, url: "https://charts.example.org"}\n';
  const report = lintFiles({
    ...fluxCluster('clusters/prod'),
    'clusters/prod/a.yaml': release('a'),
    'clusters/prod/b.yaml': `${release('b')}---\n${repository}`,
  });
  expect(report.coverage.notRendered).toHaveLength(2);
  const text = terminalReport(report, { ...terminal, width: 300 });
  expect(text).toContain(
    'its chart was not fetched; `cdb-lint sources` prints the commands (2): HelmRelease shop/a, HelmRelease shop/b',
  );
});

it('tells warnings and notes of a large report in brief, errors in full, and everything with --all', () => {
  const names = Array.from({ length: 24 }, (_, index) => `${String.fromCodePoint(97 + index)}${index}`);
  const service = (name: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\nspec: {selector: {app: ${name}}, ports: [{port: 80}]}\n`;
  const report = lintFiles(
    {
      'kustomization.yaml': `resources: [${names.map((name) => `${name}.yaml`).join(', ')}, maker.yaml, z.yaml]\n`,
      ...Object.fromEntries(names.map((name) => [`${name}.yaml`, service(name)])),
      // What an operator makes of it, the pods among that, only the cluster knows.
      'maker.yaml': 'apiVersion: example.org/v1\nkind: Maker\nmetadata: {name: maker}\n',
      'z.yaml': deployment('z', '  replicsa: 2\n'),
    },
    { only: ['service-selects-nothing', 'unknown-field'] },
  );
  const text = terminalReport(report, terminal);
  expect(text.match(/^error\[unknown-field\].*\n {2}--> z\.yaml:5:3\n {4}\|\n/gmu)).toHaveLength(1);
  expect(text.match(/^\w+\[service-selects-nothing\] Service/gmu)).toHaveLength(3);
  expect(text.match(/^ {4}\|$/gmu)).toHaveLength(1);
  expect(text).toMatch(
    /^\w+\[service-selects-nothing\] and 21 more\nWarnings and notes are in brief: --all /mu,
  );
  const all = terminalReport(report, { ...terminal, all: true });
  expect(all.match(/^\w+\[service-selects-nothing\] Service/gmu)).toHaveLength(24);
  expect(all).not.toContain('in brief');
});

it('counts many things that were not checked by rule', () => {
  const roots = Array.from({ length: 12 }, (_, index) => `r${index}`);
  const report = lintFiles(
    Object.fromEntries(roots.map((root) => [`${root}/kustomization.yaml`, `resources: [${root}.yaml]\n`])),
  );
  const text = terminalReport(report, { ...terminal, width: 300 });
  expect(text).toContain('Not checked: 12 things\n  file-missing (12): the build of r0, ');
  expect(text.match(/the build of r9/gu) ?? []).toHaveLength(0);
  expect(terminalReport(report, { ...terminal, all: true })).toContain('\n  the build of r9: ');
});
