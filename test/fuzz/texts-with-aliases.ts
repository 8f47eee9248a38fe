const header = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n';

/** Comments that an alias or a merge brings into braces with their key. */
const commentedKeys = [
  'a: &a # c\n  k: {d: 1}\n',
  'a: &a\n  k: # c\n    d: 1\n',
  'a: &a # c\n- k: {d: 1}\n',
  'a: &a # c\n  k: 1\n  l: {d: 1}\n',
  'a: &a # c\n  k: !t {d: 1}\n',
  'a: &a # c\n  k: !<x> {d: 1}\n',
  'a: &a\n  k: {d: 1} # c\n',
  'a: &a\n  ? k # c\n  : []\n',
  'a: &a # c\n  <<: {k: {d: 1}}\n',
  'a: &a # c\n  <<: {<<: {k: {d: 1}}}\n',
  'a: &a\n  <<: # c\n    {<<: {k: {d: 1}}}\n',
];
const uses = ['{e: *a}', '[*a]', '\n  <<: *a', '{<<: *a}', '{<<: {<<: *a}}', '{k: 1, l: 2, <<: *a}'];

/** Maps and lists with a tag, which an alias brings below a comment. */
const tagged = ['!t\n  a: b\n', '!t\n- a\n', '!t {a: b}\n', '\n  l: !t\n    m:\n'].flatMap((value) =>
  [
    'r: # e\n  *x\n',
    'q: # e\n  {}\nr: *x\n',
    'q: # e\n  {}\ns:\n- *x\n',
    'q: &y # e\n  r: *x\n',
    'q: {k: # e\n  *x}\n',
    'q: # e\n  {k: *x}\n',
    'q:\n  <<:\n    <<: # e\n      *x\n',
  ].map((use) => `${header}p: &x ${value}${use}`),
);

/** Comments next to a key that is only a question mark. */
const withoutKey = [
  '? # c\n : [1]',
  '?\n # c\n : # d\n [1]',
  '? # c\n , b: [1]',
  'b: c, # e\n ? # d\n : [1]',
  'b: 1, # c\n ? : [1]',
  '? k # c\n : !t {d: 1}',
  '? k # c\n : !<x> {d: 1}',
];

/** Annotations that hold nothing, next to those of a merge within a merge. */
const emptyAnnotations = ['~', '{}', 'a', '[]', '{a: b}', '{internal.config.kubernetes.io/path: a}'].map(
  (value) => `${header}  annotations: ${value}\n  <<: {<<: {annotations: {c: d}}}\n`,
);

/** Keys with the text of a merge that are none. */
const otherMerges = [
  '{!t <<: {<<: 1}}',
  '{!!str <<: {<<: 1}}',
  '{!!binary <<: {<<: 1}}',
  '{<<: {!t <<: {<<: 1}}}',
  '{<<: {<<: {!t <<: {<<: 1}}}}',
  '{<<: {}, !t <<: {<<: 1}}',
  '{"<<": {<<: 1}, <<: {}}',
  '# c\n  !\n  d: 1',
];

/** Mappings that are gone through again before they are expanded. */
const again = [
  '{<<: &a {<<: {<<: [{&b c: *a, data: 1}], c: }}}',
  '&a {<<: {<<: {b: {d: *a}, data: 1}, b: }}',
  '&a {<<: {<<: {b: {d: *a}}, b: }}',
  '&a [1, *a, {<<: {}}]',
  '&a {<<: {<<: {<<: {b: *a}}}}',
];

/** Comments that wait for a value, behind merges that are left, aliases and anchors of nothing. */
const waiting = [
  'p: # e\n  {<<: {<<: {m: n}}}\nq: !t\n  a: b\n',
  'p: &x !t\n  m: v\nq: &y # c\n  # d\n  m: *x\n',
  'p: &x\n  m: # c\n    !t {}\n  l: 1\nq: {k: *x }\n',
  'p: &x\n  m: # c\n    !t {}\nq: {k: *x }\n',
  'p: &x !t # c\n  # d\n  <<: {<<: {k: 1}}\nr: *x\n',
  'p:\n  m: &x !t # c\n  <<: {<<: {k: 1}}\nq: !t\n- *x\n',
  'p: &x\n  m: &y # c\nq: !t\n  k: 1\n',
  'p: &x\n  m: &y # c\nq: {k: *x }\nr: !t\n  k: 1\n',
  'p: &x\n  m: &y # c\nq: 1\nr: !t\n  k: 1\n',
  'p: &x\n- &y # c\nq: !t\n  k: 1\n',
  'p: &x\n  m: &y # c\nr:\n- *x\n- {}\n',
  'p: &x\n  m: &y # c\nr:\n- *x\n- k: 1\n- {}\n',
  'p: &x\n  k: {m: n}\nq:\n  m: &y # c\n  <<: {<<: *x }\nr: !t\n- 1\n',
  'p: &x\n  k:\n    a: !t # c\n  l: 1\nq: {<<: *x }\n',
  'q: &a # c\n- !t\n  k: !t\n    l: 1\n- 1\n',
  'q: &a # c\n  !t\n  k: !t\n    l: 1\n',
  'q: &a # c\n- &b\n  k: !t\n    l: 1\n',
  'q: &a # c\n- !t # d\n  k: !t\n    l: 1\n',
  'q: &a # c\n- !t\n  k: {l: 1}\nr: !t\n  l: 1\n',
  'q: &a # c\n- k: 1\n- !t\n  k: !t\n    l: 1\n',
  'p: &x\n  k: # c\n    {}\n  m: v\nx: &y\n  k: 1\n  <<: *x\nr: {m: {<<: *y }}\n',
];

/** Keys that are no strings, which a merge within a merge sets again, and maps that hold themselves where nothing reads them. */
const odd = [
  `${header}1: {true: a}\n<<: {<<: {1: b}}\n`,
  `${header}"1": a\n<<: {<<: {1: b}}\n`,
  `${header}1: a\n<<: {<<: {"1": b}}\n`,
  `${header}true: a\n<<: {<<: [{true: b}, {true: c}]}\n`,
  `${header}2001-01-01: a\n<<: {<<: {2001-01-01: b}}\n`,
  'apiVersion: v1\nkind: ResourceList\nitems: []\na: &a\n  1: *a\nc: [*a]\n',
  'apiVersion: v1\nkind: List\nitems: []\na: &a\n- *a\nc: [*a]\nd: *a\n',
  'apiVersion: v1\nkind: ResourceList\nitems: [{apiVersion: v1, kind: Pod, metadata: {name: p}}]\nitems: &a # c\n- 1\n- *a\n',
];

export const textsWithAliases: readonly string[] = [
  ...tagged,
  ...odd,
  ...waiting.map((fields) => `${header}${fields}`),
  ...commentedKeys.flatMap((fields) => uses.map((use) => `${header}${fields}c: ${use}\n`)),
  ...withoutKey.map((fields) => `${header}a: {${fields}}\n`),
  ...emptyAnnotations,
  ...[...otherMerges, ...again].map((value) => `${header}c: ${value}\n`),
  `${header}a: &a # c\n- k: 1\nc:\n  <<:\n    <<: *a\n`,
];
