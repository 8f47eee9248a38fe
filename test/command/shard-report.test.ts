import { describe, expect, it } from 'vitest';
import { readShard, readShardReport, type ShardReport, whyApart } from '../../src/command/shard-report.ts';
import { sha256 } from '../../src/source/sha256.ts';

type Json = Record<string, unknown>;

const tool = '1.2.3';

/** A report in which all that may be there is there, changed where `change` says, with the digest of what it then holds. */
function written(change: (report: Report) => void = () => undefined, digest?: string): Uint8Array {
  const report = {
    version: 1,
    shard: { index: 1, count: 2 },
    tool,
    asked: { paths: ['a'] } as Json,
    partial: {
      version: 1,
      digest: '',
      builds: {
        builds: [{ options: '', asked: [0], kustomization: 1, build: 2 }],
        questions: [['file', 'a', 'b']],
        graph: { nodes: [1], shapes: [['a']], loads: [['json', 'a']], texts: ['a'] },
      } as Json & { graph: Json; builds: Json[] },
      answers: {
        answers: [['a', { answer: [{}], spent: [{ place: 0, cost: 1, isExceeded: false }] }]],
      } as Json,
      results: {
        units: [
          {
            words: 'a',
            resources: [0, -1],
            others: 1,
            objects: [[0, 1, true]],
            rules: [['a', 1]],
            open: ['b'],
          },
        ],
        kubernetesVersion: '1.34',
        spent: { mostOfOne: 0, costly: 1, effort: 2 },
      } as Json,
    },
  };
  change(report);
  const { partial } = report;
  if (typeof partial === 'object' && partial !== null)
    partial.digest = digest ?? sha256(JSON.stringify([partial.builds, partial.answers, partial.results]));
  return new TextEncoder().encode(JSON.stringify(report));
}

interface Report {
  version: unknown;
  shard: Json;
  tool: unknown;
  asked: Json;
  partial: {
    version: number;
    digest: string;
    builds: Json & { graph: Json; builds: Json[] };
    answers: Json;
    results: Json;
  };
}

const noReport = 'is not the report of a shard: write it with --shard I/N --format json=FILE';

function set(path: string, value: unknown): (report: Report) => void {
  return (report) => {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const at = keys.reduce((value, key) => value[key] as Json, report as unknown as Json);
    if (value === undefined) delete at[last];
    else at[last] = value;
  };
}

describe('the report of a shard', () => {
  it('is read as it was written', () => {
    expect(readShardReport(written(), tool)).toMatchObject({ tool, shard: { index: 1, count: 2 } });
  });

  it.each([
    ['environments', ['a']],
    ['profile', 'a'],
    ['only', []],
    ['skip', ['a']],
    ['minCoverage', 0],
    ['minCoverage', 100],
    ['minCoverage', 0.5],
    ['withEvidence', true],
    ['baseline', false],
    ['baseline', 'a.json'],
    ['configuration', 'a'],
    ['near', 'a'],
    ['requireSchemas', false],
    ['failOn', 'never'],
    ['failOn', 'error'],
    ['kubernetesVersions', ['1.36']],
    ['appliedBy', 'create'],
  ])('may ask for %s %j', (key, value) => {
    expect(readShardReport(written(set(`asked.${key}`, value)), tool)).toBeTypeOf('object');
  });

  it.each<[string, unknown]>([
    ['version', 2],
    ['version', '1'],
    ['tool', 1],
    ['tool', undefined],
    ['shard', undefined],
    ['shard', []],
    ['shard.index', '1'],
    ['shard.count', '2'],
    ['shard.index', 3],
    ['shard.index', 0],
    ['shard.index', 1.5],
    ['shard.count', 10_000],
    ['asked', undefined],
    ['asked', []],
    ['asked.paths', undefined],
    ['asked.paths', []],
    ['asked.paths', [1]],
    ['asked.paths', 'a'],
    ['asked.environments', 'a'],
    ['asked.environments', [null]],
    ['asked.profile', 1],
    ['asked.only', {}],
    ['asked.skip', [1]],
    ['asked.minCoverage', -1],
    ['asked.minCoverage', 101],
    ['asked.minCoverage', '50'],
    ['asked.withEvidence', 'yes'],
    ['asked.baseline', true],
    ['asked.configuration', 1],
    ['asked.near', {}],
    ['asked.requireSchemas', 1],
    ['asked.failOn', 'all'],
    ['asked.kubernetesVersions', [1.36]],
    ['asked.appliedBy', 'apply'],
    ['asked.fileSystem', {}],
    ['asked.touched', ['a']],
    ['asked.toString', 'a'],
    ['partial', undefined],
    ['partial', null],
    ['partial.version', 2],
    ['partial.builds', undefined],
    ['partial.builds', null],
    ['partial.builds', []],
    ['partial.builds.graph', undefined],
    ['partial.builds.graph', []],
    ['partial.builds.builds', undefined],
    ['partial.builds.builds', {}],
    ['partial.builds.builds.0', null],
    ['partial.builds.builds.0', []],
    ['partial.builds.builds.0.options', 1],
    ['partial.builds.builds.0.asked', 0],
    ['partial.builds.builds.0.asked', ['0']],
    ['partial.builds.builds.0.asked', [0, 0.5]],
    ['partial.builds.builds.0.kustomization', '1'],
    ['partial.builds.builds.0.build', 0.5],
    ['partial.builds.questions', undefined],
    ['partial.builds.questions', [['a', 1]]],
    ['partial.builds.questions', ['a']],
    ['partial.builds.graph.nodes', {}],
    ['partial.builds.graph.shapes', [[1]]],
    ['partial.builds.graph.shapes', ['a']],
    ['partial.builds.graph.loads', [['a', null]]],
    ['partial.builds.graph.texts', [1]],
    ['partial.builds.graph.texts', undefined],
    ['partial.answers', undefined],
    ['partial.answers', null],
    ['partial.answers', []],
    ['partial.answers.answers', {}],
    ['partial.answers.answers.0', 'ab'],
    ['partial.answers.answers.0', ['a']],
    ['partial.answers.answers.0', ['a', { answer: [], spent: [] }, 'b']],
    ['partial.answers.answers.0', {}],
    ['partial.answers.answers.0', null],
    ['partial.answers.answers.0.0', 1],
    ['partial.answers.answers.0.1', []],
    ['partial.answers.answers.0.1', {}],
    ['partial.answers.answers.0.1.answer', {}],
    ['partial.answers.answers.0.1.answer', [1]],
    ['partial.answers.answers.0.1.spent', undefined],
    ['partial.answers.answers.0.1.spent', [1]],
    ['partial.answers.answers.0.1.spent', [null]],
    ['partial.answers.answers.0.1.spent.0.place', 0.5],
    ['partial.answers.answers.0.1.spent.0.cost', '1'],
    ['partial.answers.answers.0.1.spent.0.cost', -1],
    ['partial.answers.answers.0.1.spent.0.cost', undefined],
    ['partial.answers.answers.0.1.spent.0.isExceeded', null],
    ['partial.results', undefined],
    ['partial.results', []],
    ['partial.results.units', {}],
    ['partial.results.units.0', null],
    ['partial.results.units.0.words', 1],
    ['partial.results.units.0.resources', [0.5]],
    ['partial.results.units.0.others', '1'],
    ['partial.results.units.0.objects', [[0, 1]]],
    ['partial.results.units.0.objects', [['0', 1, true]]],
    ['partial.results.units.0.objects', [[0, 1, 'a']]],
    ['partial.results.units.0.objects', [{}]],
    ['partial.results.units.0.objects', [[0, 1, true, 1]]],
    ['partial.results.units.0.objects', [{ 0: 0, 1: 1, 2: true, length: 3 }]],
    ['partial.results.units.0.rules', [[1, 1]]],
    ['partial.results.units.0.rules', [['a', 'b']]],
    ['partial.results.units.0.open', [1]],
    ['partial.results.kubernetesVersion', 1.34],
    ['partial.results.spent', []],
    ['partial.results.spent.mostOfOne', '1'],
    ['partial.results.spent.costly', -1],
    ['partial.results.spent.effort', undefined],
  ])('is none with %s %j', (path, value) => {
    expect(readShardReport(written(set(path, value)), tool)).toBe(noReport);
  });

  it('may have cost nothing, and not without end', () => {
    const free = set('partial.answers.answers.0.1.spent.0.cost', 0);
    expect(readShardReport(written(free), tool)).toBeTypeOf('object');
    const endless = new TextDecoder().decode(written()).replace('"cost":1,', '"cost":1e999,');
    expect(endless).toContain('1e999');
    expect(readShardReport(new TextEncoder().encode(endless), tool)).toBe(noReport);
  });

  it.each(['1', '"a"', 'null', '[]', 'true'])('is none where it is %s', (text) => {
    expect(readShardReport(new TextEncoder().encode(text), tool)).toBe(noReport);
  });

  it('is of this version of the tool, whole, and as it was written', () => {
    expect(readShardReport(new TextEncoder().encode('{"version":1'), tool)).toBe(
      'is not valid JSON, or is truncated',
    );
    expect(readShardReport(written(), '1.2.4')).toBe('was written by cdb-lint 1.2.3, but this is 1.2.4');
    expect(readShardReport(written(undefined, sha256('')), tool)).toBe('was changed after it was written');
  });
});

describe('shards', () => {
  it.each([
    ['1/1', { index: 1, count: 1 }],
    ['2/9999', { index: 2, count: 9999 }],
    ['10/10', { index: 10, count: 10 }],
  ])('are counted as %s', (text, shard) => {
    expect(readShard(text)).toEqual(shard);
  });

  it.each(['', '1', '0/1', '1/0', '2/1', '1/10000', '01/2', '1/2x', 'x1/2', '1/', '/2', '1 /2'])(
    'are not counted as %j',
    (text) => {
      expect(readShard(text)).toEqual({
        problem: `--shard ${text} is not a valid shard`,
        help: 'write --shard 1/4 to --shard 4/4',
      });
    },
  );

  const report = (index: number, count: number, paths = ['a']): ShardReport =>
    ({ shard: { index, count }, asked: { paths } }) as unknown as ShardReport;

  it('belong together where all of one run are there', () => {
    expect(whyApart([])).toBeUndefined();
    expect(whyApart([report(2, 2), report(1, 2)])).toBeUndefined();
    expect(whyApart([report(1, 2), report(1, 2), report(2, 2)])).toBeUndefined();
    const other = {
      problem: 'the reports are not from one run',
      help: 'run all shards with the same options',
    };
    expect(whyApart([report(1, 2), report(2, 2, ['b'])])).toEqual(other);
    expect(whyApart([report(1, 2), report(2, 3)])).toEqual(other);
    for (const given of [[report(1, 3), report(3, 3)], [report(1, 3)]])
      expect(whyApart(given)).toEqual({
        problem: 'the report of shard 2/3 is missing',
        help: 'pass one report for each shard',
      });
    expect(whyApart([report(2, 2)])?.problem).toContain('1/2 is missing');
  });
});
