import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { builtInPolicies } from '../src/admit/policy/built-in.ts';
import { evaluatePolicies } from '../src/admit/policy/evaluate.ts';
import { expressionsOfPolicy } from '../src/admit/policy/policy.ts';
import { withPolicies } from '../src/admit/set-policies.ts';
import { judge } from '../src/run/judge.ts';
import type { FileSystem } from '../src/source/file-system.ts';
import { memoryFileSystem } from '../src/source/memory.ts';
import type { Mapping } from '../src/source/value.ts';
import { callsOf, countCalls, countIn } from './support/call-counts.ts';
import { entryPointFiles } from './support/entry-point-files.ts';
import { lintFiles } from './support/lint-files.ts';
import { mappingOf } from './support/mapping-of.ts';
import { planFiles } from './support/plan-files.ts';
import { platformFiles } from './support/platform-files.ts';

// First, before another test has parsed anything.
it('expressions are parsed when an object needs them, and once', () => {
  const parsedFor = (kind: string, spec: object): number => {
    const object = mappingOf({ apiVersion: 'v1', kind, metadata: { name: 'web' }, spec }) as Mapping;
    const calls = countCalls(() => evaluatePolicies(builtInPolicies(), { operation: 'CREATE', object }));
    return callsOf('parseExpression', calls);
  };
  const forService = parsedFor('Service', { type: 'ClusterIP' });
  expect(forService).toBeLessThan(5);
  const forPod = parsedFor('Pod', { containers: [{ name: 'web', image: 'web' }] });
  expect(forPod).toBeGreaterThan(10);
  expect(parsedFor('Pod', { containers: [{ name: 'shop', image: 'shop' }] })).toBe(0);
  const texts = new Set(
    builtInPolicies()
      .flatMap(expressionsOfPolicy)
      .map(({ text }) => text),
  );
  expect(forService + forPod).toBeLessThanOrEqual(texts.size);
});

const files = platformFiles();

function countingFileSystem(): { fileSystem: FileSystem; reads: string[] } {
  const reads: string[] = [];
  const inner = memoryFileSystem(files);
  return {
    reads,
    fileSystem: {
      ...inner,
      read: (path) => {
        reads.push(path);
        return inner.read(path);
      },
    },
  };
}

it('a run over our own manifests does each piece of work once', () => {
  const { fileSystem, reads } = countingFileSystem();
  const { result, calls } = countIn(() => judge({ fileSystem, paths: ['k8s'] }));
  const { coverage, findings } = result.report;
  expect(findings).toEqual([]);
  expect(coverage.builds).toBe(2);

  expect(reads.length).toBeGreaterThan(50);
  expect(twice(reads), 'files read twice').toEqual([]);
  expect(coverage.filesRead).toBe(reads.length);
  expect(coverage.filesParsed).toBeLessThanOrEqual(coverage.filesRead);

  const inputs = new Set([...result.builds.values()].flatMap((build) => build.inputs));
  expect(inputs).toContain('k8s/base/kustomization.yaml');
  const kustomizations = [...inputs].filter((path) => path.endsWith('/kustomization.yaml'));
  // Components are tried on top of one environment, which is a base then, built once for all of them; each trial takes its component.
  const trials = (coverage.tried ?? []).length;
  expect(trials).toBeGreaterThan(0);
  const asBase = kustomizations.filter((path) => path.startsWith('k8s/overlays/dev/')).length;
  const loaded = kustomizations.length + asBase + 2 * trials;
  expect(callsOf('loadTarget', calls), 'bases built twice').toBe(loaded);

  expect(callsOf('parseExpression', calls)).toBeGreaterThan(0);
  const again = countIn(() => lintFiles(files, { paths: ['k8s'] }));
  expect(callsOf('parseExpression', again.calls), 'expressions parsed twice').toBe(0);
});

it('a policy that several builds bring is checked once', () => {
  const overlay = (name: string) => ({
    [`${name}/kustomization.yaml`]: `resources: [../base]\nlabels: [{ pairs: { environment: ${name} } }]\n`,
  });
  const base = {
    'base/kustomization.yaml': 'resources: [policy.yaml]\n',
    'base/policy.yaml': readFileSync('policies/base/single-replica.yaml', 'utf8'),
  };
  const [one, two] = [overlay('dev'), { ...overlay('dev'), ...overlay('prod') }].map((overlays) => {
    const { result, calls } = countIn(() => lintFiles({ ...base, ...overlays }));
    expect(result.coverage.builds).toBe(Object.keys(overlays).length);
    return callsOf('typeOfExpression', calls);
  });
  expect(one).toBeGreaterThan(5);
  expect(two).toBe(one);
});

/** Rules that look through all neighbours, and find nothing. */
const missing = [
  'autoscaler-target-missing',
  'governing-service-missing',
  'ingress-backend-missing',
  'key-unread',
  'network-policy-peer-selects-nothing',
  'reference-missing',
  'service-host-missing',
  'service-monitor-selects-nothing',
  'service-selects-nothing',
];

function twice(items: readonly string[]): string[] {
  return items.filter((item, index) => items.indexOf(item) !== index);
}

it('twice as many entry points are not much more than twice the work, whatever does it', () => {
  const [few = new Map(), many = new Map()] = [15, 30].map((count) => {
    const { result, calls } = countIn(() => lintFiles(entryPointFiles(count)));
    expect(result.coverage.builds).toBe(count);
    expect(result.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(missing));
    return calls;
  });
  const often = [...many].filter(([, calls]) => calls > 300);
  expect(often.length).toBeGreaterThan(100);
  const steep = often.filter(([name, calls]) => calls > (few.get(name) ?? 0) * 2.1);
  expect(steep).toEqual([]);
});

it('against a base as well, whether one overlay is edited or what all of them read', () => {
  const leaf = {
    'overlays/3/kustomization.yaml': 'namespace: team-3\nnamePrefix: new-\nresources:\n- ../../base\n',
  };
  const base = {
    'base/kustomization.yaml': 'labels: [{ pairs: { edited: "yes" } }]\nresources:\n- objects.yaml\n',
  };
  for (const [edited, reached] of [
    [leaf, 1],
    [base, 20],
  ] as const) {
    // What is remembered of runs before, over other trees, is gone through once more by the first.
    planFiles(entryPointFiles(4), edited);
    const [few = new Map(), many = new Map()] = [20, 40].map((count) => {
      const { result, calls } = countIn(() => planFiles(entryPointFiles(count), edited));
      expect(result.objects.length).toBeGreaterThan(reached * 5);
      return calls;
    });
    // Sorting compares more often than there are things, and by a law of its own.
    const often = [...many].filter(([name, calls]) => calls > 300 && !name.startsWith('compare'));
    expect(often.length).toBeGreaterThan(100);
    expect(often.filter(([name, calls]) => calls > (few.get(name) ?? 0) * 2.1)).toEqual([]);
  }
});

it('the policies of all that bring none of their own are put together once', () => {
  const [first, ...others] = withPolicies([{ resources: [] }, { resources: [] }, { resources: [] }]);
  expect(others).toHaveLength(2);
  for (const other of others) expect(other.policies).toBe(first?.policies);
});
