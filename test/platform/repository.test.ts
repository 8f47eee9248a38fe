import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project, spawnCli } from '../support/run-cli.ts';
import { hasKubectl } from './manifest.ts';

describe('cdb-lint . in this repository', () => {
  const { status, stdout } = spawnCli([
    '.',
    '--format',
    'json',
    '--fail-on',
    'note',
    '--profile',
    'recommended',
  ]);
  const report = JSON.parse(stdout);

  it('has no finding, and leaves nothing unchecked, in the recommended profile', () => {
    expect([status, report.diagnostics, report.coverage.unchecked]).toEqual([0, [], []]);
  });

  it('judges both environments whole, with their nine services', () => {
    const environments: { name: string; complete: boolean; services: string[] }[] =
      report.coverage.environments;
    const named = environments.filter(({ name }) => name === 'dev' || name === 'prod');
    expect(named.map(({ complete, services }) => [complete, services.length])).toEqual([
      [true, 9],
      [true, 9],
    ]);
  });

  it('renders all that Flux and Argo CD would, and knows every kind', () => {
    expect(report.coverage.notRendered).toEqual([]);
    expect(report.coverage.unresolvedVariables).toEqual([]);
    expect(report.coverage.objectsWithoutSchema).toBe(0);
  });

  it('leaves components that are not switched on, the policies as a whole, and nothing else', () => {
    const left: string[] = report.coverage.notDeployed;
    const others = left.filter((place) => !place.startsWith('k8s/components/'));
    expect(others.filter((place) => !place.startsWith('policies'))).toEqual([]);
    expect(report.coverage.ignored).toEqual(['test']);
  });
});

it('k8s/DELIVERY_SUMMARY.md is what was measured', () => {
  const { stdout } = spawnCli(['report', '.']);
  const committed = readFileSync(join(project, 'k8s/DELIVERY_SUMMARY.md'), 'utf8');
  expect(committed === stdout, 'it is not: npx cdb-lint report . > k8s/DELIVERY_SUMMARY.md').toBe(true);
});

// The halves of an environment are held against the whole in flux.test.ts.
const roots = [
  'argocd',
  'flux/clusters/dev',
  'flux/clusters/prod',
  'k8s/overlays/dev',
  'k8s/overlays/prod',
  'policies',
  'policies/overlays/dev',
  'policies/overlays/prod',
];

it.runIf(hasKubectl).each(roots)('%s is for kubectl kustomize, byte for byte, what it is for us', (root) => {
  const oracle = spawnSync('kubectl', ['kustomize', root], { cwd: project, encoding: 'utf8' });
  expect(oracle.status).toBe(0);
  expect(spawnCli(['render', root]).stdout).toBe(oracle.stdout);
});
