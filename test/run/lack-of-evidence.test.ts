import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import {
  foldersOfEntries,
  isAssumedIn,
  isByHandIn,
  isKeptOutOfGit,
  isRoot,
  isUnbuiltIn,
  lacks,
  meetsOnlyIfAppliedIn,
  missingFile,
  restsOnAssumedIn,
  whyMissing,
} from '../../src/run/lack-of-evidence.ts';
import { openSources, type Sources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import type { Tree } from '../../src/survey/tree.ts';
import { fluxKustomization, selfApplied } from '../support/deployed-files.ts';
import { renderFiles } from '../support/render-files.ts';

type Files = Readonly<Record<string, string>>;

function at(path: string, more: Partial<Diagnostic> = {}): Diagnostic {
  return {
    ...{ rule: 'r', severity: 'error', message: 'm', related: [] },
    span: { file: { path, text: '' }, start: 0, end: 0 },
    ...more,
  };
}

function sourcesOf(files: Files): Sources {
  return openSources(memoryFileSystem(files), {});
}

/** What of a tree the questions are about. */
interface Parts {
  /** Each unit by its directory, with its role, what it reads, and what fails. */
  readonly units?: readonly (readonly [
    root: string,
    role: string,
    inputs: readonly string[],
    diagnostics?: readonly Diagnostic[],
  ])[];
  /** What each owner reads, which a loose one does as well. */
  readonly owners?: readonly (readonly string[])[];
  readonly loose?: readonly (readonly string[])[];
  readonly plainFiles?: readonly string[];
  readonly kustomizedFiles?: readonly string[];
  readonly kustomizations?: readonly string[];
  readonly trials?: readonly string[];
  readonly assumed?: readonly string[];
  readonly built?: readonly string[];
  readonly rendered?: readonly string[];
}

function treeOf(parts: Parts): Tree {
  const { units = [], owners = [], loose = [], assumed = [], built = [], rendered = [] } = parts;
  const { plainFiles = [], kustomizedFiles = [], kustomizations = [], trials = [] } = parts;
  const reading = (inputs: readonly string[]) => ({ build: { inputs, diagnostics: [] } });
  const looseOwners = loose.map(reading);
  const tree = {
    units: units.map(([root, role, inputs, diagnostics = []]) => ({
      id: { root, role },
      build: { inputs, diagnostics },
    })),
    clusters:
      owners.length + loose.length === 0
        ? []
        : [{ reconciliations: [...owners.map(reading), ...looseOwners] }],
    loose: new Set(looseOwners),
    found: { plainFiles, kustomizedFiles, kustomizations },
    trials: trials.length === 0 ? [] : [{ files: trials }],
    delivery: {
      isAssumed: (path: string) => assumed.includes(path),
      isBuilt: (path: string) => built.includes(path),
      isRendered: (path: string) => rendered.includes(path),
    },
  };
  return tree as unknown as Tree;
}

const missing = (path: string): Partial<Diagnostic> => ({
  rule: 'file-missing',
  message: `${path} does not exist`,
});

describe('the file that a build lacks', () => {
  it.each<[Partial<Diagnostic>, string | undefined]>([
    [missing('a/b.yaml'), 'a/b.yaml'],
    [{ ...missing('a/b.yaml'), rule: 'r' }, undefined],
    [{ rule: 'file-missing', message: 'a does not exist at all' }, undefined],
    [{ rule: 'kustomization-missing', message: 'a has no kustomization.yaml' }, 'a/kustomization.yaml'],
    [{ rule: 'file-missing', message: 'a has no kustomization.yaml' }, undefined],
    [{ rule: 'kustomization-missing', message: 'a does not exist' }, undefined],
  ])('of %j: %j', (one, path) => {
    expect(missingFile(at('k.yaml', one))).toBe(path);
  });

  it.each<[string, Files, Partial<Diagnostic>, string | undefined]>([
    ['another finding', { '.gitignore': '*\n' }, {}, undefined],
    ['what Git leaves out', { '.gitignore': 'env\n' }, missing('env/a.yaml'), lacks.ignored],
    ['an action', { 'k/k.yaml': 'resources: ["{{ a }}.yaml"]' }, missing('k/{{ a }}.yaml'), lacks.template],
    ['a token', { 'k/k.yaml': 'resources: [<NAME>.yaml]' }, missing('k/<NAME>.yaml'), lacks.template],
    ['a token that the file does not name', { 'k/k.yaml': 'a: b' }, missing('k/<NAME>.yaml'), undefined],
    ['a token, the file not being there', {}, missing('k/<NAME>.yaml'), undefined],
    ['a token in a folder', { 'k/k.yaml/a': '<NAME>.yaml' }, missing('k/<NAME>.yaml'), undefined],
    ['a name', { 'k/k.yaml': 'resources: [a.yaml]' }, missing('k/a.yaml'), undefined],
    ['what is bootstrapped', {}, missing('k/gotk-sync.yaml'), lacks.written],
  ])('comes from elsewhere: %s', (_, files, one, lack) => {
    const { tree, sources } = renderFiles(files);
    expect(whyMissing(at('k/k.yaml', one), tree, sources)).toBe(lack);
  });

  const values = (path: string): Partial<Diagnostic> => ({
    rule: 'application-values-missing',
    message: `${path} does not exist, which the chart takes its values from`,
  });
  it.each<[Partial<Diagnostic>, boolean]>([
    [missing('env/a.yaml'), true],
    [missing('a.yaml'), false],
    [values('env/a.yaml'), true],
    [values('../../env/a.yaml'), true],
    [values('./env/a.yaml'), true],
    [values('e../nv/a.yaml'), false],
    [values('./../env/a.yaml'), true],
    [values('a.yaml'), false],
    [{ ...values('env/a.yaml'), rule: 'r' }, false],
  ])('is kept out of Git: %j, %j', (one, isKept) => {
    expect(isKeptOutOfGit(at('k.yaml', one), sourcesOf({ '.gitignore': '/env\n' }))).toBe(isKept);
  });
});

const entry = (name: string, path = './fine'): string => fluxKustomization(name, path);
const applied = {
  ...selfApplied('prod'),
  'prod/a.yaml': entry('a'),
  'fine/fine.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: fine, namespace: web }\n',
};

describe('the folders of entry points', () => {
  it.each<[string, Files, readonly string[]]>([
    ['of what Flux applies', applied, ['prod', 'prod/flux-system']],
    ['of a folder of that name', { ...applied, 'prod/Chart.yaml/a.txt': '' }, ['prod', 'prod/flux-system']],
    [
      'not of one to fill in',
      { ...applied, 'prod/more/b.yaml': entry('b', './CHANGEME') },
      ['prod', 'prod/flux-system'],
    ],
    ['not of an example', { ...applied, 'prod/examples/b.yaml': entry('b') }, ['prod', 'prod/flux-system']],
  ])('%s', (_, files, folders) => {
    const { tree, sources } = renderFiles(files);
    expect([...foldersOfEntries(tree, sources)].sort()).toEqual(folders);
  });

  it('none of a folder that is a chart', () => {
    const { tree } = renderFiles(applied);
    const sources = sourcesOf({ ...applied, 'prod/Chart.yaml': 'name: a\n' });
    expect([...foldersOfEntries(tree, sources)]).toEqual(['prod/flux-system']);
  });

  it('none of a loose owner', () => {
    const { tree, sources } = renderFiles(applied);
    const loose = new Set(tree.clusters.flatMap(({ reconciliations }) => reconciliations));
    expect([...foldersOfEntries({ ...tree, loose }, sources)]).toEqual([]);
  });

  it('none of an owner that no file declares', () => {
    expect([...foldersOfEntries(treeOf({ owners: [['a.yaml']] }), sourcesOf({}))]).toEqual([]);
  });
});

/** The parts of a tree in which `prod` holds an entry point. */
function withEntry(parts: Parts): Tree {
  const { tree } = renderFiles(applied);
  return { ...treeOf(parts), clusters: tree.clusters, loose: tree.loose };
}

describe('what nobody is seen to apply', () => {
  const unbuilt: Parts = {
    units: [
      ['a', 'root', ['a/a.yaml', 'both.yaml', 'owned.yaml', 'set.yaml']],
      ['b', 'root', ['both.yaml']],
      ['prod', 'cluster', ['a/a.yaml']],
      ['e', 'environment', ['set.yaml']],
    ],
    owners: [['owned.yaml']],
    loose: [['a/a.yaml']],
    assumed: ['a'],
  };
  it.each<[string, Parts, Diagnostic, boolean]>([
    ['a plain file', { plainFiles: ['a.yaml'], assumed: ['a.yaml'] }, at('a.yaml'), true],
    ['one that somebody applies', { plainFiles: ['a.yaml'] }, at('a.yaml'), false],
    ['a file that no build reads', { kustomizedFiles: ['a.yaml'], assumed: ['a.yaml'] }, at('a.yaml'), true],
    ['a file of a trial', { trials: ['a.yaml'], assumed: ['a.yaml'] }, at('a.yaml'), true],
    ['any other file', { assumed: ['a.yaml'] }, at('a.yaml'), false],
    ['a root', { units: [['a', 'root', []]], assumed: ['a'] }, at('x.yaml', { entryPoint: 'a' }), true],
    ['a root that is built', { units: [['a', 'root', []]] }, at('x.yaml', { entryPoint: 'a' }), false],
    [
      'no root',
      { units: [['a', 'environment', []]], assumed: ['a'] },
      at('x.yaml', { entryPoint: 'a' }),
      false,
    ],
    ['a file only it reads', unbuilt, at('a/a.yaml'), true],
    ['that of another entry point', unbuilt, at('a/a.yaml', { entryPoint: 'c' }), false],
    ['a file others read too', unbuilt, at('both.yaml'), false],
    ['a file an owner reads', unbuilt, at('owned.yaml'), false],
    ['a file an environment reads', unbuilt, at('set.yaml'), false],
    ['a file nobody reads', unbuilt, at('c.yaml'), false],
    ['what somebody builds', { ...unbuilt, built: ['a'] }, at('a/a.yaml'), false],
    ['what a script renders', { ...unbuilt, rendered: ['a'] }, at('a/a.yaml'), false],
    ['what is no root', { ...unbuilt, units: [['a', 'beside', ['a/a.yaml']]] }, at('a/a.yaml'), false],
    ['what nobody assumes', { ...unbuilt, assumed: [] }, at('a/a.yaml'), false],
  ])('%s', (_, parts, one, isAssumed) => {
    expect(isAssumedIn(treeOf(parts), sourcesOf({}))(one)).toBe(isAssumed);
  });

  it.each<[string, Parts, Diagnostic, boolean]>([
    ['plain beside it', { plainFiles: ['prod/x.yaml'], assumed: ['prod/x.yaml'] }, at('prod/x.yaml'), false],
    ['read beside it', { units: [['a', 'root', ['prod/x.yaml']]], assumed: ['a'] }, at('prod/x.yaml'), false],
    ['read elsewhere', { units: [['a', 'root', ['q/x.yaml']]], assumed: ['a'] }, at('q/x.yaml'), true],
  ])('is applied beside an entry point: %s', (_, parts, one, isAssumed) => {
    expect(isAssumedIn(withEntry(parts), sourcesOf(applied))(one)).toBe(isAssumed);
  });

  const reading = (root: string, more: Parts = {}): Parts => ({
    units: [[root, 'root', ['x.yaml']]],
    assumed: [root],
    ...more,
  });
  it.each<[string, Files, Parts, boolean]>([
    ['a path', { 'v.yaml': 'path: x/a\n' }, reading('x/a', { plainFiles: ['v.yaml'] }), false],
    [
      'an overlay',
      { 'v.yaml': '- overlay: "x/a" # b\n' },
      reading('x/a', { kustomizedFiles: ['v.yaml'] }),
      false,
    ],
    ['a path of an owner', { 'v.yaml': 'path: x/a\n' }, reading('x/a', { owners: [['v.yaml']] }), false],
    [
      'a path of an object',
      { 'v.yaml': 'kind: K\npath: x/a\n' },
      reading('x/a', { plainFiles: ['v.yaml'] }),
      false,
    ],
    ['another path', { 'v.yaml': 'path: x/b\n' }, reading('x/a', { plainFiles: ['v.yaml'] }), true],
    ['the path of the root', { 'v.yaml': 'path: ./\n' }, reading('x/a', { plainFiles: ['v.yaml'] }), true],
    ['a path below', { 'x/v.yaml': 'path: a\n' }, reading('x/a', { plainFiles: ['x/v.yaml'] }), false],
    ['one from elsewhere', { 'y/v.yaml': 'path: a\n' }, reading('x/a', { plainFiles: ['y/v.yaml'] }), true],
    ['a part of a name', { 'x/v.yaml': 'path: a\n' }, reading('x/ba', { plainFiles: ['x/v.yaml'] }), true],
    ['a path beyond', { 'v.yaml': 'path: ../a\n' }, reading('a', { plainFiles: ['v.yaml'] }), true],
    ['no YAML', { 'v.json': 'kind: K\npath: x/a\n' }, reading('x/a', { plainFiles: ['v.json'] }), true],
    [
      'YAML by half',
      { 'v.yaml.j2': 'kind: K\npath: x/a\n' },
      reading('x/a', { plainFiles: ['v.yaml.j2'] }),
      true,
    ],
    ['a short name', { 'v.yml': 'kind: K\npath: x/a\n' }, reading('x/a', { plainFiles: ['v.yml'] }), false],
    ['two words', { 'v.yaml': 'path: x/a b\n' }, reading('x/a', { plainFiles: ['v.yaml'] }), true],
    ['aligned', { 'v.yaml': 'path:   x/a\n' }, reading('x/a', { plainFiles: ['v.yaml'] }), false],
    ['a file not there', {}, reading('x/a', { plainFiles: ['v.yaml'] }), true],
    ['a folder', { 'v.yaml/b': 'path: x/a\n' }, reading('x/a', { plainFiles: ['v.yaml'] }), true],
    ['another key', { 'v.yaml': 'subpath: x/a\n' }, reading('x/a', { plainFiles: ['v.yaml'] }), true],
  ])('is named: %s', (_, files, parts, isAssumed) => {
    expect(isAssumedIn(treeOf(parts), sourcesOf(files))(at('x.yaml'))).toBe(isAssumed);
  });
});

describe('what comes of two objects', () => {
  const of = (related: string, more: Partial<Diagnostic> = {}): Diagnostic =>
    at('c.yaml', {
      rule: 'quota-exceeded',
      related: [{ span: at(related).span, message: 'other' }],
      ...more,
    });
  const unbuilt: Parts = {
    units: [
      ['b', 'root', []],
      ['a', 'root', ['x.yaml']],
    ],
    assumed: ['a', 'p.yaml'],
    plainFiles: ['p.yaml'],
  };
  it.each<[string, Diagnostic, boolean]>([
    ['a plain file', of('p.yaml'), true],
    ['another rule', of('p.yaml', { rule: 'r' }), false],
    ['no other object', of('p.yaml', { related: [] }), false],
    ['another file', of('q.yaml'), false],
    ['the same file', { ...of('p.yaml'), span: at('p.yaml').span }, false],
    ['a file only others read', of('x.yaml'), true],
    ['a file that its own build reads', of('x.yaml', { entryPoint: 'a' }), false],
    ['a file that another build reads', of('x.yaml', { entryPoint: 'b' }), true],
    ['one of several', of('p.yaml', { related: [...of('q.yaml').related, ...of('p.yaml').related] }), true],
  ])('%s', (_, one, rests) => {
    expect(restsOnAssumedIn(treeOf(unbuilt), sourcesOf({}))(one)).toBe(rests);
  });

  it('a plain file that somebody applies, though only others read it', () => {
    const parts: Parts = { units: [['a', 'root', ['p.yaml']]], assumed: ['a'], plainFiles: ['p.yaml'] };
    expect(restsOnAssumedIn(treeOf(parts), sourcesOf({}))(of('p.yaml'))).toBe(false);
  });

  it('the build of the root reads it', () => {
    const parts: Parts = { units: [['', 'root', ['x.yaml']]], assumed: [''] };
    expect(restsOnAssumedIn(treeOf(parts), sourcesOf({}))(of('x.yaml'))).toBe(false);
  });

  it.each<[string, Parts]>([
    ['plain', { plainFiles: ['prod/x.yaml'], assumed: ['prod/x.yaml'] }],
    ['read', { units: [['a', 'root', ['prod/x.yaml']]], assumed: ['a'] }],
  ])('stands beside an entry point: %s', (_, parts) => {
    expect(restsOnAssumedIn(withEntry(parts), sourcesOf(applied))(of('prod/x.yaml'))).toBe(false);
  });
});

describe('what an object meets only if it is applied', () => {
  const parts: Parts = {
    units: [
      ['b', 'root', ['q.yaml']],
      ['a', 'root', ['x.yaml']],
    ],
    assumed: ['a', 'p.yaml'],
    plainFiles: ['p.yaml'],
  };
  const of = (place: string, others: readonly string[], more: Partial<Diagnostic> = {}): Diagnostic =>
    at(place, {
      rule: 'quota-exceeded',
      related: others.map((path) => ({ span: at(path).span, message: 'other' })),
      ...more,
    });
  it.each<[string, Diagnostic, boolean]>([
    ['another object', of('p.yaml', ['q.yaml']), true],
    ['another rule', of('p.yaml', ['q.yaml'], { rule: 'r' }), false],
    ['no other object', of('p.yaml', []), false],
    ['what somebody applies', of('q.yaml', ['p.yaml']), false],
    ['an object of its file', of('p.yaml', ['q.yaml', 'p.yaml']), false],
    ['an object of its build', of('x.yaml', ['x.yaml', 'q.yaml'], { entryPoint: 'a' }), false],
    ['another file of its build', of('y.yaml', ['q.yaml', 'x.yaml'], { entryPoint: 'a' }), false],
    ['an object of another build', of('y.yaml', ['q.yaml', 'r.yaml'], { entryPoint: 'a' }), true],
    ['a file that another build reads', of('p.yaml', ['x.yaml']), true],
  ])('%s', (_, one, meets) => {
    expect(meetsOnlyIfAppliedIn(treeOf(parts), sourcesOf({}))(one)).toBe(meets);
  });
});

describe('what is applied by hand', () => {
  const { sources } = renderFiles(applied);
  const isByHand = isByHandIn(
    withEntry({
      units: [
        ['a', 'root', []],
        ['b', 'cluster', []],
      ],
    }),
    sources,
  );
  it.each<[Diagnostic, boolean]>([
    [at('x/a.yaml'), true],
    [at('prod/a.yaml'), false],
    [at('prod/a.yaml', { entryPoint: 'a' }), true],
    [at('x/a.yaml', { entryPoint: 'b' }), false],
  ])('%#', (one, is) => {
    expect(isByHand(one)).toBe(is);
  });
});

describe('what is wrong with a kustomization that nobody is seen to build', () => {
  const one = at('a/k.yaml');
  const failing = (
    root: string,
    role = 'root',
    ...more: (readonly [string, string, readonly string[]])[]
  ): Parts => ({
    units: [[root, role, [], [one]], ...more],
  });
  const uses = { 'top/kustomization.yaml': 'resources: [../a, ../b/b.yaml]\n' };
  it.each<[string, Files, Parts, boolean]>([
    ['whatever it is', {}, failing('a'), true],
    ['another finding', {}, {}, false],
    ['no root', {}, failing('a', 'environment'), false],
    ['somebody builds it', {}, { ...failing('a'), built: ['a'] }, false],
    [
      'a built one has it too',
      {},
      { units: [...(failing('a').units ?? []), ['b', 'root', [], [one]]], built: ['b'] },
      false,
    ],
    ['values name it', { 'v.yaml': 'path: a\n' }, { ...failing('a'), plainFiles: ['v.yaml'] }, false],
    [
      'values below name it',
      { 'v.yaml': 'path: a\n' },
      { ...failing('a'), kustomizedFiles: ['v.yaml'] },
      false,
    ],
    [
      'an object names it',
      { 'v.yaml': 'kind: K\npath: a\n' },
      { ...failing('a'), plainFiles: ['v.yaml'] },
      true,
    ],
    [
      'an object of a version',
      { 'v.yaml': 'apiVersion: v1\npath: a\n' },
      { ...failing('a'), plainFiles: ['v.yaml'] },
      true,
    ],
    [
      'values with a kind',
      { 'v.yaml': '- kind: K\n  path: a\n' },
      { ...failing('a'), plainFiles: ['v.yaml'] },
      false,
    ],
    ['values not there', {}, { ...failing('a'), plainFiles: ['v.yaml'] }, true],
    ['environments', {}, failing('o/dev', 'root', ['o/prod', 'root', []]), false],
    ['environments of others', {}, failing('o/dev', 'root', ['p/prod', 'root', []]), true],
    ['one environment', {}, failing('o/dev'), true],
    ['no environment', {}, failing('o/a', 'root', ['o/b', 'root', []]), true],
    ['environments that are no roots', {}, failing('o/dev', 'root', ['o/prod', 'beside', []]), true],
    ['environments among examples', {}, failing('examples/dev', 'root', ['examples/prod', 'root', []]), true],
    ['an example', {}, failing('dev/examples', 'root', ['prod/examples', 'root', []]), true],
    [
      'environments beside a cluster',
      {},
      { ...failing('o/dev', 'root', ['o/prod', 'root', []]), owners: [[]] },
      true,
    ],
    [
      'a part of a built one',
      uses,
      { ...failing('a'), kustomizations: ['top/kustomization.yaml'], built: ['top'] },
      false,
    ],
    [
      'a part of one that is not built',
      uses,
      { ...failing('a'), kustomizations: ['top/kustomization.yaml'] },
      true,
    ],
    [
      'what is built, itself',
      { 'a/kustomization.yaml': '' },
      { ...failing('c'), kustomizations: ['a/kustomization.yaml'], built: ['a'] },
      false,
    ],
    [
      'no part of a built one',
      { 'top/kustomization.yaml': 'resources: [../b]\n' },
      { ...failing('a'), kustomizations: ['top/kustomization.yaml'], built: ['top'] },
      true,
    ],
    [
      'a file of a built one',
      { 'top/kustomization.yaml': 'resources: [../a/k.yaml]\n' },
      { ...failing('c'), kustomizations: ['top/kustomization.yaml'], built: ['top'] },
      false,
    ],
  ])('%s', (_, files, parts, isUnbuilt) => {
    expect(isUnbuiltIn(treeOf(parts), sourcesOf(files))(one)).toBe(isUnbuilt);
  });
});

it('a root is a kustomization that no other one uses', () => {
  expect(isRoot({ id: { role: 'root', root: 'a' } })).toBe(true);
  expect(isRoot({ id: { role: 'plain', root: 'a' } })).toBe(false);
});
