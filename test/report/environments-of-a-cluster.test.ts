import { describe, expect, it } from 'vitest';
import { criteriaMatrices } from '../../src/report/matrix.ts';
import { fluxKustomization } from '../reconcile/discover-files.ts';
import { lintFiles } from '../support/lint-files.ts';

const source =
  'apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: flux-system, namespace: flux-system}\nspec: {interval: 1m, url: "https://git.example.org/org/fleet"}\n';

function workload(name: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: "shop/${name}:1.4.2", env: [{ name: REDIS_HOST, value: redis }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 6379 }] }
`;
}

/** One cluster with two environments over one base; a label names all of it after the application. */
const files = {
  'clusters/main/source.yaml': source,
  'clusters/main/dev.yaml': fluxKustomization('shop-dev', './overlays/dev'),
  'clusters/main/prod.yaml': fluxKustomization('shop-prod', './overlays/prod'),
  'base/kustomization.yaml':
    'resources: [web.yaml, redis.yaml]\nlabels: [{ pairs: { app.kubernetes.io/name: shop }, includeTemplates: true }]\n',
  'base/web.yaml': workload('web'),
  'base/redis.yaml': workload('redis'),
  'overlays/dev/kustomization.yaml': 'namespace: shop\nresources: [../../base]\n',
  'overlays/prod/kustomization.yaml': 'namespace: shop\nnamePrefix: prod-\nresources: [../../base]\n',
};
const report = lintFiles(files, { profile: 'acceptance' });

describe('environments that share a cluster', () => {
  it('have a matrix each, with the same services', () => {
    const rows = criteriaMatrices(report).map(({ environment, rows }) => [
      environment.name,
      rows.map(({ service }) => service),
    ]);
    expect(rows).toEqual([
      ['dev', ['redis', 'web']],
      ['prod', ['redis', 'web']],
    ]);
  });

  it('count their own findings, and name themselves', () => {
    const found = report.findings.filter(({ rule }) => rule === 'renamed-name-in-string');
    expect(found.flatMap(({ occurrences }) => occurrences.map((one) => one.environment))).toEqual([
      'prod',
      'prod',
    ]);
    const wired = criteriaMatrices(report).map(({ criteria, rows }) => {
      const column = criteria.findIndex(({ name }) => name === 'wired');
      return rows.map(({ cells }) => cells[column]);
    });
    const [dev = [], prod = []] = wired;
    // The name in a text, and that the two select each other's pods, which is told once: at prod-…, the first by name.
    for (const [index, count] of dev.entries()) expect(prod[index]).toBe(Number(count) + 2);
  });

  it('are one environment, named after the cluster, where they run nothing in common', () => {
    const apart = {
      ...files,
      'overlays/prod/kustomization.yaml': 'namespace: shop\nresources: [other.yaml]\n',
      'overlays/prod/other.yaml': workload('other'),
    };
    expect(lintFiles(apart).environments.map(({ name }) => name)).toEqual(['main']);
  });
});
