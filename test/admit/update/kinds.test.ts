import { describe, expect, test } from 'vitest';
import { document, judgeUpdate } from './judge-update.ts';

type Pair = readonly [apiVersion: string, kind: string, old: string, next: string];

const role = (name: string) => `roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: ${name}}`;
const claim = (rest: string) =>
  `spec: {accessModes: [ReadWriteOnce], ${rest}}\nstatus: {phase: Bound, capacity: {storage: 10Gi}}`;
const workload = (rest: string, labels = '{app: a}') =>
  `spec: {${rest}, selector: {matchLabels: ${labels}}, template: {metadata: {labels: ${labels}}, spec: {containers: [{name: c, image: i}]}}}`;
const volume = (rest: string) => `spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, ${rest}}`;
const slice = (driver: string, pool: string, generation: number) =>
  `spec: {driver: ${driver}, nodeName: "n", pool: {name: ${pool}, generation: ${generation}, resourceSliceCount: 1}}`;
const request = (usage: string) =>
  `spec: {request: ${btoa('-----BEGIN CERTIFICATE REQUEST-----\nMIGLMD8CAQAwDDEKMAgGA1UEAwwBYTAqMAUGAytlcAMhAOhYbJUh9BFENa9/taqSdImYZExHaaUfEtdfLl3w7icyoAAwBQYDK2VwA0EAT1L8WWbkyqNXMnloI7614e957C4UKdfX1UWoFt7uJHrPXq6XBDvATGmHnZYnuLM+eJL3kAwg5zZAnQUuTiEyAw==\n-----END CERTIFICATE REQUEST-----\n')}, signerName: example.com/a, usages: [${usage}]}`;
const event = (reason: string) =>
  `eventTime: "2026-01-01T00:00:00.000000Z"\nreason: ${reason}\naction: a\ntype: Normal\nreportingController: e.example.com/c\nreportingInstance: c\nregarding: {kind: Pod, namespace: default}`;
const port = 'ports: [{port: 80}]';

const behavior = (direction: string, policies: string) =>
  `spec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, behavior: {${direction}: {policies: ${policies}}}}`;
const onePolicy = '[{type: Pods, value: 1, periodSeconds: 15}]';

describe('accepted updates', () => {
  test.each<Pair>([
    ['v1', 'ConfigMap', 'data: {a: "1"}', 'data: {a: "2"}'],
    ['v1', 'ConfigMap', 'data: {a: "1"}', 'data: {a: "1"}\nimmutable: true'],
    ['v1', 'ConfigMap', 'immutable: true', 'immutable: true\ndata: {}'],
    ['v1', 'ConfigMap', 'immutable: true\ndata: {}', 'immutable: true'],
    ['v1', 'Secret', 'immutable: true\ndata: {}', 'immutable: true'],
    ['v1', 'Secret', 'data: {a: YQ==}', 'data: {a: Yg==}'],
    ['v1', 'Secret', 'immutable: true\nstringData: {a: a}', 'immutable: true\ndata: {a: YQ==}'],
    ['v1', 'Namespace', '', 'spec: {finalizers: [kubernetes]}'],
    ['v1', 'ResourceQuota', 'spec: {scopes: [A, B]}', 'spec: {scopes: [B, A, A]}'].map((text) =>
      text.replace(/\bA\b/g, 'NotTerminating').replace(/\bB\b/g, 'NotBestEffort'),
    ) as unknown as Pair,
    [
      'v1',
      'PersistentVolumeClaim',
      claim('resources: {requests: {storage: 10Gi}}'),
      claim('resources: {requests: {storage: 20Gi}}'),
    ],
    [
      'v1',
      'PersistentVolumeClaim',
      claim('resources: {requests: {storage: 1Gi}}'),
      claim('resources: {requests: {storage: 1024Mi}}'),
    ],
    [
      'v1',
      'PersistentVolumeClaim',
      claim('resources: {requests: {storage: 1Gi}}'),
      claim('resources: {requests: {storage: 1Gi}}, storageClassName: fast'),
    ],
    [
      'v1',
      'PersistentVolume',
      volume('nfs: {server: s, path: /p}'),
      volume('nfs: {server: s, path: /p}, mountOptions: [ro]'),
    ],
    [
      'v1',
      'PersistentVolume',
      volume('csi: {driver: d, volumeHandle: h}'),
      volume('csi: {driver: d, volumeHandle: h, controllerExpandSecretRef: {name: a, namespace: b}}'),
    ],
    ['v1', 'Service', `spec: {${port}}`, 'spec: {ports: [{port: 81}]}'],
    // Absent policies are filled in, and so are empty metrics.
    [
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      behavior('scaleUp', onePolicy),
      behavior('scaleUp', 'null'),
    ],
    [
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      behavior('scaleUp', onePolicy),
      behavior('scaleUp', onePolicy).replace('behavior', 'metrics: [], behavior'),
    ],
    // An empty map is no other one than none.
    [
      'apps/v1',
      'StatefulSet',
      workload('serviceName: s'),
      workload('serviceName: s, volumeClaimTemplates: []').replace(
        'metadata: {',
        'metadata: {annotations: {}, ',
      ),
    ],
    [
      'v1',
      'ReplicationController',
      'spec: {template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: i}]}}}',
      'spec: {selector: {}, template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: i}]}}}',
    ],
    [
      'resource.k8s.io/v1',
      'ResourceSlice',
      slice('d.example.com', 'p', 1),
      `${slice('d.example.com', 'p', 2)}\n`.replace('}\n', ', devices: [{name: e}]}'),
    ],
    [
      'v1',
      'Event',
      'involvedObject: {namespace: default}\nreason: a',
      'involvedObject: {namespace: default}\nreason: b',
    ],
    ['certificates.k8s.io/v1', 'CertificateSigningRequest', request('client auth'), request('')],
    [
      'events.k8s.io/v1',
      'Event',
      event('a'),
      `${event('a')}\nseries: {count: 2, lastObservedTime: "2026-01-01T00:00:00.000000Z"}`,
    ],
    ['v1', 'Service', `spec: {clusterIP: 10.0.0.1, ${port}}`, `spec: {${port}}`],
    ['v1', 'Service', `spec: {clusterIP: None, ${port}}`, 'spec: {clusterIP: None}'],
    ['v1', 'Service', `spec: {${port}}`, 'spec: {type: ExternalName, externalName: db.example.com}'],
    [
      'v1',
      'Service',
      `spec: {type: LoadBalancer, externalTrafficPolicy: Local, ${port}}`,
      `spec: {externalTrafficPolicy: Local, ${port}}`,
    ],
    ['apps/v1', 'Deployment', workload('replicas: 1'), workload('replicas: 2')],
    ['apps/v1', 'StatefulSet', workload('replicas: 1'), workload('replicas: 2, minReadySeconds: 3')],
    ['apps/v1', 'StatefulSet', workload('revisionHistoryLimit: 1'), workload('revisionHistoryLimit: 2')],
    ['storage.k8s.io/v1', 'StorageClass', 'provisioner: p', 'provisioner: p\nallowVolumeExpansion: true'],
    ['scheduling.k8s.io/v1', 'PriorityClass', 'value: 1', 'value: 1\ndescription: d'],
    [
      'networking.k8s.io/v1',
      'ServiceCIDR',
      'spec: {cidrs: [10.0.0.0/8]}',
      'spec: {cidrs: [10.0.0.0/8, "fd00::/64"]}',
    ],
    [
      'rbac.authorization.k8s.io/v1',
      'RoleBinding',
      role('r'),
      `${role('r')}\nsubjects: [{kind: User, name: u, apiGroup: rbac.authorization.k8s.io}]`,
    ],
  ])('%s %s: %s → %s', (apiVersion, kind, old, next) => {
    expect(judgeUpdate(document(apiVersion, kind, old), document(apiVersion, kind, next))).toEqual([]);
  });
});

describe('refused updates', () => {
  test.each<readonly [...Pair, readonly string[]]>([
    [
      'v1',
      'ConfigMap',
      'immutable: true\ndata: {a: "1"}',
      'data: {a: "2"}',
      ['Forbidden immutable', 'Forbidden data'],
    ],
    ['v1', 'ConfigMap', 'immutable: true', 'immutable: true\nbinaryData: {}', ['Forbidden binaryData']],
    ['v1', 'Secret', 'immutable: true', 'immutable: true\ndata: {}', ['Forbidden data']],
    ['v1', 'Secret', 'immutable: true\ndata: {}', 'immutable: true\ndata: {}', ['Forbidden data']],
    [
      'v1',
      'ConfigMap',
      'immutable: true\nbinaryData: {a: YQ==}',
      'immutable: true',
      ['Forbidden binaryData'],
    ],
    [
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      behavior('scaleDown', onePolicy),
      behavior('scaleDown', '[]'),
      ['Required spec.behavior.scaleDown.policies'],
    ],
    [
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      behavior('scaleUp', 'null'),
      behavior('scaleUp', '[]'),
      ['Required spec.behavior.scaleUp.policies'],
    ],
    ['v1', 'Secret', 'type: a/b', 'type: c/d', ['Invalid type']],
    [
      'v1',
      'Secret',
      'immutable: true\nstringData: {a: a}',
      'immutable: true\nstringData: {a: b}',
      ['Forbidden data'],
    ],
    [
      'v1',
      'ResourceQuota',
      'spec: {scopes: [NotTerminating]}',
      'spec: {scopes: [Terminating]}',
      ['Invalid spec.scopes'],
    ],
    [
      'v1',
      'PersistentVolumeClaim',
      claim('resources: {requests: {storage: 10Gi}}'),
      claim('resources: {requests: {storage: 5Gi}}'),
      ['Forbidden spec.resources.requests.storage'],
    ],
    [
      'v1',
      'PersistentVolumeClaim',
      claim('resources: {requests: {storage: 1Gi}}, storageClassName: slow'),
      claim('resources: {requests: {storage: 1Gi}}, storageClassName: fast'),
      ['Forbidden spec'],
    ],
    [
      'v1',
      'PersistentVolume',
      volume('nfs: {server: s, path: /p}'),
      volume('nfs: {server: s, path: /q}'),
      ['Forbidden spec.nfs'],
    ],
    [
      'v1',
      'PersistentVolume',
      volume('nfs: {server: s, path: /p}'),
      volume('hostPath: {path: /p}'),
      ['Forbidden spec.nfs', 'Forbidden spec.hostPath'],
    ],
    [
      'v1',
      'Service',
      `spec: {clusterIP: 10.0.0.1, ${port}}`,
      `spec: {clusterIP: 10.0.0.2, ${port}}`,
      ['Invalid spec.clusterIP'],
    ],
    [
      'v1',
      'Service',
      `spec: {clusterIP: None, ${port}}`,
      `spec: {clusterIP: 10.0.0.2, ${port}}`,
      ['Invalid spec.clusterIP'],
    ],
    ['v1', 'Service', `spec: {${port}}`, `spec: {clusterIP: None, ${port}}`, ['Invalid spec.clusterIP']],
    [
      'v1',
      'Service',
      `spec: {type: LoadBalancer, loadBalancerClass: a/b, ${port}}`,
      `spec: {type: LoadBalancer, loadBalancerClass: a/c, ${port}}`,
      ['Invalid spec.loadBalancerClass'],
    ],
    [
      'v1',
      'Service',
      `spec: {type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30001, ${port}}`,
      `spec: {type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30002, ${port}}`,
      ['Forbidden spec.healthCheckNodePort'],
    ],
    ['v1', 'Node', 'spec: {providerID: a}', 'spec: {providerID: b}', ['Forbidden spec.providerID']],
    [
      'apps/v1',
      'Deployment',
      workload('replicas: 1'),
      workload('replicas: 1', '{app: b}'),
      ['Invalid spec.selector'],
    ],
    [
      'apps/v1',
      'ReplicaSet',
      workload('replicas: 1'),
      workload('replicas: 1', '{app: b}'),
      ['Invalid spec.selector'],
    ],
    [
      'apps/v1',
      'DaemonSet',
      workload('minReadySeconds: 1'),
      workload('minReadySeconds: 1', '{app: b}'),
      ['Invalid spec.selector'],
    ],
    ['apps/v1', 'StatefulSet', workload('serviceName: a'), workload('serviceName: b'), ['Forbidden spec']],
    [
      'apps/v1',
      'StatefulSet',
      workload('podManagementPolicy: Parallel'),
      workload('replicas: 1'),
      ['Forbidden spec'],
    ],
    [
      'apps/v1',
      'ControllerRevision',
      'revision: 1\ndata: {a: 1}',
      'revision: 1\ndata: {a: 2}',
      ['Invalid data'],
    ],
    [
      'storage.k8s.io/v1',
      'StorageClass',
      'provisioner: p\nparameters: {a: b}',
      'provisioner: q',
      ['Invalid parameters', 'Invalid provisioner'],
    ],
    [
      'storage.k8s.io/v1',
      'VolumeAttributesClass',
      'driverName: d\nparameters: {a: b}',
      'driverName: d\nparameters: {a: c}',
      ['Forbidden parameters'],
    ],
    [
      'storage.k8s.io/v1',
      'CSIDriver',
      'spec: {attachRequired: true}',
      'spec: {attachRequired: false}',
      ['Invalid spec.attachRequired'],
    ],
    [
      'storage.k8s.io/v1',
      'CSINode',
      'spec: {drivers: [{name: d, nodeID: a}]}',
      'spec: {drivers: [{name: d, nodeID: b}]}',
      ['Invalid spec.drivers'],
    ],
    [
      'storage.k8s.io/v1',
      'CSIStorageCapacity',
      'storageClassName: a',
      'storageClassName: b',
      ['Invalid storageClassName'],
    ],
    [
      'storage.k8s.io/v1',
      'VolumeAttachment',
      'spec: {attacher: a, nodeName: n, source: {persistentVolumeName: v}}',
      'spec: {attacher: a, nodeName: m, source: {persistentVolumeName: v}}',
      ['Invalid spec'],
    ],
    [
      'scheduling.k8s.io/v1',
      'PriorityClass',
      'value: 1',
      'value: 2\npreemptionPolicy: Never',
      ['Forbidden value', 'Invalid preemptionPolicy'],
    ],
    ['node.k8s.io/v1', 'RuntimeClass', 'handler: a', 'handler: b', ['Invalid handler']],
    [
      'resource.k8s.io/v1',
      'ResourceSlice',
      slice('d.example.com', 'p', 1),
      slice('e.example.com', 'q', 1).replace('"n"', 'm'),
      ['Invalid spec.pool.name', 'Invalid spec.driver', 'Invalid spec.nodeName'],
    ],
    ['events.k8s.io/v1', 'Event', event('a'), event('b'), ['Invalid reason']],
    [
      'networking.k8s.io/v1',
      'IngressClass',
      'spec: {controller: a.b/c}',
      'spec: {controller: a.b/d}',
      ['Invalid spec.controller'],
    ],
    [
      'networking.k8s.io/v1',
      'ServiceCIDR',
      'spec: {cidrs: [10.0.0.0/8]}',
      'spec: {cidrs: [10.0.0.0/9]}',
      ['Invalid spec.cidrs[0]'],
    ],
    [
      'networking.k8s.io/v1',
      'IPAddress',
      'spec: {parentRef: {resource: services, name: a}}',
      'spec: {parentRef: {resource: services, name: b}}',
      ['Invalid spec.parentRef'],
    ],
    [
      'discovery.k8s.io/v1',
      'EndpointSlice',
      'addressType: IPv4\nendpoints: []',
      'addressType: FQDN\nendpoints: []',
      ['Invalid addressType'],
    ],
    ['rbac.authorization.k8s.io/v1', 'RoleBinding', role('r'), role('s'), ['Invalid roleRef']],
    [
      'rbac.authorization.k8s.io/v1',
      'ClusterRoleBinding',
      role('r').replace('Role', 'ClusterRole'),
      role('s').replace('Role', 'ClusterRole'),
      ['Invalid roleRef'],
    ],
    [
      'resource.k8s.io/v1',
      'ResourceClaim',
      'spec: {devices: {requests: [{name: r, exactly: {deviceClassName: d}}]}}',
      'spec: {devices: {requests: [{name: r, exactly: {deviceClassName: e}}]}}',
      ['Invalid spec'],
    ],
  ])('%s %s: %s → %s', (apiVersion, kind, old, next, errors) => {
    expect(judgeUpdate(document(apiVersion, kind, old), document(apiVersion, kind, next))).toEqual(errors);
  });

  test('before 1.33 a StatefulSet keeps its revisionHistoryLimit', () => {
    const [old, next] = [1, 2].map((limit) =>
      document('apps/v1', 'StatefulSet', workload(`revisionHistoryLimit: ${limit}`)),
    );
    if (old === undefined || next === undefined) throw new Error('no pair');
    expect(judgeUpdate(old, next, { kubernetesVersion: '1.32' })).toEqual(['Forbidden spec']);
    expect(judgeUpdate(old, next, { kubernetesVersion: '1.33' })).toEqual([]);
  });

  test('a Deployment becomes Recreate only where nothing is left of the other strategy', () => {
    const of = (strategy: string) => document('apps/v1', 'Deployment', workload(`strategy: ${strategy}`));
    const [old, next] = [of('{type: RollingUpdate}'), of('{type: Recreate}')];
    expect(judgeUpdate(old, next)).toEqual(['Forbidden spec.strategy.rollingUpdate']);
    expect(judgeUpdate(of('{rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}'), next)).toEqual([]);
    expect(judgeUpdate(old, next, { appliedBy: 'client-side-apply' })).toEqual([]);
  });

  test('a volume of another kind takes the place of the old one where nothing is left of that', () => {
    const of = (source: string) =>
      document(
        'apps/v1',
        'Deployment',
        workload('replicas: 1').replace(
          'spec: {containers',
          `spec: {volumes: [{name: v, ${source}}], containers`,
        ),
      );
    const [old, next] = [of('configMap: {name: a}'), of('secret: {secretName: a}')];
    expect(judgeUpdate(old, next)).toEqual([]);
    expect(judgeUpdate(of('hostPath: {path: /a}'), of('emptyDir: {}'))).toEqual([]);
    const bare = document(
      'apps/v1',
      'Deployment',
      workload('replicas: 1').replace('spec: {containers', 'spec: {volumes: [{name: v}], containers'),
    );
    expect(judgeUpdate(bare, next)).toEqual(['Forbidden spec.template.spec.volumes[0].secret']);
    expect(judgeUpdate(bare, next, { appliedBy: 'client-side-apply' })).toEqual([]);
  });

  test('a claim that nothing is bound to keeps its size', () => {
    const sized = (storage: string) =>
      document(
        'v1',
        'PersistentVolumeClaim',
        `spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: ${storage}}}}\nstatus: {phase: Pending}`,
      );
    expect(judgeUpdate(sized('1Gi'), sized('2Gi'))).toEqual(['Forbidden spec']);
  });
});
