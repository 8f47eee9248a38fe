// Kustomizations that are right but for one text in them: a patch, the configuration of a transformer or a generator, a list of objects,
// in a file or within the kustomization, in every style that a string has.
import { type Grammar, openGrammar } from './generate.ts';
import {
  kustomizationOf,
  replacementsOf,
  streamOf,
  tablesOf,
  targetedOf,
  textsOf,
} from './generate-fields.ts';
import type { Part } from './tree-part.ts';

export type Tree = Readonly<Record<string, string>>;

const base = `apiVersion: v1
kind: ConfigMap
metadata:
  name: x
  labels: {l: m}
data: # of the base
  a: b
  c: |
    d
spec:
  l:
  - a: b
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  template:
    spec:
      containers: # of the base
      - name: web
        image: shop/web:1
        env:
        - {name: A, value: b}
`;

export function generateTree(random: () => number): Tree {
  const grammar = openGrammar(random);
  const { pick, chance, change } = grammar;
  const make = [
    patchOf,
    patchOf,
    operationsOf,
    operationsOf,
    transformerOf,
    generatorOf,
    configurationOf,
    listOf,
    replacementsOf,
    textsOf,
    kustomizationOf,
    targetedOf,
    tablesOf,
    streamOf,
  ];
  const part = (make[Math.floor(random() * make.length)] as (grammar: Grammar) => Part)(grammar);
  let { text } = part;
  for (let changes = Math.floor(random() * 3); changes > 0; changes--) text = change(text);
  const files = { 'a.yaml': base, 'f.txt': 'x\n' };
  if (part.files !== undefined) return { ...files, ...part.files };
  if (part.plain !== undefined && chance(0.5))
    return { ...files, 'kustomization.yaml': `resources: [a.yaml]\n${part.plain(text)}` };
  if (part.entry !== undefined && chance(0.6))
    return { ...files, 'kustomization.yaml': `resources: [a.yaml]\n${part.entry(quoted(text, pick))}` };
  const resources = part.isResource ? 'a.yaml, p.yaml' : 'a.yaml';
  return { ...files, 'kustomization.yaml': `resources: [${resources}]\n${part.inFile}`, 'p.yaml': text };
}

/** A text as the value of a key, at the indentation of four spaces. */
function quoted(text: string, pick: Grammar['pick']): string {
  const style = pick(['|', '|-', '|+', '>-', '|4', '"', '"', "'"]);
  if (style === '"') return JSON.stringify(text).replaceAll('\u2028', '\\L').replaceAll('\u2029', '\\P');
  if (style === "'") return `'${text.replaceAll("'", "''").replaceAll('\n', '\n\n    ')}'`;
  return `${style.replace('4', '2')}\n    ${text.replaceAll('\n', '\n    ').trimEnd()}`;
}

function patchOf({ text, mapping, chance, pick }: Grammar): Part {
  const head = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n';
  const container = (rest: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      containers:\n      - name: web\n${rest}`;
  const patch = chance(0.2)
    ? text()
    : chance(0.6)
      ? `${head}${pick(['', 'data: {a: ~}\n', '$patch: delete\n', 'spec: {l: }\n'])}${mapping(0)}`
      : container(mapping(4));
  const odd = chance(0.1) ? pick(oddEntries) : '';
  const target = pick(['', 'target: {kind: ConfigMap}', 'target: {name: "w.*|x"}']);
  const targeted = target === '' ? '' : `, ${target}`;
  return {
    text: patch + odd,
    entry: (quotedText) => `patches:\n- ${target === '' ? '' : `${target}\n  `}patch: ${quotedText}\n`,
    inFile: `patches: [{path: p.yaml${targeted}}]\n`,
  };
}

/** What stands behind the end of a list in JSON. */
const tails = [
  '\n',
  ' x',
  'x',
  ']',
  '\n]',
  ',',
  '\n---\n',
  '\n---\n[]',
  '\n---\na: b\n',
  '\n...\n',
  ' # c',
  '\n# c\n',
  '[]',
  '\n- a',
  '{}',
  ' : a',
  ': a\n',
  '\0',
];

const longKey = 'k'.repeat(1100);

const values = ['"a"', '"1"', '"x y"', 'null', `{"${longKey}":"a"}`, `{"${longKey.slice(0, 1022)}":"a"}`];

/** Entries at the root of a patch whose keys hardly anyone writes. */
const oddEntries = [
  '"<<": {a: b}\n',
  'data: {"<<": a}\n',
  '~: a\n',
  'null: a\n',
  '? \n: a\n',
  ': a\n',
  '!!binary aGk=: a\n',
  '!!binary ZGF0YQ==: {a: z}\n',
  'data: {!!binary aGk=: a}\n',
  'data:\n  !!binary "YQ==": c\n',
  'spec: {z: {!!binary aGk=: a}}\n',
  'z: {!!str 5: a}\n',
  'z:\n  !!int "5": c\n',
  'z: {! 5: a, !foo k: b}\n',
  'z: [{!!binary aGk=: a}]\n',
  'data: {~: a}\n',
  `data: {${longKey}: a}\n`,
  `data:\n  ${longKey}: a\n`,
  `data:\n  ? ${longKey}\n  : a\n`,
  `data: {"${longKey}": a}\n`,
];

function operationsOf({ node, pick, chance }: Grammar): Part {
  const pointer = () =>
    pick([
      '/data/a',
      '/data/z',
      '/data',
      '/spec/l/0',
      '/spec/l/-',
      '/metadata/labels/l',
      '/spec/l/0/a',
      '/x',
      '/data/~1',
      '/data/<<',
      '""',
    ]);
  const operation = () => {
    const op = pick(['add', 'add', 'replace', 'replace', 'test', 'remove', 'copy', 'move']);
    const from = op === 'copy' || op === 'move' ? `  from: ${pointer()}\n` : '';
    return `- op: ${op}\n  path: ${pointer()}\n${from}${op === 'remove' ? '' : `  value:${node(1)}\n`}`;
  };
  const value = (): unknown => JSON.parse(pick(values));
  const text = chance(0.15)
    ? JSON.stringify([{ op: 'add', path: '/data/z', value: value() }], null, pick(['', '  ', '\t'])) +
      (chance(0.2) ? pick(tails) : '')
    : chance(0.04)
      ? `[]${pick(tails)}`
      : operation() + (chance(0.4) ? operation() : '');
  return {
    text,
    entry: (quotedText) => `patches:\n- target: {kind: ConfigMap}\n  patch: ${quotedText}\n`,
    inFile: 'patches: [{path: p.yaml, target: {kind: ConfigMap}}]\n',
  };
}

const transformers = [
  'kind: PrefixTransformer\nmetadata: {name: t}\nprefix: p-\nfieldSpecs: [{path: metadata/name}]\n',
  'kind: SuffixTransformer\nmetadata: {name: t}\nSuffix: -s\nfieldSpecs:\n- path: metadata/name\n',
  'kind: NamespaceTransformer\nmetadata: {name: t, Namespace: ns}\nfieldSpecs:\n- {path: metadata/namespace, create: true}\n',
  'kind: LabelTransformer\nmetadata: {name: t}\nlabels: {a: b, "1": "2"}\nfieldSpecs: [{path: metadata/labels, Create: true}]\n',
  'kind: AnnotationsTransformer\nmetadata: {name: t}\nannotations:\n  a: b\nfieldSpecs: [{path: metadata/annotations, create: yes}]\n',
  'kind: ImageTagTransformer\nmetadata: {name: t}\nimageTag: {name: shop/web, NewTag: "2"}\n',
  'kind: ReplicaCountTransformer\nmetadata: {name: t}\nreplica: {name: web, count: 010}\nfieldSpecs: [{path: spec/replicas, create: true, kind: Deployment}]\n',
  'kind: PatchTransformer\nmetadata: {name: t}\ntarget: {kind: ConfigMap}\npatch: |-\n  - {op: add, path: /data/z, value: y}\n',
  'kind: PatchStrategicMergeTransformer\nmetadata: {name: t}\npaths: []\npatches: |-\n  {apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {z: y}}\n',
];

function transformerOf({ pick, mapping, chance }: Grammar): Part {
  const text = `apiVersion: builtin\n${pick(transformers)}${chance(0.2) ? mapping(0) : ''}`;
  return {
    text: chance(0.1) ? withEmptyFieldSpec(text, pick) : text,
    entry: (quotedText) => `transformers:\n  - ${quotedText}\n`,
    inFile: 'transformers: [p.yaml]\n',
  };
}

/** An entry of a list of fieldSpecs that says nothing. */
function withEmptyFieldSpec(text: string, pick: Grammar['pick']): string {
  const entry = pick(['~', 'null', '{}', '""', '[]', '!!binary aGk=']);
  return text.replace(/^fieldSpecs: \[/mu, `$&${entry}, `).replace(/^fieldSpecs:\n/mu, `$&- ${entry}\n`);
}

function generatorOf({ pick, mapping, chance }: Grammar): Part {
  const kind = pick(['ConfigMapGenerator', 'SecretGenerator']);
  const fields = pick([
    'literals: [a=b]\n',
    'Literals: ["a=b c"]\n',
    'files: [f.txt]\n',
    'files:\n- k=f.txt\nliterals:\n- a=b\n',
    'literals: [a=b]\noptions: {disableNameSuffixHash: true, labels: {a: b}}\n',
    'literals: [a=b]\nbehavior: create\n',
    'envs: [f.txt]\n',
  ]);
  const text = `apiVersion: builtin\nkind: ${kind}\nmetadata: {name: g}\n${fields}${chance(0.2) ? mapping(0) : ''}`;
  return {
    text,
    entry: (quotedText) => `generators:\n  - ${quotedText}\n`,
    inFile: 'generators: [p.yaml]\n',
  };
}

function configurationOf({ pick, chance }: Grammar): Part {
  const field = () =>
    pick([
      'namePrefix:\n- {path: spec/n, create: true}\n',
      'commonLabels:\n- path: spec/sel\n  create: true\n  kind: ConfigMap\n',
      'images: [{path: data/a, kind: ConfigMap}]\n',
      'nameReference:\n- kind: ConfigMap\n  version: v1\n  fieldSpecs: [{path: spec/ref, kind: Deployment}]\n',
      'namespace: [{path: spec/ns, Create: true}]\n',
    ]);
  return {
    text: field() + (chance(0.5) ? field() : ''),
    inFile: 'configurations: [p.yaml]\nnamePrefix: p-\nnamespace: ns\nlabels: [{pairs: {a: b}}]\n',
  };
}

function listOf({ pick, mapping }: Grammar): Part {
  const item = (name: string) =>
    `- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: ${name}}\n${mapping(1)}`;
  const kind = pick(['List', 'ConfigMapList', 'ResourceList', 'WidgetList']);
  const text = `apiVersion: v1\nkind: ${kind}\nitems:${pick(['', ' # c', ' !!seq'])}\n${item('i')}${item('j')}`;
  return { text, inFile: 'namePrefix: q-\n', isResource: true };
}
