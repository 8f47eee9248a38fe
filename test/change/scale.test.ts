import { describe, expect, it } from 'vitest';
import type { ChangeReport } from '../../src/report/change-report.ts';
import { planFiles, rowLines } from '../support/plan-files.ts';

function planEdit(text: string, from: string, to: string, others = ''): ChangeReport {
  const base = {
    'shop/kustomization.yaml': 'namespace: shop\nresources: [object.yaml, others.yaml]\n',
    'shop/object.yaml': text,
    'shop/others.yaml': `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n${others}`,
  };
  expect(text).toContain(from);
  return planFiles(base, { 'shop/object.yaml': text.replace(from, to) });
}

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 5
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1.4.0"}]}
`;

const scaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 3, maxReplicas: 9}
`;

describe('another number of replicas', () => {
  it.each([
    ['replicas: 7', '', 'changes scaled', ['2 pods more']],
    ['replicas: 4', '', 'changes scaled', ['1 pod fewer']],
    ['replicas: 0', '', 'breaks scaled-to-nothing', []],
    ['replicas: 0', scaler, 'breaks scaled-to-nothing', []],
    ['minReadySeconds: 0', '', 'disrupts replicas-reset', []],
    [
      'replicas: 2',
      scaler,
      'disrupts autoscaler-decides',
      ['HorizontalPodAutoscaler shop/web sets the number of pods'],
    ],
    [
      'minReadySeconds: 0',
      scaler,
      'disrupts replicas-handed-over',
      [
        'HorizontalPodAutoscaler shop/web sets the number of pods',
        '4 pods may be deleted before it sets the number again',
      ],
    ],
  ])('%s %s', (to, others, row, details) => {
    const [only, ...more] = planEdit(deployment, 'replicas: 5', to, others).rows;
    expect(more).toEqual([]);
    expect(`${only?.severity} ${only?.reason}`).toBe(row);
    expect(only?.details).toEqual(details);
  });

  it('deletes claims where the stateful set says so', () => {
    const set = deployment.replace('kind: Deployment', 'kind: StatefulSet').replace(
      'spec:\n',
      `spec:
  serviceName: web
  persistentVolumeClaimRetentionPolicy: {whenScaled: Delete}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`,
    );
    const plan = planEdit(set, 'replicas: 5', 'replicas: 3');
    expect(rowLines(plan)).toEqual(['destroys claims-deleted shop/object.yaml:10']);
    expect(plan.rows[0]?.details).toEqual([
      'claims data of the last 2 pods are deleted (whenScaled: Delete)',
      'StatefulSet shop/web gets a different number of pods: 5 → 3',
      '2 pods fewer',
    ]);
  });
});

describe('a field that is taken away', () => {
  const service = `apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  type: NodePort
  selector: {app: web}
  ports:
    - port: 80
      nodePort: 30080
`;

  it('stays where the API server allocates it', () => {
    const plan = planEdit(service, '      nodePort: 30080\n', '');
    expect(rowLines(plan)).toEqual(['silent field-stays shop/object.yaml:9 (base)']);
  });

  it('does not make a headless Service a normal one', () => {
    const headless = service
      .replace('type: NodePort', 'clusterIP: None')
      .replace('      nodePort: 30080\n', '');
    const plan = planEdit(headless, '  clusterIP: None\n', '');
    expect(rowLines(plan)).toEqual(['silent field-stays shop/object.yaml:5 (base)']);
    expect(plan.rows[0]?.details).toEqual(['the Service stays headless']);
  });

  it('gives way to its default, which is said', () => {
    const text = deployment.replace('  replicas: 5\n', '  replicas: 5\n  minReadySeconds: 30\n');
    const plan = planEdit(text, '  minReadySeconds: 30\n', '');
    expect(plan.rows.map(({ title }) => title)).toEqual([
      'Deployment shop/web changes: spec.minReadySeconds 30 is removed',
    ]);
  });

  it('says nothing new where the default is the same', () => {
    const text = deployment.replace('  replicas: 5\n', '  replicas: 5\n  progressDeadlineSeconds: 600\n');
    const plan = planEdit(text, '  progressDeadlineSeconds: 600\n', '');
    expect(plan.rows.map(({ reason }) => reason)).toEqual(['same-meaning']);
  });
});

describe('a ResourceQuota', () => {
  const quota = (cpu: string): string => `---
apiVersion: v1
kind: ResourceQuota
metadata: {name: all}
spec:
  hard:
    requests.cpu: "${cpu}"
`;
  const requesting = deployment.replace(
    'image: "web:1.4.0"',
    'image: "web:1.4.0", resources: {requests: {cpu: 1}}',
  );

  it('that is lowered below what is taken lets no further pod in', () => {
    const plan = planEdit(requesting + quota('6'), 'requests.cpu: "6"', 'requests.cpu: "4"');
    expect(rowLines(plan)).toEqual(['breaks quota-too-small shop/object.yaml:16']);
    expect(plan.rows[0]?.title).toBe('ResourceQuota shop/all is exceeded: 5 of 4 requests.cpu');
  });

  it('that has room, or had none before, is an update as any other', () => {
    const reasons = (from: string, to: string): string[] =>
      planEdit(requesting + quota(from), `"${from}"`, `"${to}"`).rows.map(({ reason }) => reason);
    expect(reasons('8', '7')).not.toContain('quota-too-small');
    expect(reasons('4', '3')).not.toContain('quota-too-small');
  });

  it('is too small where more pods are asked for', () => {
    const plan = planEdit(requesting, 'replicas: 5', 'replicas: 7', quota('6'));
    expect(rowLines(plan)).toEqual(['breaks quota-too-small shop/object.yaml:5']);
    expect(plan.rows[0]?.details).toContain('2 pods more');
  });
});
