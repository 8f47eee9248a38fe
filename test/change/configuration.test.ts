import { describe, expect, it } from 'vitest';
import type { ChangeReport } from '../../src/report/change-report.ts';
import { objectLines, planFiles } from '../support/plan-files.ts';

const settings = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data:
  mode: old
  other: same
`;

interface Pod {
  readonly container?: string;
  readonly more?: string;
  readonly annotations?: string;
}

function deployment({ container = '', more = '', annotations = '{}' }: Pod, name = 'web'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}, namespace: shop, annotations: ${annotations}}
spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - {name: web, image: "web:1.4.0", ${container}}
      ${more}
`;
}

function planSettings(...pods: readonly string[]): ChangeReport {
  const base = {
    'shop/kustomization.yaml': 'resources: [settings.yaml, pods.yaml]\n',
    'shop/settings.yaml': settings,
    'shop/pods.yaml': pods.join('---\n'),
  };
  return planFiles(base, { 'shop/settings.yaml': settings.replace('mode: old', 'mode: new') });
}

const volume = 'volumes: [{name: settings, configMap: {name: settings}}]';
const variable = 'env: [{name: MODE, valueFrom: {configMapKeyRef: {name: settings, key: mode}}}]';
const otherVariable = 'env: [{name: MODE, valueFrom: {configMapKeyRef: {name: settings, key: other}}}]';
const all = 'envFrom: [{configMapRef: {name: settings}}]';
const singleFile = 'volumeMounts: [{name: settings, mountPath: /etc/mode, subPath: mode}]';
const files = 'volumeMounts: [{name: settings, mountPath: /etc/settings}]';

const job = `apiVersion: batch/v1
kind: Job
metadata: {name: once, namespace: shop}
spec: {template: {spec: {restartPolicy: Never, containers: [{name: once, image: "web:1.4.0", ${all}}]}}}
`;
const role = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader, namespace: shop}
rules: [{apiGroups: [""], resources: [configmaps], verbs: [get]}]
`;
const reader = `${role}---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: reader, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: ServiceAccount, name: default, namespace: shop}]
`;

describe('a ConfigMap that changes and keeps its name', () => {
  it.each<[string, string, string]>([
    ['a variable', deployment({ container: variable }), 'reaches-no-pod'],
    ['all as variables', deployment({ container: all }), 'reaches-no-pod'],
    ['a single file', deployment({ container: singleFile, more: volume }), 'reaches-no-pod'],
    ['a volume', deployment({ container: files, more: volume }), 'updated'],
    ['another variable', deployment({ container: otherVariable }), 'read-by-nothing'],
    ['nothing', deployment({}), 'read-by-nothing'],
    ['nothing, and named in a note', deployment({ annotations: '{note: see settings}' }), 'updated'],
    ['nothing but what a job starts with', `${deployment({})}---\n${job}`, 'updated'],
    ['nothing, where pods may ask for it', `${deployment({})}---\n${reader}`, 'updated'],
    ['nothing, where there are no pods', role, 'updated'],
    [
      'a variable, under Reloader',
      deployment({ container: variable, annotations: '{reloader.stakater.com/auto: "true"}' }),
      'updated',
    ],
    [
      'a variable, under Reloader for another one',
      deployment({ container: variable, annotations: '{configmap.reloader.stakater.com/reload: "a,b"}' }),
      'reaches-no-pod',
    ],
  ])('read as %s', (_, pods, reason) => {
    const plan = planSettings(pods);
    expect(plan.objects.map((one) => one.reason)).toEqual([reason]);
  });

  it('says who sees it and who does not', () => {
    const mounted = deployment({ container: files, more: volume }, 'site');
    const plan = planSettings(deployment({ container: variable }), mounted);
    expect(plan.rows[0]).toMatchObject({
      reason: 'reaches-some-pods',
      severity: 'silent',
      details: [
        'Deployment shop/site mounts all of it: its files are updated within a minute or two',
        'Deployment shop/web reads it when a container starts: running pods keep the old values',
      ],
    });
    expect(plan.rows[0]?.safe).toHaveLength(2);
  });

  it('is read again where a checksum changes with it', () => {
    const pods = deployment({ container: variable }).replace(
      'labels: {app: web}}\n    spec',
      'labels: {app: web}, annotations: {checksum: a}}\n    spec',
    );
    expect(pods).toContain('checksum: a');
    const base = {
      'shop/kustomization.yaml': 'resources: [settings.yaml, pods.yaml]\n',
      'shop/settings.yaml': settings,
      'shop/pods.yaml': pods,
    };
    const plan = planFiles(base, {
      'shop/settings.yaml': settings.replace('mode: old', 'mode: new'),
      'shop/pods.yaml': pods.replace('checksum: a', 'checksum: b'),
    });
    expect(objectLines(plan).map((line) => line.split(' ').slice(-1)[0])).toEqual(['updated', 'restarts']);
  });

  it('rolls out with a hash in its name', () => {
    const base = {
      'shop/kustomization.yaml':
        'namespace: shop\nresources: [pods.yaml]\nconfigMapGenerator:\n  - name: settings\n    literals: [mode=old]\n',
      'shop/pods.yaml': deployment({ container: variable }),
    };
    const kustomization = base['shop/kustomization.yaml'].replace('mode=old', 'mode=new');
    const plan = planFiles(base, { 'shop/kustomization.yaml': kustomization });
    expect(plan.rows.map(({ reason }) => reason)).toEqual(['restarts', 'generated-anew']);
  });
});
