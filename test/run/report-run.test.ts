import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as fixer from '../../src/fix/kustomization-field.ts';
import type * as graph from '../../src/reconcile/graph.ts';
import type { Report } from '../../src/report/report.ts';
import type * as ownership from '../../src/run/ownership-report.ts';
import type * as parity from '../../src/run/parity-report.ts';
import type * as resources from '../../src/run/resource-report.ts';
import { deployment } from '../support/gate.ts';
import { lintFiles } from '../support/lint-files.ts';
import { fluxCluster, fluxKustomization } from '../support/plan-files.ts';

// Each part of a report can be told to stumble.
const stumbling = vi.hoisted(() => new Set<string>());
const stumble = vi.hoisted(() => (what: string) => {
  if (stumbling.has(what)) throw new TypeError('stumbled');
});
beforeEach(() => stumbling.clear());

vi.mock(import('../../src/run/parity-report.ts'), async (original) => {
  const module: typeof parity = await original();
  const parityReports: typeof module.parityReports = (...args) => {
    stumble('parity');
    return module.parityReports(...args);
  };
  return { ...module, parityReports };
});
vi.mock(import('../../src/run/resource-report.ts'), async (original) => {
  const module: typeof resources = await original();
  const resourceReports: typeof module.resourceReports = (...args) => {
    stumble('resources');
    return module.resourceReports(...args);
  };
  return { ...module, resourceReports };
});
vi.mock(import('../../src/run/ownership-report.ts'), async (original) => {
  const module: typeof ownership = await original();
  const ownershipReports: typeof module.ownershipReports = (...args) => {
    stumble('ownership');
    return module.ownershipReports(...args);
  };
  return { ...module, ownershipReports };
});
vi.mock(import('../../src/reconcile/graph.ts'), async (original) => {
  const module: typeof graph = await original();
  const clusterGraph: typeof module.clusterGraph = (...args) => {
    stumble('clusters');
    return module.clusterGraph(...args);
  };
  return { ...module, clusterGraph };
});
vi.mock(import('../../src/fix/kustomization-field.ts'), async (original) => {
  const module: typeof fixer = await original();
  const replaceKustomizationField: typeof module.replaceKustomizationField = (...args) => {
    stumble('fix');
    return module.replaceKustomizationField(...args);
  };
  return { replaceKustomizationField };
});

const files = {
  ...fluxCluster('clusters/prod'),
  'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
  'apps/kustomization.yaml': 'resources: [web.yaml]\ncommonLabels: {a: b}\n',
  'apps/web.yaml': deployment(':1.0'),
  'envs/dev/kustomization.yaml': 'resources: [../../apps]\n',
  'envs/test/kustomization.yaml': 'resources: [../../apps]\n',
};

const parts = ['environments', 'parity', 'resources', 'ownership', 'clusters'] as const;
const whole = lintFiles(files);
const drawn = (report: Report): Pick<Report, (typeof parts)[number]> =>
  Object.fromEntries(parts.map((part) => [part, report[part]])) as unknown as Report;
const fixesOf = ({ findings }: Report): number => findings.filter(({ fix }) => fix !== undefined).length;
const failed = ({ findings }: Report): (string | undefined)[] =>
  findings.flatMap(({ rule, unchecked }) => (rule === 'check-failed' ? [unchecked] : []));

describe('a report', () => {
  it('has all its parts, and fixes', () => {
    expect(parts.filter((part) => whole[part].length === 0)).toEqual([]);
    expect(fixesOf(whole)).toBeGreaterThan(0);
    expect(failed(whole)).toEqual([]);
  });

  it('that is only compared has findings alone', () => {
    const compared = lintFiles(files, { isOnlyCompared: true });
    expect(drawn(compared)).toEqual({
      environments: [],
      parity: [],
      resources: [],
      ownership: [],
      clusters: [],
    });
    expect(fixesOf(compared)).toBe(0);
    expect(compared.findings.map(({ fingerprint }) => fingerprint)).toEqual(
      whole.findings.map(({ fingerprint }) => fingerprint),
    );
  });

  it.each([
    ['parity', 'the parity of environments for .'],
    ['resources', 'the resources of environments for .'],
    ['ownership', 'who applies what for .'],
    ['clusters', 'the graph of clusters for .'],
  ] as const)('lacks the one part that stumbles, and says so: %s', (part, unchecked) => {
    stumbling.add(part);
    const report = lintFiles(files);
    expect(drawn(report)).toEqual({ ...drawn(whole), [part]: [] });
    expect([failed(report), report.exitCode, fixesOf(report)]).toEqual([[unchecked], 2, fixesOf(whole)]);
  });

  it('says once which fix stumbles, and has the others', () => {
    stumbling.add('fix').add('parity');
    const report = lintFiles(files);
    expect(failed(report)).toEqual([
      'the parity of environments for .',
      'the fix of kustomization-field-deprecated for apps/kustomization.yaml',
    ]);
    expect([report.exitCode, fixesOf(report)]).toEqual([2, fixesOf(whole) - 1]);
  });
});
