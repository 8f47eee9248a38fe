import { describe, expect, it } from 'vitest';
import type { Io } from '../../src/command/io.ts';
import { command } from '../../src/command/merge.ts';
import type { Invocation } from '../../src/command/options.ts';
import { writeShard } from '../../src/command/write-shard.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';

type Files = Readonly<Record<string, string>>;

const pod = (name: string, more = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec: {containers: [{name: a, image: "a:1"${more}}]}\n`;
const broken: Files = {
  'a/kustomization.yaml': 'resources: [pod.yaml]\n',
  'a/pod.yaml': pod('a', ', imagee: x'),
  'b/kustomization.yaml': 'resources: [pod.yaml]\n',
  'b/pod.yaml': pod('b'),
};
const fine: Files = { ...broken, 'a/pod.yaml': pod('a') };
const now = new Date('2026-01-31T00:00:00Z');

function recording(files: Files, given: Partial<Io> = {}) {
  const [said, complained]: [string[], string[]] = [[], []];
  const stream = (texts: string[]): object => ({
    write: (text: string) => texts.push(text),
    isTerminal: false,
  });
  const read: string[] = [];
  const roots: unknown[] = [];
  const fileSystem = memoryFileSystem(files);
  const io = {
    stdout: { ...stream(said), columns: 90 },
    stderr: stream(complained),
    variables: {},
    files: {
      repository(path: string, root?: string) {
        roots.push([path, root]);
        return {
          url: 'file:///repository/',
          fileSystem: {
            ...fileSystem,
            read(path: string) {
              read.push(path);
              return fileSystem.read(path);
            },
          },
          checkout: () => ({}),
          inside: (typed: string) => typed.replace('./', ''),
          committed: (paths: readonly string[]) => paths.filter((path) => path.startsWith('committed')),
          large: (path: string) => memoryFileSystem(files).read(path),
        };
      },
    },
    now: () => now,
    clock: () => 0,
    version: '1.2.3',
    ...given,
  } as unknown as Io;
  return { io, said, complained, read, roots };
}

/** The files with the reports of two shards, asked for the rule that finds what is broken. */
function sharded(files: Files, more: object = {}): Files {
  const reports = ['1/2', '2/2'].map((shard, index) => {
    const { io, said } = recording(files);
    const request = { fileSystem: memoryFileSystem(files), paths: [''], only: ['unknown-field'], ...more };
    writeShard(request, { shard, outputs: [{ name: 'json' }], io });
    return [`${index + 1}.json`, said.join('')];
  });
  return { ...files, ...Object.fromEntries(reports) };
}

async function merge(
  files: Files,
  operands: readonly string[],
  options: Readonly<Record<string, readonly string[]>> = {},
) {
  const { io, said, complained, ...seen } = recording(files);
  const invocation = {
    operands,
    option: (name: string) => options[name]?.at(-1),
    options: (name: string) => options[name] ?? [],
    has: (name: string) => options[name] !== undefined,
  } as unknown as Invocation;
  const exitCode = await command.run(invocation, io);
  return { exitCode, said: said.join(''), complained: complained.join(''), ...seen };
}

const both = ['1.json', './2.json'];

it('the command takes one report and more, a format, a root, and may say how long all took', () => {
  expect(command).toMatchObject({ name: 'merge', operands: { min: 1, max: Infinity, name: 'REPORT' } });
  expect(command.options.map(({ name }) => name)).toEqual(['format', 'stats', 'root']);
  expect(command.examples.map(([example]) => example)).toEqual([
    'cdb-lint merge shard-1.json shard-2.json',
    'cdb-lint merge shards/*.json --format sarif=out.sarif',
  ]);
  expect(command.examples.every(([, words]) => words !== undefined)).toBe(true);
});

describe('reports', () => {
  it.each([
    [broken, 1],
    [fine, 0],
  ] as const)('are merged into one with its exit code', async (files, exitCode) => {
    const merged = await merge(sharded(files), both, { format: ['concise'] });
    expect(merged.exitCode).toBe(exitCode);
    expect(merged.said.includes('imagee')).toBe(exitCode === 1);
    expect(merged.complained).toBe('');
    expect(merged.roots).toEqual([['.', undefined]]);
  });

  it('are judged as their shards were asked to', async () => {
    expect((await merge(sharded(broken, { failOn: 'never' }), both)).exitCode).toBe(0);
  });

  it('are no part of the repository that is judged', async () => {
    const { read } = await merge(sharded(broken), both);
    expect(read).toContain('a/pod.yaml');
    expect(read.filter((path) => path.endsWith('.json'))).toEqual([]);
  });

  it('are judged on the day that it is', async () => {
    const accept = (day: string): string =>
      `# cdb-lint-ignore: unknown-field (until ${day}) -- accepted\nspec:`;
    const codes = ['2026-01-30', '2026-02-15'].map(async (day) => {
      const files = { ...broken, 'a/pod.yaml': (broken['a/pod.yaml'] ?? '').replace('spec:', accept(day)) };
      return (await merge(sharded(files), both)).exitCode;
    });
    expect(await Promise.all(codes)).toEqual([1, 0]);
  });

  it('belong to the repository at a root', async () => {
    expect((await merge(sharded(fine), both, { root: ['r'] })).roots).toEqual([['.', 'r']]);
  });

  it('are merged with how long it took, if asked', async () => {
    const { exitCode, complained } = await merge(sharded(broken), both, { stats: [] });
    expect(exitCode).toBe(1);
    expect(complained).toContain('files');
  });
});

describe('what cannot be merged is complained of:', () => {
  it.each<[string, readonly string[], Files, Readonly<Record<string, readonly string[]>>]>([
    ['unknown format "jsn"', both, {}, { format: ['jsn'] }],
    ['committed.json is committed: a change could forge its content', ['1.json', 'committed.json'], {}, {}],
    ['3.json cannot be read (missing)', ['1.json', '3.json'], {}, {}],
    ['2.json is not valid JSON, or is truncated', both, { '2.json': '{' }, {}],
    ['the report of shard 2/2 is missing', ['1.json'], {}, {}],
    ['the report of shard 1/2 is missing', ['2.json'], {}, {}],
    ['there is no report', [], {}, {}],
  ])('%s', async (problem, operands, more, options) => {
    const { exitCode, said, complained } = await merge({ ...sharded(fine), ...more }, operands, options);
    expect([exitCode, said]).toEqual([2, '']);
    expect(complained).toContain(problem);
  });

  it('a report of another version', async () => {
    const files = sharded(fine);
    const other = { ...files, '2.json': (files['2.json'] ?? '').replace('"tool":"1.2.3"', '"tool":"1.2.2"') };
    const { exitCode, complained } = await merge(other, both);
    expect(exitCode).toBe(2);
    expect(complained).toContain('2.json was written by cdb-lint 1.2.2');
  });
});
