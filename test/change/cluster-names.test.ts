import { expect, it } from 'vitest';
import { type Files, fluxCluster, planFiles } from '../support/plan-files.ts';

const map = (value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {level: "${value}"}\n`;

const files: Files = {
  'cdb-lint.yaml': 'environments:\n  prod: {root: overlays/prod}\n',
  'overlays/prod/kustomization.yaml': 'resources: [settings.yaml]\n',
  'overlays/prod/settings.yaml': map('info'),
  ...fluxCluster('clusters/prod'),
  'clusters/prod/settings.yaml': map('info'),
};

it('two clusters of one name are two: each has its own objects, and says where it stands', () => {
  const { rows, clusters } = planFiles(files, {
    'overlays/prod/settings.yaml': map('debug'),
    'clusters/prod/settings.yaml': map('debug'),
  });
  const touched = clusters.filter(({ severity }) => severity !== undefined);
  expect(touched.map(({ name, actions }) => [name, actions])).toEqual([
    ['prod (clusters/prod)', { update: 1 }],
    ['prod (overlays/prod)', { update: 1 }],
  ]);
  expect(rows.map((row) => row.clusters)).toEqual([['prod (clusters/prod)'], ['prod (overlays/prod)']]);
});
