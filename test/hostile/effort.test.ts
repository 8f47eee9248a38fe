import { describe, expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const list = (count: number, make: (index: number) => string, joint = ''): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(joint);

const deployment = (name: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name}, namespace: a }\nspec:\n  selector: { matchLabels: { app: ${name} } }\n  template:\n    metadata: { labels: { app: ${name} } }\n    spec: { containers: [{ name: a, image: "a:1" }] }\n`;

const monitors = (count: number): Record<string, string> => ({
  'a.yaml': `${list(count, (index) => `---\napiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: { name: m${index}, namespace: a }\nspec: { selector: { matchLabels: { tier: a } }, endpoints: [{ port: web }] }\n`)}${list(count, (index) => `---\napiVersion: v1\nkind: Service\nmetadata: { name: s${index}, namespace: a, labels: { tier: a } }\nspec: { selector: { app: d }, ports: [{ name: web, port: 80 }] }\n`)}`,
});

const limitRanges = (count: number): Record<string, string> => ({
  'a.yaml': `${list(count, (index) => `---\napiVersion: v1\nkind: LimitRange\nmetadata: { name: l${index}, namespace: a }\nspec: { limits: [{ type: Container, max: { cpu: "2" }, default: { cpu: "1" } }] }\n`)}${list(count, (index) => `---\n${deployment(`d${index}`)}`)}`,
});

const projects = (count: number): Record<string, string> => ({
  'a.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: { name: p, namespace: argocd }\nspec: { sourceRepos: [${list(count, (index) => `'*a${index}*'`, ', ')}, '*'], destinations: [{ server: '*', namespace: '*' }], sourceNamespaces: [argocd] }\n${list(count, (index) => `---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a${index}, namespace: argocd }\nspec: { project: p, source: { repoURL: 'https://example.com/x', chart: x, targetRevision: 1.0.0 }, destination: { namespace: x, server: 'https://kubernetes.default.svc' } }\n`)}`,
});

const widgets = (spec: string, count: number): Record<string, string> => ({
  'a.yaml': `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: widgets.example.com }\nspec:\n  group: example.com\n  scope: Namespaced\n  names: { plural: widgets, singular: widget, kind: Widget, listKind: WidgetList }\n  versions:\n    - name: v1\n      served: true\n      storage: true\n      schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { a: { type: string } }, ${spec} } } } }\n${list(count, (index) => `---\napiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w${index}, namespace: a }\nspec: { a: v0 }\n`)}`,
});

const branches = (count: number): Record<string, string> =>
  widgets(`oneOf: [${list(count, (index) => `{ properties: { a: { enum: [v${index}] } } }`, ', ')}]`, count);

const patterns = (count: number): Record<string, string> =>
  widgets(
    `anyOf: [${list(count, (index) => `{ properties: { a: { pattern: "^x(a|b)?${index}$" } } }`, ', ')}, {}]`,
    count,
  );

describe('what names pairs is compared up to a bound, which is told once for what is left unchecked', () => {
  it.each([
    ['monitors of the same Services', monitors, 4_000, 200],
    ['limit ranges of the same pods', limitRanges, 1_500, 150],
    ['patterns of a project of many Applications', projects, 4_000, 300],
    ['branches of a schema of many objects', branches, 1_500, 200],
    ['patterns of a schema of many objects', patterns, 1_500, 150],
  ] as const)('%s', (_name, make, tooMany, few) => {
    const { findings, exitCode } = lintFiles(make(tooMany));
    const told = findings.filter(({ rule }) => rule === 'too-large');
    expect(exitCode).toBe(2);
    expect(told.length).toBeGreaterThan(0);
    expect(told.length).toBeLessThan(4);
    expect(told.every(({ unchecked = '' }) => unchecked !== '')).toBe(true);
    const honest = lintFiles(make(few));
    expect(honest.findings.filter(({ unchecked }) => unchecked !== undefined)).toEqual([]);
  });
});

const policy = (spec: string, binding: string): string =>
  `apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: { name: p }\nspec:\n  matchConstraints:\n    resourceRules: [{ apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [configmaps] }]\n  ${spec}\n---\napiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: { name: p }\nspec: { policyName: p, validationActions: [Deny]${binding} }\n`;

const configMaps = (count: number): string =>
  list(
    count,
    (index) =>
      `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: c${index}, namespace: a }\ndata: { a: b }\n`,
  );

const parameters = (count: number): Record<string, string> => ({
  'p.yaml': policy(
    'paramKind: { apiVersion: v1, kind: ConfigMap }\n  validations: [{ expression: "params.data.a == object.data.a" }]',
    ', paramRef: { selector: {}, parameterNotFoundAction: Allow }',
  ),
  'a.yaml': configMaps(count),
});

const chain = (count: number): Record<string, string> => ({
  'p.yaml': policy(
    `validations: [{ expression: "${list(Math.min(count, 2_000), (index) => `object.metadata.name == 'x${index}'`, ' || ')}" }]`,
    '',
  ),
  'a.yaml': configMaps(count),
});

describe('a policy spends its budget on parameters and on what is told of its parts as well', () => {
  it.each([
    ['parameters of many objects', parameters, 600, 100],
    ['a long chain for many objects', chain, 4_000, 200],
  ] as const)('%s', (_name, make, tooMany, few) => {
    const { findings, exitCode } = lintFiles(make(tooMany));
    expect(exitCode).toBe(2);
    const words = 'policy p exceeded its cost budget over all objects, and does not check further ones';
    expect(findings.some(({ message, unchecked }) => message === words && unchecked !== undefined)).toBe(
      true,
    );
    const honest = lintFiles(make(few));
    expect(honest.findings.filter(({ unchecked }) => unchecked !== undefined)).toEqual([]);
  });
});

it('the patterns of a Git generator look at so many directories together, and what is left is told', () => {
  const directories = (patterns: number): Record<string, string> => ({
    'a.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: set, namespace: argocd }\nspec:\n  goTemplate: true\n  generators: [{ git: { repoURL: "https://example.com/x", revision: main, directories: [${list(patterns, (index) => `{ path: "apps/*x${index}" }`, ', ')}] } }]\n  template:\n    metadata: { name: 'x-{{ .path.basename }}' }\n    spec: { project: p, source: { repoURL: "https://example.com/x", path: '{{ .path.path }}', targetRevision: main }, destination: { namespace: x, server: "https://kubernetes.default.svc" } }\n`,
    ...Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`apps/a${index}/kustomization.yaml`, 'resources: []\n']),
    ),
  });
  const limited = (patterns: number): boolean =>
    lintFiles({
      ...directories(patterns),
      'cdb-lint.yaml': 'repositories: ["https://example.com/x"]\n',
    }).findings.some(
      ({ message, unchecked }) => message.includes('so many files') && unchecked !== undefined,
    );
  expect(limited(5_000)).toBe(true);
  expect(limited(500)).toBe(false);
});

it('a list of the configuration that is longer than any real one is refused, and nothing of it is believed', () => {
  const configuration = (count: number): Record<string, string> => ({
    'cdb-lint.yaml': `privateRegistries: [${list(count, (index) => `r${index}.example.com`, ', ')}]\n`,
    'a.yaml': deployment('d'),
  });
  const { findings, exitCode } = lintFiles(configuration(2_001));
  expect(exitCode).toBe(2);
  expect(findings.filter(({ unchecked }) => unchecked !== undefined).map(({ message }) => message)).toEqual([
    'privateRegistries has more than 2000 entries',
  ]);
  expect(lintFiles(configuration(2_000)).findings.filter(({ unchecked }) => unchecked !== undefined)).toEqual(
    [],
  );
});
