import { expect, it } from 'vitest';
import { openBuilder } from '../../src/build/build.ts';
import { mayChangeAbsent } from '../../src/run/reach-of-absent.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

type Files = Readonly<Record<string, string | undefined>>;

const configMap = (name: string, value = '1'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\ndata: {a: "${value}"}\n`;
const patch = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: own}\ndata: {b: "1"}\n';

/** A cluster whose `far` has a remote base, beside an application of its own. */
const files: Files = {
  'kustomization.yaml':
    'resources: [far, near, own.yaml]\npatches: [{path: patch.yaml}]\ncomponents: [parts]\n',
  'own.yaml': configMap('own'),
  'patch.yaml': patch,
  'parts/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [part.yaml, ../more]\n',
  'parts/part.yaml': configMap('part'),
  'more/kustomization.yaml': 'resources: [more.yaml]\n',
  'more/more.yaml': configMap('more'),
  'far/kustomization.yaml':
    'resources:\n  - https://git.example.com/team/base?ref=1.0\n  - beside.yaml\npatches: [{path: patch.yaml}]\n',
  'far/patch.yaml': patch.replace('own', 'beside'),
  'far/beside.yaml': configMap('beside'),
  'near/kustomization.yaml':
    'resources: [app.yaml]\nlabels: [{pairs: {a: b}}]\nconfigMapGenerator: [{name: made, files: [data.txt, other=more.txt]}]\n',
  'near/app.yaml': configMap('app'),
  'near/data.txt': '1',
  'near/more.txt': '1',
};

function built(all: Files) {
  const own = Object.entries(all).flatMap(([path, text]) =>
    text === undefined ? [] : [[path, text] as const],
  );
  const sources = openSources(memoryFileSystem(Object.fromEntries(own)));
  const build = openBuilder(sources).build('');
  expect(build.diagnostics.map(({ rule }) => rule)).toContain('remote-not-fetched');
  return { build, sources };
}

function reaches(edits: Files, before: Files = files): boolean {
  const after = { ...before, ...edits };
  const differing = Object.keys(after).filter((path) => after[path] !== before[path]);
  return mayChangeAbsent(built(before), built(after), { file: 'far/kustomization.yaml', differing });
}

it.each<[string, Files]>([
  ['a manifest', { 'own.yaml': configMap('own', '2') }],
  ['a manifest beside the base', { 'far/beside.yaml': configMap('beside', '2') }],
  [
    'a manifest that comes',
    {
      'kustomization.yaml': files['kustomization.yaml']?.replace('own.yaml', 'own.yaml, new.yaml'),
      'new.yaml': configMap('new'),
    },
  ],
  [
    'a manifest that goes',
    {
      'kustomization.yaml': `${files['kustomization.yaml']?.replace(', near', '')}`,
      'near/app.yaml': undefined,
      'near/kustomization.yaml': undefined,
    },
  ],
  [
    'what a kustomization beside it says',
    { 'near/kustomization.yaml': 'resources: [app.yaml]\nnamePrefix: a-\n' },
  ],
  [
    'copies between objects beside it',
    {
      'near/kustomization.yaml':
        'resources: [app.yaml]\nreplacements: [{source: {kind: ConfigMap, name: app, fieldPath: data.a}, targets: [{select: {name: app}, fieldPaths: [data.b], options: {create: true}}]}]\n',
    },
  ],
  ['contents that it generates', { 'near/data.txt': '2' }],
  ['contents under another key', { 'near/more.txt': '2' }],
])('a base is as it was after a change of %s', (_, edits) => {
  expect(reaches(edits)).toBe(false);
});

const root = files['kustomization.yaml'] ?? '';
it.each<[string, Files]>([
  ['a patch beside it', { 'far/patch.yaml': patch.replace('own', 'beside').replace('"1"', '"2"') }],
  ['variables that come', { 'near/kustomization.yaml': `${files['near/kustomization.yaml']}vars: []\n` }],
  ['a patch', { 'patch.yaml': patch.replace('"1"', '"2"') }],
  ['a component', { 'parts/kustomization.yaml': `${files['parts/kustomization.yaml']}namePrefix: a-\n` }],
  ['a manifest of a component', { 'parts/part.yaml': configMap('part', '2') }],
  [
    'what a component lists elsewhere',
    { 'more/kustomization.yaml': 'resources: [more.yaml]\nnamePrefix: a-\n' },
  ],
  ['a manifest that a component lists elsewhere', { 'more/more.yaml': configMap('more', '2') }],
  ['what a kustomization above it says', { 'kustomization.yaml': `${root}namePrefix: a-\n` }],
  [
    'a kustomization that comes between',
    {
      'kustomization.yaml': root.replace('[far,', '[between,'),
      'between/kustomization.yaml': 'resources: [../far]\nnamePrefix: a-\n',
    },
  ],
  [
    'copies between objects above it',
    {
      'kustomization.yaml': `${root}replacements: [{source: {kind: ConfigMap, name: own, fieldPath: data.a}, targets: [{select: {name: app}, fieldPaths: [data.b], options: {create: true}}]}]\n`,
      'own.yaml': configMap('own', '2'),
    },
  ],
])('a base may be changed by %s', (_, edits) => {
  expect(reaches(edits)).toBe(true);
});

it('a base may be changed by a manifest that is a patch as well', () => {
  const far = (files['far/kustomization.yaml'] ?? '').replace('patch.yaml', 'beside.yaml');
  const before = { ...files, 'far/kustomization.yaml': far };
  expect(reaches({ 'far/beside.yaml': configMap('beside', '2') }, before)).toBe(true);
});

it.each([
  ['in another case', `${root}Replacements: []\n`, 'kustomization.yaml'],
  [
    'by variables of a kustomization beside it',
    'resources: [app.yaml]\nvars: []\n',
    'near/kustomization.yaml',
  ],
])('a base may be changed by a manifest whose values are copied, %s', (_, text, path) => {
  const before = { ...files, [path]: text };
  expect(reaches({ 'own.yaml': configMap('own', '2') }, before)).toBe(true);
});

it('what is neither a manifest nor listed may change anything', () => {
  const [before, after] = [built(files), built(files)];
  const of = (differing: readonly string[]) => ({ file: 'far/kustomization.yaml', differing });
  expect(mayChangeAbsent(before, after, of(['elsewhere.yaml']))).toBe(false);
  const read = (one: typeof before, more: object) => ({ ...one, build: { ...one.build, ...more } });
  const inputs = [...before.build.inputs, 'elsewhere.yaml'];
  expect(mayChangeAbsent(read(before, { inputs }), after, of(['elsewhere.yaml']))).toBe(true);
  expect(mayChangeAbsent(before, read(after, { inputs }), of(['elsewhere.yaml']))).toBe(true);
  const unrendered = ['near'];
  expect(mayChangeAbsent(before, read(after, { unrendered }), of(['near/app.yaml']))).toBe(true);
  expect(mayChangeAbsent(read(before, { resources: [] }), after, of([]))).toBe(true);
  expect(mayChangeAbsent(before, read(after, { resources: [] }), of([]))).toBe(true);
});

it.each<[string, Files, string]>([
  [
    'that led to the base',
    {
      'kustomization.yaml': root.replace('[far,', '[between,'),
      'between/kustomization.yaml': 'resources: [../far]\n',
    },
    'between/kustomization.yaml',
  ],
  [
    'that was a part of a component',
    {
      'kustomization.yaml': root.replace('[far,', '[far, more,'),
      'parts/kustomization.yaml': `${files['parts/kustomization.yaml']?.replace(', ../more', '')}`,
    },
    'more/kustomization.yaml',
  ],
])('a kustomization %s in one revision counts', (_, edits, path) => {
  const [one, other] = [built(files), built({ ...files, ...edits })];
  const of = { file: 'far/kustomization.yaml', differing: [path] };
  expect(mayChangeAbsent(one, other, of)).toBe(true);
  expect(mayChangeAbsent(other, one, of)).toBe(true);
});
