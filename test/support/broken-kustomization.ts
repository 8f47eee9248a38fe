import fc from 'fast-check';
import type { KustomizationTree } from './random-kustomization.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const metadata = { name: 'app', namespace: 'team', labels: { app: 'app' }, annotations: { 'a.b/c': 'x' } };
const deployment: Json = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata,
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'app' } },
    template: {
      metadata: { labels: { app: 'app' } },
      spec: {
        containers: [{ name: 'main', image: 'nginx:1', env: [{ name: 'A', value: '$(app)' }] }],
        volumes: [{ name: 'data', configMap: { name: 'web' } }],
      },
    },
  },
};
const service: Json = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'app' },
  spec: { selector: { app: 'app' }, ports: [{ port: 80, name: 'http' }] },
};
const fieldSpec: Json = { path: 'spec/a/b', kind: 'Deployment', create: true };
const operations: Json = [
  { op: 'replace', path: '/spec/replicas', value: 3 },
  { op: 'add', path: '/spec/template/spec/containers/-', value: { name: 'side' } },
  { op: 'copy', from: '/metadata/labels', path: '/metadata/annotations' },
  { op: 'test', path: '/kind', value: 'Deployment' },
];
const selector: Json = {
  kind: 'Deployment',
  name: 'app',
  namespace: 'team',
  labelSelector: 'app=app',
  annotationSelector: 'a.b/c',
};
const replacement: Json = {
  source: { kind: 'Service', name: 'app', fieldPath: 'spec.ports.0.name', options: { delimiter: '-' } },
  targets: [
    {
      select: selector,
      reject: [{ kind: 'Service' }],
      fieldPaths: ['spec.template.spec.containers.[name=main].image', 'metadata.annotations.[a.b/c]'],
      options: { delimiter: ':', index: 1, create: true },
    },
  ],
};
const generator: Json = {
  name: 'web',
  namespace: 'team',
  behavior: 'create',
  literals: ['a=b', 'c=d'],
  files: ['data.txt', 'other=data.txt'],
  envs: ['values.env'],
  options: { labels: { app: 'x' }, annotations: { a: 'b' }, disableNameSuffixHash: true, immutable: true },
};
const configuration: Json = {
  nameReference: [{ kind: 'ConfigMap', fieldSpecs: [fieldSpec] }],
  commonLabels: [fieldSpec],
  images: [{ path: 'spec/image' }],
  varReference: [{ path: 'spec/template/spec/containers/env/value', kind: 'Deployment' }],
};
const plugin = (kind: string, fields: { readonly [key: string]: Json }): Json => ({
  apiVersion: 'builtin',
  kind,
  metadata: { name: 'plugin' },
  ...fields,
});
const plugins: readonly Json[] = [
  plugin('ConfigMapGenerator', { literals: ['a=b'] }),
  plugin('PrefixTransformer', { prefix: 'x-', fieldSpecs: [{ path: 'metadata/name' }] }),
  plugin('NamespaceTransformer', { metadata: { name: 'plugin', namespace: 'new' }, unsetOnly: true }),
  plugin('LabelTransformer', { labels: { a: 'b' }, fieldSpecs: [fieldSpec] }),
  plugin('PatchTransformer', { patch: JSON.stringify(operations), target: selector }),
  plugin('PatchStrategicMergeTransformer', { paths: ['patch.yaml'], patches: JSON.stringify(deployment) }),
  plugin('ReplacementTransformer', { replacements: [replacement] }),
  plugin('ImageTagTransformer', { imageTag: { name: 'nginx', newTag: '2' }, fieldSpecs: [fieldSpec] }),
  plugin('ValueAddTransformer', {
    value: 'x',
    targets: [{ fieldPath: 'spec/a/b', filePathPosition: 1, selector }],
  }),
  { apiVersion: 'example.com/v1', kind: 'Plugin', metadata: { name: 'plugin' } },
];

/** What each field may hold; every case breaks some of them. */
const kustomization: { readonly [key: string]: Json } = {
  namespace: 'team',
  namePrefix: 'dev-',
  nameSuffix: '-x',
  commonLabels: { app: 'new' },
  labels: [{ pairs: { tier: 'x' }, includeSelectors: true, fields: [fieldSpec] }],
  commonAnnotations: { a: 'b' },
  images: [{ name: 'nginx', newName: 'other', newTag: '2', digest: 'sha256:1' }],
  replicas: [{ name: 'app', count: 3 }],
  patches: [{ target: selector, patch: JSON.stringify(operations) }, { path: 'patch.yaml' }],
  patchesStrategicMerge: ['patch.yaml', JSON.stringify(deployment)],
  patchesJson6902: [{ target: { version: 'v1', kind: 'Deployment', name: 'app' }, path: 'operations.yaml' }],
  replacements: [replacement, { path: 'replacement.yaml' }],
  vars: [
    {
      name: 'app',
      objref: { apiVersion: 'v1', kind: 'Service', name: 'app' },
      fieldref: { fieldpath: 'spec.ports[0].port' },
    },
  ],
  configMapGenerator: [generator],
  secretGenerator: [{ ...generator, name: 'secret', type: 'Opaque' }],
  generatorOptions: { labels: { a: 'b' }, disableNameSuffixHash: true },
  sortOptions: { order: 'legacy', legacySortOptions: { orderFirst: ['Service'], orderLast: [] } },
  buildMetadata: ['originAnnotations', 'transformerAnnotations', 'managedByLabel'],
  configurations: ['configuration.yaml'],
  generators: ['plugin.yaml'],
  transformers: ['plugin.yaml'],
  validators: ['plugin.yaml'],
  crds: ['crds.json'],
  openapi: { path: 'schema.json' },
  components: ['../component'],
  bases: ['../base'],
  helmCharts: [{ name: 'chart', repo: 'https://example.com' }],
  metadata: { name: 'x' },
};

const files = [
  ...['patch.yaml', 'operations.yaml', 'replacement.yaml', 'configuration.yaml', 'plugin.yaml'],
  ...['crds.json', 'schema.json', 'data.txt', 'values.env', 'resources.yaml'],
];

const place = fc.constantFrom(
  ...files,
  ...[
    '../base',
    '../component',
    '../top',
    '.',
    './',
    '..',
    '../..',
    '',
    '/',
    'missing.yaml',
    'kustomization.yaml',
  ],
  ...['../base/resources.yaml', 'https://example.com/x.yaml', 'https://github.com/a/b?ref=v1', 'a//b', '~/x'],
  ...['../base/kustomization.yaml', 'data.txt=data.txt', '__proto__', 'constructor', '\u0000', 'a\nb'],
);

const hostileText = fc.oneof(
  place,
  fc.constantFrom(
    ...[
      '(',
      '[',
      '*',
      '(?<a>',
      '\\',
      '(?=a)',
      '(a+)+$',
      'a{1001}',
      '[[:x:]]',
      '\\p{Greek',
      '(?i:',
      '\\C',
      '.*',
    ],
    ...['a in (', 'a=b,', '!!a', ',', 'a notin', '=', 'a==b==c', '!', 'a in ()', 'x/y/z', 'a>x'],
    ...[
      '/',
      '//',
      '/-',
      '/0',
      '/~2',
      'spec',
      '/spec/-1',
      '/__proto__',
      '/metadata',
      '/metadata/name',
      '-',
      '~',
    ],
    ...[
      '.',
      '..',
      'a..b',
      '[a',
      'a.[b',
      'a.[=',
      '[=]',
      '*',
      'a.*.b',
      'spec.[name=(]',
      '0',
      '-1',
      '\\.',
      'a.-',
    ],
    ...['$(app)', '$(app', '$$(app)', '{', '{}', '[]', '- a', 'a: b', '&a [*a]', '*a', '!!binary x', 'null'],
    ...['kind: A\nmetadata: []', '$patch: delete', '---\n---', '%YAML 9', '\ufeff', '\ud800', 'yes', '1e999'],
    ...[
      'merge',
      'replace',
      'a=',
      '=b',
      'a=b=c',
      'delete',
      'add',
      'move',
      'test',
      'hasOwnProperty',
      'toString',
    ],
  ),
);
const hostileKey = fc.constantFrom(
  ...['__proto__', 'constructor', 'prototype', 'toString', '', '$patch', '$setElementOrder/x', '$retainKeys'],
  ...['name', 'path', 'a/b', '0', '-', '*', '[a]', 'Kind', 'ＫＩＮＤ', 'apiVersion', 'items'],
);
const hostileScalar: fc.Arbitrary<Json> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  fc.constantFrom<Json>(true, false, 0, -1, 1.5, 1e21, 2 ** 53, -0),
  { weight: 3, arbitrary: hostileText },
);
const { hostile } = fc.letrec<{ hostile: Json }>((tie) => ({
  hostile: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 4, arbitrary: hostileScalar },
    { weight: 1, arbitrary: fc.array(tie('hostile'), { maxLength: 3 }) },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.tuple(hostileKey, tie('hostile')), { maxLength: 3 })
        .map((entries) => Object.fromEntries(entries)),
    },
    { weight: 1, arbitrary: fc.nat(98).map(deep) },
  ),
}));

function deep(levels: number): Json {
  let value: Json = 'x';
  for (let level = 0; level < levels; level++) value = level % 3 === 0 ? [value] : { spec: value };
  return value;
}

/** One change somewhere in a value: another value, another text for a scalar, nothing, a hostile key, an item twice. */
interface Change {
  readonly at: number;
  readonly how: 'value' | 'text' | 'drop' | 'key' | 'twice';
  readonly value: Json;
  readonly text: string;
  readonly key: string;
}
const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat(200),
  how: fc.constantFrom('value', 'text', 'text', 'text', 'drop', 'key', 'twice'),
  value: hostile,
  text: hostileText,
  key: hostileKey,
});

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function countOf(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, each) => sum + countOf(each), 1);
}

function changed(value: Json, { at, ...what }: Change): Json {
  return changeAt(value, { ...what, at: at % countOf(value) });
}

function changeAt(value: Json, todo: Change): Json {
  if (typeof value !== 'object' || value === null) return todo.how === 'text' ? todo.text : todo.value;
  if (todo.at === 0) return todo.value;
  let at = todo.at - 1;
  const entries: [string, Json][] = [];
  for (const [key, part] of Object.entries(value)) {
    const size = countOf(part);
    if (at < 0 || at >= size) entries.push([key, part]);
    else if (at === 0 && todo.how === 'key') entries.push([todo.key, part]);
    else if (at === 0 && todo.how === 'twice') entries.push([key, part], [`${key}2`, part]);
    else if (at > 0 || todo.how !== 'drop') entries.push([key, changeAt(part, { ...todo, at })]);
    at -= size;
  }
  return isList(value) ? entries.map(([, part]) => part) : Object.fromEntries(entries);
}

function broken(value: Json): fc.Arbitrary<Json> {
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant(value) },
    {
      weight: 6,
      arbitrary: fc
        .array(change, { minLength: 1, maxLength: 2 })
        .map((all) => all.reduce<Json>(changed, value)),
    },
    { weight: 1, arbitrary: hostile },
  );
}

/** Contents that are no YAML of any use; what a file may hold whatever it is there for. */
const rubbish = fc.constantFrom(
  ...[
    '',
    '\n',
    '---\n',
    '---\n---\n',
    '# only\n',
    'null\n',
    '[]\n',
    '{}\n',
    'text\n',
    '- a\n- b\n',
    '1\n',
    '...\n',
  ],
  ...[
    '{',
    'a: b: c\n',
    'a:\n\t- b\n',
    '*a\n',
    '&a [*a]\n',
    'a: &a\n  b: *a\n',
    '%YAML 9\n---\na\n',
    '\u0000\n',
  ],
  ...['"', "a: 'b\n", '? a\n', '<<: 1\n', '!!map a\n', '!x {}\n', 'a: 1\na: 2\n', '\ufeffa: b\n', '\ud800\n'],
  ...['[[[[[[[[[[', '- - - - - - a\n', `${'['.repeat(120)}${']'.repeat(120)}\n`, 'a=b\n=c\n'],
  'a: &a [x, x, x, x]\nb: &b [*a, *a, *a, *a]\nc: &c [*b, *b, *b, *b]\nd: [*c, *c, *c, *c]\n',
);

function content(...values: readonly Json[]): fc.Arbitrary<string> {
  const documents = fc.array(fc.oneof(...values.map(broken)), { minLength: 1, maxLength: 2 });
  return fc.oneof(
    { weight: 6, arbitrary: documents.map((all) => all.map((each) => JSON.stringify(each)).join('\n---\n')) },
    { weight: 1, arbitrary: rubbish },
  );
}

const contents: Record<string, fc.Arbitrary<string>> = {
  'patch.yaml': content(deployment, { ...deployment, spec: { $patch: 'delete' } }, operations),
  'operations.yaml': content(operations),
  'replacement.yaml': content(replacement, [replacement]),
  'configuration.yaml': content(configuration),
  'plugin.yaml': content(...plugins),
  'crds.json': content({ 'com.example.v1.App': { Schema: { properties: { a: { type: 'string' } } } } }),
  'schema.json': content({
    definitions: { 'com.example.App': { type: 'object', properties: { a: { type: 'array' } } } },
  }),
  'data.txt': rubbish,
  'values.env': fc.oneof(fc.constant('A=1\n# b\nC\n'), rubbish),
  'resources.yaml': content(deployment, service, {
    apiVersion: 'v1',
    kind: 'List',
    items: [deployment, service],
  }),
};

/** Fields, some of them broken, some beside each other that do not go together. */
function kustomizationText(known: { readonly [key: string]: Json }, most: number): fc.Arbitrary<string> {
  const fields = fc.subarray(Object.keys(kustomization), { maxLength: most }).chain((keys) => {
    const values = keys.map((key) => broken(kustomization[key] ?? null));
    return fc
      .tuple(...values)
      .map((all) => Object.fromEntries(keys.map((key, index) => [key, all[index] as Json])));
  });
  const whole = fields.map((all): Json => ({ ...known, ...all }));
  return fc.oneof(
    { weight: 12, arbitrary: whole.map((all) => JSON.stringify(all)) },
    {
      weight: 2,
      arbitrary: fc.tuple(whole, change).map(([all, each]) => JSON.stringify(changed(all, each))),
    },
    { weight: 1, arbitrary: rubbish },
  );
}

const component = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' };
const places = fc.oneof(
  { weight: 4, arbitrary: fc.constant(['resources.yaml']) },
  fc.array(place, { maxLength: 3 }),
);

/** A base, a component and an overlay in which something, mostly, is broken; each has every file. */
export const brokenTree: fc.Arbitrary<KustomizationTree> = fc
  .record({
    texts: fc.record(contents),
    base: places.chain((resources) => kustomizationText({ resources }, 1)),
    component: places.chain((resources) => kustomizationText({ ...component, resources }, 2)),
    top: fc
      .oneof({ weight: 4, arbitrary: fc.constant(['../base']) }, fc.array(place, { maxLength: 3 }))
      .chain((resources) => kustomizationText({ resources }, 4)),
    missing: fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, fc.constantFrom(...files)),
  })
  .map(({ texts, missing, ...layers }) => {
    const tree: Record<string, string> = {};
    for (const [directory, text] of Object.entries(layers)) {
      tree[`${directory}/kustomization.yaml`] = text;
      for (const [name, each] of Object.entries(texts))
        if (name !== missing) tree[`${directory}/${name}`] = each;
    }
    return { files: tree, root: 'top' };
  });
