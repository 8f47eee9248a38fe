import fc from 'fast-check';
import { container, type Plain, pod, resource } from './random-resource.ts';
import { name, optional, type Style, scalar, style, text, tree, write } from './random-text.ts';

/** The files of a tree by path; `root` is the directory to build. */
export interface KustomizationTree {
  readonly files: Readonly<Record<string, string>>;
  readonly root: string;
}

/** What sigs.k8s.io/yaml reads needs quotes around the words of YAML 1.1. */
const plainStyle: Style = {
  defaultStringType: 'PLAIN',
  collectionStyle: 'any',
  indentSeq: false,
  lineWidth: 0,
  version: '1.1',
};

const affix = fc.constantFrom('dev-', '-v1', 'x');
const labelValue = fc.constantFrom('app', 'web', 'true', '1', 'v1.2');
const labelKey = fc.constantFrom('app', 'tier', 'example.com/a', 'env');
const labels = fc.dictionary(labelKey, labelValue, { maxKeys: 2 });
const texts = fc.dictionary(labelKey, text, { maxKeys: 2 });
const literal = fc
  .tuple(fc.constantFrom('a', 'b', 'c.txt', 'd-e'), text)
  .map(([key, value]) => `${key}=${value}`);

const kindName = fc.constantFrom(
  'Deployment',
  'Service',
  'ConfigMap',
  'Secret',
  'Widget',
  'StatefulSet',
  'Pod',
  '.*',
);
const target = optional<string>({
  kind: kindName,
  name: fc.constantFrom('app', 'web', 'db', '.*', 'a.*', 'dev-app', 'w|d'),
  namespace: fc.constantFrom('default', 'team', '.*'),
  labelSelector: fc.constantFrom('app', 'app=app', 'tier!=web', '!app', 'env in (app, true)'),
  annotationSelector: fc.constantFrom('app', 'example.com/a', '!tier'),
  group: fc.constantFrom('apps', 'example.com'),
  version: fc.constantFrom('v1', 'v1alpha1'),
});

const generatorOptions = optional<unknown>({
  disableNameSuffixHash: fc.boolean(),
  immutable: fc.boolean(),
  labels,
  annotations: texts,
});
const generatorFields = {
  namespace: fc.constantFrom('team', 'other'),
  behavior: fc.constantFrom(...Array<string>(9).fill('create'), 'merge', 'replace'),
  literals: fc.uniqueArray(literal, { maxLength: 3, selector: (each) => each.split('=')[0] }),
  files: fc.subarray(['data.txt', 'other=data.txt', 'binary.bin', 'sub/more.txt'], { maxLength: 2 }),
  envs: fc.subarray(['values.env']),
  options: generatorOptions,
};
const configMap = fc
  .tuple(name, optional<unknown>(generatorFields))
  .map(([n, rest]) => ({ name: n, ...rest }));
const secret = fc
  .tuple(
    name,
    optional<unknown>({ ...generatorFields, type: fc.constantFrom('Opaque', 'kubernetes.io/tls') }),
  )
  .map(([n, rest]) => ({ name: n, ...rest }));

const image = fc
  .tuple(
    fc.constantFrom('nginx', 'redis', 'registry:5000/team/web', 'team/app', 'n.*'),
    optional<string>({
      newName: fc.constantFrom('other/nginx', 'mirror:5000/x'),
      newTag: fc.constantFrom('1.26', 'latest', '2'),
      digest: fc.constantFrom('sha256:123'),
    }),
  )
  .map(([n, rest]) => ({ name: n, ...rest }));

const pointer = fc.constantFrom(
  ...[
    '/spec',
    '/spec/replicas',
    '/metadata/labels',
    '/metadata/labels/app',
    '/metadata/annotations/example.com~1a',
  ],
  ...[
    '/metadata/annotations',
    '/spec/template/spec/containers/0',
    '/spec/template/spec/containers/-',
    '/data/a',
  ],
  ...[
    '/spec/template/spec/containers/0/image',
    '/spec/ports/0/port',
    '/data',
    '/metadata/name',
    '/spec/items/1',
  ],
);
const operation = fc.oneof(
  { weight: 4, arbitrary: fc.record({ op: fc.constantFrom('add', 'replace'), path: pointer, value: tree }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('remove'), path: pointer }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constantFrom('copy', 'move'), from: pointer, path: pointer }) },
  { weight: 1, arbitrary: fc.record({ op: fc.constant('test'), path: pointer, value: scalar }) },
);
const operations = fc.array(operation, { minLength: 1, maxLength: 2 });

/** What a strategic merge patch may say below apiVersion, kind and metadata. */
const merge = fc.oneof(
  { weight: 3, arbitrary: fc.record({ spec: fc.record({ template: fc.record({ spec: pod }) }) }) },
  { weight: 1, arbitrary: fc.record({ spec: fc.record({ template: fc.constant(null) }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      spec: fc.record({
        template: fc.record({
          spec: fc.record({
            containers: fc.array(
              fc.oneof(
                container.map(([required, more]) => ({ ...required, ...more })),
                fc.record({
                  name: fc.constantFrom('main', 'side'),
                  $patch: fc.constantFrom('delete', 'replace'),
                }),
              ),
              { maxLength: 2 },
            ),
          }),
        }),
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      data: fc.dictionary(labelKey, fc.oneof(text, fc.constant(null)), { maxKeys: 3 }),
    }),
  },
  { weight: 1, arbitrary: optional<unknown>({ spec: tree, data: tree, $patch: fc.constant('delete') }) },
  {
    weight: 1,
    arbitrary: fc.record({
      metadata: optional<unknown>({
        labels: fc.dictionary(labelKey, fc.oneof(labelValue, fc.constant(null)), { maxKeys: 2 }),
        annotations: fc.oneof(texts, fc.constant(null)),
      }),
    }),
  },
);

const fieldPath = fc.constantFrom(
  ...[
    'metadata.name',
    'metadata.labels.app',
    'metadata.annotations.tier',
    'spec.replicas',
    'data.a',
    'spec.template',
  ],
  ...[
    'spec.template.spec.containers.0.image',
    'spec.template.spec.containers.[name=main].image',
    'spec.ports.0.port',
  ],
  ...['metadata.annotations.[example.com/a]', 'spec.serviceName', 'metadata.namespace', 'spec.a.b'],
);
const targetPath = fc.oneof(
  fieldPath,
  fc.constantFrom(
    'spec.template.spec.containers.*.image',
    'spec.items.*.value',
    'spec.template.spec.containers.[name=main].env.[name=A].value',
  ),
);
const replacementOptions = optional<unknown>({
  delimiter: fc.constantFrom('-', '/', ':', '.'),
  index: fc.constantFrom(0, 0, 0, 1, -1),
  create: fc.boolean(),
});
const replacement = fc.record({
  source: fc
    .tuple(fc.record({ kind: kindName, name }), optional<unknown>({ fieldPath, options: replacementOptions }))
    .map(([required, more]) => ({ ...required, ...more })),
  targets: fc.array(
    fc
      .tuple(
        fc.record({ select: target, fieldPaths: fc.array(targetPath, { maxLength: 2 }) }),
        optional<unknown>({ options: replacementOptions, reject: fc.array(target, { maxLength: 1 }) }),
      )
      .map(([required, more]) => ({ ...required, ...more })),
    { minLength: 1, maxLength: 2 },
  ),
});

const fieldSpec = fc.oneof(
  fc.record({
    path: fc.constantFrom('spec/a', 'spec/template/metadata/labels', 'spec/items/name', 'data/x'),
    create: fc.boolean(),
  }),
  fc.record({
    path: fc.constantFrom('spec/a/b', 'spec/name'),
    kind: fc.constantFrom('Widget', 'Deployment'),
    create: fc.boolean(),
  }),
);
const labelEntry = fc
  .tuple(
    fc.record({ pairs: labels }),
    optional<unknown>({
      includeSelectors: fc.boolean(),
      includeTemplates: fc.boolean(),
      fields: fc.array(fieldSpec, { maxLength: 1 }),
    }),
  )
  .map(([required, more]) => ({ ...required, ...more }));

const variable = fc
  .tuple(
    fc.record({
      name: fc.constantFrom('app', 'x'),
      objref: fc.record({
        apiVersion: fc.constant('v1'),
        kind: fc.constantFrom('Service', 'ConfigMap'),
        name,
      }),
    }),
    optional<unknown>({
      fieldref: fc.record({ fieldpath: fc.constantFrom('metadata.name', 'data.a', 'spec.type') }),
    }),
  )
  .map(([required, more]) => ({ ...required, ...more }));

const configuration = optional<unknown>({
  nameReference: fc.array(
    fc.record({
      kind: fc.constantFrom('ConfigMap', 'Service', 'Widget'),
      fieldSpecs: fc.array(
        fc.record({
          path: fc.constantFrom('spec/a', 'spec/name', 'spec/items/name'),
          kind: fc.constant('Widget'),
        }),
        {
          maxLength: 1,
        },
      ),
    }),
    { maxLength: 1 },
  ),
  commonLabels: fc.array(fieldSpec, { maxLength: 1 }),
  images: fc.array(
    fc.record({ path: fc.constantFrom('spec/a', 'spec/items/value'), kind: fc.constant('Widget') }),
    { maxLength: 1 },
  ),
  varReference: fc.array(
    fc.record({ path: fc.constantFrom('spec/a', 'data'), kind: fc.constantFrom('Widget', 'ConfigMap') }),
    {
      maxLength: 1,
    },
  ),
});

const plugin = (kind: string, fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Plain> =>
  fc.record({
    apiVersion: fc.constant('builtin'),
    kind: fc.constant(kind),
    metadata: fc.constant({ name: kind.toLowerCase() }),
    ...fields,
  });
const fieldSpecs = fc.array(fieldSpec, { minLength: 1, maxLength: 2 });
const metadataPath = fc.constantFrom('metadata/labels', 'metadata/annotations', 'spec/a');
const transformerPlugin = fc.oneof(
  plugin('PrefixTransformer', { prefix: affix, fieldSpecs: fc.constant([{ path: 'metadata/name' }]) }),
  plugin('SuffixTransformer', { suffix: affix, fieldSpecs: fc.constant([{ path: 'metadata/name' }]) }),
  plugin('LabelTransformer', { labels, fieldSpecs }),
  plugin('AnnotationsTransformer', {
    annotations: texts,
    fieldSpecs: metadataPath.map((path) => [{ path, create: true }]),
  }),
  plugin('NamespaceTransformer', {
    metadata: fc.constant({ name: 'plugin', namespace: 'new' }),
    unsetOnly: fc.boolean(),
    setRoleBindingSubjects: fc.constantFrom('defaultOnly', 'allServiceAccounts', 'none'),
    fieldSpecs: fc.constant([{ path: 'metadata/namespace', create: true }]),
  }),
  plugin('ImageTagTransformer', {
    imageTag: image,
    fieldSpecs: fc.constant([{ path: 'spec/a' }, { path: 'spec/items/value' }]),
  }),
  plugin('ReplicaCountTransformer', {
    replica: fc.record({ name, count: fc.nat(9) }),
    fieldSpecs: fc.constant([{ path: 'spec/replicas', create: true, kind: 'Deployment' }]),
  }),
  plugin('PatchTransformer', { patch: operations.map((each) => write(each, plainStyle)), target }),
  plugin('ReplacementTransformer', {
    replacements: fc.array(replacement, { minLength: 1, maxLength: 1 }),
  }),
  plugin('HashTransformer', {}),
);
const generatorPlugin = fc.oneof(
  plugin('ConfigMapGenerator', {
    literals: fc.uniqueArray(literal, { maxLength: 3, selector: (each) => each.split('=')[0] }),
    behavior: fc.constantFrom('create', 'create', 'create', 'merge'),
  }),
  plugin('SecretGenerator', {
    files: fc.subarray(['data.txt', 'other=data.txt', 'binary.bin']),
    type: fc.constantFrom('Opaque', 'x'),
  }),
);
const json6902 = fc
  .record({ kind: fc.constantFrom('Deployment', 'ConfigMap', 'Widget'), name, version: fc.constant('v1') })
  .chain((meant) =>
    operations.map((each) => ({
      target: meant.kind === 'Deployment' ? { group: 'apps', ...meant } : meant,
      patch: write(each, plainStyle),
    })),
  );

/** The fields that most kustomizations have none of. */
const rareFields = {
  replacements: fc.array(replacement, { minLength: 1, maxLength: 1 }),
  vars: fc.array(variable, { maxLength: 1 }),
  replicas: fc.array(fc.record({ name, count: fc.nat(9) }), { maxLength: 1 }),
  sortOptions: fc.oneof(
    fc.record({ order: fc.constantFrom('fifo', 'legacy') }),
    fc.record({
      order: fc.constant('legacy'),
      legacySortOptions: fc.record({
        orderFirst: fc.subarray(['Widget', 'Secret', 'Deployment']),
        orderLast: fc.subarray(['Namespace', 'ConfigMap']),
      }),
    }),
  ),
  buildMetadata: fc.subarray(['originAnnotations', 'transformerAnnotations']),
  patchesJson6902: fc.array(json6902, { minLength: 1, maxLength: 1 }),
  transformers: fc.array(transformerPlugin, { minLength: 1, maxLength: 2 }),
  generators: fc.array(generatorPlugin, { minLength: 1, maxLength: 1 }),
};
const commonFields = {
  namespace: fc.constantFrom('team', 'default', 'new'),
  namePrefix: affix,
  nameSuffix: affix,
  commonLabels: labels,
  labels: fc.array(labelEntry, { maxLength: 2 }),
  commonAnnotations: texts,
  images: fc.array(image, { maxLength: 2 }),
  configMapGenerator: fc.array(configMap, { maxLength: 2 }),
  secretGenerator: fc.array(secret, { maxLength: 1 }),
  generatorOptions,
};

type Fields = Record<string, unknown>;

/** A few of the fields: all of them at once would hardly ever build. */
function someOf(fields: Record<string, fc.Arbitrary<unknown>>, most: number): fc.Arbitrary<Fields> {
  return fc
    .subarray(Object.keys(fields), { maxLength: most })
    .chain((keys) =>
      fc.record(Object.fromEntries(keys.map((each) => [each, fields[each] as fc.Arbitrary<unknown>]))),
    );
}

interface Layer {
  readonly fields: Fields;
  readonly resources: readonly Plain[];
  readonly patches: readonly {
    readonly of: number;
    readonly body: Plain;
    readonly how: 'inline' | 'file' | 'target' | 'strategic' | 'strategicInline';
  }[];
  readonly operations: readonly { readonly target: Plain; readonly operations: readonly unknown[] }[];
  readonly configuration: unknown;
  readonly style: Style;
}

function layer(most: number, least = 0): fc.Arbitrary<Layer> {
  return fc.record({
    fields: fc
      .tuple(
        someOf(commonFields, most),
        fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, someOf(rareFields, 1)),
      )
      .map(([common, rare]) => ({ ...common, ...rare })),
    resources: fc.array(resource, { minLength: least, maxLength: 3 }),
    patches: fc.array(
      fc.record({
        of: fc.nat(5),
        body: merge as fc.Arbitrary<Plain>,
        how: fc.constantFrom('inline', 'file', 'target', 'strategic', 'strategicInline'),
      }),
      { maxLength: 2 },
    ),
    operations: fc.oneof(
      { weight: 3, arbitrary: fc.constant([]) },
      fc.array(fc.record({ target, operations }), { maxLength: 1 }),
    ),
    configuration: fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, configuration),
    style,
  });
}

/** A base, a component or none, an overlay or two. */
export const kustomizationTree: fc.Arbitrary<KustomizationTree> = fc
  .record({
    base: layer(2, 2),
    component: fc.option(layer(2), { nil: undefined, freq: 3 }),
    middle: fc.option(layer(2), { nil: undefined, freq: 2 }),
    top: layer(3),
  })
  .map(({ base, component, middle, top }) => {
    const files: Record<string, string> = {};
    let known = placeLayer(files, 'base', base, [], {}, []);
    let below = '../base';
    if (middle !== undefined) {
      known = placeLayer(files, 'middle', middle, [below], {}, known);
      below = '../middle';
    }
    const components = component === undefined ? {} : { components: ['../component'] };
    if (component !== undefined) {
      const head = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' };
      known = placeLayer(files, 'component', component, [], head, known);
    }
    placeLayer(files, 'top', top, [below], components, known);
    return { files, root: 'top' };
  });

/** Writes a layer's files; gives the resources that a layer above may patch. */
function placeLayer(
  files: Record<string, string>,
  directory: string,
  { fields, resources: added, patches, operations: json, configuration: specs, style: how }: Layer,
  bases: readonly string[],
  head: Plain,
  known: readonly Plain[],
): readonly Plain[] {
  const put = (path: string, content: string): void => {
    files[`${directory}/${path}`] = content;
  };
  const resources = added.filter((each, index) => isNew(each, [...known, ...added.slice(0, index)]));
  const all = [...known, ...resources];
  if (resources.length > 0) put('resources.yaml', resources.map((each) => write(each, how)).join('---\n'));
  const entries: unknown[] = [];
  const strategic: string[] = [];
  for (const [index, { of, body, how: place }] of patches.entries()) {
    const patched = all[of % Math.max(all.length, 1)];
    if (patched === undefined) continue;
    const patch = {
      ...body,
      ...identity(patched),
      metadata: { ...metadataOf(body), ...metadataOf(identity(patched)) },
    };
    const path = `patch-${index}.yaml`;
    if (place === 'file' || place === 'strategic') put(path, write(patch, how));
    if (place === 'file') entries.push({ path });
    else if (place === 'strategic') strategic.push(path);
    else if (place === 'strategicInline') strategic.push(write(patch, how));
    else if (place === 'inline') entries.push({ patch: write(patch, how) });
    else entries.push({ patch: write(patch), target: { kind: patched['kind'], name: 'app|web' } });
  }
  for (const each of json) entries.push({ target: each.target, patch: write(each.operations, plainStyle) });
  if (usesFiles(fields)) {
    put('data.txt', 'some\ntext: "x"\n');
    put('sub/more.txt', 'trailing \nblank\t\n');
    put('binary.bin', 'plain\u0000zero');
    put('values.env', '# comment\nA=1\n  B = two \n\nC=\n');
  }
  if (specs !== undefined) put('specs.yaml', write(specs, plainStyle));
  const plugins: Record<string, string[]> = {};
  for (const field of ['transformers', 'generators']) {
    const configured = fields[field] as readonly Plain[] | undefined;
    if (configured === undefined) continue;
    put(`${field}.yaml`, configured.map((each) => write(each, plainStyle)).join('---\n'));
    plugins[field] = [`${field}.yaml`];
  }
  const kustomization = {
    ...head,
    ...(resources.length + bases.length === 0
      ? {}
      : { resources: [...bases, ...(resources.length > 0 ? ['resources.yaml'] : [])] }),
    ...fields,
    ...(entries.length > 0 ? { patches: entries } : {}),
    ...(strategic.length > 0 ? { patchesStrategicMerge: strategic } : {}),
    ...plugins,
    ...(specs === undefined ? {} : { configurations: ['specs.yaml'] }),
  };
  put('kustomization.yaml', write(kustomization, plainStyle));
  return all;
}

// Two objects with one identity fail the build, which is seen often enough where namespaces meet.
function isNew(object: Plain, known: readonly Plain[]): boolean {
  const id = (each: Plain) => `${String(each['kind'])} ${String(metadataOf(each)['name'])}`;
  return known.every((other) => id(other) !== id(object));
}

function usesFiles(fields: Fields): boolean {
  return JSON.stringify([
    fields['configMapGenerator'],
    fields['secretGenerator'],
    fields['generators'],
  ]).includes('.');
}

function metadataOf(object: Plain): Plain {
  return (object['metadata'] ?? {}) as Plain;
}

function identity({ apiVersion, kind, metadata }: Plain): Plain {
  const { name: own, namespace } = metadata as Plain;
  return { apiVersion, kind, metadata: { name: own, ...(namespace === undefined ? {} : { namespace }) } };
}
