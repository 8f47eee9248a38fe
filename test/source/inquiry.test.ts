import { describe, expect, it } from 'vitest';
import type { AnyReader } from '../../src/source/document.ts';
import { openInquiry } from '../../src/source/inquiry.ts';
import { openSources, type Sources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { newParseMemory } from '../../src/source/parse-memory.ts';

type Files = Readonly<Record<string, string>>;

const files: Files = { 'a/one.yaml': 'a: 1\n', 'a/two.yaml': 'b: 2\n', 'b/three.yaml': '' };
const readers: readonly AnyReader[] = [
  'kustomize',
  'api-server',
  'patch',
  'operations',
  'kustomization',
  'field-specs',
  'json',
];

/** Every question that can be asked of a path, with what it is noted as. */
const asking: readonly (readonly [question: string, ask: (sources: Sources, path: string) => unknown])[] = [
  ['bytes', (sources, path) => sources.bytes(path)],
  ['file', (sources, path) => sources.file(path)],
  ['read', ({ fileSystem }, path) => fileSystem.read(path)],
  ['list', ({ fileSystem }, path) => fileSystem.list(path)],
  ['kind', ({ fileSystem }, path) => fileSystem.kind(path)],
  ['realPath', ({ fileSystem }, path) => fileSystem.realPath(path)],
  ...readers.map(
    (reader) => [reader, (sources: Sources, path: string) => sources.load(path, reader)] as const,
  ),
];

describe('an inquiry', () => {
  it.each(asking)('notes down %s, with the answer of the sources', (question, ask) => {
    const sources = openSources(memoryFileSystem(files));
    const inquiry = openInquiry(sources);
    expect(inquiry.noted()).toEqual([]);
    const answer = ask(inquiry.sources, 'a/one.yaml');
    expect(answer).toEqual(ask(sources, 'a/one.yaml'));
    expect(inquiry.noted()).toEqual([{ question, path: 'a/one.yaml', answer }]);
    expect(inquiry.ask(question as AnyReader, 'a/one.yaml')).toBe(answer);
    expect(inquiry.noted()).toHaveLength(1);
  });

  it('notes down documents that are read again as those that are loaded', () => {
    const sources = openSources(memoryFileSystem(files));
    const inquiry = openInquiry(sources);
    expect(inquiry.sources.reread('a/one.yaml', 'json')).toBe(sources.load('a/one.yaml', 'json').documents);
    expect(inquiry.noted().map(({ question }) => question)).toEqual(['json']);
  });

  it('has the effort, the limits and the counts of its sources', () => {
    const sources = openSources(memoryFileSystem(files));
    const { effort, limits, counts } = openInquiry(sources).sources;
    expect(
      [effort, limits, counts].map(
        (one, index) => one === [sources.effort, sources.limits, sources.counts][index],
      ),
    ).toEqual([true, true, true]);
  });

  it('asks each question of each path once, in the order of asking', () => {
    const plain = memoryFileSystem(files);
    const asked: string[] = [];
    const inquiry = openInquiry({
      ...openSources(plain),
      fileSystem: {
        ...plain,
        kind(path) {
          asked.push(path);
          return plain.kind(path);
        },
      },
    });
    const { fileSystem } = inquiry.sources;
    for (const path of ['b', 'a', 'b', 'c', 'c']) fileSystem.kind(path);
    fileSystem.realPath('b');
    expect(asked).toEqual(['b', 'a', 'c']);
    expect(inquiry.noted().map(({ question, path }) => `${question} ${path}`)).toEqual([
      'kind b',
      'kind a',
      'kind c',
      'realPath b',
    ]);
  });
});

describe('what was asked', () => {
  // A file that is the same has the same bytes and documents in memory, as in two runs.
  const memory = newParseMemory();
  const bytes = new Map<string, Uint8Array>();
  const bytesOf = (content: string): Uint8Array => {
    const known = bytes.get(content) ?? new TextEncoder().encode(content);
    bytes.set(content, known);
    return known;
  };
  const open = (given: Files): Sources => {
    const contents = Object.entries(given).map(([path, content]) => [path, bytesOf(content)]);
    return openSources(memoryFileSystem(Object.fromEntries(contents)), undefined, memory);
  };
  const holds = (path: string, ask: (sources: Sources, path: string) => unknown, now: Files): boolean => {
    const inquiry = openInquiry(open(files));
    ask(inquiry.sources, path);
    return inquiry.holdsFor(open(now));
  };
  const list = ({ fileSystem }: Sources, path: string): unknown => fileSystem.list(path);
  const kind = ({ fileSystem }: Sources, path: string): unknown => fileSystem.kind(path);
  const load = (sources: Sources, path: string): unknown => sources.load(path, 'kustomize');

  it.each<
    [
      what: string,
      path: string,
      ask: (sources: Sources, path: string) => unknown,
      now: Files,
      isSame: boolean,
    ]
  >([
    ['files of a folder that are the same', 'a', list, { ...files, 'b/four.yaml': '' }, true],
    ['contents of a folder that are others', 'a', list, { ...files, 'a/one.yaml': 'a: 2\n' }, true],
    ['a file more', 'a', list, { ...files, 'a/zero.yaml': '' }, false],
    ['a file behind all others', 'a', list, { ...files, 'a/zz.yaml': '' }, false],
    ['a file less', 'a', list, { 'a/one.yaml': '' }, false],
    ['a file of another name', 'a', list, { 'a/one.yaml': '', 'a/too.yaml': '' }, false],
    ['a file that is a folder now', 'a', list, { 'a/one.yaml': '', 'a/two.yaml/x': '' }, false],
    ['a folder that is gone', 'a', list, { b: '' }, false],
    ['a folder that is not there still', 'c', list, {}, true],
    ['a folder that was not there', 'c', list, { 'c/x': '' }, false],
    ['a folder without files still', '', list, files, true],
    ['a kind', 'a', kind, files, true],
    ['another kind', 'a', kind, { a: '' }, false],
    ['documents', 'a/one.yaml', load, files, true],
    ['other documents', 'a/one.yaml', load, { ...files, 'a/one.yaml': 'a: 3\n' }, false],
  ])('has the same answer with %s: %#', (_, path, ask, now, isSame) => {
    expect(holds(path, ask, now)).toBe(isSame);
  });

  it('must have the same answers all', () => {
    const inquiry = openInquiry(open(files));
    expect(inquiry.holdsFor(open({}))).toBe(true);
    inquiry.sources.fileSystem.kind('a');
    inquiry.sources.fileSystem.kind('b');
    expect(inquiry.holdsFor(open({ 'b/x': '' }))).toBe(false);
    expect(inquiry.holdsFor(open({ 'a/x': '' }))).toBe(false);
    expect(inquiry.holdsFor(open({ 'a/x': '', 'b/x': '' }))).toBe(true);
  });
});
