import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBuilder } from '../../src/build/build.ts';
import { newBuildMemory } from '../../src/build/build-memory.ts';
import { jsonReport } from '../../src/report/machine/json.ts';
import { judge, type RunJudgement } from '../../src/run/judge.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { rememberFiles } from '../../src/source/remembered-files.ts';
import { variants } from '../support/changing-files.ts';

/** A repository whose files change, judged with a memory and without. */
function changingRepository() {
  const files = new Map(Object.entries(variants).map(([path, [first]]) => [path, first]));
  const open = () =>
    memoryFileSystem(
      Object.fromEntries([...files].flatMap(([path, text]) => (text === undefined ? [] : [[path, text]]))),
    );
  const remembered = rememberFiles(open);
  const memory = newBuildMemory();
  return {
    change(path: string, text: string | undefined) {
      files.set(path, text);
      // A folder comes and goes with its files, and is told of as they are.
      remembered.refresh(path.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/')));
    },
    again: () => judge({ fileSystem: remembered, memory, paths: [''] }),
    anew: () => judge({ fileSystem: open(), paths: [''] }),
  };
}

type Repository = ReturnType<typeof changingRepository>;

function expectSame({ again, anew }: Repository): void {
  const [known, fresh] = [again(), anew()];
  expect(jsonReport(known.report)).toBe(jsonReport(fresh.report));
  const [one, other] = [known, fresh].map(withoutFunctions);
  if (!isDeepStrictEqual(one, other)) expect(one).toEqual(other);
}

/**
 * What two runs can be compared by: a run's sources, its policies, what it asks of deliveries and of fetched sources, and what
 * suppressions cover are functions of its own, and what it spends is what a memory saves.
 */
function withoutFunctions({
  sources: _,
  budgets: _budgets,
  world,
  tree,
  suppressions,
  ...judgement
}: RunJudgement): object {
  const { delivery: _delivery, fetched: _fetched, ...rest } = tree;
  return {
    ...judgement,
    tree: rest,
    units: world.units.map(({ unit, target, diagnostics }) => ({ unit, target, diagnostics })),
    suppressions: suppressions.map(({ covers: _covers, ...suppression }) => suppression),
  };
}

const changes = fc.array(
  fc
    .constantFrom(...Object.keys(variants))
    .chain((path) => fc.tuple(fc.constant(path), fc.constantFrom(...(variants[path] ?? [])))),
  { minLength: 2, maxLength: 8 },
);

describe('runs that remember what earlier ones built', () => {
  it('say what a run without a memory says, whatever changes', () => {
    fc.assert(
      fc.property(changes, (sequence) => {
        const repository = changingRepository();
        repository.again();
        for (const [path, text] of sequence) {
          repository.change(path, text);
          expectSame(repository);
        }
      }),
      { numRuns: Number(process.env['MEMORY_RUNS'] ?? 8) },
    );
  });

  it.each(Object.entries(variants))(
    'know where everything stands when the lines of %s move',
    (path, texts) => {
      const repository = changingRepository();
      for (const text of texts) {
        repository.change(path, text);
        repository.again();
        repository.change(path, text && `# a comment\n${text}`);
        expectSame(repository);
      }
    },
  );

  it('build again only what a change reaches', () => {
    const { change, again } = changingRepository();
    const rendered = () => new Map([...again().builds.values()].map((build) => [build.root, build]));
    const [before, same] = [rendered(), rendered()];
    expect(before.size).toBeGreaterThan(1);
    for (const [root, build] of before) expect(same.get(root)?.resources, root).toEqual(build.resources);
    change('overlays/prod/patch.yaml', variants['overlays/prod/patch.yaml']?.[2]);
    const after = rendered();
    expect(after.get('overlays/dev')?.resources).toBe(before.get('overlays/dev')?.resources);
    expect(after.get('overlays/prod')?.resources).not.toEqual(before.get('overlays/prod')?.resources);
  });

  it('build again what was beyond a limit of an earlier one', () => {
    const memory = newBuildMemory();
    const fileSystem = memoryFileSystem({
      'app/kustomization.yaml': 'resources: [app.yaml]\n',
      'app/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: app}\n',
    });
    const build = (totalNodes: number) =>
      openBuilder(openSources(fileSystem, { totalNodes }, memory.files), memory).build('app');
    expect(build(1).diagnostics.map(({ rule, isOfRun }) => [rule, isOfRun])).toEqual([['too-large', true]]);
    expect(memory.builds()).toEqual([]);
    expect(build(100).complete).toBe(true);
    expect(memory.builds()).toHaveLength(1);
  });
});
