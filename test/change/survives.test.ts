import { expect, it } from 'vitest';
import { planFiles } from '../support/plan-files.ts';

/** Objects of the kinds that updates are told of, with a value where everything else is expected. */
const kinds = [
  'apps/v1 Deployment',
  'apps/v1 StatefulSet',
  'apps/v1 DaemonSet',
  'batch/v1 CronJob',
  'v1 Service',
  'v1 ConfigMap',
  'v1 Secret',
  'v1 Namespace',
  'v1 ResourceQuota',
  'v1 PersistentVolume',
  'v1 PersistentVolumeClaim',
  'networking.k8s.io/v1 NetworkPolicy',
  'networking.k8s.io/v1 Ingress',
  'policy/v1 PodDisruptionBudget',
  'rbac.authorization.k8s.io/v1 ClusterRole',
  'admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy',
  'apiextensions.k8s.io/v1 CustomResourceDefinition',
  'helm.toolkit.fluxcd.io/v2 HelmRelease',
  'source.toolkit.fluxcd.io/v1 OCIRepository',
  'argoproj.io/v1alpha1 Application',
  'argoproj.io/v1alpha1 ApplicationSet',
];
const odd = [
  'null',
  '[]',
  '{}',
  '9007199254740993',
  '[[], {}, null]',
  '{template: [], selector: 1, ports: {a: 1}}',
];
const usual =
  '{replicas: 1, selector: {a: b}, template: {spec: {containers: [{name: a, image: b}]}}, ports: [{port: 80}]}';

function object(kind: string, spec: string): string {
  const [version = '', name = ''] = kind.split(' ');
  return `apiVersion: ${version}\nkind: ${name}\nmetadata: {name: a, namespace: shop}\nspec: ${spec}\nrules: ${spec}\nsubjects: ${spec}\ndata: ${spec}\n`;
}

it.each(kinds)('a %s of any shape is compared', (kind) => {
  for (const [before, after] of odd.flatMap(
    (one) =>
      [
        [one, usual],
        [usual, one],
        [one, '{a: 1}'],
      ] as const,
  )) {
    const files = { 'shop/kustomization.yaml': 'resources: [a.yaml]\n', 'shop/a.yaml': object(kind, before) };
    const { rows } = planFiles(files, { 'shop/a.yaml': object(kind, after) });
    expect(rows.map(({ reason }) => reason)).not.toContain(undefined);
    expect(rows.length).toBeGreaterThan(0);
  }
});
