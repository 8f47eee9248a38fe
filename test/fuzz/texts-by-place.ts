// The same values in each place of src/source/place.ts, and what aliases and merges bring from one place to another.
const header = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n';

const list = (kind: string, item: string, fields = '') =>
  `apiVersion: v1\nkind: ${kind}\n${fields}items:\n- ${item.trimEnd().replaceAll('\n', '\n  ')}\n`;

const annotated = (kind: string, value: string) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: {name: x, annotations: {a: ${value}}}\n`;

const frames: readonly ((value: string) => string)[] = [
  (value) => `${header}a: ${value}\n`,
  (value) => annotated('ConfigMap', value),
  (value) => annotated('WidgetList', value),
  (value) => `apiVersion: v1\nkind: WidgetList\nmetadata:\n  name: x\n  annotations: ${value}\n`,
  (value) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  annotations: ${value}\n`,
  ...['List', 'WidgetList'].flatMap((kind) => [
    (value: string) => `apiVersion: v1\nkind: ${kind}\nmetadata: {name: x}\na: ${value}\n`,
    (value: string) => list(kind, `${header}a: ${value}\n`),
    (value: string) => list(kind, annotated('ConfigMap', value)),
    (value: string) => list(kind, annotated('WidgetList', value)),
    (value: string) => list(kind, header, `a: ${value}\n`),
    (value: string) => list(kind, list('WidgetList', annotated('ConfigMap', value))),
    (value: string) => `${list(kind, annotated('ConfigMap', value))}---\n${header}`,
  ]),
];

const values = [
  '!!int b',
  '.inf',
  '!!float .inf',
  '!!binary aGk=',
  '!<tag:yaml.org,2002:> b',
  '!<!!> b',
  '{b: , c: &c , d: *c}',
  '{b: 2001-12-14 1:2:3}',
  '{1: b}',
  '{!!int b: c}',
  '{!!binary aGk=: c}',
  '{&b : c}',
  '{!!null "": c}',
  '"\\x7f"',
  '# c\n    {b: c}',
];

const flow = '{apiVersion: v1, kind: A, metadata: {name: y, annotations: {a: }}, b: {a: }}';

/** Kinds that are read before aliases and merges are expanded, or after that. */
const kinds = [
  `apiVersion: v1\n<<: {kind: WidgetList}\nitems: [${flow}]\n`,
  `apiVersion: v1\n<<: {kind: List}\nitems: [${flow}]\n`,
  `apiVersion: v1\na: &k List\nkind: *k\nitems: [${flow}]\n`,
  `apiVersion: v1\na: &k WidgetList\nkind: *k\nitems: [${flow}]\n`,
  `apiVersion: v1\nkind: "Li\\x73t"\nitems: [${flow}]\n`,
  `apiVersion: v1\nkind: !!str List\nitems: [${flow}]\n`,
  `apiVersion: v1\nkind: List\na: &b [${flow}]\nitems: *b\n`,
  `apiVersion: v1\nkind: WidgetList\na: &b [${flow}]\nitems: *b\n`,
  `apiVersion: v1\nkind: List\na: &b ${flow}\nitems: [*b]\n`,
  `apiVersion: v1\nkind: List\n<<: {items: [${flow}]}\n`,
  `apiVersion: v1\nkind: List\nitems: [{<<: {kind: WidgetList}, apiVersion: v1, items: [${flow}]}]\n`,
  'apiVersion: v1\nkind: List\nfunctionConfig: {}\n',
];

const aliases = [
  `${annotated('ConfigMap', '&a !!int b')}data: {c: *a}\n`,
  `${annotated('ConfigMap', '&a !!binary aGk=')}data: {c: *a}\n`,
  `${annotated('ConfigMap', '&a !!binary "x y"')}data: {c: *a}\n`,
  `${header}data: {c: &a !!float 5}\nspec: {metadata: {annotations: {a: *a}}}\n`,
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, annotations: &a {a: !!binary aGk=}}\ndata: *a\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, labels: &a {a: !!binary aGk=}, annotations: *a}\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, annotations: {&a !!binary aGk=: *a}}\ndata: *a\n',
  'apiVersion: v1\nkind: ConfigMap\nx: &m {name: x, annotations: {a: !!int b}}\nmetadata: *m\n',
  `${header}<<: &a {q: [{<<: !t x}]}\nq: r\n`,
  `${header}<<: &a {q: [{<<: !t x}]}\nq: r\ns: *a\n`,
];

const merges = [
  `${header}z: {<<: [{a: , <<: [{<<: {c: [a]}}, {c: b}]}]}\n`,
  `${header}z: {<<: {<<: [{<<: [{<<: {c: 1}}, {c: 2}]}, {c: 3}]}}\n`,
  `${header}z: {<<: [{<<: [{<<: {c: 1}}, {c: 2}]}, {c: 3}]}\n`,
  `${header}z: {a: &a {<<: {c: 1}}, b: {<<: [*a, {c: 2}]}}\n`,
  ...[
    '{1: a}',
    '[{1: a}]',
    '[{true: y, b: {c: }}]',
    '[{~: a, b: c}]',
    '{a: 1, a: 2}',
    '{a: !!int b, a: 2}',
  ].flatMap((value) => [`${header}<<: ${value}\n`, `${header}z: {<<: ${value}}\n`]),
];

const droppedKeys = [
  'z: {!!merge a: {b: c}}\n',
  'z: {!!str 1: a, <<: {1: b}}\n',
  'z: {1: a, <<: {!!str 1: b}}\n',
  'z: {<<: [{!!str 1: b}, {1: c}]}\n',
  'z: {!!str 1: a, <<: {&q 1: b}}\ny: *q\n',
  'z: {!!str a: a, <<: {!!binary a: b}}\n',
  'z: {a: 1, <<: {[a]: b}}\n',
  'z: &x {a: 1, <<: {a: *x}}\n',
  'z: {a: 1, <<: &x {<<: {a: [{b: *x}]}}}\n',
];

const deepMerges = [
  ...[
    '{<<: {1: a}}',
    '[{<<: {1: a}}]',
    '{<<: [{1: a}]}',
    '[{<<: [{1: a, <<: {2: b}}], c: 1}]',
    '{<<: {~: a}}',
  ],
  '[{<<: {a: b}}, {1: , !!str a: c}]',
  '{<<: {a: {1: b}}}',
  '{<<: {a: {<<: {1: b}}}}',
  '[{<<: {a: {<<: {<<: {1: b}}}}}]',
].flatMap((value) => [
  `${header}z: {<<: ${value}}\n`,
  `${header}<<: ${value}\n`,
  `${header}z:\n- <<: ${value}\n`,
]);

const objectsOfNull = ['!!null c', '!!null {a: b}', '!!null [a]', `!!null ${flow}`].flatMap((value) => [
  `${value}\n`,
  `${header}---\n${value}\n`,
  ...['List', 'WidgetList'].flatMap((kind) => [
    `apiVersion: v1\nkind: ${kind}\nitems:\n- ${value}\n`,
    `apiVersion: v1\nkind: ${kind}\nitems:\n- ${value}\n- ${flow}\n`,
  ]),
]);

const keysOfAnnotations = ['!<x>', '!!binary', '!', '!!str', '!!int'].flatMap((tag) =>
  ['{a: b}', '~'].flatMap((value) =>
    ['ConfigMap', 'WidgetList'].map(
      (kind) => `apiVersion: v1\nkind: ${kind}\nmetadata: {name: x, ${tag} annotations: ${value}}\n`,
    ),
  ),
);

const besides = [
  '{~: a}',
  '{!!null "": a}',
  '{! : a}',
  '{[a]: b}',
  '{.inf: a}',
  '{a: b, a: c}',
  '{<<: a}',
  '&x {b: *x}',
];

/** In a map in the place of the text of an annotation, of which merges are expanded and nothing is decoded. */
const annotationsOfMaps = [
  'k: {b: {<<: a}}',
  'k: {b: {<<: {<<: a}}}',
  'k: {<<: {<<: {b: {<<: a}}}}',
  'k: {<<: &x {<<: {b: *x}}}',
  'k: &x {b: *x}',
].map((entry) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x, annotations: {${entry}}}\n`);

const besidesItems = ['<<: a', '<<: {items: []}', 'items: []', '? [a]\n: b', 'metadata: a\nmetadata: b'];

/** A comment of a key waits for the next block, and kustomize ends each list with metadata that are empty. */
const waiting = [
  'a: # c\n {x: y}\n',
  'a: # c\n {x: y}\nb: c\n',
  'a: # c\n {x: y}\nb: c # d\n',
  'a: # c\n [x, y]\nb: []\n',
  'a: # c\n [x, y]\nb:\n- c: d\n',
  'b:\n- c: # d\n   {}\n- a\n',
  'b: &a # d\n  a: {}\n',
  'b: # d\n  c: {}\n',
  'b: &a {c: d}\ne: # d\n *a\n',
  'b: # d\n {}\nmetadata: ~\n',
  'a: # c\n {x: y}\nb: !!map\n  c: d\n',
  'a: # c\n {x: y}\nb: !!seq\n- c\n',
  'a: # c\n {x: y}\n<<: {b: c}\n',
  'b: &a # d\n  &a c:\n    <<: {}\n',
  '? # d\n:\n  <<: {}\n',
  ...['# d', '| # d\n  a', '|\n  a\n# c', '# d\n  c # e', '# d\n  {} # e', '&a # d', '! # d\n  c'].map(
    (value) => `a: # c\n {x: y}\nb: ${value}\n`,
  ),
];

const emptied = ['b:\n  <<: {}\n', 'b:\n  c:\n    <<: {}\n', 'b:\n- <<: {}\n', 'b: [c]\ne:\n  <<: {}\n'];

export const textsByPlace: readonly string[] = [
  ...frames.flatMap((frame) => values.map(frame)),
  ...kinds,
  ...aliases,
  ...merges,
  ...droppedKeys.map((fields) => header + fields),
  ...keysOfAnnotations,
  ...deepMerges,
  ...annotationsOfMaps,
  ...objectsOfNull,
  ...waiting.map((fields) => `apiVersion: v1\nkind: WidgetList\n${fields}`),
  list('List', 'apiVersion: v1\nkind: WidgetList\nb: # d\n {}\n'),
  ...emptied.map((fields) => `${header}a: # d\n {}\n${fields}`),
  ...['List', 'WidgetList'].flatMap((kind) => [
    ...besides.map((value) => list(kind, header, `b: ${value}\n`)),
    ...besidesItems.map((fields) => `${list(kind, header)}${fields}\n`),
  ]),
  ...['!!int a', '!!binary "_"', '.inf', '1', '~'].map((key) =>
    list('WidgetList', header, `? ${key}\n: b\n`),
  ),
];
