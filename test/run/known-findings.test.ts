import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { writeBaseline } from '../../src/report/finding/baseline.ts';
import type { Report } from '../../src/report/report.ts';
import { judgeGate } from '../../src/run/gate.ts';
import { fix } from '../../src/run/judge.ts';
import type { LintOptions } from '../../src/run/request.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { lintFiles } from '../support/lint-files.ts';

type Files = Readonly<Record<string, string>>;

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: main
          image: registry.example.com/web:1.0.0
          ports:
            - containerPort: 8080
          envv: []
        - name: proxy
          image: registry.example.com/proxy
          args: [--a, --b]
`;
const service = `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: wrong}
  ports: [{port: 80, targetPort: 8081}]
`;
const patch = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: main
          env: [{name: SHELL, value: sh}]
`;
const tree: Files = {
  'apps/shop/base/kustomization.yaml': 'resources: [web.yaml, service.yaml]\ncommonLabels: {team: shop}\n',
  'apps/shop/base/web.yaml': web,
  'apps/shop/base/service.yaml': service,
  'apps/shop/dev/kustomization.yaml':
    'resources: [../base]\nnamespace: dev\nnamePrefix: d-\npatches: [{path: patch.yaml}]\n',
  'apps/shop/dev/patch.yaml': patch,
  'apps/shop/prod/kustomization.yaml': 'resources: [../base]\nnamespace: prod\n',
  // The same names again, somewhere else.
  'apps/other/kustomization.yaml': 'resources: [web.yaml]\nnamespace: other\n',
  'apps/other/web.yaml': web.replace('envv: []', 'env: []'),
  'plain/pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: a, imagee: x}]\n',
};
const options: Partial<LintOptions> = { profile: 'all' };

function known(files: Files): string {
  return writeBaseline(lintFiles(files, options), '2026-01-01');
}

function fresh(files: Files, baseline: string, more: Partial<LintOptions> = {}): string[] {
  const report = lintFiles(
    { ...files, 'known.json': baseline },
    { ...options, baseline: 'known.json', ...more },
  );
  return wordsOf(report);
}

function wordsOf({ findings }: Report): string[] {
  return findings.map(({ rule, message, span }) => `${rule} ${span.file.path} ${message}`);
}

function edited(path: string, from: string | RegExp, to: string): Files {
  const text = tree[path] ?? '';
  const after = text.replace(from, to);
  expect(after).not.toBe(text);
  return { ...tree, [path]: after };
}

function renamed(from: string, to: string, files: Files = tree): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path.replace(from, to), text]));
}

const baseline = known(tree);

const edits: readonly (readonly [string, Files])[] = [
  ['a label', edited('apps/shop/base/web.yaml', '  name: web\n', '  name: web\n  labels: {a: b}\n')],
  [
    'a part of the security context of the pod',
    edited(
      'apps/shop/base/web.yaml',
      '      containers:\n',
      '      securityContext: {runAsNonRoot: true}\n      containers:\n',
    ),
  ],
  [
    'requests of a container',
    edited(
      'apps/shop/base/web.yaml',
      '        - name: proxy\n',
      '        - name: proxy\n          resources: {requests: {cpu: 10m}}\n',
    ),
  ],
  [
    'a part of the security context of a container',
    edited(
      'apps/shop/base/web.yaml',
      '        - name: main\n',
      '        - name: main\n          securityContext: {readOnlyRootFilesystem: true}\n',
    ),
  ],
  [
    'a name of a port',
    edited('apps/shop/base/web.yaml', 'containerPort: 8080', 'name: http\n              containerPort: 8080'),
  ],
  [
    'a namespace that the object has already',
    edited('apps/other/web.yaml', '  name: web\n', '  name: web\n  namespace: other\n'),
  ],
  ['a field of a patch', edited('apps/shop/dev/patch.yaml', 'env:', 'workingDir: /\n          env:')],
  [
    'a patch of the same container elsewhere',
    {
      ...edited(
        'apps/shop/prod/kustomization.yaml',
        'namespace: prod',
        'namespace: prod\npatches: [{path: patch.yaml}]',
      ),
      'apps/shop/prod/patch.yaml': patch.replace('value: sh', 'value: bash'),
    },
  ],
  [
    'containers in another order',
    edited('apps/shop/base/web.yaml', /( {8}- name: main\n[\s\S]*)( {8}- name: proxy\n[\s\S]*)$/u, '$2$1'),
  ],
  [
    'resources in another order',
    edited('apps/shop/base/kustomization.yaml', 'web.yaml, service.yaml', 'service.yaml, web.yaml'),
  ],
  [
    'a moved file',
    {
      ...renamed('base/web.yaml', 'base/web/deployment.yaml'),
      'apps/shop/base/kustomization.yaml':
        'resources: [web/deployment.yaml, service.yaml]\ncommonLabels: {team: shop}\n',
    },
  ],
  [
    'two files made one',
    {
      ...tree,
      'apps/shop/base/kustomization.yaml': 'resources: [web.yaml]\ncommonLabels: {team: shop}\n',
      'apps/shop/base/web.yaml': `${web}---\n${service}`,
      'apps/shop/base/service.yaml': '# moved\n',
    },
  ],
  ['a renamed directory', renamed('apps/shop', 'team/shop')],
  ['a renamed environment', renamed('apps/shop/dev', 'apps/shop/staging')],
  [
    'a first environment',
    { ...tree, 'apps/shop/alpha/kustomization.yaml': 'resources: [../base]\nnamespace: alpha\n' },
  ],
  [
    'comments and line breaks',
    Object.fromEntries(
      Object.entries(tree).map(([path, text]) => [path, `# note\n\n${text}`.replaceAll('\n', '\r\n')]),
    ),
  ],
];

describe('known findings stay known', () => {
  it('of what there is', () => {
    expect(JSON.parse(baseline).findings.length).toBeGreaterThan(20);
    expect(fresh(tree, baseline)).toEqual([]);
  });

  it.each(edits)('after an edit: %s', (_, files) => {
    expect(fresh(files, baseline)).toEqual([]);
  });

  it.each(edits)('against a base after an edit: %s', (_, files) => {
    const asked = { fileSystem: memoryFileSystem(files), paths: [''], ...options };
    const { report } = judgeGate(asked, { name: 'base', files: () => memoryFileSystem(tree) });
    expect(wordsOf(report)).toEqual([]);
  });

  it.each(Object.keys(tree))('where only a part is checked: %s', (path) => {
    expect(fresh(tree, baseline, { touched: [path] })).toEqual([]);
    // Whoever names a base alone wants it judged alone, which nothing deploys.
    const folder = path.slice(0, path.lastIndexOf('/'));
    if (!folder.endsWith('/base')) expect(fresh(tree, baseline, { paths: [folder] })).toEqual([]);
  });

  it.each(Object.keys(tree))('and a part says nothing that the whole does not: %s', (path) => {
    const fingerprintsOf = (more: Partial<LintOptions>): string[] =>
      lintFiles(tree, { ...options, ...more }).findings.map(({ fingerprint }) => fingerprint);
    const whole = new Set(fingerprintsOf({}));
    const part = fingerprintsOf({ touched: [path] });
    expect(part.length).toBeGreaterThan(0);
    expect(part.filter((one) => !whole.has(one))).toEqual([]);
  });

  it.each(['dev', 'prod'])('where only one environment is checked: %s', (name) => {
    const named = {
      ...tree,
      'cdb-lint.yaml': 'environments: {dev: {root: apps/shop/dev}, prod: {root: apps/shop/prod}}\n',
    };
    const all = known(named);
    expect(fresh(named, all)).toEqual([]);
    expect(fresh(named, all, { environments: [name] })).toEqual([]);
  });

  it('after fixes', () => {
    const { files, applied } = fix(
      { fileSystem: memoryFileSystem(tree), paths: [''], ...options },
      { unsafe: true },
    );
    expect(applied.length).toBeGreaterThan(3);
    const decoder = new TextDecoder();
    const after = {
      ...tree,
      ...Object.fromEntries(files.map(({ path, after: bytes }) => [path, decoder.decode(bytes)])),
    };
    expect(fresh(after, baseline)).toEqual([]);
  });
});

describe('a baseline of version 1', () => {
  const former = readFileSync(new URL('fixtures/baseline-version-1.json', import.meta.url), 'utf8');
  const withFormer = { ...tree, 'known.json': former };
  const report = lintFiles(withFormer, { ...options, baseline: 'known.json' });

  it('is read', () => {
    expect(wordsOf(report)).toEqual([]);
    expect(report.baseline?.fixed).toEqual([]);
    expect(report.baseline?.known.length).toBe(JSON.parse(former).findings.length);
  });

  it('is renewed, and keeps its days', () => {
    const renewed = writeBaseline(report, '2027-01-01');
    expect(JSON.parse(renewed).version).toBe(2);
    expect(renewed).not.toContain('2027-01-01');
    expect(fresh(tree, renewed)).toEqual([]);
  });

  it('does not count as grown when it is renewed', () => {
    const renewed = writeBaseline(report, '2027-01-01');
    const asked = {
      fileSystem: memoryFileSystem({
        ...tree,
        'known.json': renewed,
        'cdb-lint.yaml': 'baseline: known.json\n',
      }),
      paths: [''],
      ...options,
    };
    const files = (): ReturnType<typeof memoryFileSystem> =>
      memoryFileSystem({ ...withFormer, 'cdb-lint.yaml': 'baseline: known.json\n' });
    expect(wordsOf(judgeGate(asked, { name: 'base', files }).report)).toEqual([]);
  });
});

describe('what is new is new', () => {
  it('in another file of the same names', () => {
    const files = {
      ...tree,
      'apps/third/kustomization.yaml': 'resources: [web.yaml]\nnamespace: third\n',
      'apps/third/web.yaml': web,
    };
    const whole = fresh(files, baseline);
    expect(whole.length).toBeGreaterThan(3);
    expect(whole.every((one) => one.includes('apps/third/'))).toBe(true);
    expect(fresh(files, baseline, { touched: ['apps/third/web.yaml'] }).sort()).toEqual(whole.sort());
  });

  it('in another document of the same file', () => {
    const second = web
      .replace('name: web\n', 'name: web\n  namespace: second\n')
      .replace('    spec:', '    spec:');
    const plain = { 'a.yaml': web.replace('name: web\n', 'name: web\n  namespace: first\n') };
    const files = { 'a.yaml': `${plain['a.yaml']}---\n${second}` };
    expect(fresh(plain, known(plain))).toEqual([]);
    expect(fresh(files, known(plain)).filter((one) => one.startsWith('unknown-field'))).toHaveLength(1);
  });

  it('where the cluster knows another object by the same name', () => {
    const one = {
      'east/kustomization.yaml': 'resources: [web.yaml]\nnamespace: shop\n',
      'east/web.yaml': web,
    };
    const both = {
      ...one,
      'west/kustomization.yaml': 'resources: [web.yaml]\nnamespace: shop\n',
      'west/web.yaml': web,
    };
    const whole = fresh(both, known(one)).filter((words) => words.startsWith('unknown-field'));
    expect(whole).toEqual([expect.stringContaining('west/web.yaml')]);
    const part = fresh(both, known(one), { touched: ['west/web.yaml'] });
    expect(part.filter((words) => words.startsWith('unknown-field'))).toEqual(whole);
  });

  it('in a second item', () => {
    const files = edited(
      'apps/shop/base/web.yaml',
      '        - name: proxy',
      '        - name: late\n          image: registry.example.com/late:1\n          envv: []\n        - name: proxy',
    );
    const found = fresh(files, baseline).filter((one) => one.startsWith('unknown-field'));
    expect(found).toHaveLength(1);
  });
});

it.each([
  ['port', 'ports: [{containerPort: 8080}]'],
  ['name of a port', null],
])('two containers that have one %s are known in whatever order they stand', (_, shared) => {
  const container = (name: string, port: number): string =>
    `    - {name: ${name}, image: "r.example.com/${name}:1", ${shared ?? `ports: [{name: web, containerPort: ${port}}]`}}\n`;
  const pod = (...containers: readonly string[]): Files => ({
    'pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n${containers.join('')}`,
  });
  const [first, second] = [container('a', 8080), container('b', 9090)];
  const only = ['without-effect'];
  const known = writeBaseline(lintFiles(pod(first, second), { only }), '2026-01-01');
  const turned = lintFiles({ ...pod(second, first), 'known.json': known }, { only, baseline: 'known.json' });
  expect(turned.findings.map(({ message }) => message)).toEqual([]);
  expect(turned.baseline?.known).toHaveLength(1);
});
