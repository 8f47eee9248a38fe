import type { Tree } from './generate-tree.ts';

const header = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n';

/** A kustomization with these fields over one object. */
function over(object: string, fields: string): Tree {
  return { 'a.yaml': object, 'kustomization.yaml': `resources: [a.yaml]\n${fields}` };
}

function replacing(path: string, targets: readonly string[], options = ''): string {
  const fieldPaths = JSON.stringify(targets);
  return `replacements:\n- source: {name: x, fieldPath: "${path}"}\n  targets:\n  - {select: {name: x}, fieldPaths: ${fieldPaths}${options}}\n`;
}

const source = `${header}data: {a: b, c: d, j: '{"a": "b"}'}\nspec:\n  l: [{a: b}, {a: c}]\n  m: {n: {o: p}}\n`;
const create = ', options: {create: true}';

const intoThemselves = [
  replacing('.', ['spec.z'], create),
  replacing('.', ['spec.z', 'spec.y'], create),
  replacing('spec', ['spec.m', 'spec.l.0']),
  replacing('spec.m', ['spec', 'data']),
  replacing('spec.m', ['spec', 'spec.z', 'spec.n.y'], create),
  replacing('spec.l', ['spec.l.*.z'], create),
  replacing('data', ['data.a', 'data.c']),
  replacing('data', ['data.j.a', 'spec.z'], create),
  replacing('data.a', ['data.a', 'data.a', 'data.c'], ', options: {delimiter: ":", index: 3}'),
  replacing('spec.l.0', ['spec.l', 'data']),
].map((fields) => over(source, fields));

function patching(patch: string, target = 'target: {kind: ConfigMap}'): string {
  return `patches:\n- ${target}\n  patch: ${JSON.stringify(patch)}\n`;
}

const deployment = (fields: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec:\n  template:\n    spec:\n      containers:\n      - name: web\n${fields}`;

const keysOfPatches = ['~: a', '"~": a', 'a: {~: 1}', '5: a', '"5": a', "'5': a"].flatMap((entry) => {
  const patch = deployment(`        ${entry}\n`);
  // What stands before a patch is trimmed, so that its quotes no longer match its text.
  return [patch, `\n${patch}`].map((text) =>
    over(deployment('        image: a\n'), patching(text, 'target: {kind: Deployment}')),
  );
});

const patchesOfLists = ['List', 'WidgetList'].flatMap((kind) =>
  [
    'metadata:\nb: c\n',
    'metadata: ~\n',
    'metadata: {}\nb: c\n',
    'metadata: {name: x}\n~: a\n',
    'metadata: {name: x}\na: {~: b}\n',
    'metadata: {name: x}\n!!binary "_": a\n',
  ].map((fields) =>
    over(`${header}  labels: {l: m}\n`, patching(`apiVersion: v1\nkind: ${kind}\n${fields}`)),
  ),
);

const emptyLists = ['[] # \t\n', '[]\n# \t\n', '[]\n---\n\t\n', '[]\n---\n\t# c\n'].map((patch) =>
  over(header, patching(patch)),
);

const operation = patching('[{"op": "add", "path": "/data", "value": {"a": "b"}}]');

const values = [
  ...[
    '1e-7',
    '0.0000001',
    '1e20',
    '1000000',
    '1234567.5',
    '-0.0',
    '9223372036854775808',
    '0x10',
    '.inf',
    '~',
  ],
  ...['!!float "1e-7"', '!!int "0x10"', '!!bool yes', '!!null ""', '!!timestamp 2001-01-01', '!!binary aGk='],
  ...['!!str 5', '! 5', '!t 5', '"5"', 'true', '[a]', '{a: b}'],
];

const spelledAnew = values.flatMap((value) => {
  const annotated = `${header}  annotations:\n    k: ${value}\n`;
  return [
    over(annotated, operation),
    {
      ...over(annotated, operation),
      'kustomization.yaml': `resources: [b]\n${operation}`,
      'b/kustomization.yaml': `resources: [a.yaml]\n${operation}`,
      'b/a.yaml': annotated,
    },
    over(
      `${header}  annotations: {b: c}\n`,
      `patches:\n- target: {kind: ConfigMap}\n  patch: |-\n    - {op: add, path: /metadata/annotations/k, value: ${value}}\n`,
    ),
  ];
});

const numbersCopied = ['1000000', '1e-7', '1234567.5', '1e20'].map((number) =>
  over(
    `${header}data: {k: ${number}}\n`,
    `${patching('[{"op": "add", "path": "/spec", "value": 1}]')}${replacing('data.k', ['data.z', 'metadata.annotations.k'], create)}`,
  ),
);

function configuredBy(plugin: string): Tree {
  const fields = plugin.includes('Generator\n') ? 'generators: [p.yaml]\n' : 'transformers: [p.yaml]\n';
  return { ...over(source, fields), 'p.yaml': `apiVersion: builtin\nkind: ${plugin}` };
}

const replacementIn = (fields: string) =>
  `- ${fields}\n  targets: [{select: {name: x}, fieldPaths: [data.a]}]\n`;

const replacementOf = (target: string) =>
  `- sourceValue: q\n  targets: [{select: {name: x}, fieldPaths: [data.a]}, ${target}]\n`;

const numbersForTexts = ['1', 'true', '"a"', '~'].flatMap((value) => {
  const replacements = [
    replacementIn(`sourceValue: ${value}`),
    replacementIn(`source: {name: x, fieldPath: data.c, options: {delimiter: ${value}}}`),
    replacementOf(`{select: {name: ${value}}, fieldPaths: [data.a]}`),
    replacementOf(`{select: {labelSelector: ${value}}, fieldPaths: [data.a]}`),
    replacementOf(`{select: {name: x}, fieldPaths: [data.a], reject: [{kind: ${value}}]}`),
  ];
  const generator = 'Generator\nmetadata: {name: g}\nliterals: [a=b]\n';
  return [
    ...replacements.flatMap((list) => [
      configuredBy(`ReplacementTransformer\nmetadata: {name: t}\nreplacements:\n${list}`),
      { ...over(source, 'replacements: [{path: p.yaml}]\n'), 'p.yaml': list },
      over(source, `replacements:\n${list}`),
    ]),
    configuredBy(`ConfigMap${generator}options: {labels: {a: ${value}}}\n`),
    configuredBy(`Secret${generator}type: ${value}\n`),
    configuredBy(`Secret${generator}behavior: ${value}\n`),
    configuredBy(
      `PatchTransformer\nmetadata: {name: t}\ntarget: {name: ${value}}\npatch: "[{op: add, path: /data/z, value: y}]"\n`,
    ),
    configuredBy(
      `LabelTransformer\nmetadata: {name: t}\nlabels: {a: ${value}}\nfieldSpecs: [{path: metadata/labels, create: true, kind: ${value}}]\n`,
    ),
    configuredBy(
      `PrefixTransformer\nmetadata: {name: t}\nprefix: p-\nfieldSpecs: [{path: metadata/name, create: ${value}}]\n`,
    ),
  ];
});

const numbersOfJson = ['1e5', '0x10', '1_000', '1.50', '-0', '2001-1-1', '"1e5"', '!!float 1'].map((number) =>
  over(
    `${header}data: {k: ${number}, j: "a:b"}\n`,
    `${patching('[{"op": "add", "path": "/spec", "value": 1}]')}${replacing('data.k', ['metadata.annotations.k'], create)}- source: {name: x, fieldPath: data.k}\n  targets:\n  - {select: {name: x}, fieldPaths: [data.j], options: {delimiter: ":", index: 1}}\n`,
  ),
);

const nullsAndInfinity = ['!!null ""', '!!null ~', '~', '', '.inf', '".inf"', '!!float .inf'].flatMap(
  (value) => {
    const inBlock = `${header}  annotations:\n    k: ${value}\n`;
    return [
      over(inBlock, replacing('metadata.annotations.k', ['data.z'], create)),
      over(
        `${header}  annotations: {k: ${value}}\n`,
        replacing('metadata.annotations.k', ['data.z'], create),
      ),
      over(inBlock, 'commonAnnotations: {j: d}\n'),
      { ...over(inBlock, 'patches: [{path: p.yaml}]\n'), 'p.yaml': `${header}  annotations:\n    b: d\n` },
      over(`${header}  annotations:\n    <<: {k: ${value}}\n    b: c\n`, ''),
    ];
  },
);

const valuesAdded = [
  ...['"1"', '"*"', '"[a=b]"', 'data/1', 'data/1.5', 'data/true', 'data/a', 'true'],
  // Items of lists, there and not.
  ...[
    '0',
    '0/a',
    '1/z',
    '2/a',
    '-',
    '-/a',
    '"*/a"',
    '"[a=b]/a"',
    '"[a=b]/z"',
    '"[a=q]/a"',
    '"[a=1]/z"',
    'a',
  ].map((item) => `spec/l/${item}`),
  ...['spec/l', 'spec/new/0', '"spec/new/[a=b]/c"', '"spec/new/[a=b]"', 'spec/new/-/a'],
  ...['"data/[a=b]"', '"spec/l/[=x]"', '"spec/new/[=x]"', '"spec/l/[a]/b"', 'spec/l/-1/a', 'spec/l/+1/a'],
].map((path) =>
  configuredBy(
    `ValueAddTransformer\nmetadata: {name: t}\nvalue: q\ntargets: [{selector: {kind: ConfigMap}, fieldPath: ${path}}]\n`,
  ),
);

const datesInPlugin = ['2001-12-14', '2001-12-14 1:2:3', '"2001-12-14"'].map((date) =>
  configuredBy(
    `ReplacementTransformer\nmetadata: {name: t}\nreplacements:\n${replacementIn(`sourceValue: ${date}`)}`,
  ),
);

const nothingInBraces = ['', "''"].flatMap((value) =>
  ['data: {l: m}\n', 'data: {k: m}\n', 'spec: {m: {q: r}}\n'].map((patch) => ({
    ...over(
      `${header}data: {k: ${value}, j: c}\nspec: {m: {n: ${value}, o: p}}\n`,
      'patches: [{path: p.yaml}]\n',
    ),
    'p.yaml': header + patch,
  })),
);

const blocksInPatches = [
  '>\n    a\n      b\n    c\n',
  '|\n    \ta\n',
  '!<tag:yaml.org,2002:> a\n',
  '{b: # c\n    {d: e}}\n',
].map((value) => ({
  ...over(`${header}data:\n  a: b\n`, 'patches: [{path: p.yaml}]\n'),
  'p.yaml': `${header}data:\n  k: ${value}`,
}));

const belowNull = [
  '!!int b',
  '"\\x7f"',
  '|2\n  \ta',
  '[[1]]',
  '{1: {2: c}}',
  '[{"": a}]',
  '!<tag:yaml.org,2002:> a',
  `{${'k'.repeat(1030)}: a}`,
  '{b: # c\n    {d: e}}',
].map((value) => ({
  ...over(`${header}data: {a: b}\n`, 'patches: [{path: p.yaml}]\n'),
  'p.yaml': `${header}~: ${value}\n`,
}));

const nullsInLists = [
  'l: [!!null x]',
  'l: [{a: !!null x}]',
  'l: [{a: !!null ~, b: ~}]',
  'l: {a: !!null x}',
].map((fields) => ({
  ...over(`${header}data: {a: b}\n`, 'patches: [{path: p.yaml}]\n'),
  'p.yaml': `${header}spec: {${fields}}\n`,
}));

const keysWithoutName = ['null: {"": a}', 'null: [{"": a}]', 'null: b\n"": a', '"": a\nnull: {b: c}'].map(
  (fields) => ({
    ...over(`${header}data: {a: b}\n`, 'patches: [{path: p.yaml}]\n'),
    'p.yaml': `${header}${fields}\n`,
  }),
);

const patchedBy = (patch: string, object = `${header}data: {a: b}\nf: {g: h}\n`): Tree => ({
  ...over(object, 'patches: [{path: p.yaml}]\n'),
  'p.yaml': patch,
});

const wholeDirectives = ['delete', 'replace'].flatMap((directive) =>
  [
    'z: {~: a}',
    'z: {5: a}',
    'z: {!!str 5: a}',
    'z: .inf',
    '~: a',
    'z: &x {b: *x}',
    '<<: {<<: a}',
    '<<: a',
  ].map((field) => patchedBy(`${header}$patch: ${directive}\n${field}\n`)),
);

/** Of merges within merges kustomize expands each second one, also where nobody decodes what is left. */
const mergesWithinMerges = ['<<', 'z'].flatMap((key) =>
  [
    '{<<: a}',
    '{<<: {<<: a}}',
    '{<<: {<<: {<<: a}}}',
    '{<<: {<<: {<<: {<<: a}}}}',
    '{<<: [{<<: a}]}',
    '{<<: {b: {<<: a}}}',
    '[{b: c}, {<<: {<<: a}}]',
    '{<<: {<<: {a: b}, <<: {c: d}}}',
    '{<<: {<<: &x {<<: *x}}}',
  ].flatMap((value) => {
    const entry = key === '<<' ? `<<: ${value}` : `z: {<<: ${value}}`;
    return [patchedBy(`${header}$patch: delete\n${entry}\n`), patchedBy(`${header}~: {${entry}}\n`)];
  }),
);

// A JSON patch makes texts of annotations.
const annotationsBehindPatches = [
  '\n    n:',
  ...['{n: }', '{n}', '{n: , b: c}', '{n: ! }', '\n    n: !', '{n: !!str }', '{n: ! ""}'],
  ...['n: ~', 'n: !!null ""', 'n: !!null x', 'n: ""', 'n: {}', 'n: 1', 'n: 1.0', 'n: [a]'].flatMap((one) => [
    `{${one}}`,
    `\n    ${one}`,
  ]),
].map((annotations) =>
  over(
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  annotations: ${annotations}\ndata: {a: b}\n`,
    `patches:\n- target: {name: x}\n  patch: '[{"op": "test", "path": "/data/a", "value": "b"}]'\n${replacing('metadata.annotations.n', ['spec.z'], create)}`,
  ),
);

// What is left of a merge is written into the object, whose own keys count.
const mergesIntoObjects = [
  'metadata: {name: x, annotations: {<<: {<<: {a: b}}}}\n',
  'metadata: {name: x}\n<<: {"data": , <<: {data: !!int b}}\n',
  'metadata: {name: x}\n<<: {a: !!int b, <<: {a: c}}\n',
].map((fields) => patchedBy(`apiVersion: v1\nkind: ConfigMap\n${fields}`));

const taggedKeys = [
  ...[
    'z: {!!str 5: a}',
    'z: [{!!str 5: a}]',
    'z:\n  ? !!str\n    5\n  : a',
    'z: {!!str ~: a}',
    'z: {! 5: a}',
  ],
  ...['data: {!!str 5: a}', 'z: {!foo 5: a}', 'z: {<<: [{5: a}]}', '<<: [{5: a}]'],
].map((field) => patchedBy(`${header}${field}\n`));

const taggedKeysOfMetadata = ['annotations', 'labels'].flatMap((field) =>
  ['!t a', '!!int a', '!!str a', '1', '!t 1', '!!binary "*"'].flatMap((key) => [
    patchedBy(`${header}  ${field}: {${key}: b}\n`, header),
    patchedBy(`${header}  ${field}: {${key}: b}\n`, `${header}  ${field}: {c: d}\n`),
    patchedBy(`${header}  ${field}:\n    ${key}: b\n`, header),
  ]),
);
const taggedKeysOfItems = [
  ...['- name: web\n        !!str 5: a\n', '- name: other\n        !!str 5: a\n'],
  '- name: web\n        z: {!!str 5: a}\n',
].map((item) =>
  patchedBy(
    deployment('').replace('- name: web\n', item),
    deployment('        image: a\n        resources: {}\n'),
  ),
);

/** A tag makes a text of what is not there. */
const taggedNothing = ['!a', '!!str', '!', '&x !a', '{a: !a }', '[!a ]'].flatMap((value) =>
  ['        image: a\n', '        items: b\n', '        items:\n'].map((fields) =>
    patchedBy(deployment(`        items: ${value}\n`), deployment(fields)),
  ),
);

const item = (fields: string) =>
  `items: [{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, ${fields}}]\n`;

const patchesInLists = ['List', 'ResourceList', 'WidgetList'].flatMap((kind) => [
  ...['<<: a', 'z: .inf', 'z: &x {b: *x}', '~: a', '"": {~: a}'].map((field) =>
    patchedBy(`apiVersion: v1\nkind: ${kind}\n${item('data: {z: y}')}${field}\n`),
  ),
  ...['z: {5: a}', 'z: [{a: }]', 'z: {a: }', 'z: 2001-12-14t21:59:43.10-05:00', '$patch: delete'].map(
    (fields) => patchedBy(`apiVersion: v1\nkind: ${kind}\n${item(fields)}`),
  ),
]);

const texts = [
  '2001-12-14t21:59:43.10-05:00',
  '2001-12-14',
  '>-\n    a b\n     c',
  '>+\n    a\n\n',
  '|\n    a\n',
];

const targeted = {
  'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml, target: {kind: ConfigMap}}]\n',
};

const textsIntoStyles = texts.flatMap((text) => [
  ...['f', 'data', 'z'].map((field) => patchedBy(`${header}${field}:\n  t: ${text}\n`)),
  patchedBy(`${header}  annotations:\n   t: ${text}\n`),
  patchedBy(`${header}f:\n  t: ${text}\n`, `${header}f:\n  g: h\n`),
  patchedBy(`${header}f:\n- ${text}\n`, `${header}f: [g]\n`),
  patchedBy(`${header}f:\n  g: ${text}\n`),
  { ...patchedBy(`${header}  labels: {m: k}\nf:\n  g: ${text}\n`), ...targeted },
]);

const timesInBraces = ['z: {t: 2001-12-14t21:59:43.10-05:00}', 'f: {t: 2001-12-14t21:59:43.10-05:00}'].map(
  (field) => patchedBy(`${header}${field}\n`, `${header}f:\n  g: h\n`),
);

const listsBehindComments = [
  '[]\n# c\n \t#\n',
  '# c\n\t# d\n[]\n',
  '[]\n# c\n\t# d\n',
  '[]\n\t# c\n',
].flatMap((patch) => [patchedBy(patch), over(header, patching(patch))]);

const namesWithCommas = [
  'namePrefix: "a,b"\n',
  'namePrefix: p-\nnameSuffix: ","\n',
  'namespace: "n,m"\n',
].flatMap((fields) => ['x', '"x,y"'].map((name) => over(header.replace('name: x', `name: ${name}`), fields)));

const lostToNull = ['"": {"": a}', '"": {a: {"": b}}', '"": [{"": a}]', '"": {null: a}'].flatMap((field) =>
  ['', '~: b\n', 'null: {a: b}\n', '~: [a]\n'].flatMap((other) =>
    [`${field}\n${other}`, `${other}${field}\n`].map((fields) => patchedBy(header + fields)),
  ),
);

const pathsOfNothing = ['[&a ]', '[~, ~]', '[""]', '[" "]', '[]', '[{}]'].flatMap((paths) =>
  [
    '',
    'patches: "# c"\n',
    `patches: '{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {z: y}}'\n`,
  ].map(
    (patches): Tree => ({
      ...over(header, 'transformers: [p.yaml]\n'),
      'p.yaml': `apiVersion: builtin\nkind: PatchStrategicMergeTransformer\nmetadata: {name: t}\npaths: ${paths}\n${patches}`,
    }),
  ),
);

/** Kustomizations that once were not built as kustomize builds them. */
export const knownTrees: readonly Tree[] = [
  ...intoThemselves,
  ...keysOfPatches,
  ...patchesOfLists,
  ...emptyLists,
  ...spelledAnew,
  ...numbersCopied,
  ...numbersForTexts,
  ...numbersOfJson,
  ...nullsAndInfinity,
  ...valuesAdded,
  ...datesInPlugin,
  ...nothingInBraces,
  ...blocksInPatches,
  ...belowNull,
  ...keysWithoutName,
  ...nullsInLists,
  ...wholeDirectives,
  ...mergesWithinMerges,
  ...mergesIntoObjects,
  ...annotationsBehindPatches,
  ...taggedKeys,
  ...taggedNothing,
  ...taggedKeysOfMetadata,
  ...taggedKeysOfItems,
  ...patchesInLists,
  ...textsIntoStyles,
  ...timesInBraces,
  ...listsBehindComments,
  ...namesWithCommas,
  ...lostToNull,
  ...pathsOfNothing,
];
