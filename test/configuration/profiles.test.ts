import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { lintFiles } from '../support/lint-files.ts';

const pod = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostNetwork: true
  containers: [{name: web, image: "shop/web:1.4.2"}]
`;

function severities(configuration: string, more: Readonly<Record<string, string>> = {}): Map<string, string> {
  const report = lintFiles({ 'pod.yaml': pod, 'cdb-lint.yaml': configuration, ...more });
  return new Map(report.findings.map(({ rule, severity }) => [rule, severity]));
}

describe('a profile of the configuration', () => {
  it('builds on others, no graver than it says, and sets single rules', () => {
    const found = severities(`profile: shop
profiles:
  advice: {extends: [recommended], atMost: note}
  shop:
    extends: [baseline, advice]
    rules: {limits-missing: off, low-user-id: error, requests-missing: warning}
`);
    expect(found.get('host-namespace-shared')).toBe('error');
    expect(found.get('runs-as-root')).toBe('note');
    expect(found.get('requests-missing')).toBe('warning');
    expect(found.has('limits-missing')).toBe(false);
    expect(found.get('low-user-id')).toBe('error');
    expect(found.has('unexpected-user')).toBe(false);
  });

  it('has its rules behind those of the configuration itself', () => {
    const found = severities(
      'profile: shop\nprofiles: {shop: {rules: {low-user-id: error}}}\nrules: {low-user-id: note}\n',
    );
    expect([...found]).toEqual([['low-user-id', 'note']]);
  });

  it('comes from a file, which builds on its neighbours, and from a package above the configuration', () => {
    const found = severities(
      'profile: shop\nprofiles: {shop: {extends: [./platform/team.yaml, "@shop/profile"]}}\n',
      {
        'platform/team.yaml': 'extends: [./base.yaml]\nrules: {low-user-id: note}\n',
        'platform/base.yaml': 'extends: [baseline]\nrules: {low-user-id: error}\n',
        'node_modules/@shop/profile/cdb-lint-profile.yaml': 'rules: {priority-class-missing: warning}\n',
      },
    );
    expect([...found].sort()).toEqual([
      ['host-namespace-shared', 'error'],
      ['low-user-id', 'note'],
      ['priority-class-missing', 'warning'],
    ]);
  });

  it.each([
    ['profile: baselnie\n', 'there is no profile "baselnie"', 'did you mean "baseline"?'],
    ['profile: a\nprofiles: {a: {extends: [b]}, b: {extends: [a]}}\n', 'profile a extends itself', 'remove'],
    ['profiles: {a: {extends: [./gone.yaml]}}\n', 'profile gone.yaml does not exist', 'write a file'],
    ['profiles: {a: {extends: [./bad.yaml]}}\n', 'unknown key "rulse"', 'a profile can have extends'],
    ['profiles: {a: {extends: [recomended]}}\n', 'there is no profile "recomended"', 'recommended'],
  ])('says what is wrong with %j', (configuration, message, help) => {
    const files = { 'pod.yaml': pod, 'cdb-lint.yaml': configuration, 'bad.yaml': 'rulse: {}\n' };
    const { findings, exitCode } = lintFiles(files);
    const found = findings.filter(({ rule }) => rule === 'configuration-invalid');
    expect(found.map((one) => [one.message.includes(message), one.help?.includes(help)])).toContainEqual([
      true,
      true,
    ]);
    expect(exitCode).toBe(2);
  });

  it('builds on each other one once, however often it is extended', () => {
    const profiles = Array.from({ length: 150 }, (_, index) =>
      index < 148
        ? `  p${index}: {extends: [p${index + 1}, p${index + 2}]}`
        : `  p${index}: {extends: [baseline]}`,
    );
    expect(severities(`profile: p0\nprofiles:\n${profiles.join('\n')}\n`).get('host-namespace-shared')).toBe(
      'error',
    );
  });

  it('is one of two hundred at most', () => {
    const profiles = Array.from({ length: 201 }, (_, index) => `  p${index}: {extends: [baseline]}`);
    const configuration = `profile: p0\nprofiles:\n${profiles.join('\n')}\n`;
    const { findings, exitCode } = lintFiles({ 'pod.yaml': pod, 'cdb-lint.yaml': configuration });
    expect(exitCode).toBe(2);
    expect(findings.map(({ message }) => message)).toContain('more than 200 profiles');
  });

  it('cannot come from outside the repository', () => {
    const { findings } = lintFiles({
      'pod.yaml': pod,
      'cdb-lint.yaml': 'profiles: {a: {extends: [../../etc/profile.yaml]}}\n',
    });
    expect(findings.map(({ rule }) => rule)).toContain('configuration-invalid');
  });
});

describe('objects of third parties', () => {
  const deployment = (more = '', labels = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: operator, namespace: operators${labels}}
spec:
  selector: {matchLabels: {app: operator}}
  template:
    metadata: {labels: {app: operator}}
    spec:
      containers:
        - name: manager
          image: vendor/operator:1.0.0
${more}`;
  const definition = `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.vendor.example}
spec:
  group: vendor.example
  scope: Namespaced
  names: {kind: Thing, plural: things}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
`;
  const rulesIn = (report: Report): string[] => report.findings.map(({ rule }) => rule);
  const isCounted = ({ findings, suppressed }: Report): boolean =>
    findings.every(({ rule }) => rule !== 'limits-missing') &&
    suppressed.some(
      ({ finding, reason }) =>
        finding.rule === 'limits-missing' &&
        finding.severity === 'note' &&
        /^third-party object: /u.test(reason),
    );

  it.each([
    ['the release of an operator', { 'install.yaml': deployment() + definition }],
    ['a vendored folder', { 'vendor/operator.yaml': deployment() }],
    ['a rendered chart', { 'a.yaml': deployment('', ', labels: {helm.sh/chart: operator-1.0.0}') }],
    ['a path', { 'ops/a.yaml': deployment(), 'cdb-lint.yaml': 'thirdParty: {paths: [ops/]}\n' }],
    [
      'a label',
      {
        'a.yaml': deployment('', ', labels: {by: olm}'),
        'cdb-lint.yaml': 'thirdParty: {labels: {by: olm}}\n',
      },
    ],
  ] as const)('are told by %s, and what policies say of them is counted', (_, files) => {
    expect(isCounted(lintFiles(files))).toBe(true);
    expect(isCounted(lintFiles({ 'a.yaml': deployment() }))).toBe(false);
  });

  it('are admitted like all others', () => {
    const report = lintFiles({ 'vendor/operator.yaml': deployment('          imagee: x\n') });
    expect(rulesIn(report)).toEqual(['unknown-field']);
    expect(report.exitCode).toBe(1);
  });

  it('are one’s own as far as one’s own files set their values', () => {
    const files = {
      'kustomization.yaml': 'resources: [vendor/operator.yaml]\npatches: [{path: patch.yaml}]\n',
      'vendor/operator.yaml': deployment(),
      'patch.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: operator, namespace: operators}
spec:
  template:
    spec:
      containers:
        - name: manager
          securityContext: {privileged: true}
`,
    };
    const report = lintFiles(files);
    expect(report.findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['privileged-container', 'error'],
    ]);
    expect(isCounted(report)).toBe(true);
  });

  it('get the profile that the configuration names, and what ! takes back is one’s own', () => {
    const files = { 'vendor/a.yaml': deployment('          securityContext: {privileged: true}\n') };
    const own = 'thirdParty: {profile: baseline}\n';
    expect(rulesIn(lintFiles({ ...files, 'cdb-lint.yaml': own }))).toEqual(['privileged-container']);
    const named = 'thirdParty: {paths: [vendor/]}\n';
    expect(rulesIn(lintFiles({ ...files, 'cdb-lint.yaml': named }))).toEqual([]);
    const back = 'thirdParty: {paths: ["!vendor/a.yaml"]}\n';
    expect(rulesIn(lintFiles({ ...files, 'cdb-lint.yaml': back }))).toContain('limits-missing');
  });

  it('say nothing of a rule that is off or not asked for', () => {
    const files = { 'vendor/a.yaml': deployment() };
    const off = lintFiles({ ...files, 'cdb-lint.yaml': 'rules: {limits-missing: off}\n' });
    expect(off.suppressed.map(({ finding }) => finding.rule)).not.toContain('limits-missing');
    expect(lintFiles(files, { only: ['limits-missing'] }).suppressed).toHaveLength(1);
  });
});

describe('what takes over a node', () => {
  const pod = (labels = '') => `apiVersion: v1
kind: Pod
metadata: {name: evil, namespace: a${labels}}
spec:
  hostPID: true
  containers: [{name: x, image: "shop/web:1.4.2"}]
`;
  const definition = `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.vendor.example}
spec:
  group: vendor.example
  scope: Namespaced
  names: {kind: Thing, plural: things}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: r}
rules: []
`;

  it.each([
    ['in a folder called vendor', { 'vendor/a.yaml': pod() }],
    ['with the label of a chart', { 'a.yaml': pod(', labels: {helm.sh/chart: x-1.0.0}') }],
    ['next to a custom kind', { 'a.yaml': pod() + definition }],
  ])('is an error %s, at no one’s word but that of the configuration', (_, files) => {
    const found = lintFiles(files).findings.find(({ rule }) => rule === 'host-namespace-shared');
    expect(found?.severity).toBe('error');
  });
});
