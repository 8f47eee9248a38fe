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

export const textsWithAliases: readonly string[] = [
  ...commentedKeys.flatMap((fields) => uses.map((use) => `${header}${fields}c: ${use}\n`)),
  ...withoutKey.map((fields) => `${header}a: {${fields}}\n`),
  ...emptyAnnotations,
  ...[...otherMerges, ...again].map((value) => `${header}c: ${value}\n`),
  `${header}a: &a # c\n- k: 1\nc:\n  <<:\n    <<: *a\n`,
];
