import { describe, expect, it } from 'vitest';
import { loadBaseline } from '../../src/accept/load-baseline.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

const file = 'baseline.json';
const first = { fingerprint: 'f', rule: 'r', file: 'a.yaml', since: '2026-01-31' };

function load(content: unknown): ReturnType<typeof loadBaseline> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return loadBaseline(memoryFileSystem({ [file]: text }), file);
}

describe('a baseline', () => {
  it('of version 1 says of its entries only what they are called', () => {
    expect(load({ version: 1, findings: [first] })).toEqual({ file, entries: [first], diagnostics: [] });
    const more = { ...first, key: 'k', home: 'h', object: 'o', marks: ['m'] };
    expect(load({ version: 1, findings: [more] }).entries).toEqual([first]);
    expect(load({ version: 1, findings: [] })).toEqual({ file, entries: [], diagnostics: [] });
  });

  it('of version 2 leaves out what says the same as the rest', () => {
    const more = { ...first, key: 'k', home: 'h', object: 'o', marks: ['m', 'n'] };
    expect(load({ version: 2, findings: [first, more] }).entries).toEqual([
      { ...first, knownAs: { key: 'f', home: 'a.yaml', written: '', marks: [] } },
      { ...first, knownAs: { key: 'k', home: 'h', written: 'o', marks: ['m', 'n'] } },
    ]);
  });

  const words: Readonly<Record<string, string>> = {
    json: 'is not JSON',
    version: 'is not a baseline of version 1 or 2',
    entry: 'has an entry that is not a finding',
  };
  it.each<[string, unknown]>([
    ['json', '{'],
    ['json', ''],
    ...(
      [
        null,
        1,
        'x',
        [],
        {},
        { version: 3, findings: [] },
        { version: '2', findings: [] },
        { findings: [] },
      ] as const
    ).map((one): [string, unknown] => ['version', JSON.stringify(one)]),
    ['version', [{ version: 2, findings: [] }]],
    ['entry', { version: 2 }],
    ['entry', { version: 2, findings: { length: 0 } }],
    ...[null, 1, 'x', [], [first]].map((one): [string, unknown] => [
      'entry',
      { version: 2, findings: [first, one] },
    ]),
    ...Object.keys(first).flatMap((key): [string, unknown][] => [
      ['entry', { version: 1, findings: [{ ...first, [key]: undefined }] }],
      ['entry', { version: 2, findings: [{ ...first, [key]: 1 }] }],
    ]),
    ...['home', 'object', 'key'].map((key): [string, unknown] => [
      'entry',
      { version: 2, findings: [{ ...first, [key]: null }] },
    ]),
    ...[null, 'm', { length: 0 }, [1], ['m', 1]].map((marks): [string, unknown] => [
      'entry',
      { version: 2, findings: [{ ...first, marks }] },
    ]),
    [
      'entry',
      '{"version": 2, "findings": [{"__proto__": {"fingerprint": "f", "rule": "r", "file": "a", "since": "d"}}]}',
    ],
  ])('that is broken (%s) leaves open which findings are new: %j', (why, content) => {
    const { entries, diagnostics } = load(content);
    expect(entries).toEqual([]);
    expect(diagnostics).toMatchObject([
      {
        ...{ rule: 'baseline-invalid', severity: 'error', unchecked: 'which findings are new', related: [] },
        message: `the baseline ${file} ${words[why]}`,
        span: { file: { path: file, text: '' }, start: 0, end: 0 },
      },
    ]);
  });

  it('that cannot be read is not an empty one, and is told of where it is named', () => {
    const named = { file: { path: 'cdb-lint.yaml', text: 'baseline: gone.json\n' }, start: 10, end: 19 };
    const fileSystem = memoryFileSystem({ 'folder/a': '' });
    expect(loadBaseline(fileSystem, 'gone.json', named).diagnostics).toMatchObject([
      { message: 'the baseline gone.json does not exist', span: named },
    ]);
    expect(loadBaseline(fileSystem, 'folder').diagnostics).toMatchObject([
      { message: expect.stringMatching(/^the baseline folder cannot be read \(not-a-file\)$/u) },
    ]);
  });
});
