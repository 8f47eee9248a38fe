import { describe, expect, it } from 'vitest';
import type { FileSystem, ReadFailure } from '../../src/source/file-system.ts';
import { openSources, tooMuchToRead } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { newParseMemory } from '../../src/source/parse-memory.ts';

type Content = string | Uint8Array;

/** Files as they are, and how often each is read; a text with `!` in front is why it cannot be. */
function files(given: Readonly<Record<string, Content>>): {
  readonly fileSystem: FileSystem;
  readonly read: string[];
} {
  const read: string[] = [];
  const fileSystem: FileSystem = {
    ...memoryFileSystem({}),
    read(path) {
      read.push(path);
      const content = given[path] ?? '!missing';
      if (typeof content !== 'string') return content;
      return content.startsWith('!') ? (content.slice(1) as ReadFailure) : new TextEncoder().encode(content);
    },
  };
  return { fileSystem, read };
}

const pointer = 'version https://git-lfs.github.com/spec/v1\n';
const one = 'a: 1\n';

describe('a file', () => {
  it('is read and parsed once, for everyone who reads it alike', () => {
    const { fileSystem, read } = files({ a: one });
    const sources = openSources(fileSystem);
    const [first, again] = [sources.load('a', 'api-server'), sources.load('a', 'api-server')];
    expect(again).toBe(first);
    expect(sources.file('a')).toBe(first.file);
    expect(sources.bytes('a')).toBe(sources.bytes('a'));
    sources.load('a', 'kustomize');
    expect(read).toEqual(['a']);
    expect(sources.counts).toEqual({ filesRead: 1, filesParsed: 2, documents: 2, bytes: 5 });
  });

  it('counts as read where something asks for it, and not where a report shows it', () => {
    const sources = openSources(files({ a: one }).fileSystem);
    expect(sources.reread('a', 'api-server')).toHaveLength(1);
    expect(sources.counts).toEqual({ filesRead: 1, filesParsed: 0, documents: 0, bytes: 5 });
    expect(sources.reread('missing', 'api-server')).toEqual([]);
  });

  it('that was parsed in an earlier run is taken, and what aliases add counts again', () => {
    const memory = newParseMemory();
    const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
    const texts = { plain: encode(one), aliases: encode('a: &a [1, 2, 3]\nb: *a\n') };
    const { fileSystem } = files(texts);
    const load = (limits: object): unknown[] => {
      const sources = openSources(fileSystem, limits, memory);
      return Object.keys(texts).map((path) => sources.load(path, 'kustomize'));
    };
    const [plain, aliases] = load({});
    const [plainAgain, aliasesAgain] = load({});
    expect(plainAgain).toBe(plain);
    expect(aliasesAgain).not.toBe(aliases);
    expect(load({ totalAliasNodes: 1 })[1]).toMatchObject({ diagnostics: [{ rule: 'alias-bomb' }] });
  });

  it.each<[string, Content, string, RegExp]>([
    ['is not there', '!missing', 'unreadable-file', /^there is no such file/u],
    ['is outside', '!outside', 'unreadable-file', /outside the repository/u],
    ['is a directory', '!not-a-file', 'unreadable-file', /^not a regular file/u],
    ['is too large for the disk', '!too-large', 'too-large', /^larger than the limit of 2000 bytes/u],
    ['is too large', 'x'.repeat(2001), 'too-large', /^larger than the limit of 2000 bytes/u],
    ['is not in the clone', '!not-fetched', 'unreadable-file', /^its content is not in this clone/u],
    ['may not be read', '!unreadable', 'unreadable-file', /^the file cannot be read/u],
    [
      'is kept by Git LFS',
      `${pointer}oid sha256:0\n`,
      'unreadable-file',
      /^its content is not in this clone/u,
    ],
    ['is only said to be kept by Git LFS', pointer, 'unreadable-file', /^its content is not in this clone/u],
    [
      'is as long as such a pointer can be',
      `${pointer}${'x'.repeat(1023 - pointer.length)}`,
      'unreadable-file',
      /not in this clone/u,
    ],
    ['is no text', new Uint8Array([0xff, 0xff, 0xff]), 'not-utf8', /UTF-8/u],
  ])('is a finding, and nothing else, where it %s', (_, content, rule, message) => {
    const sources = openSources(files({ a: content }).fileSystem, { fileBytes: 2000 });
    const { documents, diagnostics } = sources.load('a', 'api-server');
    expect(documents).toEqual([]);
    expect(diagnostics).toMatchObject([
      { rule, message: expect.stringMatching(message), span: { start: 0 } },
    ]);
    expect(sources.file('a')).toBeUndefined();
  });

  it.each([
    ['is as large as it may be', `# ${'x'.repeat(1997)}\n`],
    ['is longer than a pointer to Git LFS', `${pointer}${'x'.repeat(1024 - pointer.length)}`],
    ['is shorter', pointer.slice(0, -2)],
    ['begins otherwise', `# ${pointer}`],
  ])('is read where it %s', (_, text) => {
    const sources = openSources(files({ a: text }).fileSystem, { fileBytes: 2000 });
    expect(sources.load('a', 'api-server').diagnostics.map(({ rule }) => rule)).not.toContain(
      'unreadable-file',
    );
    expect(sources.file('a')?.text).toBe(text);
  });
});

it('a run asks for any file once, and may take more effort for what it has read', () => {
  const { fileSystem, read } = files({ a: one, b: `# ${'x'.repeat(10_000)}\n` });
  const sources = openSources(fileSystem);
  expect(sources.fileSystem.read('a')).toBe(sources.fileSystem.read('a'));
  expect(sources.effort.bytes()).toBe(0);
  sources.bytes('b');
  expect([sources.effort.bytes(), read]).toEqual([10_003, ['a', 'b']]);
});

describe('a run reads no further', () => {
  const three = { a: one, b: one, c: one };
  const rules = (
    limits: object,
    reader: 'api-server' | 'kustomize' = 'api-server',
  ): (string | undefined)[] => {
    const sources = openSources(files(three).fileSystem, limits);
    return Object.keys(three).map((path) => sources.load(path, reader).diagnostics[0]?.rule);
  };

  it('than its bytes go, a file that cannot be read counting none', () => {
    expect(rules({ totalBytes: 15 })).toEqual([undefined, undefined, undefined]);
    expect(rules({ totalBytes: 14 })).toEqual([undefined, undefined, 'too-large']);
    const sources = openSources(files({ a: '!missing', b: one }).fileSystem, { totalBytes: 5 });
    const told = ['a', 'b'].map((path) =>
      sources.load(path, 'api-server').diagnostics.map(({ rule }) => rule),
    );
    expect(told).toEqual([['unreadable-file'], []]);
    expect(sources.counts.bytes).toBe(5);
  });

  it('than its values go', () => {
    expect(rules({ totalNodes: 4 })).toEqual([undefined, undefined, undefined]);
    expect(rules({ totalNodes: 3 })).toEqual([undefined, undefined, 'too-large']);
  });

  it('and says so of the run', () => {
    const sources = openSources(files(three).fileSystem, { totalBytes: 4 });
    expect(sources.limits).toMatchObject({ totalBytes: 4, documents: 20_000, shards: 1 });
    expect(sources.load('a', 'api-server')).toEqual({
      file: { path: 'a', text: '' },
      documents: [],
      diagnostics: [tooMuchToRead(sources.limits)],
    });
    expect(tooMuchToRead(sources.limits)).toMatchObject({
      ...{ rule: 'too-large', severity: 'error', isOfRun: true, unchecked: 'the rest of the files' },
      message: expect.stringContaining(
        '4 bytes, 6000000 values, 100000 YAML and JSON files, or 200000 entries',
      ),
    });
  });
});

describe('a kustomization is parsed as a manifest', () => {
  const isShared = (content: Content): boolean => {
    const sources = openSources(files({ a: content }).fileSystem);
    return sources.load('a', 'kustomization') === sources.load('a', 'api-server');
  };
  const bom = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(one)]);
  const utf16 = new Uint8Array([
    0xff,
    0xfe,
    ...[...one].flatMap((character) => [character.charCodeAt(0), 0]),
  ]);
  it.each<[Content, boolean]>([
    ['resources: []\n', true],
    ['---\nresources: []\n', true],
    ['---  \n# one\n\n# two\nresources: []\n', true],
    ['# one\nKind: x\n', true],
    ['resources: []', false],
    ['--- a\nresources: []\n', false],
    ['--- \n---\nresources: []\n', false],
    ['a: 1\n---\nb: 2\n', false],
    ['a: 1\n...\n', false],
    [' a: 1\n', false],
    ['%YAML 1.1\na: 1\n', false],
    ['# a\n"a": 1\n', false],
    ['{"a": 1}\n', false],
    ['- a\n', false],
    ['\n', false],
    [bom, false],
    [utf16, false],
  ])('where no reader reads it otherwise: %j', (content, is) => {
    expect(isShared(content)).toBe(is);
  });
});
