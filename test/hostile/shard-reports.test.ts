import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/source/sha256.ts';
import { runCli, withFolder } from '../support/run-cli.ts';

const files = {
  '.git/HEAD': '',
  // Part of no kustomization, so that it is judged where all reports are.
  'plain.yaml':
    "apiVersion: v1\nkind: Pod\nmetadata: {name: plain}\nspec: {containers: [{name: x, image: 'web:1.0.0'}]}\n",
  'k/kustomization.yaml': 'namePrefix: p-\nresources: [pod.yaml]\n',
  'k/pod.yaml':
    "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  hostPID: true\n  containers: [{name: x, image: 'web:1.0.0'}]\n",
};

interface Report {
  asked: Record<string, unknown>;
  partial: {
    digest: string;
    builds: Record<string, unknown> & { graph: Record<string, unknown> };
    answers: { answers: [digest: string, answered: { answer: unknown; spent: unknown }][] };
    results: { units: Record<string, unknown>[] } & Record<string, unknown>;
  };
}

/** What `merge` says of a report that somebody changed, who wrote its digest as well. */
function mergeForged(forge: (report: Report) => unknown): Promise<Awaited<ReturnType<typeof runCli>>> {
  return withFolder(files, async (folder) => {
    await runCli(['--shard', '1/1', '--format', 'json=s.json'], folder);
    const report = JSON.parse(readFileSync(join(folder, 's.json'), 'utf8')) as Report;
    const forged = forge(report) ?? report;
    const { builds, answers, results } = report.partial;
    report.partial.digest = sha256(JSON.stringify([builds, answers, results]));
    writeFileSync(join(folder, 's.json'), typeof forged === 'string' ? forged : JSON.stringify(forged));
    return runCli(['merge', 's.json', '--format', 'json'], folder);
  });
}

/** What is found of objects, in another node of the graph. */
function nodesOf(objects: unknown, node: number): unknown {
  return (objects as [number, number, boolean][]).map(([place, , way]) => [place, node, way]);
}

/** Replaces each string of a value. */
function withTexts(value: unknown, change: (text: string) => unknown): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => withTexts(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withTexts(one, change)]));
}

describe('a report that nobody changed', () => {
  it('is merged', async () => {
    const run = await mergeForged(() => undefined);
    expect([run.status, run.stdout.includes('host-namespace-shared')]).toEqual([1, true]);
  });
});

describe('a report of a shard that somebody forged', () => {
  it.each<[string, (report: Report) => unknown]>([
    [
      'asks for something that no command line can',
      ({ asked }) => Object.assign(asked, { laidDown: {} }) && undefined,
    ],
    ['asks in an object', ({ asked }) => Object.assign(asked, { only: { length: 0 } }) && undefined],
    [
      'asks by a property of a prototype',
      (report) => JSON.stringify(report).replace('"asked":{', '"asked":{"__proto__":{},'),
    ],
    ...(
      [
        ['failOn', 'constructor'],
        ['failOn', 5],
        ['paths', []],
        ['profile', ['x']],
        ['environments', 'x'],
        ['kubernetesVersions', '1.36'],
        ['near', true],
        ['minCoverage', 'a'],
        ['appliedBy', 'toString'],
      ] as const
    ).map(([key, value]): [string, (report: Report) => undefined] => [
      `asks for ${key} ${JSON.stringify(value)}`,
      ({ asked }) => void Object.assign(asked, { [key]: value }),
    ]),
    ...[10 ** 12, 0, -1, 10_000].map((count): [string, (report: Report) => undefined] => [
      `is one of ${count}`,
      (report) => void Object.assign(report, { shard: { index: 1, count } }),
    ]),
    ['asks for a constructor', ({ asked }) => Object.assign(asked, { constructor: 'x' }) && undefined],
    ['has no builds', ({ partial }) => void delete (partial as Partial<typeof partial>).builds],
    [
      'has builds that are none',
      ({ partial }) => Object.assign(partial.builds, { builds: [null] }) && undefined,
    ],
    [
      'has a list in the place of a graph',
      ({ partial }) => Object.assign(partial.builds, { graph: [] }) && undefined,
    ],
    [
      'has questions that are none',
      ({ partial }) => Object.assign(partial.builds, { questions: [1] }) && undefined,
    ],
    [
      'has numbers that are texts',
      ({ partial }) => {
        partial.builds['builds'] = [
          { options: '', asked: ['constructor'], kustomization: 'length', build: 'at' },
        ];
      },
    ],
    ['has no answers', ({ partial }) => void delete (partial as Partial<typeof partial>).answers],
    [
      'has answers that are none',
      ({ partial }) => void Object.assign(partial.answers, { answers: [['a', 1]] }),
    ],
    [
      'has spent no number',
      ({ partial }) => {
        for (const [, answered] of partial.answers.answers) answered.spent = [{ cost: 'a' }];
      },
    ],
    ['is a list', () => '[]'],
    ['is nothing', () => 'null'],
    ['nests without end', () => `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
  ])('is refused where it %s', async (_, forge) => {
    const run = await mergeForged(forge);
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(/^cdb-lint: s\.json is /u);
  });

  it.each<[string, (report: Report) => void]>([
    [
      'names files outside',
      ({ partial }) => {
        partial.builds['questions'] = withTexts(partial.builds['questions'], (text) =>
          text.replace(/^k/u, '../../etc'),
        );
      },
    ],
    [
      'names nodes by properties of a prototype',
      ({ partial }) => {
        const { graph } = partial.builds;
        graph['nodes'] = (graph['nodes'] as unknown[]).map((node) =>
          Array.isArray(node) ? node.map((part) => (typeof part === 'number' ? 'constructor' : part)) : node,
        );
      },
    ],
    [
      'has shapes with such keys',
      ({ partial }) => {
        partial.builds.graph['shapes'] = withTexts(partial.builds.graph['shapes'], () => '__proto__');
      },
    ],
    [
      'has tags that mean nothing',
      ({ partial }) => {
        partial.builds.graph['nodes'] = (partial.builds.graph['nodes'] as unknown[]).map((node) =>
          Array.isArray(node) ? ['toString', ...node.slice(1)] : node,
        );
      },
    ],
    [
      'answers otherwise',
      ({ partial }) => {
        partial.builds['questions'] = (partial.builds['questions'] as string[][]).map(([a, b]) => [
          a,
          b,
          'other',
        ]);
      },
    ],
  ])('is of no use where it %s: everything is built here', async (_, forge) => {
    const run = await mergeForged(forge);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect([run.status, run.stdout.includes('host-namespace-shared')]).toEqual([1, true]);
  });

  it.each<[string, (unit: Record<string, unknown>) => void]>([
    [
      'nodes that are something else',
      (unit) => Object.assign(unit, { objects: nodesOf(unit['objects'], 0) }),
    ],
    ['nodes that are not there', (unit) => Object.assign(unit, { objects: nodesOf(unit['objects'], 1e9) })],
    ['objects that are not there', (unit) => Object.assign(unit, { objects: [[99, 0, true]] })],
    ['other objects', (unit) => Object.assign(unit, { resources: [0] })],
    ['fewer objects', (unit) => Object.assign(unit, { resources: [] })],
    ['another unit', (unit) => Object.assign(unit, { words: '[]' })],
  ])('is of no use where it judges %s: everything is judged here', async (_, forge) => {
    const run = await mergeForged(({ partial }) => {
      for (const unit of partial.results.units) forge(unit);
    });
    expect([run.status, run.stdout.includes('host-namespace-shared')]).toEqual([1, true]);
  });

  it('leaves something unchecked where its answers mean nothing', async () => {
    const run = await mergeForged(({ partial }) => {
      partial.answers.answers = partial.answers.answers.map(([digest]) => [
        digest,
        { answer: [{ policy: 'x' }], spent: [] },
      ]);
    });
    expect([run.status, run.stdout.includes('check-failed')]).toEqual([2, true]);
  });

  it('says nothing of other contents', async () => {
    const run = await mergeForged(({ partial }) => {
      partial.answers.answers = partial.answers.answers.map(([digest]) => [
        digest.replace(/^./u, (first) => (first === '0' ? '1' : '0')),
        { answer: [], spent: [] },
      ]);
    });
    expect([run.status, run.stdout.includes('host-namespace-shared')]).toEqual([1, true]);
  });

  it('is refused where the commit brings it', async () => {
    await withFolder({ ...files, '.git/HEAD': 'ref: refs/heads/main\n' }, async (folder) => {
      await runCli(['--shard', '1/1', '--format', 'json=s.json'], folder);
      const git = (...args: readonly string[]): void => {
        execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
          cwd: folder,
        });
      };
      git('init', '--quiet', '.');
      git('add', '.');
      git('commit', '--quiet', '--message', 'one');
      const run = await runCli(['merge', 's.json'], folder);
      expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('s.json is committed')]);
      git('rm', '--quiet', '--cached', 's.json');
      git('commit', '--quiet', '--message', 'two');
      expect((await runCli(['merge', 's.json'], folder)).status).toBe(1);
    });
  });
});
