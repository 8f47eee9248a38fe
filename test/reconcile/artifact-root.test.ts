import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';
import { configMap, discoverFiles, fluxKustomization } from './discover-files.ts';

const pushed = (name: string, path: string): string =>
  fluxKustomization(name, path).replace('GitRepository', 'OCIRepository');
const route = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: app }
spec: { rules: [{ host: "web.\${domain}" }] }
`;

const files = {
  'k8s/clusters/prod/kustomization.yaml': 'resources: [infra.yaml, apps.yaml]\n',
  'k8s/clusters/prod/infra.yaml': pushed('infra', 'providers/infra'),
  'k8s/clusters/prod/apps.yaml': pushed('apps', 'providers/apps'),
  'k8s/providers/infra/map.yaml': configMap('infra', 'k: v'),
  'k8s/providers/apps/map.yaml': configMap('apps', 'k: v'),
};
const paths = (more: Readonly<Record<string, string>>): (string | undefined)[] =>
  discoverFiles({ ...files, ...more }).clusters.flatMap(({ reconciliations }) =>
    reconciliations.filter(({ by }) => by === 'flux').map(({ path }) => path),
  );

it('an artifact is of the one directory below which all of its paths lie', () => {
  expect(paths({})).toEqual(['k8s/providers/apps', 'k8s/providers/infra']);
  const elsewhere = pushed('apps', 'others/apps');
  expect(paths({ 'k8s/clusters/prod/apps.yaml': elsewhere })).toEqual([undefined, undefined]);
  const twice = { 'old/providers/infra/a.yaml': 'a: 1\n', 'old/providers/apps/a.yaml': 'a: 1\n' };
  expect(paths(twice)).toEqual([undefined, undefined]);
});

it('where no artifact is known to be of this repository, its manifests may hold variables of Flux all the same', () => {
  const tree = {
    'clusters/prod/kustomization.yaml': 'resources: [apps.yaml]\n',
    'clusters/prod/apps.yaml': pushed('apps', 'apps'),
    'deploy/web/kustomization.yaml': 'resources: [route.yaml, more.yaml]\n',
    'deploy/web/route.yaml': route,
    // What is deployed from elsewhere as well makes it a cluster of its own.
    'deploy/web/more.yaml': pushed('tenant', './tenant').replace('flux-system }', 'tenant }'),
  };
  expect(lintFiles(tree, { only: ['invalid-value'] }).findings).toEqual([]);
});
