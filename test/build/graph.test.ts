import { describe, expect, it } from 'vitest';
import type { Graph, GraphNode } from '../../src/build/graph.ts';
import { gone, type Landmarks, readGraph } from '../../src/build/graph-reader.ts';
import { newGraphWriter, partsOf } from '../../src/build/graph-writer.ts';
import { untracked } from '../../src/object/provenance.ts';
import { openSources, type Sources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { isMadeMapping, mappingOf } from '../../src/source/value.ts';

const text =
  'kind: ConfigMap\ndata: {key: value, no: 1, list: [some, {deep: below}], short: abc, none: null}\n---\nkind: Secret\n';

function sourcesOf(files: Readonly<Record<string, string>> = { 'a.yaml': text, 'b.yaml': text }): Sources {
  return openSources(memoryFileSystem(files));
}

function landmarksIn({ loads, texts }: Graph, sources: Sources): Landmarks {
  return {
    loaded(number) {
      const [reader, path] = loads[number] ?? [];
      return path === undefined || sources.fileSystem.kind(path) !== 'file'
        ? undefined
        : sources.load(path, reader as 'kustomize');
    },
    text: (number) => sources.file(texts[number] ?? ''),
  };
}

/** A value as it is after it was written, sent as JSON, and read. */
function sent(value: unknown): unknown {
  const writer = newGraphWriter(
    () => true,
    () => {},
  );
  const id = writer.write(value);
  const graph = JSON.parse(JSON.stringify(writer.graph)) as Graph;
  return readGraph(graph, landmarksIn(graph, sourcesOf()))(id ?? -1);
}

function readNodes(
  nodes: readonly unknown[],
  shapes: readonly (readonly string[])[] = [],
  sources = sourcesOf(),
): unknown {
  const graph: Graph = {
    nodes: nodes as readonly GraphNode[],
    shapes,
    loads: [
      ['kustomize', 'a.yaml'],
      ['patch', 'b.yaml'],
    ],
    texts: ['b.yaml', 'a.yaml'],
  };
  return readGraph(graph, landmarksIn(graph, sources))(nodes.length - 1);
}

describe('what is written into a graph', () => {
  it.each<[value: unknown]>([
    ['text'],
    [''],
    [1],
    [-0],
    [0],
    [1.5],
    [Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY],
    [Number.NaN],
    [12345678901234567890n],
    [-1n],
    [true],
    [false],
    [null],
    [undefined],
    [[]],
    [[1, [2, 'x'], undefined]],
    [{}],
    [{ a: 1, b: { a: 2, b: [] } }],
    [
      new Map<unknown, unknown>([
        ['a', 1],
        [{ b: 1 }, [2]],
      ]),
    ],
    [new Map()],
    [new Set(['a', 'b'])],
    [Int32Array.from([1, -2, 3])],
    [[0, -0, 0]],
  ])('%o is read as it was', (value) => {
    expect(sent(value)).toStrictEqual(value);
  });

  it('keeps what is one, and what kind of a mapping it is', () => {
    const shared = { a: 1 };
    const [one, other] = sent([shared, shared]) as unknown[];
    expect(one).toBe(other);
    const [mapping, object] = sent([mappingOf({ a: 1 }), { a: 1 }]) as object[];
    expect([mapping, object].map((each) => each !== undefined && isMadeMapping(each))).toEqual([true, false]);
    expect(sent(untracked)).toBe(untracked);
    expect(Object.hasOwn(sent(mappingOf(JSON.parse('{"__proto__": 1}'))) as object, '__proto__')).toBe(true);
  });

  it('has each shape and each node once', () => {
    const writer = newGraphWriter(
      () => true,
      () => {},
    );
    writer.write([{ a: 1 }, { a: 2 }, { b: 1 }, 'x', 'x']);
    expect(writer.graph.shapes).toEqual([['a'], ['b']]);
    expect(writer.graph.nodes.filter((node) => node === 'x' || node === 1)).toEqual([1, 'x']);
  });

  it('is nothing that is no plain data', () => {
    const writer = newGraphWriter(
      () => true,
      () => {},
    );
    class Own {}
    for (const value of [() => 1, Symbol('a'), new Own(), new Date(0), [new Own()], Object.create(null)])
      expect(writer.write(value)).toBeUndefined();
    let deep: unknown = 'end';
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(writer.write(deep)).toBeUndefined();
  });

  it('is no text that must not leave, neither as a value nor as a key', () => {
    const writer = newGraphWriter(
      (one) => !one.includes('secret'),
      () => {},
    );
    expect(writer.write('a secret')).toBeUndefined();
    expect(writer.write({ a: ['a secret'] })).toBeUndefined();
    expect(writer.write({ 'a secret': 1 })).toBeUndefined();
    expect(writer.write(new Map([['a secret', 1]]))).toBeUndefined();
    expect(writer.write({ a: 1 })).toBeDefined();
    expect(JSON.stringify(writer.graph)).not.toContain('secret');
  });

  it('throws what is no reason of its own', () => {
    const writer = newGraphWriter(
      () => {
        throw new TypeError('a fault');
      },
      () => {},
    );
    expect(() => writer.write('a')).toThrow('a fault');
  });
});

describe('a file that whoever reads has at hand', () => {
  const known = (mayWrite = (_: string): boolean => true) => {
    const sources = sourcesOf();
    const writer = newGraphWriter(mayWrite, ({ path }) => {
      writer.knowText(path, sources.file(path));
      writer.knowLoaded('kustomize', path, sources.load(path, 'kustomize'));
    });
    return { sources, writer };
  };

  it('is named, and so are its documents, and what is in them', () => {
    const { sources, writer } = known((one) => one.length < 4);
    const loaded = sources.load('a.yaml', 'kustomize');
    const [first, second] = loaded.documents;
    const value = { a: loaded.file, b: first?.positions, c: first?.value, d: second?.value, e: 'below' };
    const id = writer.write(value);
    const { graph } = writer;
    expect(JSON.stringify(graph)).not.toMatch(/ConfigMap|below/u);
    const sources2 = sourcesOf();
    const read = readGraph(graph, landmarksIn(graph, sources2))(id ?? -1) as typeof value;
    const again = sources2.load('a.yaml', 'kustomize');
    expect(read.a.path).toBe('a.yaml');
    expect(read.b).toBe(again.documents[0]?.positions);
    expect(read.c).toBe(again.documents[0]?.value);
    expect(read.d).toBe(again.documents[1]?.value);
    expect(read.e).toBe('below');
  });

  it('is named by what was loaded where its text is not known', () => {
    const { sources, writer } = known();
    const loaded = sources.load('a.yaml', 'kustomize');
    writer.knowLoaded('kustomize', 'a.yaml', loaded);
    writer.write(loaded.file);
    expect(writer.graph.nodes).toEqual([['f', 0]]);
  });

  it('is met before it is written, also as the file of something else', () => {
    const met: string[] = [];
    const writer = newGraphWriter(
      () => true,
      ({ path }) => met.push(path),
    );
    writer.write([
      { file: { path: 'x', text: '' }, start: 1 },
      { path: 'y', text: '' },
      { file: 'no', path: 1 },
      { file: null },
      { path: 'z' },
    ]);
    expect(met).toEqual(['x', 'x', 'y']);
  });

  it('is noted down once, and not at all where it cannot be read', () => {
    const { sources, writer } = known();
    const loaded = sources.load('a.yaml', 'kustomize');
    writer.knowLoaded('kustomize', 'a.yaml', loaded);
    writer.knowLoaded('patch', 'a.yaml', loaded);
    writer.knowText('a.yaml', sources.file('a.yaml'));
    writer.knowText('a.yaml', sources.file('a.yaml'));
    writer.knowText('none', undefined);
    expect([writer.graph.loads, writer.graph.texts]).toEqual([[['kustomize', 'a.yaml']], ['a.yaml']]);
  });

  it('names texts of four letters or more, by the first file that has them', () => {
    const { sources, writer } = known();
    for (const path of ['a.yaml', 'b.yaml'])
      writer.knowLoaded('kustomize', path, sources.load(path, 'kustomize'));
    for (const value of ['some', 'key', 'abc', null, 1]) writer.write(value);
    expect(writer.graph.nodes).toEqual([['d', 0, 0, 6], 'key', 'abc', null, 1]);
  });
});

describe('the parts of a value', () => {
  it('are in the order of the document', () => {
    expect(partsOf({ a: [1, { b: null }], c: 'x' })).toEqual([
      { a: [1, { b: null }], c: 'x' },
      [1, { b: null }],
      1,
      { b: null },
      null,
      'x',
    ]);
    expect(partsOf('x')).toEqual(['x']);
  });
});

describe('a graph that somebody else wrote', () => {
  it.each<[what: string, nodes: readonly unknown[], shapes?: readonly (readonly string[])[]]>([
    ['no tag', [[]]],
    ['another tag', [['z']]],
    ['a tag that is no text', [[1]]],
    ['a part that is not there', [['l', 1]]],
    ['a part that is itself', [['l', 0]]],
    ['a part before all others', ['x', ['l', -1]]],
    ['a part between others', ['x', ['l', 0.5]]],
    ['a part that names a property', ['x', ['l', 'length']]],
    ['a part that is a number as a text', ['x', ['l', '0']]],
    ['a set with such a part', ['x', ['s', 'length']]],
    ['a shape that is not there', [1, ['o', 0, 0]]],
    ['a shape that is no number', [1, ['o', 'length', 0]], [['a']]],
    ['no shape', [['o']], [['a']]],
    ['fewer parts than keys', [1, ['o', 0]], [['a']]],
    ['more parts than keys', [1, ['v', 0, 0, 0]], [['a']]],
    ['a big integer that is none', [['b', 'x']]],
    ['a big integer with something behind it', [['b', '1n']]],
    ['a big integer with something before it', [['b', 'x1']]],
    ['a big integer with two lines', [['b', '1\n2']]],
    ['a file that is not there', [['f', 2]]],
    ['no file', [['f']]],
    ['a text that is not there', [['t', 2]]],
    ['no text', [['t']]],
    ['positions of a document that is not there', [['p', 0, 2]]],
    ['positions of no document', [['p', 0]]],
    ['positions of no file', [['p', 2, 0]]],
    ['a place that is not there', [['d', 0, 0, 100]]],
    ['a place before all others', [['d', 0, 0, -1]]],
    ['no place', [['d', 0, 0]]],
    ['a document that is not there', [['d', 0, 2, 0]]],
    ['a place in no file', [['d', 2, 0, 0]]],
    ['integers that are none', [['i', 1, 'x']]],
    ['a file by the name of a number', [['f', '0']]],
    ['a place by the name of a number', [['d', 0, 0, '1']]],
    ['a part of a part that is gone', [['z'], ['l', 0], ['l', 1]]],
  ])('is gone with %s', (_, nodes, shapes = []) => {
    expect(readNodes(nodes, shapes)).toBe(gone);
  });

  it('is read where it is right', () => {
    expect(readNodes([1, ['o', 0, 0]], [['a']])).toEqual({ a: 1 });
    expect(readNodes([['b', '-12']])).toBe(-12n);
    expect(readNodes([['n', 'NaN']])).toBeNaN();
    expect(readNodes([['d', 0, 0, 3]])).toBe('value');
    expect(readNodes([['d', 0, 1, 1]])).toBe('Secret');
    expect(readNodes([['i', 1, 2]])).toEqual(Int32Array.from([1, 2]));
    expect(readNodes([['t', 0]])).toMatchObject({ path: 'b.yaml' });
    expect(readNodes([['t', 1]])).toMatchObject({ path: 'a.yaml' });
    expect(readNodes([['f', 0]])).toMatchObject({ path: 'a.yaml' });
    expect(readNodes([['f', 1]])).toMatchObject({ path: 'b.yaml' });
    expect(readNodes([['p', 1, 1]])).toMatchObject({ file: { path: 'b.yaml' } });
    expect(readNodes([['d', 1, 1, 1]])).toBe('Secret');
    expect(readNodes([1, ['o', 1, 0]], [['a'], ['b']])).toEqual({ b: 1 });
    expect(readNodes([1, ['o']], [['a'], []])).toBe(gone);
    expect(readNodes(['x', 'y', ['m', 0, 1]])).toEqual(new Map([['x', 'y']]));
  });

  it('is gone where a file is gone', () => {
    for (const node of [
      ['f', 0],
      ['t', 0],
      ['p', 0, 0],
      ['d', 0, 0, 0],
    ])
      expect(readNodes([node], [], sourcesOf({}))).toBe(gone);
  });

  it('has no nodes but those that it has', () => {
    const read = readGraph(
      { nodes: ['x'], shapes: [], loads: [], texts: [] },
      landmarksIn({ nodes: [], shapes: [], loads: [], texts: [] }, sourcesOf()),
    );
    expect([read(0), read(1), read(-1), read(0.5), read(Number.NaN)]).toEqual(['x', gone, gone, gone, gone]);
    expect(read('length' as unknown as number)).toBe(gone);
  });
});
