import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNames, formatReport } from '../../src/report/format.ts';
import type { Report } from '../../src/report/report.ts';
import { lint } from '../../src/run/judge.ts';
import { isWhole, type Partial } from '../../src/run/partial.ts';
import { buildShard, mergeShards } from '../../src/run/shard.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { callsOf, countIn } from '../support/call-counts.ts';
import { variants } from '../support/changing-files.ts';
import { entryPointFiles } from '../support/entry-point-files.ts';
import { fleetFiles } from '../support/fleet-files.ts';
import { platformFiles } from '../support/platform-files.ts';

type Files = Readonly<Record<string, string>>;

/** What shards of a tree say, as it comes out of their files. */
function shardsOf(files: Files, count: number, paths: readonly string[]): Partial[] {
  return Array.from({ length: count }, (_, index) => {
    const fileSystem = memoryFileSystem(files);
    const partial = buildShard({ fileSystem, paths }, { index: index + 1, count });
    return JSON.parse(JSON.stringify(partial)) as Partial;
  });
}

function merged(files: Files, partials: readonly Partial[], paths: readonly string[]): Report {
  return mergeShards({ fileSystem: memoryFileSystem(files), paths }, partials).report;
}

function formatsOf(report: Report): Record<string, string> {
  const terminal = { colours: false, width: 120, guardCommands: false };
  return Object.fromEntries(
    formatNames.map((name) => [name, formatReport(report, name, { pages: new Map(), terminal })]),
  );
}

const trees: Readonly<Record<string, readonly [files: Files, paths: readonly string[]]>> = {
  'our own manifests': [platformFiles(), ['k8s']],
  'a cluster with an overlay for each of many teams': [entryPointFiles(8), ['']],
  'a fleet': [fleetFiles(7), ['']],
  'what is broken': [
    {
      ...entryPointFiles(3),
      'overlays/1/kustomization.yaml': 'resources: [gone.yaml]\n',
      'overlays/2/kustomization.yaml': 'resources: [: ]\n',
      'loop/kustomization.yaml': 'resources: [../loop]\n',
      'a.yaml': 'kind: [',
    },
    [''],
  ],
  nothing: [{}, ['']],
};

/** The clusters of a fleet that render no Secret. */
function wholeFleet(count: number): Files {
  const isLeftOut = /^(?:(?:clusters|tenants)\/c\d*[13579]|base\/1|extra)\//u;
  return Object.fromEntries(Object.entries(fleetFiles(2 * count)).filter(([path]) => !isLeftOut.test(path)));
}

describe('shards', () => {
  it.each(
    Object.entries(trees).flatMap(([name, [files, paths]]) =>
      [1, 2, 3, 5].map((count) => ({ name, files, paths, count })),
    ),
  )('merge into the report without shards, in all formats: $name in $count', ({ files, paths, count }) => {
    const alone = lint({ fileSystem: memoryFileSystem(files), paths });
    const together = merged(files, shardsOf(files, count, paths), paths);
    expect(formatsOf(together)).toEqual(formatsOf(alone));
    expect(together.exitCode).toBe(alone.exitCode);
    expect(together.coverage).toEqual(alone.coverage);
  });

  it('build each entry point once among them, and anyone who merges builds none of these', () => {
    const files = entryPointFiles(8);
    const partials = shardsOf(files, 3, ['']);
    const roots = partials.map(({ builds }) => builds.builds.length);
    expect(roots.every((one) => one >= 2)).toBe(true);
    expect(roots.reduce((sum, one) => sum + one, 0)).toBe(8);
    const { calls } = countIn(() => merged(files, partials, ['']));
    const { calls: alone } = countIn(() => lint({ fileSystem: memoryFileSystem(files), paths: [''] }));
    expect([callsOf('buildTarget', alone) - callsOf('buildTarget', calls)]).toEqual([8]);
  });

  it('say what an API server and policies say, and anyone who merges finds it out for nothing of that', () => {
    const files = entryPointFiles(8);
    const partials = shardsOf(files, 3, ['']);
    const asked = new Set(partials.flatMap(({ answers }) => answers.answers.map(([digest]) => digest)));
    expect(asked.size).toBeGreaterThan(50);
    const { calls } = countIn(() => merged(files, partials, ['']));
    const { calls: alone } = countIn(() => lint({ fileSystem: memoryFileSystem(files), paths: [''] }));
    expect(callsOf('admitObject', alone)).toBeGreaterThan(30);
    // What CRDs define: nine objects of Flux, and a ServiceMonitor in each overlay.
    expect(callsOf('admitObject', calls)).toBe(9 + 8);
    expect(callsOf('evaluatePolicy', calls)).toBeLessThan(callsOf('evaluatePolicy', alone) / 2);
  });

  it('judge what reaches a cluster only from one of them, and anyone who merges judges nothing of that', () => {
    const files = wholeFleet(6);
    const partials = shardsOf(files, 3, ['']);
    expect(partials.map(({ results }) => results.units.length)).toEqual([2, 2, 2]);
    const { calls } = countIn(() => merged(files, partials, ['']));
    const { calls: alone } = countIn(() => lint({ fileSystem: memoryFileSystem(files), paths: [''] }));
    // Of seven objects for each cluster, two are files that no kustomization lists, which whoever merges judges.
    for (const name of ['judgeAdmission', 'judgeObject']) {
      expect(callsOf(name, alone)).toBeGreaterThan(6 * 5);
      expect([name, callsOf(name, calls)]).toEqual([name, (callsOf(name, alone) * 2) / 7]);
    }
  });

  it('take a cluster of several directories whole, but none that is most of a repository', () => {
    const files = { ...wholeFleet(6) };
    for (let index = 0; index < 12; index += 2) {
      const apps = files[`clusters/c${index}/apps.yaml`] ?? '';
      files[`clusters/c${index}/apps.yaml`] =
        `${apps}---\n${apps.replace('name: apps', 'name: more').replace(`tenants/c${index}`, `more/c${index}`)}`;
      files[`more/c${index}/kustomization.yaml`] = 'namespace: more\nresources: [map.yaml]\n';
      files[`more/c${index}/map.yaml`] = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more}\n';
    }
    const partials = shardsOf(files, 3, ['']);
    const clusters = partials.flatMap(({ results }) =>
      results.units.map(({ resources }) => resources.length),
    );
    expect(clusters).toEqual([6, 6, 6, 6, 6, 6]);
    const alone = lint({ fileSystem: memoryFileSystem(files), paths: [''] });
    expect(formatsOf(merged(files, partials, ['']))).toEqual(formatsOf(alone));
    const ofOne = shardsOf(entryPointFiles(8), 3, ['']).flatMap(({ results }) => results.units);
    expect(ofOne).toEqual([]);
  });

  it('say of the content of an object that others wrote what they cannot say of it in its unit', () => {
    const pod = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: "web:1.0.0"}]}
`;
    const files = { 'k/kustomization.yaml': 'resources: [vendor/pod.yaml]\n', 'k/vendor/pod.yaml': pod };
    const [partial] = shardsOf(files, 1, ['']);
    expect(partial?.results.units.map(({ objects }) => objects)).toEqual([[]]);
    expect(partial?.answers.answers.length).toBeGreaterThan(0);
  });

  it('carry no secret, whatever makes it', () => {
    const files = fleetFiles(4);
    const written = JSON.stringify(shardsOf(files, 2, ['']));
    expect(written).toContain('tenants/c0');
    expect(written).not.toContain('quite-a-Secret-71');
    expect(written).not.toContain(btoa('quite-a-Secret-71'));
  });

  it('are no longer believed where a file is another one', () => {
    const changes = fc
      .constantFrom(...Object.keys(variants))
      .chain((path) => fc.tuple(fc.constant(path), fc.constantFrom(...(variants[path] ?? []))));
    const first = Object.fromEntries(
      Object.entries(variants).flatMap(([path, [text]]) => (text === undefined ? [] : [[path, text]])),
    );
    const partials = shardsOf(first, 2, ['']);
    fc.assert(
      fc.property(changes, ([path, text]) => {
        const { [path]: _, ...others } = first;
        const files = text === undefined ? others : { ...others, [path]: text };
        const alone = lint({ fileSystem: memoryFileSystem(files), paths: [''] });
        expect(formatsOf(merged(files, partials, ['']))).toEqual(formatsOf(alone));
      }),
      { numRuns: 12 },
    );
  });

  it('may render as much each as a run that is not split, and so may whoever merges them', () => {
    const files = fleetFiles(3);
    const { sources } = mergeShards(
      { fileSystem: memoryFileSystem(files), paths: [''] },
      shardsOf(files, 3, ['']),
    );
    expect(sources.limits.shards).toBe(3);
  });

  it('are whole, or seen not to be', () => {
    const [partial] = shardsOf(entryPointFiles(2), 1, ['']);
    if (partial === undefined) throw new Error('there is one');
    expect(isWhole(partial)).toBe(true);
    expect(isWhole({ ...partial, builds: { ...partial.builds, builds: [] } })).toBe(false);
  });
});
