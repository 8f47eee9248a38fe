// Fields of a kustomization that are read from a file or stand in it: replacements, generators with their texts, components, patches with
// targets of every form, tables for transformers, and kustomizations as a whole.
import type { Grammar } from './generate.ts';
import type { Part } from './tree-part.ts';

const selects = [
  'kind: ConfigMap',
  'name: x',
  'kind: ConfigMap, name: x',
  'kind: Deployment',
  'version: v1, kind: ConfigMap',
  'group: apps',
  'group: apps, version: v1, kind: Deployment, name: web',
  'name: w.b',
  'kind: "Config.*"',
  'labelSelector: "l=m"',
  'namespace: default',
  'Kind: ConfigMap',
  'name: "1"',
  'name: ""',
  '',
];

const targets = [
  ...selects,
  'kind: ConfigMap|Deployment',
  'name: "x|web"',
  'name: ^x$',
  'labelSelector: "l in (m, n)"',
  'labelSelector: "!l"',
  'annotationSelector: a=b',
  'kind: configmap',
  'name: "(?i)X"',
  'name: "[x"',
  'group: apps, kind: ".*"',
];

const fieldPaths = [
  'data.a',
  'data.[a]',
  'data."a"',
  'metadata.name',
  'metadata.labels.l',
  'metadata.annotations.[x.y/z]',
  'spec.template.spec.containers.[name=web].image',
  'spec.template.spec.containers.0.image',
  'spec.template.spec.containers.*.image',
  'spec.template.spec.containers.[name=web].env.[name=A].value',
  'spec.template.spec.containers.[name=none].image',
  'spec.l.0.a',
  'spec.l.-.a',
  'spec.l',
  'spec.none.here',
  'data.c',
  '[a',
  '.',
  '',
];

const sourceOptions = [
  '',
  '',
  ', options: {delimiter: ":", index: 1}',
  ', options: {delimiter: "/"}',
  ', options: {index: 5, delimiter: ":"}',
];
const targetOptions = [
  '',
  '',
  ', options: {create: true}',
  ', options: {delimiter: ":", index: 1}',
  ', options: {delimiter: "/", index: -1}',
  ', options: {delimiter: "/", index: 9, create: true}',
  ', options: {Create: true}',
];

export function replacementsOf({ pick, chance }: Grammar): Part {
  const target = () =>
    `  - {select: {${pick(selects)}}, fieldPaths: [${quote(pick(fieldPaths))}${chance(0.2) ? `, ${quote(pick(fieldPaths))}` : ''}]${pick(targetOptions)}${chance(0.2) ? `, reject: [{${pick(selects)}}]` : ''}}\n`;
  const replacement = () =>
    `- ${chance(0.1) ? `sourceValue: ${pick(['a', '1', 'x y', '""', '~'])}` : `source: {${pick(selects)}, fieldPath: ${quote(pick(fieldPaths))}${pick(sourceOptions)}}`}\n  targets:\n${target()}${chance(0.3) ? target() : ''}`;
  const list = replacement() + (chance(0.3) ? replacement() : '');
  if (chance(0.3))
    return {
      text: `apiVersion: builtin\nkind: ReplacementTransformer\nmetadata: {name: t}\nreplacements:\n${list}`,
      entry: (text) => `transformers:\n  - ${text}\n`,
      inFile: 'transformers: [p.yaml]\n',
    };
  return {
    text: list,
    plain: (text) => `replacements:\n${text}`,
    inFile: 'replacements: [{path: p.yaml}]\n',
  };
}

const literals = [
  'a=b',
  'a = b',
  "a='b'",
  'a="b"',
  '=b',
  'a',
  'a=b=c',
  'a=',
  'x.y/z=b',
  'a="b',
  'é=é',
  '"a=1"',
  'a=b # c',
  "a=''",
  'a=\\n',
];

/** A generator whose file, lines of an environment or literals are any text. */
export function textsOf({ pick, chance, change, text, node }: Grammar): Part {
  const kind = pick(['configMapGenerator', 'configMapGenerator', 'secretGenerator']);
  const more = pick([
    '',
    '',
    '  options: {disableNameSuffixHash: true}\n',
    '  options: {labels: {l: "1"}, annotations: {a: b}, immutable: true}\n',
    '  behavior: merge\n',
    '  behavior: replace\n',
    '  type: Opaque\n',
    '  namespace: ns\n',
  ]);
  const name = pick(['g', 'g', 'x']);
  const shape = pick(['files', 'files', 'envs', 'literals']);
  const head = `${kind}:\n- name: ${name}\n${more}`;
  if (shape === 'files')
    return {
      text: text(),
      inFile: `${head}  files: [${pick(['p.yaml', 'k=p.yaml', 'k.txt=p.yaml'])}]\n`,
    };
  if (shape === 'envs') {
    const lines = Array.from({ length: 1 + Math.floor(text().length % 4) }, () =>
      pick([
        ...literals,
        '# c',
        '',
        ' a=b',
        '\ta=b',
        'a=b ',
        'export A=b',
        'A',
        '\ufeffa=b',
        'a=b\r',
        'a\x85=b',
        'a=\u2028b',
      ]),
    );
    return { text: `${lines.join('\n')}\n`, inFile: `${head}  envs: [p.yaml]\n` };
  }
  const list = `[${[pick(literals), pick(literals)].map((one) => (chance(0.7) ? quote(one) : one)).join(', ')}]`;
  return {
    text: '',
    inFile: `${head}  literals: ${chance(0.5) ? list : `\n  - a=${change('b')}\n  -${node(1)}`}\n`,
  };
}

const fields = [
  'namePrefix: p-\n',
  'nameSuffix: -s\n',
  'NamePrefix: p-\n',
  'namespace: ns\n',
  'commonLabels: {a: b}\n',
  'commonAnnotations: {a: b, "1": "2"}\n',
  'labels: [{pairs: {a: b}, includeSelectors: true}]\n',
  'labels: [{pairs: {a: b}, includeTemplates: true}]\n',
  'labels:\n- pairs: {a: b}\n  fields: [{path: spec/x, create: true}]\n',
  'images: [{name: shop/web, newTag: "2"}]\n',
  'images: [{name: shop/web, newName: x/y, digest: sha256:abc}]\n',
  'images:\n- name: shop/(.*)\n  newTag: 1.10\n',
  'replicas: [{name: web, count: 3}]\n',
  'replicas:\n- name: web\n  count: 0x10\n',
  'generatorOptions: {disableNameSuffixHash: true}\n',
  'configMapGenerator: [{name: g, literals: [a=b]}]\n',
  'buildMetadata: [originAnnotations]\n',
  'sortOptions: {order: legacy}\n',
  'sortOptions: {order: fifo}\n',
  'patches: [{patch: "[{op: add, path: /data/z, value: y}]", target: {kind: ConfigMap}}]\n',
  'patchesJson6902:\n- target: {version: v1, kind: ConfigMap, name: x}\n  patch: |\n    - {op: add, path: /data/z, value: y}\n',
  'patchesStrategicMerge:\n- |-\n  apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: x}\n  data: {z: y}\n',
  'vars: [{name: V, objref: {apiVersion: v1, kind: ConfigMap, name: x}, fieldref: {fieldpath: data.a}}]\n',
  'metadata: {name: k}\n',
  'metadata: {name: k, annotations: {config.kubernetes.io/local-config: "true"}}\n',
  'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n',
  'kind: Kustomization\n',
  'openapi: {}\n',
  'crds: []\n',
  'inventory: {}\n',
  'bases: [b]\n',
  'resources: [b]\n',
  'components: []\n',
  'unknown: 1\n',
];

/** A kustomization that is itself changed, as the root, a component or a base. */
export function kustomizationOf({ pick, chance, change }: Grammar): Part {
  const kind = pick(['root', 'component', 'base']);
  const chosen = Array.from({ length: 1 + Math.floor(fields.length % 3) }, () => pick(fields));
  const isComponent = kind === 'component';
  const head = isComponent
    ? 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n'
    : 'resources: [a.yaml]\n';
  let text = head + [...new Set(chosen)].join('');
  if (chance(0.3)) text = change(text);
  if (kind === 'root') return { text: '', inFile: '', files: { 'kustomization.yaml': text, ...bare } };
  if (isComponent)
    return {
      text: '',
      inFile: '',
      files: {
        'kustomization.yaml': 'resources: [a.yaml]\ncomponents: [c]\n',
        'c/kustomization.yaml': text,
        ...bare,
      },
    };
  return {
    text: '',
    inFile: '',
    files: {
      'kustomization.yaml': `resources: [d]\n${pick(fields)}`,
      'd/kustomization.yaml': text,
      'd/a.yaml': second,
      ...bare,
    },
  };
}

const second = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: b}\n';

const bare = {
  'b/kustomization.yaml': 'resources: [b.yaml]\n',
  'b/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {a: $(V)}\n',
};

/** A patch of either kind, in YAML or JSON, by every field that takes one, and its target in every form. */
export function targetedOf({ pick, chance, mapping }: Grammar): Part {
  const options = pick([
    '',
    '',
    '\n  options: {allowNameChange: true}',
    '\n  options: {allowKindChange: true}',
  ]);
  const target = pick(targets);
  const merge = () => {
    const head = pick([
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n',
      'kind: ConfigMap\nmetadata: {name: x}\n',
      'data: {z: y}\n',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: x}\n',
    ]);
    return (
      head +
      pick([
        '',
        '$patch: replace\n',
        'data: {$patch: replace, q: r}\n',
        'spec: {l: [{$patch: replace}, {c: d}]}\n',
        mapping(0),
      ])
    );
  };
  const json = () =>
    JSON.stringify(
      pick(['a', 'b']) === 'a'
        ? [{ op: 'replace', path: '/metadata/labels', value: { l: 'n' } }]
        : { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { a: null, z: 'y' } },
      null,
      pick(['', '  ', '\t']),
    );
  const text = chance(0.3) ? json() : merge() + (chance(0.15) ? `---\n${merge()}` : '');
  const where = pick(['patches', 'patches', 'patchesStrategicMerge', 'patchesJson6902']);
  if (where === 'patchesStrategicMerge')
    return {
      text,
      entry: (quoted) => `patchesStrategicMerge:\n  - ${quoted}\n`,
      inFile: 'patchesStrategicMerge: [p.yaml]\n',
    };
  const targeted = `target: {${target}}`;
  return {
    text,
    entry: (quoted) => `${where}:\n- ${targeted}${options}\n  patch: ${quoted}\n`,
    inFile: `${where}:\n- ${targeted}${options}\n  path: p.yaml\n`,
  };
}

const tables = [
  'nameReference:\n- kind: ConfigMap\n  fieldSpecs:\n  - {path: spec/ref, kind: Deployment}\n',
  'nameReference:\n- Kind: ConfigMap\n  FieldSpecs:\n  - {Path: spec/template/spec/ref, kind: Deployment}\n',
  'nameSuffix: [{path: data/a}]\n',
  'commonAnnotations: [{path: spec/ann, create: true}]\n',
  'CommonLabels: [{path: spec/sel, create: true}]\n',
  'labels: [{path: spec/sel, create: true}]\n',
  'templateLabels: [{path: spec/tl, create: true, kind: ConfigMap}]\n',
  'varReference: [{path: data/c, kind: ConfigMap}]\n',
  'replicas: [{path: spec/count, create: true, kind: Deployment}]\n',
  'images:\n- path: spec/template/spec/containers/image\n- path: spec/img[]/x\n',
  'namespace: [{path: "spec/ns\\\\/x", create: true}]\n',
  'prefix: []\n',
  'namePrefix: [{path: metadata/name, group: "", version: v1, kind: ConfigMap}]\n',
  'x: 1\n',
];

export function tablesOf({ pick, chance }: Grammar): Part {
  return {
    text: pick(tables) + (chance(0.5) ? pick(tables) : ''),
    inFile: `configurations: [p.yaml]\n${pick(fields)}${pick(['nameSuffix: -s\n', 'commonAnnotations: {a: b}\n', 'labels: [{pairs: {a: b}}]\n'])}`,
  };
}

const policy =
  'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicy\nmetadata: {name: p}\nspec:\n  paramKind: {apiVersion: v1, kind: ConfigMap}\n  validations:\n  - expression: >-\n      object.metadata.name\n      != "a"\n';
const binding =
  'apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingAdmissionPolicyBinding\nmetadata: {name: b}\nspec: {policyName: p, paramRef: {name: x}}\n';
const kyverno =
  'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: k}\nspec:\n  rules:\n  - name: r\n    validate:\n      pattern: {metadata: {"=(labels)": {"?*": "*"}}}\n';

/** Documents of all kinds behind one another, in YAML and JSON, policies among them. */
export function streamOf({ pick, chance, text, mapping, node }: Grammar): Part {
  const long = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: l}\ndata:\n  a: ${'word '.repeat(200)}\n  b: "${'w'.repeat(900)} x"\n`;
  const one = () =>
    pick([
      policy,
      binding,
      kyverno,
      long,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'j' },
        data: { a: 'b\u2028c' },
      }),
      JSON.stringify(
        {
          apiVersion: 'v1',
          kind: 'List',
          items: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' } }],
        },
        null,
        '\t',
      ),
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n${mapping(0)}`,
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: n}\ndata:${node(0)}\n`,
      'apiVersion: v1\nkind: List\n',
      'apiVersion: v1\nkind: List\nitems: []\n',
      'apiVersion: v1\nkind: ConfigMapList\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: i}\n',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, annotations: {config.kubernetes.io/local-config: "true"}}\n',
      'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: aGk=}\n',
    ]);
  const parts = [one(), ...(chance(0.6) ? [one()] : []), ...(chance(0.1) ? [text()] : [])];
  return {
    text: parts.join(
      pick(['\n---\n', '\n---\n', '\n---\r\n', '\n--- # c\n', '\n...\n---\n', '\n---\n---\n']),
    ),
    inFile: pick(fields),
    isResource: true,
  };
}

function quote(text: string): string {
  return JSON.stringify(text);
}
