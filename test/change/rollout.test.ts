import { describe, expect, it } from 'vitest';
import type { ChangeReport } from '../../src/report/change-report.ts';
import { fluxCluster, fluxKustomization, objectLines, planFiles } from '../support/plan-files.ts';

/** The plan of a new image for a workload, beside other objects. */
function planImage(workload: string, others = ''): ChangeReport {
  const base = {
    ...fluxCluster('clusters/prod'),
    'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
    'apps/workload.yaml': workload,
    'apps/others.yaml': others === '' ? 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n' : others,
  };
  expect(workload).toContain('web:1.4.0');
  return planFiles(base, { 'apps/workload.yaml': workload.replace('web:1.4.0', 'web:1.4.1') });
}

function workload(kind: string, spec: string, pod = ''): string {
  const lines = spec.split('\n').filter((line) => line !== '');
  return `apiVersion: apps/v1
kind: ${kind}
metadata: {name: web, namespace: shop}
spec:
${lines.map((line) => `  ${line}\n`).join('')}  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: web:1.4.0
          resources: {requests: {memory: 1Gi}}
${pod}`;
}

function told(plan: ChangeReport): readonly [string, ...string[]] {
  const [row] = plan.rows;
  return [`${row?.severity} ${row?.reason} ${row?.pods}`, ...(row?.details ?? [])];
}

describe('the rollout of a Deployment', () => {
  it.each([
    ['replicas: 1', 'disrupts restarts 1', '1 pod: up to 1 more at once, none unavailable'],
    ['replicas: 2', 'disrupts restarts 2', '2 pods: up to 1 more at once, none unavailable'],
    ['replicas: 10', 'disrupts restarts 10', '10 pods: up to 3 more at once, up to 2 unavailable'],
    [
      'replicas: 3\nstrategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 10%}}',
      'disrupts restarts 3',
      '3 pods: no surge, up to 1 unavailable',
    ],
    [
      'replicas: 1\nstrategy: {rollingUpdate: {maxSurge: 0}}',
      'breaks restarts-with-gap 1',
      '1 pod: no surge, up to 1 unavailable',
    ],
    [
      'replicas: 1\nstrategy: {rollingUpdate: {maxUnavailable: 1}}',
      'breaks restarts-with-gap 1',
      '1 pod: up to 1 more at once, up to 1 unavailable',
    ],
    [
      'replicas: 4\nstrategy: {type: Recreate}',
      'breaks restarts-with-gap 4',
      '4 pods: all stop before the first new one starts',
    ],
  ])('with %j is reported as its controller does it', (spec, row, words) => {
    expect(told(planImage(workload('Deployment', spec)))).toEqual([row, words]);
  });

  it('that is paused restarts nothing', () => {
    const plan = planImage(workload('Deployment', 'replicas: 2\npaused: true'));
    expect(told(plan)).toEqual(['silent held-back 0', 'spec.paused is true']);
  });

  it('counts the pods that an autoscaler of another owner keeps', () => {
    const scaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 8, maxReplicas: 9}
`;
    const plan = planImage(workload('Deployment', ''), scaler);
    expect(told(plan)).toEqual(['disrupts restarts 8', '8 pods: up to 2 more at once, up to 2 unavailable']);
  });

  it('cannot end where a quota has room for no new pod', () => {
    const plan = planImage(workload('Deployment', 'replicas: 2'), quota('2Gi'));
    expect(told(plan)).toEqual([
      'breaks rollout-stuck 2',
      '2 pods: up to 1 more at once, none unavailable',
      'ResourceQuota all has requests.memory for no new pod next to the old ones',
    ]);
  });

  it('goes on within a quota where pods may be missing', () => {
    const plan = planImage(workload('Deployment', 'replicas: 10'), quota('11Gi'));
    expect(told(plan)).toEqual([
      'disrupts restarts 10',
      '10 pods: up to 3 more at once, up to 2 unavailable',
      'ResourceQuota all has requests.memory for 1 pod next to the old ones',
    ]);
  });

  it('cannot end where the old pod has the volume', () => {
    const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;
    const volume = '      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]\n';
    const plan = planImage(workload('Deployment', 'replicas: 1', volume), claim);
    expect(told(plan)[0]).toBe('breaks rollout-stuck 1');
    expect(told(plan)[2]).toMatch(/^claim data is ReadWriteOnce/u);
  });
});

function quota(memory: string): string {
  return `apiVersion: v1
kind: ResourceQuota
metadata: {name: all, namespace: shop}
spec: {hard: {requests.memory: ${memory}}}
`;
}

describe('the rollout of a StatefulSet', () => {
  it.each([
    ['replicas: 3', 'disrupts restarts 3', '3 pods, one after the other from the last'],
    ['replicas: 1', 'breaks restarts-with-gap 1', 'its only pod stops before the new one starts'],
    [
      'replicas: 3\nupdateStrategy: {type: OnDelete}',
      'silent held-back 0',
      'its pods are replaced when someone deletes them',
    ],
    [
      'replicas: 3\nupdateStrategy: {rollingUpdate: {partition: 3}}',
      'silent held-back 0',
      'the partition 3 holds back all of its 3 pods',
    ],
    [
      'replicas: 3\nupdateStrategy: {rollingUpdate: {partition: 2}}',
      'disrupts restarts 1',
      '1 pod, one after the other from the last',
      'the partition holds back the first 2 of 3 pods',
    ],
  ])('with %j is reported as its controller does it', (spec, row, ...words) => {
    expect(told(planImage(workload('StatefulSet', `serviceName: web\n${spec}`)))).toEqual([row, ...words]);
  });
});

describe('the rollout of a DaemonSet', () => {
  it.each([
    ['', 'a pod on each node, up to 1 unavailable at once'],
    [
      'updateStrategy: {rollingUpdate: {maxUnavailable: 20%}}',
      'a pod on each node, up to 20% unavailable at once',
    ],
    [
      'updateStrategy: {rollingUpdate: {maxUnavailable: 0, maxSurge: 2}}',
      'a pod on each node, up to 2 more at once',
    ],
  ])('with %j goes node by node', (spec, words) => {
    expect(told(planImage(workload('DaemonSet', spec)))).toEqual(['disrupts restarts 1', words]);
  });
});

describe('a template of Jobs', () => {
  const job = `spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: web, image: web:1.4.0}]
`;

  it('is refused where the Job is there', () => {
    const plan = planImage(`apiVersion: batch/v1\nkind: Job\nmetadata: {name: web, namespace: shop}\n${job}`);
    expect(objectLines(plan)).toEqual(['prod Job/web refused refused']);
  });

  it('counts from the next run on', () => {
    const spec = job.replace(/^(?=.)/gmu, '    ').replace('    spec:', '  jobTemplate:\n    spec:');
    const plan = planImage(
      `apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: web, namespace: shop}\nspec:\n  schedule: "1 2 * * *"\n${spec}`,
    );
    expect(objectLines(plan)).toEqual(['prod CronJob/web update from-next-run']);
  });
});

describe('images', () => {
  it.each([
    ['web:2.5.0', 'web:2.4.9', ['image web goes back to an earlier version']],
    ['web:2.5.0', 'web:3.0.0', ['image web gets a new major version']],
    ['web:2.5.0', 'web:2.6.0', []],
    ['web:1.0.0', 'web:1.0.0-rc.1', ['image web goes back to an earlier version']],
    ['web:20240301', 'web:20230301', []],
    [`web:1.0.0@sha256:${'a'.repeat(64)}`, 'web:1.0.1', ['image web is no longer pinned by a digest']],
    ['web:1.0.0', 'web:latest', ['image web has a tag that moves: the version is decided when a pod starts']],
    ['web:1.0.0', 'registry.example.com/web:1.0.0', ['image web is replaced by registry.example.com/web']],
  ])('%s → %s', (before, after, remarks) => {
    const deployment = workload('Deployment', 'replicas: 1').replace('web:1.4.0', before);
    const files = {
      'shop/deployment.yaml': deployment,
      'shop/kustomization.yaml': 'resources: [deployment.yaml]\n',
    };
    const plan = planFiles(files, { 'shop/deployment.yaml': deployment.replace(before, after) });
    expect(plan.rows[0]?.details.slice(0, -1)).toEqual(remarks);
  });
});
