import { describe, expect, it } from 'vitest';
import { locateField } from '../../src/object/provenance.ts';
import { trackedObject } from '../../src/object/resource.ts';
import type { Discovery } from '../../src/reconcile/discover.ts';
import type { DiscoverOptions } from '../../src/reconcile/discover-options.ts';
import { valueAt } from '../../src/source/value.ts';
import { lintFiles } from '../support/lint-files.ts';
import { configMap, discoverFiles, findingsOf } from './discover-files.ts';

const here = 'https://git.example.com/team/platform.git';

interface Set {
  readonly generators: string;
  readonly name: string;
  readonly path?: string;
  readonly isGo?: boolean;
  readonly more?: readonly string[];
}

function applicationSet({ generators, name, path = 'apps/a', isGo = false, more = [] }: Set): string {
  return [
    'apiVersion: argoproj.io/v1alpha1',
    'kind: ApplicationSet',
    'metadata: { name: set, namespace: argocd }',
    'spec:',
    `  goTemplate: ${isGo}`,
    '  goTemplateOptions: ["missingkey=error"]',
    `  generators: ${generators}`,
    '  template:',
    `    metadata: { name: '${name}' }`,
    '    spec:',
    '      project: team',
    '      destination: { server: https://kubernetes.default.svc, namespace: web }',
    `      source: { repoURL: ${here}, path: '${path}' }`,
    ...more,
    '',
  ].join('\n');
}

const files = {
  'apps/a/x.yaml': configMap('a', 'k: v'),
  'apps/b/x.yaml': configMap('b', 'k: v'),
  'apps/old/x.yaml': configMap('old', 'k: v'),
  'config/a.yaml': 'stage: dev\nteam: { name: One }\n',
  'config/deep/b.json':
    '[{ "stage": "qa", "team": { "name": "Two" } }, { "stage": "prod", "team": { "name": "Two" } }]',
  'clusters.yaml': [
    'apiVersion: v1',
    'kind: Secret',
    'metadata: { name: eu, labels: { argocd.argoproj.io/secret-type: cluster, env: prod } }',
    'stringData: { name: Prod_EU, server: https://eu.example.com }',
    '---',
    'apiVersion: v1',
    'kind: Secret',
    'metadata: { name: dev, labels: { argocd.argoproj.io/secret-type: cluster, env: dev } }',
    'data: { name: ZGV2, server: aHR0cHM6Ly9kZXYuZXhhbXBsZS5jb20= }',
    '',
  ].join('\n'),
};

function expand(set: Set, options: DiscoverOptions = { repositories: [here] }): Discovery {
  return discoverFiles({ ...files, 'argocd/set.yaml': applicationSet(set) }, options);
}

function namesOf(discovery: Discovery): string[] {
  return discovery.clusters
    .flatMap(({ reconciliations }) => reconciliations.map(({ name }) => name))
    .filter((name) => name !== 'set');
}

const directories = `{ git: { repoURL: ${here}, directories: [{ path: apps/* }, { path: apps/old, exclude: true }] } }`;
const list = '{ list: { elements: [{ env: dev }, { env: prod }] } }';

describe('generators', () => {
  it('take directories of the repository', () => {
    const flat = expand({ generators: `[${directories}]`, name: 'app-{{path.basename}}', path: '{{path}}' });
    expect(findingsOf(flat)).toEqual([]);
    expect(namesOf(flat)).toEqual(['app-a', 'app-b']);
    const nested = {
      generators: `[${directories}]`,
      name: 'app-{{ .path.basename | upper }}',
      path: '{{.path.path}}',
    };
    expect(namesOf(expand({ ...nested, isGo: true }))).toEqual(['app-A', 'app-B']);
  });

  it('take files, over slashes as git ls-files does, and the elements of lists in them', () => {
    const git = `[{ git: { repoURL: ${here}, files: [{ path: "config/*" }], values: { of: "{{ .stage }}-x" } } }]`;
    const set = { generators: git, name: '{{ .team.name | lower }}-{{ .values.of }}', isGo: true };
    expect(namesOf(expand(set))).toEqual(['one-dev-x', 'two-qa-x', 'two-prod-x']);
    const excluded = git.replace('"config/*" }', '"config/*" }, { path: "config/deep/*", exclude: true }');
    expect(namesOf(expand({ ...set, generators: excluded }))).toEqual(['one-dev-x']);
  });

  it('multiply, the second one with the parameters of the first', () => {
    const matrix = (a: string, b: string): string => `[{ matrix: { generators: [${a}, ${b}] } }]`;
    const product = expand({ generators: matrix(directories, list), name: '{{path.basename}}-{{env}}' });
    expect(namesOf(product)).toEqual(['a-dev', 'a-prod', 'b-dev', 'b-prod']);
    const values = '{ list: { elements: [{ values: { a: x } }] } }';
    const more = '{ list: { elements: [{ values: { b: "{{ .values.a }}y" } }] } }';
    const nested = { generators: matrix(values, more), name: '{{ .values.a }}-{{ .values.b }}', isGo: true };
    expect(namesOf(expand(nested))).toEqual(['x-xy']);
    const yaml = '{ list: { elementsYaml: "{{ .all | toJson }}" } }';
    const all = '{ list: { elements: [{ all: [{ id: one }, { id: two }] }] } }';
    expect(namesOf(expand({ generators: matrix(all, yaml), name: '{{ .id }}', isGo: true }))).toEqual([
      'one',
      'two',
    ]);
    const clash = matrix(list, '{ list: { elements: [{ env: x }] } }');
    expect(findingsOf(expand({ generators: clash, name: '{{env}}' }))).toEqual([
      'applicationset-generator-invalid argocd/set.yaml:7',
    ]);
  });

  it('merge by keys, each of them once', () => {
    const merge = (over: string): string =>
      `[{ merge: { mergeKeys: [env], generators: [${list}, { list: { elements: ${over} } }] } }]`;
    const set = { name: '{{env}}-{{size}}', isGo: false };
    const one = '[{ env: dev, size: s }, { env: prod, size: l }, { env: none, size: x }]';
    expect(namesOf(expand({ ...set, generators: merge(one) }))).toEqual(['dev-s', 'prod-l']);
    const twice = '[{ env: dev, size: s }, { env: dev, size: l }]';
    expect(findingsOf(expand({ ...set, generators: merge(twice) }))).toEqual([
      'applicationset-generator-invalid argocd/set.yaml:7',
    ]);
  });

  it('are filtered by selectors over their parameters', () => {
    const selected = list.replace(
      / \}$/u,
      ', selector: { matchExpressions: [{ key: env, operator: NotIn, values: [dev] }] } }',
    );
    expect(namesOf(expand({ generators: `[${selected}]`, name: '{{env}}' }))).toEqual(['prod']);
  });

  it('have templates of their own', () => {
    const own = list.replace(
      / \} \}$/u,
      ', template: { metadata: { labels: { a: b } }, spec: { source: { path: apps/b } } } } }',
    );
    const discovery = expand({ generators: `[${own}]`, name: '{{env}}' });
    const all = discovery.clusters.flatMap(({ reconciliations }) => reconciliations);
    expect(all.find(({ name }) => name === 'dev')?.path).toBe('apps/b');
  });
});

describe('a cluster generator', () => {
  const known = { repositories: [here], clustersFile: 'clusters.yaml' };

  it('brings what cannot be known unless the configuration names the clusters', () => {
    const set = {
      generators: '[{ clusters: { selector: { matchLabels: { env: prod } } } }]',
      name: '{{nameNormalized}}',
    };
    const discovery = expand(set);
    expect(findingsOf(discovery)).toEqual([]);
    expect(discovery.coverage.notRendered).toEqual([
      'ApplicationSet set: the output of the clusters generator cannot be known here',
    ]);
    expect(namesOf(expand(set, known))).toEqual(['prod-eu']);
  });

  it('brings all of them and its own without a selector, with labels and values', () => {
    const generators = '[{ clusters: { values: { at: "{{metadata.labels.env}}" } } }]';
    const flat = { generators: '[{ clusters: {} }]', name: '{{nameNormalized}}' };
    expect(namesOf(expand(flat, known))).toEqual(['prod-eu', 'dev', 'in-cluster']);
    const selected = generators.replace('values', 'selector: { matchLabels: { env: dev } }, values');
    expect(namesOf(expand({ generators: selected, name: '{{name}}-{{values.at}}' }, known))).toEqual([
      'dev-dev',
    ]);
  });
});

it('takes the clusters of its own Argo CD where their Secrets say whose they are', () => {
  const owned = files['clusters.yaml'].replace('name: eu,', 'name: eu, namespace: argocd,');
  const both = owned.replace('name: dev,', 'name: dev, namespace: other,');
  const set = applicationSet({ generators: '[{ clusters: {} }]', name: '{{name}}' });
  const options = { repositories: [here], clustersFile: 'clusters.yaml' };
  const found = discoverFiles({ ...files, 'clusters.yaml': both, 'argocd/set.yaml': set }, options);
  expect(namesOf(found)).toEqual(['Prod_EU', 'in-cluster']);
});

it('says where the file of clusters is not there', () => {
  const report = lintFiles({
    'cdb-lint.yaml': 'argocd: { clusters: clusters.yaml }\n',
    'argocd/set.yaml': applicationSet({ generators: '[{ clusters: {} }]', name: '{{name}}' }),
  });
  expect(report.findings.map(({ rule, span }) => `${rule} ${span.file.path}`)).toContain(
    'file-missing cdb-lint.yaml',
  );
  expect(report.exitCode).toBe(2);
});

describe('an ApplicationSet', () => {
  it('is wrong where a parameter is missing, names repeat or nothing comes of it', () => {
    expect(findingsOf(expand({ generators: `[${list}]`, name: 'x-{{envv}}' }))).toEqual([
      'applicationset-parameter-missing argocd/set.yaml:9',
    ]);
    expect(findingsOf(expand({ generators: `[${list}]`, name: 'x' }))).toContain(
      'applicationset-name-duplicate argocd/set.yaml:9',
    );
    const empty = `[{ git: { repoURL: ${here}, directories: [{ path: apps/*, exclude: true }] } }]`;
    expect(findingsOf(expand({ generators: empty, name: 'x' }))).toEqual([
      'applicationset-empty argocd/set.yaml:7',
    ]);
    const numbers = '[{ list: { elements: [{ port: 80 }] } }]';
    expect(findingsOf(expand({ generators: numbers, name: 'x' }))).toEqual([
      'applicationset-generator-invalid argocd/set.yaml:7',
    ]);
  });

  it('leaves braces in values for helm to helm, without Go templates', () => {
    const set = applicationSet({ generators: `[${list}]`, name: '{{env}}' }).replace(
      "path: 'apps/a' }",
      "path: 'apps/a', helm: { values: 'a: \"{{env}} {{ .Release.Name }}\"' } }",
    );
    const found = discoverFiles({ ...files, 'argocd/set.yaml': set }, { repositories: [here] });
    expect(findingsOf(found)).toEqual([]);
    const all = found.clusters.flatMap(({ reconciliations }) => reconciliations);
    const dev = all.find(({ name }) => name === 'dev')?.declaration?.object;
    expect(valueAt(dev, ['spec', 'source', 'helm', 'values'])).toBe('a: "dev {{ .Release.Name }}"');
  });

  it('patches what its template makes, but for the project', () => {
    const patch = [
      '  templatePatch: |',
      '    spec:',
      '      project: other',
      '      {{- if eq .env "prod" }}',
      '      source: { path: apps/b }',
      '      {{- end }}',
    ];
    const discovery = expand({ generators: `[${list}]`, name: '{{ .env }}', isGo: true, more: patch });
    const all = discovery.clusters.flatMap(({ reconciliations }) => reconciliations);
    const prod = all.find(({ name }) => name === 'prod');
    expect([prod?.path, all.find(({ name }) => name === 'dev')?.path]).toEqual(['apps/b', 'apps/a']);
    expect(valueAt(prod?.declaration?.object, ['spec', 'project'])).toBe('team');
    expect(valueAt(prod?.declaration?.object, ['metadata', 'finalizers'])).toEqual([
      'resources-finalizer.argocd.argoproj.io',
    ]);
  });
});

describe('what Argo CD refuses or takes to the letter', () => {
  const invalid = (line: number) => [`applicationset-generator-invalid argocd/set.yaml:${line}`];
  const git = (paths: string): string => `[{ git: { repoURL: ${here}, directories: [${paths}] } }]`;
  const named = { name: '{{path.basename}}', path: '{{path}}' };

  it.each([['/apps/*'], ['apps/a/'], ['./apps/*'], ['**/a/']])('no directory has the path %s', (path) => {
    const found = expand({ generators: git(`{ path: "${path}" }`), ...named });
    expect(findingsOf(found)).toEqual(['applicationset-empty argocd/set.yaml:7']);
    expect(namesOf(found)).toEqual([]);
  });

  it('classes of characters are known, and a slash at the end excludes nothing', () => {
    expect(namesOf(expand({ generators: git('{ path: "apps/[ab]*" }'), ...named }))).toEqual(['a', 'b']);
    expect(namesOf(expand({ generators: git('{ path: "apps/[^a-b]*" }'), ...named }))).toEqual(['old']);
    const excluding = git('{ path: apps/* }, { path: apps/b/, exclude: true }');
    expect(namesOf(expand({ generators: excluding, ...named }))).toEqual(['a', 'b', 'old']);
  });

  it('numbers are of float64', () => {
    const elements =
      '[{ list: { elements: [{ id: 123456789012, one: 1000000, few: 0.00001, all: [123456789] }] } }]';
    const set = { generators: elements, isGo: true };
    expect(namesOf(expand({ ...set, name: '{{ .id }} {{ .one }} {{ .few }} {{ .all }}' }))).toEqual([
      '1.23456789012e+11 1e+06 1e-05 [1.23456789e+08]',
    ]);
    expect(
      namesOf(expand({ ...set, name: '{{ .id | toJson }} {{ int64 .id }} {{ .one | toString }}' })),
    ).toEqual(['123456789012 123456789012 1e+06']);
  });

  it.each([
    ['{{ .env'],
    ['{{ if true }}x'],
    ['{{ else }}'],
    ['{{ .env-x }}'],
    ['{{ tolower .env }}'],
    ['{{ index (list 1) 5 }}'],
    ['{{ .env | replace "a" }}'],
    ['{{ .env | | upper }}'],
    ['{{ eq .env 1 }}'],
    ['{{ range .env }}{{ end }}'],
  ])('%s makes no Application, for certain', (name) => {
    const found = expand({ generators: `[${list}]`, name, isGo: true });
    expect(findingsOf(found)).toEqual(invalid(9));
    expect(namesOf(found)).toEqual([]);
  });

  it('a matrix in a matrix is filled in before it brings anything, and holds no third', () => {
    const inner = '{ list: { elements: [{ a: x }] } }';
    const asking = '{ list: { elements: [{ b: "{{ .a }}" }] } }';
    const matrix = (...all: string[]): string => `{ matrix: { generators: [${all.join(', ')}] } }`;
    const nested = expand({
      generators: `[${matrix(list, matrix(inner, asking))}]`,
      name: '{{ .b }}',
      isGo: true,
    });
    expect(findingsOf(nested)).toEqual(invalid(7));
    const threefold = `[${matrix(list, matrix(inner, matrix(list, inner)))}]`;
    expect(findingsOf(expand({ generators: threefold, name: '{{ .a }}', isGo: true }))).toEqual(invalid(7));
  });

  it('values in a matrix use what either generator brings, and both in one text only without Go', () => {
    const inner = (values: string): string =>
      `{ git: { repoURL: ${here}, directories: [{ path: apps/a }], values: ${values} } }`;
    const matrix = (values: string): string => `[{ matrix: { generators: [${list}, ${inner(values)}] } }]`;
    const go = matrix('{ team: "{{ .path.basename }}", of: "{{ .env }}" }');
    const name = '{{ .values.team }}-{{ .values.of }}';
    expect(namesOf(expand({ generators: go, name, isGo: true }))).toEqual(['a-dev', 'a-prod']);
    const mixed = matrix('{ team: "{{ .path.basename }}-{{ .env }}" }');
    expect(findingsOf(expand({ generators: mixed, name: '{{ .values.team }}', isGo: true }))).toEqual(
      invalid(7),
    );
    const fast = matrix('{ team: "{{path.basename}}-{{env}}" }');
    expect(namesOf(expand({ generators: fast, name: '{{values.team}}' }))).toEqual(['a-dev', 'a-prod']);
  });

  it('what makes the controller panic makes no Application', () => {
    const values = `{ git: { repoURL: ${here}, directories: [{ path: apps/a }], values: { r: one } } }`;
    const element = '{ list: { elements: [{ values: { r: two } }] } }';
    const matrix = (...all: string[]): string => `[{ matrix: { generators: [${all.join(', ')}] } }]`;
    const name = '{{ .values.r }}';
    expect(findingsOf(expand({ generators: matrix(element, values), name, isGo: true }))).toEqual(invalid(7));
    expect(namesOf(expand({ generators: matrix(values, element), name, isGo: true }))).toEqual(['one']);
    const over = '{ list: { elements: [{ env: dev, values: { r: two } }] } }';
    const merge = `[{ merge: { mergeKeys: [env], generators: [${list}, ${over}] } }]`;
    expect(namesOf(expand({ generators: merge, name: '{{ .env }}', isGo: true }))).toEqual(['dev', 'prod']);
    const set = applicationSet({ generators: `[${list}]`, name: '{{ .env }}', isGo: true });
    const misspelt = { 'argocd/set.yaml': set.replace('missingkey=error', 'missingkey=fail') };
    expect(findingsOf(discoverFiles({ ...files, ...misspelt }, { repositories: [here] }))).toEqual(
      invalid(6),
    );
  });

  it('a key that is a boolean is not a parameter, and the help says so', () => {
    const generators = '[{ list: { elements: [{ n: web }] } }]';
    const { clusters } = expand({ generators, name: '{{ .n }}', isGo: true });
    const found = clusters.flatMap(({ reconciliations }) =>
      reconciliations.flatMap(({ build }) => build.diagnostics),
    );
    expect(found.map(({ rule }) => rule)).toEqual(['applicationset-parameter-missing']);
    expect(found[0]?.help).toContain('a key n without quotes is true or false');
  });

  it('all kinds of one generator count', () => {
    const both = `[{ list: { elements: [{ env: dev }] }, git: { repoURL: ${here}, directories: [{ path: apps/a }] } }]`;
    const found = expand({ generators: both, name: '{{ .env }}', isGo: true });
    expect(namesOf(found)).toEqual(['dev']);
    expect(findingsOf(found)).toEqual(['applicationset-parameter-missing argocd/set.yaml:9']);
  });
});

describe('a templatePatch is a strategic merge patch', () => {
  const patched = (patch: readonly string[], template: readonly string[] = []): Discovery =>
    expand({
      generators: `[${list}]`,
      name: '{{ .env }}',
      isGo: true,
      more: [...template, '  templatePatch: |', ...patch.map((line) => `    ${line}`)],
    });

  it.each([
    ['metrics', 15],
    ['""', 14],
  ])('which can merge nothing below valuesObject: %s', (key, line) => {
    const set = applicationSet({ generators: `[${list}]`, name: '{{ .env }}', isGo: true });
    const inSource = set.replace(
      `path: 'apps/a' }`,
      `path: 'apps/a', helm: { valuesObject: { ${key}: { on: true } } } }`,
    );
    const patch = `spec: { source: { helm: { valuesObject: { ${key}: { on: false } } } } }`;
    const found = discoverFiles(
      { ...files, 'argocd/set.yaml': `${inSource}  templatePatch: |\n    ${patch}\n` },
      { repositories: [here] },
    );
    expect(findingsOf(found)).toEqual([`applicationset-generator-invalid argocd/set.yaml:${line}`]);
  });

  it('with directives, of repeated keys the last, and without a say in the project', () => {
    const source = `{ $patch: replace, repoURL: ${here}, path: apps/b }`;
    const replaced = patched([`spec: { source: ${source} }`]);
    expect(findingsOf(replaced)).toEqual(['paths-overlap argocd/set.yaml:15']);
    expect(namesOf(replaced)).toEqual(['dev', 'prod']);
    const twice = patched(['metadata:', '  labels: { a: b }', '  labels: { a: c }']);
    expect(findingsOf(twice)).toContain('applicationset-generator-invalid argocd/set.yaml:17');
    expect(namesOf(twice)).toEqual(['dev', 'prod']);
    const project = patched(['spec: { project: other }']);
    expect(findingsOf(project)).toContain('applicationset-generator-invalid argocd/set.yaml:15');
    expect(namesOf(project)).toEqual(['dev', 'prod']);
  });
});

describe('where the values of an Application come from', () => {
  const placesIn = (set: Set, ...path: string[]): string[] => {
    const [application] = expand(set).clusters.flatMap(({ reconciliations }) =>
      reconciliations.flatMap(({ declaration, kind }) =>
        kind === 'Application' && declaration !== undefined ? [declaration] : [],
      ),
    );
    if (application === undefined) throw new Error('no Application');
    const { span, steps } = locateField(trackedObject(application), path);
    return [span, ...steps.map((step) => step.span)].map((one) =>
      one === undefined
        ? 'nowhere'
        : `${one.file.path}:${one.file.text.slice(0, one.start).split('\n').length} ${one.file.text.slice(one.start, one.end)}`,
    );
  };

  it('the element of a list, and the template', () => {
    const list = {
      generators: '[{ list: { elements: [{ app: a }] } }]',
      name: 'web-{{app}}',
      path: 'apps/{{app}}',
    };
    expect(placesIn(list, 'spec', 'source', 'path')).toEqual([
      'argocd/set.yaml:7 a',
      "argocd/set.yaml:13 path: 'apps/{{app}}'",
      'argocd/set.yaml:7 app: a',
    ]);
  });

  it('the line of a file, also by way of a matrix', () => {
    const files = `{ git: { repoURL: ${here}, files: [{ path: config/a.yaml }] } }`;
    const matrix = {
      generators: `[{ matrix: { generators: [${files}, { list: { elements: [{ full: "{{ .stage }}-x" }] } }] } }]`,
      name: '{{ .full }}',
      isGo: true,
    };
    expect(placesIn(matrix, 'metadata', 'name')[0]).toBe('config/a.yaml:1 dev');
  });

  it('the template where nothing but a path is put in', () => {
    const directories = {
      generators: `[{ git: { repoURL: ${here}, directories: [{ path: apps/a }] } }]`,
      name: '{{path.basename}}',
    };
    expect(placesIn(directories, 'metadata', 'name')).toEqual([
      "argocd/set.yaml:9 '{{path.basename}}'",
      "argocd/set.yaml:9 name: '{{path.basename}}'",
    ]);
  });

  it('the line of a patch that is one text', () => {
    const patched = {
      generators: '[{ list: { elements: [{ app: a, prune: "true" }] } }]',
      name: '{{ .app }}',
      isGo: true,
      more: [
        '  templatePatch: |',
        '    spec:',
        '      syncPolicy:',
        '        automated: { prune: {{ .prune }} }',
      ],
    };
    expect(placesIn(patched, 'spec', 'syncPolicy', 'automated', 'prune')).toEqual([
      'argocd/set.yaml:7 "true"',
      'argocd/set.yaml:17 prune: {{ .prune }}',
      'argocd/set.yaml:7 prune: "true"',
    ]);
  });
});

describe('a repository that nobody says is this one', () => {
  const placesOf = (set: Set, more: Readonly<Record<string, string>> = {}): string[] =>
    discoverFiles({ ...files, ...more, 'argocd/set.yaml': applicationSet(set) }, {})
      .clusters.flatMap(({ reconciliations }) => reconciliations)
      .flatMap(({ name, source }) =>
        source === undefined || name === 'set' ? [] : [`${name} ${source.place}`],
      );
  const list = (...names: readonly string[]): string =>
    `[{ list: { elements: [${names.map((name) => `{ name: ${name} }`).join(', ')}] } }]`;
  const set = { name: '{{name}}', path: 'apps/{{name}}' };

  it('is this one where paths that a list fills in are here', () => {
    expect(placesOf({ ...set, generators: list('a', 'b') })).toEqual(['a here', 'b here']);
    expect(placesOf({ ...set, generators: list('a', 'none') })).toEqual(['a here', 'none here']);
  });

  it('is another one where most of them are not', () => {
    expect(placesOf({ ...set, generators: list('a', 'none', 'nothing') })).not.toContain('a here');
    expect(placesOf({ ...set, path: 'deploy/{{name}}', generators: list('a', 'b') })).not.toContain('a here');
  });

  it('is what paths say that stand there plainly', () => {
    const plain = (path: string): string =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: web, namespace: argocd }\nspec:\n  project: default\n  source: { repoURL: ${here}, path: ${path} }\n  destination: { server: https://kubernetes.default.svc }\n`;
    const missing = { ...set, generators: list('none', 'nothing', 'void') };
    expect(placesOf(missing, { 'argocd/web.yaml': plain('apps/a') })).toContain('none here');
    const lies = { ...set, generators: list('a', 'b') };
    expect(placesOf(lies, { 'argocd/web.yaml': plain('elsewhere') })).not.toContain('a here');
  });
});
