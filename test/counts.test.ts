import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import type * as checks from '../src/admit/policy/check-expression.ts';
import type * as expressions from '../src/admit/policy/expression.ts';
import { withPolicies } from '../src/admit/set-policies.ts';
import type * as targets from '../src/build/target.ts';
import type * as resources from '../src/object/resource.ts';
import type { FileSystem } from '../src/source/file-system.ts';
import { memoryFileSystem } from '../src/source/memory.ts';
import type * as paths from '../src/source/path.ts';
import type { Mapping } from '../src/source/value.ts';
import { entryPointFiles } from './support/entry-point-files.ts';
import { lintFiles } from './support/lint-files.ts';
import { platformFiles } from './support/platform-files.ts';

const calls = vi.hoisted(() => ({
  expressions: [] as string[],
  directories: [] as string[],
  lookUps: 0,
  paths: 0,
  checks: 0,
}));

// What rules ask of objects while they look for others: each pair that is compared counts.
vi.mock(import('../src/object/resource.ts'), async (original) => {
  const module: typeof resources = await original();
  return {
    ...module,
    namespaceOf: (object: Mapping) => {
      calls.lookUps++;
      return module.namespaceOf(object);
    },
    nameOf: (object: Mapping) => {
      calls.lookUps++;
      return module.nameOf(object);
    },
  };
});

// Each path that is held against a directory.
vi.mock(import('../src/source/path.ts'), async (original) => {
  const module: typeof paths = await original();
  return {
    ...module,
    isBelow: (...args: Parameters<typeof module.isBelow>) => {
      calls.paths++;
      return module.isBelow(...args);
    },
    directoriesAbove: (path: string) => {
      calls.paths++;
      return module.directoriesAbove(path);
    },
  };
});

vi.mock(import('../src/admit/policy/expression.ts'), async (original) => {
  const module: typeof expressions = await original();
  return {
    ...module,
    parseExpression: (text: string) => {
      calls.expressions.push(text);
      return module.parseExpression(text);
    },
  };
});

vi.mock(import('../src/admit/policy/check-expression.ts'), async (original) => {
  const module: typeof checks = await original();
  return {
    ...module,
    typeOfExpression: (...args: Parameters<typeof module.typeOfExpression>) => {
      calls.checks++;
      return module.typeOfExpression(...args);
    },
  };
});

vi.mock(import('../src/build/target.ts'), async (original) => {
  const module: typeof targets = await original();
  return {
    ...module,
    loadTarget: (...args: Parameters<typeof module.loadTarget>) => {
      calls.directories.push(args[1].directory);
      return module.loadTarget(...args);
    },
  };
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
  const { coverage, findings } = lintFiles({}, { fileSystem, paths: ['k8s'] });
  expect(findings).toEqual([]);
  expect(coverage.builds).toBe(2);

  expect(reads.length).toBeGreaterThan(50);
  expect(twice(reads), 'files read twice').toEqual([]);
  expect(coverage.filesRead).toBe(reads.length);
  expect(coverage.filesParsed).toBeLessThanOrEqual(coverage.filesRead);

  expect(calls.expressions.length).toBeGreaterThan(50);
  expect(twice(calls.expressions), 'expressions parsed twice').toEqual([]);

  expect(calls.directories).toContain('k8s/base');
  expect(twice(calls.directories), 'bases built twice').toEqual([]);
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
    calls.checks = 0;
    const { coverage } = lintFiles({ ...base, ...overlays });
    expect(coverage.builds).toBe(Object.keys(overlays).length);
    return calls.checks;
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

it('twice as many entry points are not much more than twice the work', () => {
  const [few, many] = [20, 40].map((count) => {
    calls.lookUps = 0;
    calls.paths = 0;
    const { coverage, findings } = lintFiles(entryPointFiles(count));
    expect(coverage.builds).toBe(count);
    expect(findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining(missing));
    return { lookUps: calls.lookUps, paths: calls.paths };
  });
  for (const counted of ['lookUps', 'paths'] as const) {
    expect(few?.[counted]).toBeGreaterThan(counted === 'paths' ? 50 : 1000);
    expect(many?.[counted], counted).toBeLessThan((few?.[counted] ?? 0) * 2.1);
  }
});

it('the policies of all that bring none of their own are put together once', () => {
  const [first, ...others] = withPolicies([{ resources: [] }, { resources: [] }, { resources: [] }]);
  expect(others).toHaveLength(2);
  for (const other of others) expect(other.policies).toBe(first?.policies);
});
