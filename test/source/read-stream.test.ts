import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../../src/diagnostic/source-file.ts';
import type { LoadedFile, YamlReader } from '../../src/source/document.ts';
import { defaultLimits, type Limits } from '../../src/source/limits.ts';
import { readStream } from '../../src/source/yaml/read-stream.ts';

interface Given {
  readonly file?: Partial<SourceFile>;
  readonly limits?: Partial<Limits>;
}

function read(text: string, reader: YamlReader, { file, limits }: Given = {}): LoadedFile {
  return readStream(
    { path: 'a.yaml', text, ...file },
    reader,
    { ...defaultLimits, ...limits },
    { aliasNodes: 0 },
  );
}

/** What is told: the rule, how grave it is, whether something is not checked because of it, and what it points at. */
function toldOf({ diagnostics }: LoadedFile): string[] {
  return diagnostics.map(({ rule, severity, unchecked, span }) => {
    const state = unchecked === undefined ? 'checked' : 'unchecked';
    return `${rule} ${severity} ${state} ${span.start} ${JSON.stringify(span.file.text.slice(span.start, span.end))}`;
  });
}

const unread = (at: number, part: string): string => `yaml-syntax error checked ${at} "${part}"`;
const refused = (at: number, part: string): string => `yaml-syntax error unchecked ${at} "${part}"`;

describe('a stream', () => {
  it.each<[text: string, reader: YamlReader, values: unknown[], told: string[]]>([
    ['', 'kustomize', [], []],
    ['# c\n', 'kustomize', [], []],
    ['a: 1\n', 'kustomize', [{ a: 1 }], []],
    ['a: 1\n---\nb: 2\n', 'kustomize', [{ a: 1 }, { b: 2 }], []],
    ['a: 1\n---\nb: 2\n', 'api-server', [{ a: 1 }, { b: 2 }], []],
    ['a: 1\n---\nb: 2\n', 'patch', [{ a: 1 }, { b: 2 }], []],
    ['a: 1\n---\n# nothing\n---\nb: 2\n', 'api-server', [{ a: 1 }, { b: 2 }], []],
    ['a: 1\n---\nb: 2\n', 'operations', [{ a: 1 }], [unread(5, '---')]],
    ['a: 1\n---\nb: 2\n', 'field-specs', [{ a: 1 }], [unread(5, '---')]],
    ['a: 1\n---\nb: 2\n', 'kustomization', [{ a: 1 }], ['yaml-syntax warning checked 5 "---"']],
    // kustomize takes all of it or nothing, kubectl what stands before.
    ['a: 1\n--- x\nb: 2\n', 'kustomize', [], [refused(5, '--- x')]],
    ['a: 1\n---\nb: 2\n--- x\nc: 3\n', 'api-server', [{ a: 1 }], [refused(14, '--- x')]],
    ['a: 1\n---\nb: [\n---\nc: 3\n', 'kustomize', [{ a: 1 }, { c: 3 }], [refused(14, '-')]],
    // Without an end of its line, and with one that the API server's reader adds.
    ['a: |\n  b', 'kustomize', [{ a: 'b' }], []],
    ['a: |\n  b', 'api-server', [{ a: 'b\n' }], []],
    ['a: |\n  b\n', 'api-server', [{ a: 'b\n' }], []],
    ['a: |\n  b\n\n', 'api-server', [{ a: 'b\n' }], []],
    ['a: |+\n  b\n', 'api-server', [{ a: 'b\n' }], []],
    ['a: |\n  b\n---\nc: |\n  d', 'api-server', [{ a: 'b\n' }, { c: 'd\n' }], []],
    // kustomize passes a comment below another one, whatever is before it.
    ['# c\n\t# d\na: 1\n', 'kustomize', [{ a: 1 }], []],
    ['# c\n\t# d\na: 1\n', 'api-server', [], [refused(4, '\\t')]],
    ['{"a": "b\\/c"}', 'operations', [], [refused(8, '\\\\/')]],
    ['\ufeffa: 1\n', 'kustomize', [{ a: 1 }], []],
    ['a: 1\n---\n\ufeffb: 2\n', 'api-server', [{ a: 1 }, { b: 2 }], []],
    ['a: 1\n---\n\ufeffb: 2\n', 'kustomize', [{ a: 1 }, { b: 2 }], []],
  ])('%j is read by %s', (text, reader, values, told) => {
    const loaded = read(text, reader);
    expect(loaded.documents.map(({ value }) => value)).toEqual(values);
    expect(loaded.documents.map(({ index }) => index)).toEqual(values.map((_, index) => index));
    expect(toldOf(loaded)).toEqual(told);
  });

  it('says in words of the author what is refused, and what to do', () => {
    expect(read('a: b: c\n', 'kustomize').diagnostics).toMatchObject([
      {
        message: expect.stringMatching(/./u),
        help: expect.stringMatching(/./u),
        span: { file: { path: 'a.yaml' } },
      },
    ]);
    expect(read('a: 1\n--- x\n', 'kustomize').diagnostics[0]?.message).toBe(
      'only a comment can follow --- on its line',
    );
  });

  it('is taken apart by kustomize as a List where that is alone in its file', () => {
    const list = 'kind: List\nfunctionConfig: {}\n';
    const countOf = (text: string): number => read(text, 'kustomize').documents.length;
    expect([countOf(list), countOf(`a: 1\n---\n${list}`)]).toEqual([0, 2]);
  });
});

it('a fault of another kind is none of the stream', () => {
  const file = {
    path: 'a.yaml',
    text: 'a: 1\n',
    get isUtf16(): true {
      throw new TypeError('a fault');
    },
  };
  expect(() => readStream(file, 'kustomize', defaultLimits, { aliasNodes: 0 })).toThrow('a fault');
});

describe('what stands behind the end of a document', () => {
  it.each<[rest: string, told: string[]]>([
    ['', []],
    ['\n\n', []],
    [' # c\n', []],
    ['\n# c\r\n \n', []],
    ['\n...\n', []],
    ['\n...', []],
    ['\n... # c\n...\t\n', []],
    ['\nb: 2\n', [unread(9, 'b: 2')]],
    ['\n  b: 2\nc: 3\n', [unread(11, 'b: 2')]],
    ['\nb', [unread(9, 'b')]],
    ['\nb: 2\n---\n', [unread(9, 'b: 2')]],
    ['\n...b\n', [unread(9, '...b')]],
    ['\n# c\nb: 2\n', [unread(9, '# c')]],
  ])('%j is told of unless it is nothing', (rest, told) => {
    expect(toldOf(read(`a: 1\n...${rest}`, 'kustomize'))).toEqual(told);
  });

  it('is nothing where a line begins another document that kustomize does not split off', () => {
    const inUtf16 = { file: { isUtf16: true } } as const;
    expect(toldOf(read('a: 1\n---\n', 'kustomize', inUtf16))).toEqual([]);
    expect(toldOf(read('a: 1\n--- # c', 'kustomize', inUtf16))).toEqual([]);
    expect(toldOf(read('a: 1\n---\nb: 2\n', 'kustomize', inUtf16))).toEqual([unread(5, '---')]);
  });

  it.each<[reader: YamlReader, file: Partial<SourceFile>, message: RegExp, help: RegExp]>([
    ['kustomize', {}, /the document above ends/u, /^write ---/u],
    ['kustomize', { isUtf16: true }, /of a UTF-16 file/u, /UTF-8/u],
    ['kustomization', {}, /first document of a kustomization/u, /first document/u],
    ['kustomization', { isUtf16: true }, /first document of a kustomization/u, /first document/u],
  ])('is told of for %s, of %j', (reader, file, message, help) => {
    expect(read('a: 1\n...\nb: 2\n', reader, { file }).diagnostics).toMatchObject([
      { message: expect.stringMatching(message), help: expect.stringMatching(help) },
    ]);
  });
});

describe('JSON that kubectl reads', () => {
  const other = (at: number, part: string): string => unread(at, part);
  const huge = (at: number, part: string): string => `not-json error unchecked ${at} "${part}"`;

  it.each<[text: string, values: unknown[], told: string[]]>([
    ['{"a": "b/c"}', [{ a: 'b/c' }], []],
    ['{"a": "b\\/c"}', [{ a: 'b/c' }], [other(8, '\\\\/')]],
    ['{"a": 1e308}', [{ a: 1e308 }], []],
    ['{"a":1e400}', [{ a: '1e400' }], [huge(5, '1e400')]],
    [
      '{"a": [1e5000,-2.5e+400 , 1e-400]}',
      [{ a: ['1e5000', '-2.5e+400', 0] }],
      [huge(7, '1e5000'), huge(14, '-2.5e+400')],
    ],
    ['{"a": 1E400\n}', [{ a: '1E400' }], [huge(6, '1E400')]],
    ['{"a": "1e400", "b": "\\"1e400", "c": "[1e400]"}', [{ a: '1e400', b: '"1e400', c: '[1e400]' }], []],
    ['{"a": 1}{"a": 1e400}', [{ a: 1 }, { a: '1e400' }], [huge(14, '1e400')]],
  ])('%s', (text, values, told) => {
    const loaded = read(text, 'api-server');
    expect(loaded.documents.map(({ value }) => value)).toEqual(values);
    expect(toldOf(loaded)).toEqual(told);
  });

  it('is an error of Argo CD and kustomize, which says why', () => {
    expect(read('{"a": "b\\/c"}', 'api-server').diagnostics[0]?.message).toMatch(
      /^kubectl accepts this JSON, but Argo CD and kustomize reject it: /u,
    );
  });

  it('is not looked at for what only JSON has, where it is YAML', () => {
    expect(
      toldOf(read('a: 1e400\nb: [1e400 ]\n', 'api-server')).filter((one) => one.includes('not-json')),
    ).toEqual([]);
  });
});

describe('the limits', () => {
  it('of documents end a stream, which is not checked further', () => {
    const limits = { documents: 2 };
    expect(toldOf(read('a: 1\n---\nb: 2\n', 'kustomize', { limits }))).toEqual([]);
    const loaded = read('a: 1\n---\nb: 2\n---\nc: 3\n---\nd: 4\n', 'kustomize', { limits });
    expect(loaded.documents).toHaveLength(2);
    expect(loaded.diagnostics).toMatchObject([
      {
        rule: 'too-large',
        message: 'more than 2 documents',
        severity: 'error',
        span: { start: 18 },
        unchecked: 'a.yaml',
      },
    ]);
  });

  it('of documents count those that are not empty', () => {
    expect(toldOf(read('# c\n---\n# c\n---\na: 1\n', 'kustomize', { limits: { documents: 1 } }))).toEqual([]);
  });

  it.each<[text: string, reader: YamlReader, at: number]>([
    ['a: {b: [c]}\n', 'kustomize', 7],
    ['a: {b: [c]}\n', 'api-server', 7],
    ['a: {b: [c]}\n', 'kustomization', 7],
    ['{"a": {"b": ["c"]}}', 'api-server', 12],
  ])('of depth end %j for %s', (text, reader, at) => {
    expect(toldOf(read(text, reader, { limits: { depth: 3 } }))).toEqual([]);
    const loaded = read(text, reader, { limits: { depth: 2 } });
    expect(loaded.documents).toEqual([]);
    expect(loaded.diagnostics).toMatchObject([
      {
        rule: 'too-deep',
        message: 'nested more than 2 levels deep',
        severity: 'error',
        span: { start: at, end: at },
        unchecked: 'a.yaml',
      },
    ]);
  });

  it('of depth leave the other documents', () => {
    const loaded = read('a: {b: {}}\n---\nc: 1\n', 'kustomize', { limits: { depth: 2 } });
    expect(loaded.documents.map(({ value, index }) => [index, value])).toEqual([[0, { c: 1 }]]);
  });

  it('of aliases count over all documents of a file', () => {
    const text = 'a: &a [1, 2, 3]\nb: *a\n---\na: &a [1, 2, 3]\nb: *a\n';
    const rules = (limits: Partial<Limits>): string[] =>
      read(text, 'kustomize', { limits }).diagnostics.map(({ rule }) => rule);
    expect([rules({ aliasNodes: 8 }), rules({ aliasNodes: 7 })]).toEqual([[], ['alias-bomb']]);
  });
});
