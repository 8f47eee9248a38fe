import { expect, it } from 'vitest';
import { lintFiles } from '../support/lint-files.ts';

const only = ['secret-in-values', 'sops-file-not-encrypted', 'pull-secret-missing', 'object-unread'];

it('survives mappings where strings belong', () => {
  const files = {
    'cdb-lint.yaml': 'privateRegistries: [registry.shop.internal]\n',
    'kustomization.yaml': 'resources: [a.yaml, b.sops.yaml]\n',
    'a.yaml': `apiVersion: shop.internal/v1
kind: Mirror
metadata: {name: a, namespace: shop, annotations: {token: {a: b}}}
spec: {name: {a: b}, value: {a: b}, env: [{name: {a: b}, value: hunter2-hunter2}], password: [[hunter2-hunter2]]}
---
apiVersion: v1
kind: Pod
metadata: {name: a, namespace: shop}
spec: {containers: [{name: a, image: {a: b}}], imagePullSecrets: {a: b}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: a, namespace: shop}
roleRef: {kind: {a: b}, name: {a: b}}
subjects: [{kind: ServiceAccount, name: {a: b}, namespace: {a: b}}, {kind: Group, name: {a: b}}, a]
`,
    'b.sops.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: b}\ndata: {a: {b: c}}\nsops: {mac: a}\n',
  };
  const { findings } = lintFiles(files, { only });
  expect(findings.map(({ rule }) => rule)).toContain('sops-file-not-encrypted');
});
