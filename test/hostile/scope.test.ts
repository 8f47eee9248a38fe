import { describe, expect, test } from 'vitest';
import { type FormatName, formatReport } from '../../src/report/format.ts';
import type { Report } from '../../src/report/report.ts';
import { lint } from '../../src/run/judge.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { lintFiles } from '../support/lint-files.ts';

// Each of these trees holds a Pod that shares the node's processes. It is judged, or the report says that it was not.

function podIn(namespace: string, annotation = ''): string {
  const annotations = annotation === '' ? '' : `, annotations: {${annotation}}`;
  return `apiVersion: v1
kind: Pod
metadata: {name: evil, namespace: ${namespace}${annotations}}
spec:
  hostPID: true
  containers:
    - {name: x, image: 'shop/web:1.4.2'}
`;
}

const pod = podIn('a');
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ok, namespace: a}\ndata: {a: b}\n';
const beside = { 'ok/settings.yaml': settings };
const chart = { 'm/Chart.yaml': 'apiVersion: v2\nname: m\nversion: 1.0.0\n' };
const prod = { 'prod/kustomization.yaml': 'resources: [pod.yaml]\n', 'prod/pod.yaml': pod };
const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [pod.yaml]\n';
const deletion =
  'patches:\n  - patch: |\n      apiVersion: v1\n      kind: Pod\n      metadata: {name: evil, namespace: a}\n      $patch: delete\n';
const mending = 'patches:\n  - {target: {kind: Pod}, patch: "[{op: remove, path: /spec/hostPID}]"}\n';
const chainsawGroup = 'apiVersion: chainsaw.kyverno.io/v1alpha1\n';
const chainsaw = `${chainsawGroup}kind: Test\nmetadata: {name: t}\n`;
const suite = (directory: string): string =>
  `apiVersion: kuttl.dev/v1beta1\nkind: TestSuite\ntestDirs: [${directory}]\n`;
const below = (directory: string): Files =>
  Object.fromEntries(Object.entries(prod).map(([path, content]) => [`${directory}/${path}`, content]));
const repositories = { 'cdb-lint.yaml': 'repositories: ["https://git.example.org/org/repo"]\n' };

function application(path: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: app, namespace: argocd}
spec:
  project: default
  source: {repoURL: "https://git.example.org/org/repo", targetRevision: main, path: ${path}}
  destination: {server: "https://kubernetes.default.svc", namespace: a}
`;
}

function fluxKustomization(path: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec:
  interval: 5m
  timeout: 2m
  prune: true
  path: ./${path}
  sourceRef: {kind: GitRepository, name: flux-system}
`;
}

function shown(report: Report, format: FormatName): string {
  const terminal = { colours: false, width: 200, guardCommands: false };
  return formatReport(report, format, { pages: new Map(), terminal });
}

type Files = Readonly<Record<string, string>>;

const only = { only: ['host-namespace-shared'] };

function isSeen({ findings }: Report): boolean {
  return findings.some(({ rule, severity }) => rule === 'host-namespace-shared' && severity === 'error');
}

/** `WHY: PLACE (COUNT)` of all that was left out. */
function leftOut({ coverage }: Report): string[] {
  return (coverage.leftOut ?? []).flatMap(({ why, places }) =>
    places.map(({ path, objects }) => `${why}: ${path} (${objects})`),
  );
}

describe('a file next to manifests takes none of them out of scope', () => {
  test.each<[string, Files]>([
    ['an empty Chart.yaml', { 'm/Chart.yaml': '', 'm/templates/pod.yaml': pod }],
    [
      'a Chart.yaml without a version',
      { 'm/Chart.yaml': 'apiVersion: v2\nname: m\n', 'm/templates/pod.yaml': pod },
    ],
    ['a Chart.yaml, of what is not a template', { ...chart, 'm/templates/pod.yaml': pod }],
    ['a Chart.yaml and a comment', { ...chart, 'm/templates/pod.yaml': `${pod}# {{ x }}\n` }],
    ['a comment of ytt', { 'm/pod.yaml': `#@ load("@ytt:data", "data")\n${pod}` }],
    ['data values of ytt', { 'm/pod.yaml': `#@data/values\n---\n${pod}` }],
    [
      'code of ytt in a text',
      {
        'm/pod.yaml': `${pod}---\n${settings}\n---\napiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: a}\nstringData:\n  a: |\n    #@ load("a")\n`,
      },
    ],
    [
      'code of ytt for another object',
      {
        'm/pod.yaml': `${pod}---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: #@ data.values.name\n`,
      },
    ],
    ['a Chart.yaml, in another of its folders', { ...chart, 'm/crds/pod.yaml': pod }],
    ['an empty test of Chainsaw', { 'm/chainsaw-test.yaml': '', 'm/pod.yaml': pod }],
    ['an empty test of the Kyverno CLI', { 'm/kyverno-test.yaml': '', 'm/sub/pod.yaml': pod }],
    ['something else in such a test', { 'm/chainsaw-test.yaml': settings, 'm/pod.yaml': pod }],
    ['an empty step of KUTTL', { 'm/00-assert.yaml': '', 'm/sub/pod.yaml': pod }],
    ['a step of KUTTL with a comment', { 'm/01-errors.yaml': '# nothing\n', 'm/pod.yaml': pod }],
    ['a step of KUTTL, without its suite', { 'm/00-assert.yaml': settings, 'm/pod.yaml': pod }],
    [
      'a step of KUTTL, with a suite of other tests',
      { 'kuttl-test.yaml': suite('tests'), 'm/00-assert.yaml': settings, 'm/pod.yaml': pod },
    ],
    [
      'a step of KUTTL, with an empty suite',
      { 'kuttl-test.yaml': '', 'm/00-assert.yaml': settings, 'm/pod.yaml': pod },
    ],
    ['another kind of Chainsaw', { 'm/chainsaw-test.yaml': `${chainsawGroup}kind: X\n`, 'm/pod.yaml': pod }],
    ['a test above a kustomization', { 'k/chainsaw-test.yaml': chainsaw, ...below('k') }],
    [
      'a suite above a kustomization',
      { 'kuttl-test.yaml': suite('.'), 'k/00-assert.yaml': settings, ...below('k') },
    ],
    [
      'a test next to what a kustomization reads',
      {
        'k/kustomization.yaml': 'resources: [m/pod.yaml]\n',
        'k/m/chainsaw-test.yaml': chainsaw,
        'k/m/pod.yaml': pod,
      },
    ],
    [
      'a test next to what Flux deploys',
      { 'f/flux.yaml': fluxKustomization('m'), 'm/chainsaw-test.yaml': chainsaw, 'm/pod.yaml': pod },
    ],
    [
      'a test next to what Argo CD deploys',
      {
        ...repositories,
        'f/app.yaml': application('m'),
        'm/chainsaw-test.yaml': chainsaw,
        'm/pod.yaml': pod,
      },
    ],
    ['an empty list of Go modules', { 'vendor/modules.txt': '', 'vendor/m/pod.yaml': pod }],
    ['a list of other Go modules', { 'vendor/modules.txt': '# other v1.0.0\n', 'vendor/m/pod.yaml': pod }],
    [
      'a component that includes it',
      { ...prod, 'x/kustomization.yaml': component.replace('pod.yaml', '../prod') },
    ],
    [
      'a label that calls its namespace another one',
      {
        'm/ns.yaml':
          'apiVersion: v1\nkind: Namespace\nmetadata: {name: a, labels: {kubernetes.io/metadata.name: kube-system}}\n',
        'm/pod.yaml': pod,
      },
    ],
  ])('%s', (_, files) => {
    expect(isSeen(lintFiles({ ...beside, ...files }, only))).toBe(true);
  });
});

describe('what someone deploys is checked wherever it stands', () => {
  test.each<[string, Files]>([
    [
      'in packages of Node.js',
      { 'c/k.yaml': fluxKustomization('node_modules/m'), 'node_modules/m/pod.yaml': pod },
    ],
    ['among test data', { 'c/k.yaml': fluxKustomization('testdata/m'), 'testdata/m/pod.yaml': pod }],
    [
      'as a component',
      {
        'c/k.yaml': fluxKustomization('prod'),
        ...prod,
        'prod/kustomization.yaml': component,
      },
    ],
    [
      'next to an empty Chart.yaml',
      { ...repositories, 'c/a.yaml': application('m'), 'm/Chart.yaml': '', 'm/pod.yaml': pod },
    ],
  ])('%s', (_, files) => {
    expect(isSeen(lintFiles(files, only))).toBe(true);
  });

  test.each([
    ['in a value', 'x: {null: ["<%"]}\n<<: {x: b}\n'],
    ['on the line above', '<%: 1\nx: {null: [b]}\n<<: {x: b}\n'],
    ['as that key', 'x: {{a: b}: c}\n<<: {x: b}\n'],
    ['as that key, by a tag', 'x: {{a: b}: c}\n!!merge "<<": {x: b}\n'],
  ])('and an action %s beside a key that a merge key takes away makes no template of it', (_, lines) => {
    const { findings, exitCode } = lintFiles({ ...beside, 'm/pod.yaml': `${pod}${lines}` });
    expect(exitCode).toBe(2);
    expect(findings.map(({ rule, unchecked }) => [rule, unchecked])).toContainEqual([
      'not-json',
      'm/pod.yaml',
    ]);
  });

  test('and JSON over several lines behind a directive that one reader refuses is not left out in silence', () => {
    const json = JSON.stringify(
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } },
      undefined,
      1,
    );
    const { findings, exitCode } = lintFiles({ 'm/a.yaml': `%YAML 1.1\n\u2028--- ${json}\n` });
    expect(exitCode).not.toBe(0);
    expect(findings.map(({ span }) => span.file.path)).toContain('m/a.yaml');
  });

  test('and a template that Argo CD applies as it stands is an error that leaves it unchecked', () => {
    const report = lintFiles({
      ...repositories,
      'c/a.yaml': application('m'),
      'm/pod.yaml': `${pod}{{ if x }}\n`,
    });
    expect(report.exitCode).toBe(2);
    expect(report.findings.map(({ rule, span }) => [rule, span.file.path])).toContainEqual([
      'yaml-syntax',
      'm/pod.yaml',
    ]);
  });
});

describe('a kustomization of which nothing is left where another one includes it is checked separately', () => {
  test.each<[string, string]>([
    ['by a patch', `resources: [../prod]\n${deletion}`],
    [
      'by an annotation',
      'resources: [../prod]\ncommonAnnotations: {config.kubernetes.io/local-config: "true"}\n',
    ],
  ])('%s', (_, kustomization) => {
    const report = lintFiles({ ...beside, ...prod, 'x/kustomization.yaml': kustomization }, only);
    expect(isSeen(report)).toBe(true);
    expect(report.environments.map(({ name }) => name)).toEqual(['x', 'prod']);
    expect(leftOut(report)).toEqual([]);
  });

  test('and so is the outer one of several', () => {
    const report = lintFiles({
      'base/kustomization.yaml': 'resources: [pod.yaml]\n',
      'base/pod.yaml': pod,
      'prod/kustomization.yaml': 'resources: [../base]\n',
      'x/kustomization.yaml': `resources: [../prod]\n${deletion}`,
    });
    expect(report.environments.map(({ name }) => name)).toEqual(['x', 'prod']);
  });

  test('but not where another build renders it', () => {
    const report = lintFiles({
      ...prod,
      'x/kustomization.yaml': `resources: [../prod]\n${deletion}`,
      'y/kustomization.yaml': 'resources: [../prod]\n',
    });
    expect(report.environments.map(({ name }) => name)).toEqual(['x', 'y']);
  });
});

describe('what is not checked is named with how much it is', () => {
  test.each<[string, Files, string]>([
    [
      'a template of a chart',
      { ...chart, 'm/templates/pod.yaml': podIn('a', 'a: "{{ x }}"') },
      'templates of Helm charts, so left out: m/templates/pod.yaml (1)',
    ],
    [
      'a test',
      { 'm/chainsaw-test.yaml': 'apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\n', 'm/pod.yaml': pod },
      'tests and files they read, so left out: m (2)',
    ],
    [
      'a test of a suite',
      { 'e/kuttl-test.yaml': suite('e/all'), 'e/all/m/00-assert.yaml': settings, 'e/all/m/pod.yaml': pod },
      'tests and files they read, so left out: e/all/m (2)',
    ],
    [
      'test data',
      { 'testdata/pod.yaml': `${pod}---\n${settings}` },
      'tests and files they read, so left out: testdata (2)',
    ],
    [
      'a copy of a Go module',
      { 'vendor/modules.txt': '# m v1.0.0\n', 'vendor/m/pod.yaml': pod },
      'vendored Go modules, so left out: vendor/m (1)',
    ],
    [
      'a package of Node.js',
      { 'node_modules/m/pod.json': '{"kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod"}]}' },
      'Node.js packages, so left out: node_modules (1)',
    ],
    [
      'a component',
      { ...prod, 'prod/kustomization.yaml': component },
      'components that no build includes, so left out: prod (1)',
    ],
    [
      'a file next to a new kustomization',
      { 'kustomization.yaml': 'resources: [ok/settings.yaml]\n', 'm/pod.yaml': pod },
      'part of no build, so left out: m/pod.yaml (1)',
    ],
    [
      'a kustomization next to named environments',
      {
        ...prod,
        'cdb-lint.yaml': 'environments: {dev: {root: dev}}\n',
        'dev/kustomization.yaml': 'resources: [a.yaml]\n',
        'dev/a.yaml': settings,
      },
      'part of no build, so left out: prod (1)',
    ],
    [
      'an object that a patch deletes',
      {
        ...prod,
        'prod/kustomization.yaml': 'resources: [pod.yaml, a.yaml]\n',
        'prod/a.yaml': settings,
        'x/kustomization.yaml': `resources: [../prod]\n${deletion}`,
      },
      'read by builds but in no output, so left out: prod/pod.yaml (1)',
    ],
    [
      'a kustomization that another one fixes',
      { ...prod, 'x/kustomization.yaml': `resources: [../prod]\n${mending}` },
      'checked only within what includes them: prod (1)',
    ],
    [
      'a file for a generator',
      { 'm/kustomization.yaml': 'configMapGenerator: [{name: g, files: [pod.yaml]}]\n', 'm/pod.yaml': pod },
      'read by builds as data, so left out: m/pod.yaml (1)',
    ],
    [
      'a file for a schema',
      {
        'm/kustomization.yaml': 'openapi: {path: pod.yaml}\nresources: [a.yaml]\n',
        'm/a.yaml': settings,
        'm/pod.yaml': pod,
      },
      'read by builds as data, so left out: m/pod.yaml (1)',
    ],
    [
      'what is behind a kustomization',
      {
        'm/kustomization.yaml': `resources: [a.yaml]\n---\n${pod}`,
        'm/a.yaml': settings,
      },
      'after a kustomization in the same file, so left out: m/kustomization.yaml (1)',
    ],
    [
      'a template of another tool',
      { 'm/pod.yaml': `${pod}---\n${pod}{{ if x }}\n` },
      'templates of other tools, so left out: m/pod.yaml (1)',
    ],
    [
      'an object for tools alone',
      { 'm/pod.yaml': podIn('a', 'config.kubernetes.io/local-config: "true"') },
      'only for tools, because of its annotation local-config, so left out: m/pod.yaml (1)',
    ],
    ['a patch', { 'm/pod.yaml': `$patch: merge\n${pod}` }, 'a patch, so left out: m/pod.yaml (1)'],
    [
      'what the configuration ignores',
      { 'cdb-lint.yaml': 'ignore: [m/]\n', 'm/pod.yaml': pod },
      'left out by the configuration: m (1)',
    ],
    [
      'a folder that the configuration calls one for charts',
      { ...prod, 'cdb-lint.yaml': 'charts: prod\n' },
      'external sources, so checked only if something deploys them: prod (1)',
    ],
    [
      'the folder for what is fetched',
      { '.cdb-lint/sources/m/pod.yaml': pod },
      'external sources, so checked only if something deploys them: .cdb-lint/sources (1)',
    ],
    [
      'a namespace that policies spare',
      { 'm/pod.yaml': podIn('kube-system') },
      'exempt from the policies of the catalogue: namespace kube-system (1)',
    ],
    [
      'one that a kustomization moves there',
      { ...prod, 'x/kustomization.yaml': 'resources: [../prod]\nnamespace: kube-system\n' },
      'exempt from the policies of the catalogue: namespace kube-system (1)',
    ],
  ])('%s', (_, files, line) => {
    const report = lintFiles({ ...beside, ...files }, only);
    expect(isSeen(report)).toBe(false);
    expect(leftOut(report)).toContain(line);
  });

  test.each<[string, Files, string[]]>([
    ['that is not checked out', {}, ['submodules that are not checked out, so left out: lib/a (0)']],
    ['that is checked out', { 'lib/a/note.txt': '' }, []],
  ])('a submodule %s', (_, more, lines) => {
    const modules = '[submodule "a"]\n\tpath = lib/a\n\turl = ../a\n[submodule "b"]\n\tpath = ../b\n';
    const files = memoryFileSystem({ ...beside, ...more, '.gitmodules': modules });
    const isEmpty = (path: string): boolean => path === 'lib/a' && more['lib/a/note.txt'] === undefined;
    const fileSystem = {
      ...files,
      kind: (path: string) => (isEmpty(path) ? 'directory' : files.kind(path)),
      list: (path: string) => (isEmpty(path) ? [] : files.list(path)),
    };
    expect(leftOut(lint({ fileSystem, paths: [''] }))).toEqual(lines);
    expect(leftOut(lint({ fileSystem, paths: ['ok'] }))).toEqual([]);
  });

  test('in one line of each report for people, largest first', () => {
    const report = lintFiles(
      { ...beside, 'testdata/a.yaml': pod, 'b/testdata/a.yaml': `${pod}---\n${pod}` },
      only,
    );
    const words = 'tests and files they read, so left out: 3 objects: ';
    expect(shown(report, 'terminal')).toContain(`  ${words}b/testdata (2), testdata (1)\n`);
    expect(shown(report, 'markdown')).toContain(`- ${words}\`b/testdata\` (2), \`testdata\` (1)\n`);
    expect(shown(report, 'html')).toContain('b/testdata (2), testdata (1)');
  });

  test('and nothing of it in a tree where all is checked', () => {
    expect(leftOut(lintFiles({ ...beside, ...prod }, only))).toEqual([]);
  });
});

describe('what hides text from one reader and not from the other', () => {
  test.each<[string, string, string]>([
    [
      'a merge behind the key that it sets',
      pod.replace('  hostPID: true', '  hostPID: false\n  <<: {hostPID: true}'),
      'duplicate-key',
    ],
    [
      'a merge key in quotes with a tag',
      pod.replace('  hostPID: true', '  ! "<<": {hostPID: true}'),
      'yaml-syntax',
    ],
    [
      'items of what has no apiVersion',
      `kind: Thing\nitems:\n  - ${pod.trimEnd().replaceAll('\n', '\n    ')}\n`,
      'taken-for-list',
    ],
  ])('%s', (_, text, rule) => {
    const report = lintFiles({ ...beside, 'm/pod.yaml': text });
    expect(isSeen(report)).toBe(true);
    expect(report.findings.map((one) => one.rule)).toContain(rule);
  });
});

describe('a limit that is reached leaves something unchecked', () => {
  const elements = (count: number): string =>
    Array.from({ length: count }, (_, index) => `{id: a${index}}`).join(', ');
  const set = (generators: string, template = ''): string => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: set, namespace: argocd}
spec:
  goTemplate: true
  generators: [${generators}]
  template:
    metadata: {name: 'x{{ .id }}${template}'}
    spec:
      project: default
      source: {repoURL: "https://git.example.org/org/repo", targetRevision: main, path: m}
      destination: {server: "https://kubernetes.default.svc", namespace: a}
`;
  const resourceSet = (inputs: number): string => `apiVersion: fluxcd.controlplane.io/v1
kind: ResourceSet
metadata: {name: set, namespace: flux-system}
spec:
  inputs: [${elements(inputs)}]
  resources:
    - {apiVersion: v1, kind: ConfigMap, metadata: {name: 'x<< inputs.id >>', namespace: a}}
`;
  const list = (count: number): string => `{list: {elements: [${elements(count)}]}}`;

  test.each([
    ['more Applications than are made', set(list(1001))],
    ['a matrix that is larger', set(`{matrix: {generators: [${list(40)}, ${list(40)}]}}`)],
    ['a string that is longer', set(list(1), '{{ repeat 2000000 "x" }}')],
    [
      'a template of more steps',
      set(list(1), '{{ range until 9999 }}{{ range until 9999 }}x{{ end }}{{ end }}'),
    ],
    ['more objects of a ResourceSet', resourceSet(2001)],
  ])('%s', (_, text) => {
    const report = lintFiles({ ...repositories, 'c/set.yaml': text, 'm/settings.yaml': settings });
    expect(report.exitCode).toBe(2);
    expect(report.findings.map(({ rule }) => rule)).toContain('too-large');
  });

  test('and one that is not leaves nothing', () => {
    const report = lintFiles({ ...repositories, 'c/set.yaml': resourceSet(2000) });
    expect(report.unchecked).toEqual([]);
  });
});

describe('a policy with the name of one of the catalogue', () => {
  const rules =
    'matchConstraints: {resourceRules: [{apiGroups: [""], apiVersions: [v1], operations: [CREATE, UPDATE], resources: [pods]}]}';
  const policy = (validation: string): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: host-namespace-shared}
spec: {${rules}, validations: [{expression: "${validation}"}]}
`;
  const binding = `---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: host-namespace-shared}
spec: {policyName: host-namespace-shared, validationActions: [Deny]}
`;
  const weakened = ({ findings }: Report) =>
    findings.filter(({ rule }) => rule === 'catalogue-policy-weakened');

  test.each([
    ['empty', `${policy('true')}${binding}`, 'lacks 3 of 3 validations'],
    ['nearly empty', `${policy("object.kind != 'x'")}${binding}`, 'lacks 3 of 3 validations'],
    ['bound by nothing', policy('true'), 'has no binding'],
  ])('%s, is told of, and the catalogue goes on checking other builds', (_, text, why) => {
    const report = lintFiles({
      ...prod,
      'x/kustomization.yaml': 'resources: [p.yaml]\n',
      'x/p.yaml': text,
    });
    expect(weakened(report).map(({ severity, message }) => [severity, message])).toEqual([
      ['error', `1 policy replaces one of the catalogue and is weaker: host-namespace-shared (${why})`],
    ]);
    expect(isSeen(report)).toBe(true);
  });

  test('is told of in the build that brings it, too', () => {
    const report = lintFiles({
      'prod/kustomization.yaml': 'resources: [pod.yaml, p.yaml]\n',
      'prod/pod.yaml': pod,
      'prod/p.yaml': `${policy('true')}${binding}`,
    });
    expect(weakened(report)).toHaveLength(1);
    expect(report.exitCode).toBe(1);
  });
});

describe('comments and annotations that accept findings', () => {
  const accepting = podIn('a', 'cdb-lint.dev/ignore: host-namespace-shared -- because');
  const commented = pod.replace(
    'hostPID: true',
    'hostPID: true # cdb-lint-ignore host-namespace-shared -- because',
  );

  test('are counted in the verdict', () => {
    for (const text of [accepting, commented])
      expect(shown(lintFiles({ 'm/pod.yaml': text }, only), 'terminal')).toContain('1 suppressed (1 inline)');
    const configured = 'exclusions: [{rule: host-namespace-shared, file: m/pod.yaml, reason: because}]\n';
    const report = lintFiles({ 'm/pod.yaml': pod, 'cdb-lint.yaml': configured }, only);
    expect(shown(report, 'terminal')).toContain('1 suppressed\n');
  });

  test('accept nothing where the configuration forbids it', () => {
    for (const [by, text] of [
      ['annotation', accepting],
      ['comment', commented],
    ] as const) {
      const report = lintFiles({ 'm/pod.yaml': text, 'cdb-lint.yaml': 'inlineSuppressions: forbidden\n' });
      expect(isSeen(report)).toBe(true);
      expect(report.findings.map(({ message }) => message)).toContain(
        `the configuration allows no ${by} to accept host-namespace-shared`,
      );
    }
  });
});

describe('what readers in Go take and no one here can read is not clean', () => {
  const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
  const utf16 = new Uint8Array([...[...pod].flatMap((character) => [character.charCodeAt(0), 0])]);
  const odd = new Uint8Array([...bytesOf('# '), 0xff, ...bytesOf(`\n${pod}`)]);

  test.each<[string, Uint8Array, string]>([
    ['UTF-16 without a mark', utf16, 'not-utf8'],
    ['an odd byte in a comment', odd, 'not-utf8'],
    ['more than a file may hold', bytesOf(`${pod}#${'x'.repeat(2 ** 24)}\n`), 'too-large'],
  ])('%s', (_, bytes, rule) => {
    const fileSystem = memoryFileSystem({ ...beside, 'm/pod.yaml': bytes });
    const report = lint({ fileSystem, paths: [''] });
    expect(report.exitCode).toBe(2);
    expect(report.findings.map((one) => one.rule)).toEqual([rule]);
  });

  test('but what has no word of an object is none of ours', () => {
    const fileSystem = memoryFileSystem({
      ...beside,
      'm/words.yaml': new Uint8Array([0x61, 0x3a, 0x20, 0xe9]),
    });
    expect(lint({ fileSystem, paths: [''] }).exitCode).toBe(0);
  });
});
