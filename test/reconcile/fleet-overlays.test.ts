import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const overlay = {
  'shop/overlays/dev/kustomization.yaml': 'patches: [{ path: web.yaml }]\n',
  'shop/overlays/dev/web.yaml':
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 3 }\n',
  'other/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: other }\n',
};

function told(fleet: string): { readonly rules: readonly string[]; readonly why: readonly string[] } {
  const { findings, coverage } = lintFiles(
    { ...overlay, 'shop/fleet.yaml': fleet },
    { only: ['patch-target-missing'] },
  );
  return {
    rules: findings.map(({ rule }) => rule),
    why: (coverage.leftOut ?? []).flatMap(({ why, places }) => places.map(({ path }) => `${path}: ${why}`)),
  };
}

it('a kustomization that Fleet applies to a chart is named, and checked where there is none', () => {
  const left = { rules: [], why: ['shop/overlays/dev: applied by Fleet to a chart, so left out'] };
  const chart = 'helm: { chart: https://charts.example.org/web-1.0.0.tgz }\n';
  expect(told(`${chart}kustomize: { dir: overlays/dev }\n`)).toEqual(left);
  expect(told(`${chart}targetCustomizations: [{ name: dev, kustomize: { dir: overlays/dev } }]\n`)).toEqual(
    left,
  );
  expect(told('kustomize: { dir: overlays/dev }\n').rules).toEqual(['patch-target-missing']);
});
