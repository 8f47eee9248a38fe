import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const pod = `apiVersion: v1
kind: Pod
metadata: { name: web }
spec: { containers: [{ name: web, image: "web:1.0.0", envFrom: [{ configMapRef: { name: gone } }] }] }
`;
const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: other }\n';

function severities(files: Readonly<Record<string, string>>): string[] {
  const tree = { 'k8s/kustomization.yaml': 'resources: [pod.yaml]\n', 'k8s/pod.yaml': pod, ...files };
  return lintFiles(tree, { only: ['reference-missing'] }).findings.map(({ severity }) => severity);
}

it('what a lone kustomization lacks is missing; next to other manifests these may be a part of a whole', () => {
  expect(severities({})).toEqual(['error']);
  expect(severities({ 'README.yaml': 'title: no manifest\n' })).toEqual(['error']);
  expect(severities({ 'more/map.yaml': map })).toEqual(['warning']);
  expect(severities({ 'more/kustomization.yaml': 'resources: [map.yaml]\n', 'more/map.yaml': map })).toEqual([
    'warning',
  ]);
});
