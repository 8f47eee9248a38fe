import { expect, test } from 'vitest';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

function load(content: string | Uint8Array) {
  const sources = openSources(memoryFileSystem({ 'bad.yaml': content, 'good.yaml': 'a: 1\n' }));
  const loaded = sources.load('bad.yaml', 'kustomize');
  expect(sources.load('good.yaml', 'kustomize').documents).toHaveLength(1);
  return loaded;
}

const levels = Array.from({ length: 10 }, (_, level) => {
  const name = `&l${level}`;
  return level === 0
    ? `l0: ${name} [a, a]`
    : `l${level}: ${name} [${Array(10)
        .fill(`*l${level - 1}`)
        .join(', ')}]`;
});
const bomb = `${levels.join('\n')}\n`;
const merges = `m0: &m0 {a: 1}\n${Array.from({ length: 30 }, (_, n) => `m${n + 1}: &m${n + 1}\n  <<: [*m${n}, *m${n}]\n  k${n}: 1\n`).join('')}`;
const utf16 = (text: string, swap: boolean) => {
  const bytes = new Uint8Array(Buffer.from(text, 'utf16le'));
  return swap ? new Uint8Array(Buffer.from(bytes).swap16()) : bytes;
};

// What a merge drops is expanded by an alias behind it alone, all at once.
const chain = `<<: {x: [&m0 {a: 1}${Array.from({ length: 20_000 }, (_, n) => `, &m${n + 1} {<<: *m${n}}`).join('')}]}\nx: 1\ny: *m20000\n`;

test.each([
  ['an alias bomb', bomb, 'alias-bomb'],
  ['many documents, each a small bomb', `---\n${levels.slice(0, 4).join('\n')}\n`.repeat(200), 'alias-bomb'],
  ['a long text repeated', `a: &a ${'x'.repeat(100_000)}\nb: [${'*a, '.repeat(10_000)}]\n`, 'alias-bomb'],
  ['open brackets', '['.repeat(10_240), 'too-deep'],
  ['open braces', '{'.repeat(10_240), 'too-deep'],
  ['open braces with keys', '{a: '.repeat(10_240), 'too-deep'],
  ['dashes', '- '.repeat(10_240), 'too-deep'],
  ['question marks', '? '.repeat(10_240), 'too-deep'],
  ['an indented stair', Array.from({ length: 400 }, (_, n) => `${' '.repeat(n)}a:\n`).join(''), 'too-deep'],
  ['a million documents', '---\na: 1\n'.repeat(1_000_000), 'too-large'],
  ['100 MB', new Uint8Array(100 * 1024 * 1024), 'too-large'],
  ['invalid UTF-8', new Uint8Array([97, 58, 32, 0xc3, 0x28, 10]), 'not-utf8'],
  ['UTF-16 without a mark', utf16('a: 1\n', false), 'not-utf8'],
  ['UTF-16 big endian without a mark', utf16('a: 1\n', true), 'not-utf8'],
  ['a NUL', 'a: b\0c\n', 'yaml-syntax'],
  ['an escape character', 'a: \x1b[31m\n', 'yaml-syntax'],
  ['an endless quote', `a: "${'x'.repeat(1_000_000)}`, 'yaml-syntax'],
  ['an anchor that holds itself', 'a: &a [*a]\n', 'yaml-syntax'],
  ['a merge of what it stands in', 'a: &a\n  b: {<<: *a}\n', 'yaml-syntax'],
  ['a chain of anchors', chain, 'too-deep'],
  ['duplicates', 'a: 1\n'.repeat(5000), 'duplicate-key'],
] as const)('%s', (_, content, rule) => {
  const { diagnostics } = load(content);
  expect(diagnostics[0]).toMatchObject({ rule, severity: 'error', unchecked: 'bad.yaml' });
  expect(diagnostics[0]?.help).toBeTruthy();
  expect(diagnostics.length).toBeLessThanOrEqual(101);
});

test.each([
  ['half a pair', utf16('\ufeffa: \ud83d\n', false)],
  ['half a character', new Uint8Array([0xff, 0xfe, 97, 0, 58])],
])('UTF-16 with its mark and %s', (_, bytes) => {
  const [finding, ...others] = load(bytes).diagnostics;
  expect(finding).toMatchObject({ rule: 'not-utf8', severity: 'error', unchecked: 'bad.yaml' });
  expect(others).toEqual([]);
});

test('merges that double are no danger where they add nothing', () => {
  expect(load(merges).documents).toHaveLength(1);
});

test('the byte order mark is not part of the text', () => {
  const { file, documents } = load('\ufeffa: 1\n');
  expect(file.text).toBe('a: 1\n');
  expect(documents).toHaveLength(1);
});

test('each file is read and parsed once', () => {
  const sources = openSources(memoryFileSystem({ 'a.yaml': 'a: 1\n---\nb: 2\n' }));
  expect(sources.load('a.yaml', 'kustomize')).toBe(sources.load('a.yaml', 'kustomize'));
  sources.bytes('a.yaml');
  expect(sources.counts).toEqual({ filesRead: 1, filesParsed: 1, documents: 2, bytes: 14 });
});

test('the budgets of a run are shared by its files', () => {
  const small = `${levels.slice(0, 3).join('\n')}\n`;
  const sources = openSources(memoryFileSystem({ a: small, b: small, c: small }), {
    totalAliasNodes: 1000,
    totalBytes: 1000,
  });
  const rules = ['a', 'b', 'c'].map((path) => sources.load(path, 'kustomize').diagnostics[0]?.rule);
  expect(rules[0]).toBeUndefined();
  expect(rules.slice(1)).toContain('alias-bomb');
});
