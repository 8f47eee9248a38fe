import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/report.ts';
import { judgeGate } from '../../src/run/gate.ts';
import { judge } from '../../src/run/judge.ts';
import type { LintOptions } from '../../src/run/request.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { lintFiles } from '../support/lint-files.ts';

type Files = Readonly<Record<string, string>>;

/** The findings of these rules, each with its file. */
function told(files: Files, only: readonly string[] = [], options: Partial<LintOptions> = {}): string[] {
  return lintFiles(files, { only, ...options }).findings.map(
    ({ rule, severity, span }) => `${severity} ${rule} ${span.file.path}`,
  );
}

const pod = (name: string, more = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: a, image: "a:1.0.0"${more}}]}\n`;
const broken = pod('broken', ', imagee: x');
const only = ['unknown-field'];

const policy = (expression: string, name = 'own'): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: ${name}}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}]
  validations: [{expression: "${expression}", message: refused by us}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: ${name}}
spec: {policyName: ${name}, validationActions: [Deny]}
`;

describe('rules that somebody names', () => {
  it('are policies and rules that there are, and others are told of', () => {
    const named = (rule: string, more = 'severity: note'): string[] =>
      told({ 'cdb-lint.yaml': `rules: {${rule}: {${more}}}\n`, 'pod.yaml': pod('a') }, only);
    expect(named('privileged-container')).toEqual([]);
    expect(named('reference-missing')).toEqual([]);
    expect(named('reference-mising')).toEqual(['error rule-unknown cdb-lint.yaml']);
    expect(told({ 'pod.yaml': pod('a') }, ['unknown-feld'])).toEqual(['error rule-unknown command line']);
  });

  it('take parameters where they take some', () => {
    const named = (rule: string): string[] =>
      told({ 'cdb-lint.yaml': `rules: {${rule}: {parameters: {a: [b]}}}\n`, 'pod.yaml': pod('a') }, [
        'parameters-unread',
      ]);
    expect(named('privileged-container')).toEqual(['error parameters-unread cdb-lint.yaml']);
    expect(named('reference-missing')).toEqual(['error parameters-unread cdb-lint.yaml']);
  });
});

describe('what is wrong with what was asked', () => {
  it('is told, whatever else is asked for', () => {
    expect(told({ 'pod.yaml': pod('a') }, only, { profile: 'no-such' })).toEqual([
      'error configuration-invalid profile',
    ]);
  });

  it('is told of environments as well, unless the configuration is of no use', () => {
    const missing = 'environments: {prod: {root: gone}}\n';
    const environment = (more = ''): string[] =>
      told({ 'cdb-lint.yaml': `${missing}${more}`, 'pod.yaml': pod('a') }, only);
    expect(environment()).toEqual(['error environment-unknown cdb-lint.yaml']);
    expect(environment('nonsense: 1\n')).toEqual(['error configuration-invalid cdb-lint.yaml']);
  });
});

describe('a policy of the repository', () => {
  it('that does not compile is told of once', () => {
    const files = { 'policy.yaml': policy('object.no('), 'pod.yaml': pod('a') };
    expect(told(files, ['invalid-policy', 'invalid-value'])).toEqual(['error invalid-policy policy.yaml']);
  });

  it.each([
    ['policies', 'main.go', 'error'],
    ['examples', 'main.go', 'warning'],
    ['demo', 'main.go', 'warning'],
    ['x/demos/y', 'main.go', 'warning'],
    ['demonstration', 'main.go', 'error'],
    ['examples', 'README.txt', 'error'],
  ])('is in force where it lies in %s beside %s: its findings are %ss', (folder, beside, severity) => {
    const files = { [`${folder}/policy.yaml`]: policy('false'), 'pod.yaml': pod('a'), [beside]: '' };
    expect(told(files, ['own'])).toEqual([`${severity} own pod.yaml`]);
  });

  it('is in force where a command applies it, whatever its folder is called', () => {
    const files = {
      'examples/policy.yaml': policy('false'),
      'pod.yaml': pod('a'),
      'main.go': '',
      'README.md': '```sh\nkubectl apply -f examples/policy.yaml\n```\n',
    };
    expect(told(files, ['own'])).toEqual(['error own pod.yaml']);
  });

  it('is in force for what a change brings, wherever it lies', () => {
    const base = { 'examples/policy.yaml': policy('false'), 'main.go': '', 'b.txt': '' };
    const fileSystem = memoryFileSystem({ ...base, 'pod.yaml': pod('a') });
    const asked = { fileSystem, paths: [''], only: ['own'] };
    const { report } = judgeGate(asked, { name: 'base', files: () => memoryFileSystem(base) });
    expect(report.findings.map(({ rule, severity }) => [rule, severity])).toEqual([['own', 'error']]);
  });

  it('is in force where a chart makes it', () => {
    const files = {
      'k/kustomization.yaml': 'resources: [pod.yaml]\nhelmCharts: [{name: c, releaseName: c}]\n',
      'k/pod.yaml': pod('a'),
      'k/charts/c/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
      'k/charts/c/templates/policy.yaml': policy('false').replace(
        'name: own}\nspec:\n  match',
        'name: {{ "own" }}}\nspec:\n  match',
      ),
    };
    expect(told(files, ['own'])).toEqual(['error own k/pod.yaml']);
  });

  it('is in force where a kustomization has it, whatever its folder is called', () => {
    const files = {
      'examples/kustomization.yaml': 'resources: [policy.yaml, pod.yaml]\n',
      'examples/policy.yaml': policy('false'),
      'examples/pod.yaml': pod('a'),
      'main.go': '',
    };
    expect(told(files, ['own'])).toEqual(['error own examples/pod.yaml']);
  });
});

describe('one cause', () => {
  it('is told once where an API server refuses it', () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selector: {a: b}, ports: [{port: 0}]}\n';
    const found = told({ 'service.yaml': service });
    expect(found.filter((one) => one.startsWith('error'))).toContain('error invalid-value service.yaml');
  });

  it('is not told of as a difference of an object that no server decodes', () => {
    const web = (more = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1.0.0"${more}}]}
`;
    const files = (dev: string): Files => ({
      'cdb-lint.yaml': 'environments: {dev: {root: envs/dev}, prod: {root: envs/prod}}\n',
      'envs/dev/kustomization.yaml': 'resources: [web.yaml]\n',
      'envs/dev/web.yaml': dev,
      'envs/prod/kustomization.yaml': 'resources: [web.yaml]\n',
      'envs/prod/web.yaml': web(', resources: {requests: {cpu: 1, memory: 1Gi}}'),
    });
    const differs = (dev: string): boolean =>
      lintFiles(files(dev)).findings.some(
        ({ rule, difference }) => rule === 'safeguard-missing' && difference?.property === 'requests',
      );
    expect(differs(web(', imagePullPolicy: Always'))).toBe(differs(web()));
    const unread = web().replace('  selector:', '  replicas: many\n  selector:');
    expect(told(files(unread), ['wrong-type'])).toContain('error wrong-type envs/dev/web.yaml');
    expect(differs(unread)).toBe(false);
  });
});

describe('a component that no environment takes', () => {
  it('is tried all the same', () => {
    const files = {
      'k/kustomization.yaml': 'resources: [pod.yaml]\n',
      'k/pod.yaml': pod('a'),
      'components/c/kustomization.yaml':
        'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [broken.yaml]\n',
      'components/c/broken.yaml': broken,
    };
    expect(told(files, only)).toEqual(['error unknown-field components/c/broken.yaml']);
  });
});

describe('what is accepted', () => {
  const comment = (more: string): Files => ({
    'pod.yaml': broken.replace('spec:', `# cdb-lint-ignore: unknown-field ${more}\nspec:`),
  });
  it('has to say why, and may expire', () => {
    const asked = [...only, 'suppression-invalid', 'suppression-expired'];
    expect(told(comment('-- ours'), asked)).toEqual([]);
    expect(told(comment(''), asked)).toContain('error suppression-invalid pod.yaml');
    const settings =
      'exclusions: [{rule: unknown-field, file: pod.yaml, reason: ours, expires: "2026-01-31"}]\n';
    const until = (day: string): boolean =>
      told({ 'pod.yaml': broken, 'cdb-lint.yaml': settings }, asked, {
        now: new Date(`${day}T12:00:00Z`),
      }).includes('error unknown-field pod.yaml');
    expect([until('2026-01-31'), until('2026-02-01')]).toEqual([false, true]);
    expect(told({ 'pod.yaml': broken, 'cdb-lint.yaml': settings }, asked)).toEqual([]);
  });

  it('has to be of use where all was judged', () => {
    const files = {
      'cdb-lint.yaml':
        'looseSchemas: [{kind: Widget, reason: theirs}]\nalternatives: [{paths: [a, b], reason: one of them}]\n',
      'k/kustomization.yaml': 'resources: [pod.yaml]\n',
      'k/pod.yaml': pod('a'),
    };
    const unused = (options: Partial<LintOptions>): string[] =>
      told(files, ['suppression-unused', 'alternative-empty'], options);
    expect(unused({}).sort()).toEqual([
      'error alternative-empty cdb-lint.yaml',
      'error alternative-empty cdb-lint.yaml',
      'warning suppression-unused cdb-lint.yaml',
    ]);
    expect(unused({ touched: ['k/pod.yaml'], paths: ['k'] })).toEqual([]);
  });

  it('is what comments of the base accept, where its rules are laid down', () => {
    const accepting = comment('-- trust me');
    const asked = { fileSystem: memoryFileSystem(accepting), paths: [''], only };
    const { report } = judgeGate(asked, {
      name: 'base',
      files: () => memoryFileSystem({ 'pod.yaml': pod('broken') }),
    });
    expect(report.findings.map(({ rule }) => rule)).toContain('unknown-field');
  });

  it('is known to whoever judges the same again', () => {
    const { suppressions, report } = judge({
      fileSystem: memoryFileSystem(comment('-- ours')),
      paths: [''],
      only,
    });
    expect(suppressions).toHaveLength(1);
    expect(report.rules.length).toBeGreaterThan(0);
    expect(report.suppressed).toHaveLength(1);
  });
});

describe('errors that are warnings for lack of evidence', () => {
  const files: Files = { 'manifests/pod.yaml': broken, 'main.go': 'package main\n' };
  const severities = ({ findings }: Report): string[] => findings.map(({ severity }) => severity);
  it('are errors where a change brings them with what lacks', () => {
    const asked = { fileSystem: memoryFileSystem(files), paths: [''], only };
    const gate = (base: Files): Report =>
      judgeGate(asked, { name: 'base', files: () => memoryFileSystem(base) }).report;
    expect(severities(lintFiles(files, { only }))).toEqual(['warning']);
    expect(severities(gate({ 'manifests/other.yaml': pod('other') }))).toEqual(['error']);
    expect(severities(gate({ 'manifests/other.yaml': pod('other'), 'main.go': '' }))).toEqual(['warning']);
  });
});
