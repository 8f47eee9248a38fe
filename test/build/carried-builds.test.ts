import { describe, expect, it } from 'vitest';
import type { RememberedBuild } from '../../src/build/build-memory.ts';
import { type CarriedBuilds, openCarrier, takeBuilds } from '../../src/build/carried-builds.ts';
import { gone } from '../../src/build/graph-reader.ts';
import type { FileSystem, ReadFailure } from '../../src/source/file-system.ts';
import { openInquiry } from '../../src/source/inquiry.ts';
import { openSources, type Sources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { sha256 } from '../../src/source/sha256.ts';

type Files = Readonly<Record<string, string>>;
type Ask = (sources: Sources) => unknown;

const files: Files = {
  'a/kustomization.yaml': 'resources: [one.yaml]\n',
  'a/one.yaml': 'kind: ConfigMap\ndata: {some: value}\n',
  'b/two.yaml': 'kind: Secret\n',
};

function open(given: Files = files, odd: Partial<FileSystem> = {}): Sources {
  return openSources({ ...memoryFileSystem(given), ...odd });
}

/** A build that asked for something, and is made of what it was told. */
function buildOf(sources: Sources, ask: Ask): RememberedBuild {
  const inquiry = openInquiry(sources);
  const answer = ask(inquiry.sources);
  const kustomization = { value: { of: 'it' }, origin: { by: 'a', span: 1 } };
  return { inquiry, kustomization, build: { root: 'a', answer } } as unknown as RememberedBuild;
}

/** Builds as they are carried to others. */
function carry(ask: Ask, mayWrite = (_: string): boolean => true, sources = open()): CarriedBuilds {
  const carried = openCarrier(sources, mayWrite).carry([['options', buildOf(sources, ask)]]);
  return JSON.parse(JSON.stringify(carried)) as CarriedBuilds;
}

const load: Ask = (sources) => sources.load('a/one.yaml', 'kustomize').documents[0]?.value;

describe('a build that is carried', () => {
  it('is taken with all that it asked for, where the answers are the same', () => {
    const sources = open();
    const { builds } = takeBuilds(carry(load), sources);
    expect(builds).toHaveLength(1);
    const [options, { kustomization, build, inquiry }] = builds[0] ?? expect.unreachable();
    expect([options, kustomization, build]).toEqual([
      'options',
      { value: { of: 'it' }, origin: { by: 'a', span: 1 } },
      { root: 'a', answer: { kind: 'ConfigMap', data: { some: 'value' } } },
    ]);
    expect((build as unknown as { answer: unknown }).answer).toBe(load(sources));
    expect(inquiry.noted()).toEqual([
      { question: 'kustomize', path: 'a/one.yaml', answer: sources.load('a/one.yaml', 'kustomize') },
    ]);
    expect(inquiry.holdsFor(sources)).toBe(true);
    expect(inquiry.holdsFor(open({}))).toBe(false);
  });

  it.each<[what: string, ask: Ask, answer: string, now: Files]>([
    [
      'bytes',
      (sources) => sources.bytes('b/two.yaml')?.length,
      sha256('kind: Secret\n'),
      { ...files, 'b/two.yaml': 'kind: Pod\n' },
    ],
    [
      'a file',
      (sources) => sources.file('b/two.yaml')?.path,
      sha256('kind: Secret\n'),
      { ...files, 'b/two.yaml': '' },
    ],
    [
      'documents',
      (sources) => sources.load('b/two.yaml', 'json').documents.length,
      sha256('kind: Secret\n'),
      {},
    ],
    ['what is not there', (sources) => sources.bytes('c'), 'missing', { ...files, c: 'x' }],
    [
      'a folder',
      ({ fileSystem }) => fileSystem.list('b')?.length,
      '[["two.yaml","file"]]',
      { 'b/two.yaml/x': '' },
    ],
    ['a folder that is not there', ({ fileSystem }) => fileSystem.list('c'), 'null', { ...files, 'c/x': '' }],
    ['a kind', ({ fileSystem }) => fileSystem.kind('b'), 'directory', { b: '' }],
    ['no kind', ({ fileSystem }) => fileSystem.kind('c'), '', { ...files, c: '' }],
    ['a real path', ({ fileSystem }) => fileSystem.realPath('b'), 'b', {}],
    ['no real path', ({ fileSystem }) => fileSystem.realPath('c'), '', { ...files, c: '' }],
  ])('is not taken where %s is another now', (_, ask, answer, now) => {
    const carried = carry(ask);
    expect(carried.questions.map(([, , one]) => one)).toEqual([answer]);
    expect(takeBuilds(carried, open()).builds).toHaveLength(1);
    expect(takeBuilds(carried, open(now)).builds).toEqual([]);
  });

  it('is not taken where one of several answers is another', () => {
    const ask: Ask = (sources) => [sources.bytes('b/two.yaml').length, sources.bytes('a/one.yaml').length];
    const carried = carry(ask);
    expect(takeBuilds(carried, open({ ...files, 'a/one.yaml': '' })).builds).toEqual([]);
    expect(takeBuilds(carried, open({ ...files, 'b/two.yaml': '' })).builds).toEqual([]);
    expect(takeBuilds(carried, open({ ...files, c: '' })).builds).toHaveLength(1);
  });

  it('is not taken where it names a question that is not there', () => {
    const { builds, ...carried } = carry(load);
    const asked = (numbers: readonly unknown[]): CarriedBuilds => ({
      ...carried,
      builds: builds.map((one) => ({ ...one, asked: numbers as readonly number[] })),
    });
    expect(takeBuilds(asked([0]), open()).builds).toHaveLength(1);
    for (const numbers of [[1], [-1], ['length'], [0.5]])
      expect(takeBuilds(asked(numbers), open()).builds).toEqual([]);
  });

  it('is not taken where a node of it is not there', () => {
    const { builds, ...carried } = carry(load);
    const changed = (change: object): CarriedBuilds => ({
      ...carried,
      builds: builds.map((one) => ({ ...one, ...change })),
    });
    expect(takeBuilds(changed({}), open()).builds).toHaveLength(1);
    expect(takeBuilds(changed({ build: -1 }), open()).builds).toEqual([]);
    expect(takeBuilds(changed({ kustomization: 1000 }), open()).builds).toEqual([]);
  });

  it('names no part of a file that is another now, though it did not ask for it', () => {
    const sources = open();
    const carrier = openCarrier(sources, () => true);
    const [one, other] = [buildOf(sources, load), buildOf(sources, (asked) => asked.fileSystem.kind('b'))];
    const borrowed = { ...other, build: one.build };
    const carried = carrier.carry([
      ['one', one],
      ['other', borrowed],
    ]);
    const taken = (given: Files): readonly string[] =>
      takeBuilds(carried, open(given)).builds.map(([options]) => options);
    expect(taken(files)).toEqual(['one', 'other']);
    expect(taken({ ...files, 'a/one.yaml': 'kind: ConfigMap\n' })).toEqual([]);
  });

  it('is read once for each file', () => {
    const reads: string[] = [];
    const plain = memoryFileSystem(files);
    const read = (path: string): Uint8Array | ReadFailure => {
      reads.push(path);
      return plain.read(path);
    };
    takeBuilds(carry(load), open(files, { read }));
    expect(reads).toEqual(['a/one.yaml']);
  });
});

describe('what is not carried', () => {
  it('is a build with a text that must not leave', () => {
    const not = (word: string) => (text: string) => !text.includes(word);
    expect(carry(load, not('other')).builds).toHaveLength(1);
    expect(carry(load, not('options')).builds).toEqual([]);
    expect(carry(load, not('it')).builds).toEqual([]);
    expect(carry((sources) => `a secret ${sources.limits.depth}`, not('secret')).builds).toEqual([]);
    expect(
      JSON.stringify(carry((sources) => `a secret ${sources.limits.depth}`, not('secret'))),
    ).not.toContain('secret');
  });

  it('is what stands in a file, which only has a name', () => {
    const carried = JSON.stringify(carry(load, (text) => text !== 'ConfigMap'));
    expect(carried).not.toContain('ConfigMap');
    expect(takeBuilds(JSON.parse(carried) as CarriedBuilds, open()).builds).toHaveLength(1);
  });

  it('is a file that nobody asked for as text or documents', () => {
    const named = (ask: Ask): unknown => {
      const { loads, texts } = carry(ask).graph;
      return [loads, texts];
    };
    expect(named((sources) => sources.bytes('b/two.yaml').length)).toEqual([[], []]);
    expect(named(({ fileSystem }) => fileSystem.kind('b/two.yaml'))).toEqual([[], []]);
    expect(named((sources) => sources.file('b/two.yaml')?.path)).toEqual([[], ['b/two.yaml']]);
    expect(named((sources) => sources.load('b/two.yaml', 'json').documents.length)).toEqual([
      [['json', 'b/two.yaml']],
      [],
    ]);
  });

  it('leaves others as they are, and has each question once', () => {
    const sources = open();
    const carrier = openCarrier(sources, (text) => text !== 'secret');
    const { builds, questions } = carrier.carry([
      ['one', buildOf(sources, load)],
      ['secret', buildOf(sources, load)],
      ['three', buildOf(sources, load)],
    ]);
    expect(builds.map(({ options, asked }) => [options, asked])).toEqual([
      ['one', [0]],
      ['three', [0]],
    ]);
    expect(questions).toEqual([['kustomize', 'a/one.yaml', sha256(files['a/one.yaml'] ?? '')]]);
  });
});

describe('what was found out about a build', () => {
  it('is read as long as the file that it names is the same', () => {
    const sources = open();
    const carrier = openCarrier(sources, () => true);
    const file = sources.file('b/two.yaml');
    const loaded = sources.load('b/two.yaml', 'api-server');
    const node = carrier.write({ file, start: 1, end: 2 }) ?? -1;
    const other = carrier.write({ file: loaded.file, positions: loaded.documents[0]?.positions }) ?? -1;
    const carried = carrier.carry([]);
    expect(JSON.stringify(carried.graph)).not.toContain('kind: Secret');
    expect(carried.questions.map(([question, path]) => `${question} ${path}`)).toEqual([
      'file b/two.yaml',
      'api-server b/two.yaml',
      'kustomize b/two.yaml',
    ]);
    const again = open();
    expect(takeBuilds(carried, again).read(node)).toEqual({
      file: again.file('b/two.yaml'),
      start: 1,
      end: 2,
    });
    expect(takeBuilds(carried, again).read(other)).toMatchObject({
      positions: again.load('b/two.yaml', 'api-server').documents[0]?.positions,
    });
    for (const now of [{ ...files, 'b/two.yaml': 'kind: Other\n' }, {}]) {
      const { read } = takeBuilds(carried, open(now));
      expect([read(node), read(other)]).toEqual([gone, gone]);
    }
  });

  it('is nothing where it must not leave', () => {
    expect(openCarrier(open(), () => false).write('a')).toBeUndefined();
  });
});

describe('builds that somebody else wrote', () => {
  const graph = (
    loads: readonly unknown[],
    texts: readonly unknown[],
    node: unknown,
  ): CarriedBuilds['graph'] => ({ nodes: [node], shapes: [], loads, texts }) as CarriedBuilds['graph'];
  const read = (questions: readonly unknown[], given: CarriedBuilds['graph']): unknown =>
    takeBuilds({ builds: [], questions: questions as CarriedBuilds['questions'], graph: given }, open()).read(
      0,
    );
  const digest = sha256(files['b/two.yaml'] ?? '');

  it.each(['kustomize', 'api-server', 'patch', 'operations', 'kustomization', 'field-specs', 'json'])(
    'name what the reader %s reads',
    (reader) => {
      const right = graph([[reader, 'b/two.yaml']], [], ['f', 0]);
      expect(read([[reader, 'b/two.yaml', digest]], right)).toMatchObject({ path: 'b/two.yaml' });
      expect(read([], right)).toBe(gone);
      expect(read([[reader, 'b/two.yaml', sha256('')]], right)).toBe(gone);
      expect(read([['file', 'b/two.yaml', digest]], right)).toBe(gone);
    },
  );

  it('name no file that nobody asked for, and no reader that there is none of', () => {
    expect(read([['file', 'b/two.yaml', digest]], graph([], ['b/two.yaml'], ['t', 0]))).toMatchObject({
      path: 'b/two.yaml',
    });
    expect(read([['bytes', 'b/two.yaml', digest]], graph([], ['b/two.yaml'], ['t', 0]))).toBe(gone);
    expect(read([['file', 'b/two.yaml', digest]], graph([], ['b/two.yaml'], ['t', 1]))).toBe(gone);
    expect(read([['bytes', 'b/two.yaml', digest]], graph([['bytes', 'b/two.yaml']], [], ['f', 0]))).toBe(
      gone,
    );
    expect(read([], graph([], [], ['f', 0]))).toBe(gone);
  });
});
