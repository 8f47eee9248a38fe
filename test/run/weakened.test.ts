import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../src/configuration/configuration.ts';
import type { Suppression } from '../../src/diagnostic/suppression.ts';
import { digestAt } from '../../src/fetched/digest.ts';
import { takenKey, type Wanted } from '../../src/fetched/wanted.ts';
import { originOfEntry, setKey } from '../../src/object/provenance.ts';
import type { Resource } from '../../src/object/resource.ts';
import type { RunJudgement } from '../../src/run/judge.ts';
import { addedSuppressions, laidDownBy } from '../../src/run/lay-down.ts';
import { standInsOf } from '../../src/run/stand-ins.ts';
import { gateWeakened, weakenedBy, weakeningsIn } from '../../src/run/weakened.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import type { Mapping } from '../../src/source/value.ts';
import { trackMapping } from '../support/tracked-text.ts';

type Files = Readonly<Record<string, string>>;

interface Entry {
  readonly fingerprint: string;
  readonly knownAs?: string;
}

interface Owner {
  readonly name: string;
  readonly notRendered: readonly string[];
  readonly namespace?: string;
}

/** What of a judged revision tells whether a change weakens its gate. */
interface Revision {
  readonly files?: Files;
  readonly inputs?: readonly string[];
  readonly plainFiles?: readonly string[];
  readonly kustomizedFiles?: readonly string[];
  readonly roots?: readonly string[];
  readonly takenIn?: readonly string[];
  readonly objects?: readonly unknown[];
  readonly owners?: readonly Owner[];
  readonly entries?: readonly Entry[];
  readonly suppressions?: readonly Suppression[];
  readonly leftOut?: readonly { readonly why: string; readonly places: readonly unknown[] }[];
  readonly settings?: object;
  readonly asked?: readonly { readonly wanted: Wanted; readonly path: string; readonly version: string }[];
  readonly lock?: ReadonlyMap<string, string>;
  readonly secrets?: readonly unknown[];
  readonly schemas?: readonly Mapping[];
}

function rendered(object: unknown): Resource {
  const { value, origin } = trackMapping(object as Mapping, 'kind: x');
  return { object: value, origin };
}

function ownerOf({ name, notRendered, namespace = 'flux-system' }: Owner): unknown {
  const declaration = rendered({ kind: 'Kustomization', spec: { path: name } });
  const cluster = { kind: 'here' };
  return {
    id: { kind: 'Kustomization', namespace, name, cluster },
    kind: 'Kustomization',
    namespace,
    name,
    notRendered,
    declaration,
  };
}

function revision(given: Revision = {}): RunJudgement {
  const {
    files = {},
    inputs = [],
    plainFiles = [],
    kustomizedFiles = [],
    roots = [''],
    takenIn = [],
  } = given;
  const { objects = [], owners = [], entries, suppressions = [], leftOut, settings = {}, asked = [] } = given;
  const { lock = new Map<string, string>(), secrets = [], schemas = [] } = given;
  const resources = objects.map(rendered);
  return {
    sources: openSources(memoryFileSystem(files)),
    configuration: { ...defaultConfiguration, ...settings },
    isConfigured: true,
    suppressions,
    world: { schemas },
    ...(entries === undefined ? {} : { baseline: { file: 'baseline.json', entries } }),
    report: { secrets, coverage: leftOut === undefined ? {} : { leftOut } },
    tree: {
      units: roots.map((root, index) => ({
        id: { role: 'root', root },
        build: { root, inputs: index === 0 ? inputs : [], resources: index === 0 ? resources : [] },
      })),
      found: { plainFiles, kustomizedFiles, takenIn },
      clusters: [{ reconciliations: owners.map(ownerOf) }],
      fetched: {
        lock,
        asked: new Map(
          asked.map(({ wanted, path, version }, index) => [
            String(index),
            { wanted, found: path === '' ? { kind: 'missing' } : { kind: 'here', path, version } },
          ]),
        ),
      },
    },
  } as unknown as RunJudgement;
}

/** What a change weakens, each with the file that it points at. */
function ways(base: Revision, head: Revision): string[] {
  return weakeningsIn(revision(base), revision(head)).map(
    ({ what, span }) => `${what}${span === undefined ? '' : ` @${span.file.path}`}`,
  );
}

function suppression(rule: string, more: Partial<Suppression> = {}): Suppression {
  const span = { file: { path: 'a.yaml', text: 'a: 1\n' }, start: 0, end: 1 };
  return { by: 'comment', rule, reason: 'x', span, covers: () => true, ...more };
}

it('nothing is weaker where nothing is changed', () => {
  const same = {
    files: { 'a.yaml': 'a: 1\n' },
    plainFiles: ['a.yaml'],
    owners: [{ name: 'app', notRendered: ['a chart'] }],
    entries: [{ fingerprint: 'a' }],
    suppressions: [suppression('r')],
  };
  expect(ways(same, same)).toEqual([]);
  expect(ways({}, {})).toEqual([]);
});

describe('a baseline', () => {
  const plain = ['a', 'b', 'c'].map((fingerprint): Entry => ({ fingerprint }));
  const paired = plain.map((one): Entry => ({ ...one, knownAs: 'x' }));
  const [a, b] = plain as [Entry, Entry, Entry];
  it.each<[string, readonly Entry[] | undefined, readonly Entry[] | undefined, number]>([
    ['that grows', [a], plain, 2],
    ['with another entry', [a], [b], 1],
    ['that shrinks', plain, [a], 0],
    ['that is new', undefined, plain, 3],
    ['that is new and paired', undefined, paired, 3],
    ['that is gone', plain, undefined, 0],
    [
      'of another version, and as long',
      plain,
      paired.map((one) => ({ ...one, fingerprint: `${one.fingerprint}2` })),
      0,
    ],
    ['of another version, and longer', [a], [...paired, ...paired], 5],
    ['of an earlier version, and longer', [paired[0] as Entry], plain, 2],
    ['of another version, and shorter', plain, [paired[0] as Entry], 0],
    ['of which one is of another version', [a, b], [{ fingerprint: 'z', knownAs: 'x' }, b], 0],
    ['in part of another version', [a, b], [paired[0] as Entry, b, { fingerprint: 'c' }], 1],
  ])('%s', (_, before, after, more) => {
    const of = (entries: readonly Entry[] | undefined): Revision =>
      entries === undefined ? {} : { entries };
    expect(ways(of(before), of(after))).toEqual(
      more === 0 ? [] : [`the baseline baseline.json has ${more} more`],
    );
  });
});

describe('a comment or annotation', () => {
  const one = suppression('r');
  it('more than before is told of where it stands', () => {
    expect(
      ways({ suppressions: [one] }, { suppressions: [one, suppression('s', { by: 'annotation' })] }),
    ).toEqual(['a new annotation accepts s @a.yaml']);
    expect(ways({}, { suppressions: [one] })).toEqual(['a new comment accepts r @a.yaml']);
    expect(ways({ suppressions: [one] }, {})).toEqual([]);
  });

  it('counts as often as it stands', () => {
    const others = [suppression('r'), suppression('r'), suppression('r')];
    expect(addedSuppressions(others, [one, one])).toEqual([others[2]]);
    expect(addedSuppressions(others, [])).toEqual(others);
    expect(addedSuppressions([one], others)).toEqual([]);
    expect(addedSuppressions([one], [suppression('r', { reason: 'y' })])).toEqual([one]);
  });
});

describe('a root', () => {
  const alone = { roots: ['', 'app'] };
  it.each<[string, Revision, Revision, readonly string[]]>([
    [
      'that another one takes in',
      alone,
      { takenIn: ['app'] },
      ['app is now checked only within what includes it'],
    ],
    [
      'that is the repository',
      {},
      { roots: ['x'], takenIn: [''] },
      ['. is now checked only within what includes it'],
    ],
    ['that is taken in and stands for itself', alone, { ...alone, takenIn: ['app'] }, []],
    ['that is gone', alone, {}, []],
  ])('%s', (_, base, head, expected) => {
    expect(ways(base, head)).toEqual(expected);
  });

  it('that is no root of the base', () => {
    const base = revision({});
    const other = {
      ...base,
      tree: {
        ...base.tree,
        units: [{ id: { role: 'plain', root: 'app' }, build: { inputs: [], resources: [] } }],
      },
    };
    const head = revision({ takenIn: ['app'] });
    expect(weakeningsIn(other as unknown as RunJudgement, head)).toEqual([]);
  });
});

describe('an owner', () => {
  const owners = (...notRendered: string[]): Revision => ({ owners: [{ name: 'app', notRendered }] });
  const less = (why: string): string =>
    `less of what Kustomization flux-system/app applies is rendered: ${why} @kustomization.yaml`;
  it.each<[string, Revision, Revision, readonly string[]]>([
    ['of which less is rendered', owners(), owners('a chart'), [less('a chart')]],
    ['of which still less is rendered', owners('a chart'), owners('a chart', 'a plugin'), [less('a plugin')]],
    ['of which as much is rendered', owners('a chart'), owners('a plugin'), []],
    ['of which more is rendered', owners('a chart', 'b'), owners('a chart'), []],
    ['of which more is not rendered for the same reason', owners('a'), owners('a', 'a'), [less('a')]],
    ['of which less is rendered for a new reason', owners('a'), owners('b', 'a'), [less('b')]],
    ['of which less is rendered for a known reason', owners('a', 'b'), owners('a', 'b', 'a'), [less('a')]],
    ['that is new', {}, owners('a chart'), []],
    ['of another name', { owners: [{ name: 'other', notRendered: [] }] }, owners('a chart'), []],
    [
      'of another namespace',
      { owners: [{ name: 'app', namespace: 'b', notRendered: [] }] },
      owners('a chart'),
      [],
    ],
  ])('%s', (_, base, head, expected) => {
    expect(ways(base, head)).toEqual(expected);
  });

  it('without a declaration has no place', () => {
    const [base, head] = [revision(owners()), revision(owners('a chart'))];
    for (const { reconciliations } of head.tree.clusters)
      for (const one of reconciliations) Reflect.deleteProperty(one, 'declaration');
    expect(weakeningsIn(base, head)).toEqual([{ what: less('a chart').replace(' @kustomization.yaml', '') }]);
  });

  it('is pointed at by its spec', () => {
    const [base, head] = [revision(owners()), revision(owners('a chart'))];
    const file = { path: 'a.yaml', text: 'kind: x\nspec: {}\n' };
    const spec = { value: {}, origin: originOfEntry('resources', { file, start: 8, end: 16 }) };
    const { value, origin } = setKey(trackMapping({ kind: 'x' }, 'kind: x'), 'spec', spec);
    for (const { reconciliations } of head.tree.clusters)
      for (const one of reconciliations) Object.assign(one, { declaration: { object: value, origin } });
    expect(weakeningsIn(base, head).map(({ span }) => span?.start)).toEqual([8]);
  });
});

describe('a file', () => {
  const web = { 'web.yaml': 'kind: Service\nmetadata: {name: web}\na: 1\nb: 2\nc: 3\nd: 4\n' };
  const base = { files: web, plainFiles: ['web.yaml'] };
  it('that is still there is checked no more', () => {
    expect(ways(base, { files: web })).toEqual(['web.yaml still exists, but is no longer checked @web.yaml']);
    expect(ways({ ...base, plainFiles: [], inputs: ['web.yaml'] }, { files: web })).toHaveLength(1);
    expect(ways(base, { files: web, inputs: ['web.yaml'] })).toEqual([]);
    expect(ways(base, { files: web, kustomizedFiles: ['web.yaml'] })).toEqual([]);
    expect(ways(base, { files: web, plainFiles: ['web.yaml'] })).toEqual([]);
    expect(ways(base, { files: { 'web.yaml/x': '' } })).toEqual([]);
    expect(ways(base, {})).toEqual([]);
  });

  it('is left out for as many objects more', () => {
    const leftOut = (objects: number, why = 'a test', path = 'web.yaml'): Revision => ({
      ...base,
      leftOut: [{ why, places: [{ path, objects }] }],
    });
    const told = 'web.yaml still exists, but is not checked (a test) @web.yaml';
    expect(ways(base, leftOut(1))).toEqual([told]);
    expect(ways(leftOut(1), leftOut(2))).toEqual([told]);
    expect(ways(leftOut(2), leftOut(2))).toEqual([]);
    expect(ways(leftOut(2), leftOut(1))).toEqual([]);
    expect(ways(leftOut(1, 'other'), leftOut(1))).toEqual([told]);
    expect(ways(base, leftOut(0))).toEqual([]);
    expect(ways(base, leftOut(1, 'a test', 'other.yaml'))).toEqual([]);
    // It is told of once.
    expect(ways(base, { ...leftOut(1), plainFiles: [] })).toEqual([
      'web.yaml still exists, but is no longer checked @web.yaml',
    ]);
    const gone = { ...leftOut(1), files: {} };
    expect(ways(base, gone)).toEqual([told]);
  });

  const moved = (path: string, from = 'web.yaml'): string[] => [
    `${from} is now at ${path}, which is not checked @${path}`,
  ];
  const service = web['web.yaml'];
  it.each<[string, Revision, Files, readonly string[]]>([
    ['as it was', base, { 'other/x.txt': service }, moved('other/x.txt')],
    ['as it was, with another name', base, { 'x.yaml': service }, moved('x.yaml')],
    [
      'with others of its directory',
      {
        ...base,
        files: { 'k8s/a/web.yaml': service, 'k8s/b.yaml': `${service}e: 5\n` },
        plainFiles: ['k8s/a/web.yaml', 'k8s/b.yaml'],
      },
      { 'old/k8s/a/web.yaml': service, 'old/k8s/b.yaml': `${service}e: 5\n` },
      ['2 files of . are now in old, where they are not checked: k8s/b.yaml, k8s/a/web.yaml @old/k8s/b.yaml'],
    ],
    [
      'with others of its directory, which is renamed',
      {
        ...base,
        files: { 'k8s/a/web.yaml': service, 'k8s/b.yaml': `${service}e: 5\n` },
        plainFiles: ['k8s/a/web.yaml', 'k8s/b.yaml'],
      },
      { 'old/a/web.yaml': service, 'old/b.yaml': `${service}e: 5\n` },
      ['2 files of k8s are now in old, where they are not checked: b.yaml, a/web.yaml @old/b.yaml'],
    ],
    [
      'to another place than the file beside it',
      {
        ...base,
        files: { 'k8s/a/web.yaml': service, 'k8s/b.yaml': `${service}e: 5\n` },
        plainFiles: ['k8s/a/web.yaml', 'k8s/b.yaml'],
      },
      { 'b.yaml': `${service}e: 5\n`, 'old/a/web.yaml': service },
      [...moved('b.yaml', 'k8s/b.yaml'), ...moved('old/a/web.yaml', 'k8s/a/web.yaml')],
    ],
    ['without any content', { ...base, files: { 'web.yaml': ' \n' } }, { 'b/.gitkeep': ' \n' }, []],
    [
      'under its name, with most of it',
      base,
      { 'b/web.yaml': `${service.replace('d: 4', 'd: 5')}z: 1\n` },
      moved('b/web.yaml'),
    ],
    ['under its name, with little of it', base, { 'b/web.yaml': 'kind: Service\na: 1\nb: 2\nc: 4\n' }, []],
    [
      'by its object, with half of it',
      base,
      { 'b/x.yaml': 'kind: Service\nmetadata: {name: web}\na: 1\nz: 1\ny: 2\n' },
      moved('b/x.yaml'),
    ],
    [
      'by its object, with less than half of it',
      base,
      { 'b/x.yaml': 'kind: Service\nmetadata: {name: web}\nz: 1\n' },
      [],
    ],
    ['with another object', base, { 'b/x.yaml': service.replace('name: web', 'name: other') }, []],
    ['with another kind', base, { 'b/x.yaml': service.replace('Service', 'Widget') }, []],
    [
      'in a copy that was there before',
      { ...base, files: { ...web, 'b/web.yaml': service } },
      { 'b/web.yaml': service },
      [],
    ],
    [
      'in a copy that was there before, and is edited',
      { ...base, files: { ...web, 'b/web.yaml': service } },
      { 'b/web.yaml': `${service}z: 1\n` },
      moved('b/web.yaml'),
    ],
    ['where nothing is like it', base, { 'b/x.yaml': 'kind: x\nmetadata: {name: y}\n', 'c.md': 'x\n' }, []],
    [
      'under its name, with seven of ten lines',
      { files: { 'ten.md': 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n' }, inputs: ['ten.md'] },
      { 'b/ten.md': 'a\nb\nc\nd\ne\nf\ng\n' },
      moved('b/ten.md', 'ten.md'),
    ],
    [
      'as a short one with blank lines',
      { files: { 'a.md': 'x\n  \n  \n  \ny\n' }, inputs: ['a.md'] },
      { 'b/a.md': 'x\n  \n  \n  \ny\nz\n' },
      [],
    ],
    [
      'with an object that has no name',
      { files: { 'a.yaml': 'kind: Service\na: 1\nb: 2\n' }, plainFiles: ['a.yaml'] },
      { 'b/x.yaml': 'kind: Service\na: 1\nz: 2\n' },
      [],
    ],
    [
      'with the object of a kustomization',
      {
        files: { 'a/kustomization.yaml': 'kind: Kustomization\nmetadata: {name: x}\n' },
        inputs: ['a/kustomization.yaml'],
      },
      { 'b/x.yaml': 'kind: Kustomization\nmetadata: {name: x}\nz: 1\n' },
      [],
    ],
    [
      'as a short one under its name',
      { files: { 'web.yaml': 'x: 1\ny: 2\nz: 3\n' }, plainFiles: ['web.yaml'] },
      { 'b/web.yaml': 'x: 1\ny: 2\nz: 3\nw: 4\n' },
      [],
    ],
    [
      'as a short one that is the same',
      { files: { 'web.yaml': 'x: 1\n' }, plainFiles: ['web.yaml'] },
      { 'b/web.yaml': 'x: 1\n' },
      moved('b/web.yaml'),
    ],
    [
      'with its folder, as a kustomization that is edited',
      { files: { 'a/app/kustomization.yaml': 'x: 1\n' }, inputs: ['a/app/kustomization.yaml'] },
      { 'b/app/kustomization.yaml': 'x: 1\ny: 2\n', 'b/other/kustomization.yaml': 'x: 1\ny: 2\n' },
      moved('b/app/kustomization.yaml', 'a/app/kustomization.yaml'),
    ],
    [
      'in place of another one that was there',
      { files: { ...web, 'b/x.yaml': 'x: 1\n' }, plainFiles: ['web.yaml'] },
      { 'b/x.yaml': service.replace('d: 4', 'd: 5') },
      [],
    ],
    [
      'as it was, in place of another one',
      { files: { ...web, 'b/x.yml': 'x: 1\n', 'b/x.txt': '' }, plainFiles: ['web.yaml'] },
      { 'b/x.yml': service, 'b/x.txt': service },
      moved('b/x.yml'),
    ],
  ])('moved to where nothing checks it %s', (_, before, files, expected) => {
    expect(ways(before, { files })).toEqual(expected);
  });

  it('is pointed at where it stands, whether or not it can be read', () => {
    const [found] = weakeningsIn(revision(base), revision({ files: web }));
    expect(found?.span?.file).toEqual({ path: 'web.yaml', text: service });
    const head = { ...revision(), sources: openSources(memoryFileSystem(web, 3)) };
    const [unread] = weakeningsIn(revision(base), head);
    expect(unread?.span?.file).toEqual({ path: 'web.yaml', text: '' });
  });

  it('that moved to where it is checked is none that moved away', () => {
    const files = { 'b/web.yaml': service };
    expect(ways(base, { files, plainFiles: ['b/web.yaml'] })).toEqual([]);
    expect(ways(base, { files, kustomizedFiles: ['b/web.yaml'] })).toEqual([]);
    expect(
      ways({ ...base, plainFiles: ['web.yaml', 'gone.yaml'] }, { files, plainFiles: ['b/web.yaml'] }),
    ).toEqual([]);
  });
});

describe('what decides about objects', () => {
  const group = 'admissionregistration.k8s.io/v1';
  const policy = (name: string, spec: object = {}): object => ({
    apiVersion: group,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name },
    spec,
  });
  const binding = (spec: object): object => ({
    ...policy('one', spec),
    kind: 'ValidatingAdmissionPolicyBinding',
  });
  const limits = (name: string, value: number, labels: object = {}): object => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, labels },
    data: { value },
  });
  const namespace = (labels: object): object => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels },
  });
  const byKind = policy('one', { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } });
  const byName = binding({ paramRef: { name: 'limits' } });
  const byLabels = binding({ paramRef: { selector: { matchLabels: { a: 'b' } } } });
  const selecting = policy('one', {
    matchConstraints: { namespaceSelector: { matchLabels: { team: 'x' } } },
  });
  const excluding = binding({
    matchResources: {
      namespaceSelector: { matchExpressions: [{ key: 'env', operator: 'Exists' }, 'odd', { key: 1 }] },
    },
  });
  it.each<[string, readonly object[], readonly object[], readonly string[]]>([
    [
      'a policy that is gone',
      [policy('one'), policy('two')],
      [policy('two')],
      ['ValidatingAdmissionPolicy one is gone'],
    ],
    [
      'a policy that differs',
      [policy('one')],
      [policy('one', { a: 1 })],
      ['ValidatingAdmissionPolicy one differs'],
    ],
    ['a policy that is new', [], [policy('one')], []],
    [
      'a binding that differs',
      [binding({})],
      [binding({ a: 1 })],
      ['ValidatingAdmissionPolicyBinding one differs'],
    ],
    ['a policy of another group', [{ ...policy('one'), apiVersion: 'other/v1' }], [], []],
    ['another object of the group', [{ ...policy('one'), kind: 'MutatingWebhookConfiguration' }], [], []],
    ['a policy in two builds', [policy('one'), policy('one')], [], ['ValidatingAdmissionPolicy one is gone']],
    [
      'parameters by name',
      [byKind, byName, limits('limits', 1)],
      [byKind, byName, limits('limits', 2)],
      ['ConfigMap limits differs'],
    ],
    ['other parameters', [byKind, byName, limits('other', 1)], [byKind, byName, limits('other', 2)], []],
    [
      'parameters that are gone',
      [byKind, byName, limits('limits', 1)],
      [byKind, byName],
      ['ConfigMap limits is gone'],
    ],
    [
      'parameters by labels',
      [byKind, byLabels, limits('x', 1, { a: 'b' }), limits('y', 1)],
      [byKind, byLabels, limits('x', 2, { a: 'b' }), limits('y', 2)],
      ['ConfigMap x differs'],
    ],
    [
      'parameters of no policy',
      [policy('one'), byName, limits('limits', 1)],
      [policy('one'), byName, limits('limits', 2)],
      [],
    ],
    [
      'a label that chooses',
      [selecting, namespace({ team: 'x' })],
      [selecting, namespace({ team: 'y' })],
      ['Namespace shop differs'],
    ],
    [
      'a key that chooses',
      [excluding, namespace({ env: 'x' })],
      [excluding, namespace({})],
      ['Namespace shop differs'],
    ],
    [
      'a label that chooses nothing',
      [selecting, namespace({ other: 'x' })],
      [selecting, namespace({ other: 'y' })],
      [],
    ],
    [
      'labels in another order',
      [selecting, excluding, namespace({ team: 'x', env: 'y' })],
      [selecting, excluding, namespace({ env: 'y', team: 'x' })],
      [],
    ],
    [
      'a namespace where nothing chooses',
      [policy('one'), namespace({ team: 'x' })],
      [policy('one'), namespace({ team: 'y' })],
      [],
    ],
    [
      'a label that only the head chooses by',
      [policy('two'), namespace({ team: 'x' })],
      [policy('two'), selecting, namespace({ team: 'y' })],
      [],
    ],
    [
      'labels that something else chooses by',
      [{ ...selecting, apiVersion: 'other/v1' }, namespace({ team: 'x' })],
      [{ ...selecting, apiVersion: 'other/v1' }, namespace({ team: 'y' })],
      [],
    ],
    ['a namespace that is gone, where nothing chooses', [policy('one'), namespace({})], [policy('one')], []],
    [
      'parameters of one of two bindings',
      [byKind, byName, byLabels, limits('limits', 1)],
      [byKind, byName, byLabels, limits('limits', 2)],
      ['ConfigMap limits differs'],
    ],
    [
      'what is called like parameters',
      [byKind, byName, { ...limits('limits', 1), kind: 'Widget' }],
      [byKind, byName, { ...limits('limits', 2), kind: 'Widget' }],
      [],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(ways({ objects: before }, { objects: after })).toEqual(expected);
  });
});

describe('what is committed in the place of what the cluster fetches', () => {
  const wanted = {
    kind: 'chart',
    repository: 'https://charts.example',
    name: 'web',
    version: '1.x',
  } as const;
  const path = 'charts/web.tgz';
  const asked = [{ wanted, path, version: '1.2.0' }];
  const files = { [path]: 'packed' };
  const key = takenKey(wanted, '1.2.0');
  const digest = digestAt(openSources(memoryFileSystem(files)), path) ?? '';
  const here = { files, asked };
  const told = (base: Revision, head: Revision, committed?: Readonly<Record<string, boolean>>): string[] =>
    standInsOf(
      revision(base),
      revision(head),
      committed === undefined ? undefined : () => new Map(Object.entries(committed)),
    ).map(
      ({ what, span, decidesNow }) =>
        `${decidesNow === true ? 'now: ' : ''}${what}${span === undefined ? '' : ` @${span.file.path}`}`,
    );
  const replaces = (words: string): string[] => [`now: ${path} ${words} @${path}`];
  const chart = 'replaces chart web 1.2.0 of https://charts.example';

  it.each<[string, Revision, Revision, Readonly<Record<string, boolean>> | undefined, readonly string[]]>([
    [
      'comes with the change',
      {},
      here,
      { [path]: false },
      replaces(`comes with the change and ${chart}, which no lock lists`),
    ],
    [
      'with its digest',
      {},
      { ...here, lock: new Map([[key, digest]]) },
      { [path]: false },
      replaces(`comes with the change and ${chart}, and so does its digest in the lock`),
    ],
    [
      'and has another digest',
      { lock: new Map([[key, 'x']]) },
      { ...here, lock: new Map([[key, 'x']]) },
      { [path]: false },
      replaces(`comes with the change and ${chart}, which has a different digest in the lock of the base`),
    ],
    [
      'was there, and is asked for now',
      {},
      here,
      { [path]: true },
      replaces(`is committed and ${chart}, which no lock lists`),
    ],
    ['was there, and was asked for', here, here, { [path]: true }, []],
    [
      'was there, and is another one now',
      here,
      here,
      { [path]: false },
      replaces(`comes with the change and ${chart}, which no lock lists`),
    ],
    [
      'stands in a link that is new',
      here,
      here,
      { charts: false, [path]: true },
      replaces(`comes with the change and ${chart}, which no lock lists`),
    ],
    ['is in no commit', {}, here, {}, []],
    ['is in no commit that is known', {}, here, undefined, []],
    ['is not there', {}, { asked: [{ wanted, path: '', version: '' }] }, { [path]: false }, []],
    [
      'is known to the lock of the base',
      { lock: new Map([[key, digest]]) },
      { ...here, lock: new Map([[key, digest]]) },
      { [path]: false },
      [],
    ],
  ])('%s', (_, base, head, committed, expected) => {
    expect(told(base, head, committed)).toEqual(expected);
  });

  it('is a directory of which a file is new', () => {
    const checkout = {
      kind: 'checkout',
      repository: 'https://me:hunter22@git.example/x',
      version: '',
    } as const;
    const some = {
      files: { 'src/x/a.yaml': '', 'src/x/b/c.yaml': '' },
      asked: [{ wanted: checkout, path: 'src/x', version: '' }],
    };
    const words = (how: string): string[] => [
      `now: src/x ${how} and replaces checkout of https://me:••••••@git.example/x, which no lock lists @src/x`,
    ];
    expect(told({}, some, { 'src/x/a.yaml': true, 'src/x/b/c.yaml': false })).toEqual(
      words('comes with the change'),
    );
    expect(told({}, some, { 'src/x/b/c.yaml': false, 'src/x/a.yaml': true })).toEqual(
      words('comes with the change'),
    );
    expect(told({}, some, { 'src/x/a.yaml': true, 'src/x/b/c.yaml': true })).toEqual(words('is committed'));
    expect(told({}, some, { 'src/y/a.yaml': false })).toEqual([]);
    const nobody = {
      ...some,
      asked: [{ wanted: { ...checkout, repository: '' }, path: 'src/x', version: '2' }],
    };
    expect(told({}, nobody, { 'src/x/a.yaml': true })).toEqual([
      'now: src/x is committed and replaces checkout 2 of an unknown repository, which no lock lists @src/x',
    ]);
  });

  it('cannot be read, or stands behind a link', () => {
    const unread = { asked: [{ wanted, path: 'charts/gone.tgz', version: '1.2.0' }] };
    expect(told({}, unread, { 'charts/gone.tgz': false })).toEqual([
      `now: charts/gone.tgz comes with the change and ${chart}, which no lock lists @charts/gone.tgz`,
    ]);
    const { sources, ...head } = revision(here);
    const fileSystem = { ...sources.fileSystem, realPath: () => 'elsewhere/web.tgz' };
    const linked = { ...head, sources: { ...sources, fileSystem } };
    expect(standInsOf(revision(), linked, () => new Map([['elsewhere/web.tgz', true]]))).toHaveLength(1);
    expect(standInsOf(revision(), linked, () => new Map([[path, true]]))).toEqual([]);
  });

  it('and the lock knows no more, or otherwise', () => {
    const locked = new Map([[key, digest]]);
    expect(told({ lock: locked }, here)).toEqual([
      'the lock no longer has the digest of chart web 1.2.0 of https://charts.example',
    ]);
    expect(told({ lock: locked }, {})).toEqual([]);
    expect(told({}, here)).toEqual([]);
    expect(told({ lock: locked }, { lock: new Map([[key, 'x']]) })).toEqual([
      'the lock has a different digest of chart web 1.2.0 of charts.example',
    ]);
    expect(told({ lock: locked }, { lock: locked })).toEqual([]);
    expect(told({}, { lock: locked })).toEqual([]);
    const branch = takenKey(
      { kind: 'checkout', repository: 'https://git.example/x', version: 'main' },
      'main',
    );
    expect(told({ lock: new Map([[branch, 'a']]) }, { lock: new Map([[branch, 'b']]) })).toEqual([]);
  });
});

describe('a finding', () => {
  const way = { what: 'rule r is off' };
  const span = { file: { path: 'b.yaml', text: '' }, start: 0, end: 0 };
  const findings = (
    some: Parameters<typeof weakenedBy>[0],
    base: Revision = {},
    head: Revision = {},
  ): ReturnType<typeof weakenedBy> => weakenedBy(some, { base: revision(base), head: revision(head) });
  const asked = (severity: string): Revision => ({
    settings: { rules: new Map([[gateWeakened, { severity }]]) },
  });

  it('is a warning about the configuration, and an error where it decides now', () => {
    expect(findings([way, { ...way, what: 'x', span, decidesNow: true }])).toMatchObject([
      {
        rule: 'gate-weakened',
        severity: 'warning',
        message: 'weakens the gate: rule r is off',
        help: 'it takes effect after the merge; the owners of the rules must approve it',
        span: { file: { path: '.', text: '' }, start: 0 },
        related: [],
        occurrences: [{}],
      },
      {
        severity: 'error',
        message: 'weakens the gate: x',
        help: 'merge its digest in cdb-lint.lock first, or fetch it in a step before the run',
        span,
      },
    ]);
  });

  it('stands in the configuration of the head, or else of the base', () => {
    const of = (base?: string, head?: string): string[] => {
      const settings = (file?: string): Revision => ({
        settings: file === undefined ? {} : { file },
        files: { 'head.yaml': 'x' },
      });
      return findings([way], settings(base), settings(head)).map(
        (one) => `${one.span.file.path} ${one.span.file.text}`,
      );
    };
    expect(of('base.yaml', 'head.yaml')).toEqual(['head.yaml x']);
    expect(of('base.yaml')).toEqual(['base.yaml ']);
    expect(of()).toEqual(['. ']);
  });

  it('is as severe as the base asks', () => {
    expect(findings([way], asked('error')).map(({ severity }) => severity)).toEqual(['error']);
    expect(findings([{ ...way, decidesNow: true }], asked('note')).map(({ severity }) => severity)).toEqual([
      'note',
    ]);
    expect(findings([way], asked('off'))).toEqual([]);
    expect(findings([way], {}, asked('off'))).toHaveLength(1);
  });

  it('is told once for one place, and has an identity of its own', () => {
    expect(findings([way, way])).toHaveLength(1);
    expect(findings([{ ...way, span }, { ...way, span }, way])).toHaveLength(2);
    expect(
      findings([
        { ...way, span },
        { ...way, span: { ...span, start: 1 } },
      ]),
    ).toHaveLength(2);
    const prints = findings([way, { what: 'other' }, { ...way, span }]).map(({ fingerprint }) => fingerprint);
    expect(new Set(prints).size).toBe(3);
    expect(findings([way])[0]?.fingerprint).toBe(prints[0]);
  });

  it('says no secret, but the names of objects', () => {
    const secret = { file: { path: 'a.yaml', text: 'hunter22 Widget' }, start: 0, end: 8 };
    const name = { ...secret, start: 9, end: 15 };
    for (const place of ['base', 'head'] as const) {
      const given = { secrets: [secret, name] };
      const shown = { objects: [{ kind: 'Widget' }] };
      const said = (base: Revision, head: Revision): string[] =>
        findings([{ what: 'a hunter22 of Widget' }], base, head).map(({ message }) => message);
      expect(place === 'base' ? said(given, shown) : said(shown, given)).toEqual([
        'weakens the gate: a •••••• of Widget',
      ]);
      expect(place === 'base' ? said(given, {}) : said({}, given)).toEqual([
        'weakens the gate: a •••••• of ••••••',
      ]);
    }
  });
});

describe('a base lays down', () => {
  it('what it was judged by', () => {
    const schemas = [{ kind: 'CustomResourceDefinition' }];
    const base = revision({ schemas, entries: [{ fingerprint: 'a' }], suppressions: [suppression('r')] });
    const laid = laidDownBy(base);
    expect(laid).toMatchObject({ isConfigured: true, schemas, baseline: { file: 'baseline.json' } });
    expect(laid.configuration).toBe(base.configuration);
    expect('baseline' in laidDownBy(revision())).toBe(false);
    const [known, added] = [suppression('r'), suppression('s')];
    expect(laid.keep([known, added])).toEqual([known]);
  });

  it('its objects for the same unit, and to the first one those of units that are gone', () => {
    const base = revision({ roots: ['a', 'b'], objects: [{ kind: 'Widget' }] });
    const laid = laidDownBy(base);
    type Units = Parameters<typeof laid.objectsFor>[1];
    const units = (...roots: string[]): Units =>
      roots.map((root) => ({ id: { role: 'root', root } })) as unknown as Units;
    const of = (all: Units, index: number): number =>
      laid.objectsFor(all[index] as Units[number], all).length;
    const both = units('b', 'a');
    expect([of(both, 0), of(both, 1)]).toEqual([0, 1]);
    const other = units('b', 'c');
    expect([of(other, 0), of(other, 1)]).toEqual([1, 0]);
    expect(of(units('a', 'b'), 0)).toBe(1);
  });
});
