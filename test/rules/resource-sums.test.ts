import { describe, expect, it } from 'vitest';
import { openBuilder } from '../../src/build/build.ts';
import { formatBytes, formatCpu } from '../../src/object/quantity.ts';
import { diskFileSystem } from '../../src/source/disk.ts';
import { openSources } from '../../src/source/load.ts';
import { memoryFileSystem } from '../../src/source/memory.ts';
import { limitRangeUses } from '../../src/workload/capacity/limit-range-uses.ts';
import { type Load, quotaUses, usageByNamespace } from '../../src/workload/capacity/resource-sums.ts';

const kustomization = { 'kustomization.yaml': 'resources: [objects.yaml]\n' };

function build(objects: string): ReturnType<ReturnType<typeof openBuilder>['build']> {
  const files = { ...kustomization, 'objects.yaml': objects };
  return openBuilder(openSources(memoryFileSystem(files))).build('');
}

function sums(objects: string, load: Load, namespace = 'shop'): Record<string, string> {
  return written(usageByNamespace(build(objects)).get(namespace)?.[load] ?? new Map());
}

function written(amounts: ReadonlyMap<string, bigint>): Record<string, string> {
  return Object.fromEntries(
    [...amounts].map(([name, amount]) => [
      name,
      /memory|storage$/u.test(name) ? formatBytes(amount) : formatCpu(amount),
    ]),
  );
}

const deployment = (spec: string, pod = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  ${spec}
  template:
    spec:
      containers:
        - {name: web, image: web, resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 128Mi}}}
      ${pod}
`;
const autoscaler = `---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {minReplicas: 2, maxReplicas: 9, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
`;

describe('what a namespace takes', () => {
  it('is the sum of its pods, and one quarter more while they roll', () => {
    expect(sums(deployment('replicas: 5'), 'steady')).toMatchObject({
      pods: '5',
      'requests.cpu': '500m',
      'requests.memory': '320Mi',
      'limits.memory': '640Mi',
    });
    expect(sums(deployment('replicas: 5'), 'rollout')).toMatchObject({ pods: '7', 'requests.cpu': '700m' });
  });

  it.each([
    ['strategy: {type: Recreate}', '1'],
    ['strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 1}}', '1'],
    ['strategy: {rollingUpdate: {maxSurge: 200%}}', '3'],
    ['replicas: 0', '0'],
  ])('rolls as it is told: %s', (spec, pods) => {
    expect(sums(deployment(spec), 'rollout')['pods']).toBe(pods);
  });

  it('goes up to the maximum of an autoscaler', () => {
    const objects = deployment('strategy: {rollingUpdate: {maxSurge: 1}}') + autoscaler;
    expect(['steady', 'rollout', 'peak'].map((load) => sums(objects, load as Load)['pods'])).toEqual([
      '2',
      '3',
      '10',
    ]);
    const asleep = deployment('replicas: 0') + autoscaler;
    expect(sums(asleep, 'peak')['pods']).toBe('0');
  });

  it('counts the greediest init container, sidecars and overhead as the scheduler does', () => {
    const init = `initContainers:
        - {name: big, image: i, resources: {requests: {cpu: "1"}}}
        - {name: side, image: i, restartPolicy: Always, resources: {requests: {cpu: 50m}}}
        - {name: late, image: i, resources: {requests: {cpu: "1"}}}
      overhead: {cpu: 10m}`;
    expect(sums(deployment('replicas: 1', init), 'steady')['requests.cpu']).toBe('1060m');
  });

  it('takes a limit for the request, and what a LimitRange gives', () => {
    const objects = `${deployment('replicas: 1').replace('requests: {cpu: 100m, memory: 64Mi}, ', '')}---
apiVersion: v1
kind: LimitRange
metadata: {name: limits, namespace: shop}
spec: {limits: [{type: Container, max: {cpu: "2"}, defaultRequest: {memory: 1Mi}}]}
`;
    expect(sums(objects, 'steady')).toMatchObject({
      'requests.memory': '128Mi',
      'requests.cpu': '2',
      'limits.cpu': '2',
    });
  });

  it('counts claims, those of a stateful set once for each pod, and jobs only next to a roll-out', () => {
    const objects = `
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: a, namespace: shop}
spec: {resources: {requests: {storage: 1Gi}}}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db, namespace: shop}
spec:
  replicas: 3
  template: {spec: {containers: [{name: db, image: db}]}}
  volumeClaimTemplates:
    - metadata: {name: data}
      spec: {storageClassName: fast, resources: {requests: {storage: 2Gi}}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: tidy, namespace: shop}
spec: {schedule: "@daily", jobTemplate: {spec: {parallelism: 2, template: {spec: {containers: [{name: t, image: t}]}}}}}
`;
    expect(sums(objects, 'steady')).toEqual({
      pods: '3',
      'requests.storage': '7Gi',
      persistentvolumeclaims: '4',
      'fast.storageclass.storage.k8s.io/requests.storage': '6Gi',
    });
    expect(sums(objects, 'rollout')['pods']).toBe('5');
  });
});

it('sets the limits of a ResourceQuota against what is taken', () => {
  const quota = `---
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota, namespace: shop}
spec: {hard: {cpu: 600m, limits.memory: 1Gi, services.nodeports: "0", count/pods: "6"}}
`;
  const uses = quotaUses(build(deployment('replicas: 5') + quota));
  expect(uses.map(({ resource, hard, used }) => [resource, hard < used.steady, hard < used.rollout])).toEqual(
    [
      ['cpu', false, true],
      ['limits.memory', false, false],
      ['count/pods', false, true],
    ],
  );
});

it('counts objects of custom kinds by the plural of their CRD, of a product that is known, or as it usually is', () => {
  const objects = `---
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: geese.example.org}
spec: {group: example.org, scope: Namespaced, names: {kind: Goose, plural: geese}, versions: []}
---
apiVersion: example.org/v1
kind: Goose
metadata: {name: a, namespace: shop}
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: {name: a, namespace: shop}
---
apiVersion: example.com/v1
kind: Policy
metadata: {name: a, namespace: shop}
---
apiVersion: v1
kind: ResourceQuota
metadata: {name: quota, namespace: shop}
spec:
  hard: {count/geese.example.org: "3", count/certificates.cert-manager.io: "3", count/policies.example.com: "3", count/gooses.example.org: "3"}
`;
  expect(quotaUses(build(objects)).map(({ resource, used }) => [resource, used.steady])).toEqual([
    ['count/geese.example.org', 1_000_000_000n],
    ['count/certificates.cert-manager.io', 1_000_000_000n],
    ['count/policies.example.com', 1_000_000_000n],
  ]);
});

it('knows what comes closest to the bounds of a LimitRange', () => {
  const range = `---
apiVersion: v1
kind: LimitRange
metadata: {name: limits, namespace: shop}
spec:
  limits:
    - {type: Container, min: {memory: 128Mi}, max: {memory: 128Mi}}
    - {type: Pod, max: {cpu: "1"}}
    - {type: PersistentVolumeClaim, max: {storage: 1Gi}}
`;
  const uses = limitRangeUses(build(deployment('replicas: 5') + range));
  expect(
    uses.map(({ type, resource, bound, used }) => [
      type,
      bound,
      used && written(new Map([[resource, used]]))[resource],
    ]),
  ).toEqual([
    ['Container', 'min', '64Mi'],
    ['Container', 'max', '128Mi'],
    ['Pod', 'max', '100m'],
    ['PersistentVolumeClaim', 'max', undefined],
  ]);
});

it('gives the sums that the platform promises', () => {
  const builder = openBuilder(openSources(diskFileSystem(new URL('../..', import.meta.url).pathname)));
  const usage = usageByNamespace(builder.build('k8s/overlays/prod')).get('cdb-trading');
  expect(written(usage?.steady ?? new Map())).toMatchObject({
    'requests.cpu': '6500m',
    'requests.memory': '8704Mi',
    'requests.storage': '45Gi',
  });
});
