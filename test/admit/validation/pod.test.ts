import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';

function pod(container: string, spec = ''): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers:\n    - {name: c, image: i${container === '' ? '' : `, ${container}`}}\n${spec}`;
}

const at = 'spec.containers[0]';

describe('a container', () => {
  test.each([
    ['nothing more', ''],
    ['ports', 'ports: [{name: http, containerPort: 80}, {name: dns, containerPort: 53, protocol: UDP}]'],
    [
      'requests below limits',
      'resources: {requests: {cpu: 100m, memory: 1Gi}, limits: {cpu: "0.1", memory: 1.5Gi}}',
    ],
    ['an extended resource', 'resources: {limits: {nvidia.com/gpu: 1}, requests: {nvidia.com/gpu: 1}}'],
    ['a probe by port name', 'livenessProbe: {httpGet: {port: http}}'],
    ['an odd variable name', 'env: [{name: "a b-1", value: x}]'],
    ['a field of the pod', `env: [{name: A, valueFrom: {fieldRef: {fieldPath: "metadata.labels['app']"}}}]`],
    ['a sleep of no time', 'lifecycle: {preStop: {sleep: {seconds: 0}}}'],
  ])('with %s is accepted', (_, container) => {
    expect(judge(pod(container))).toEqual([]);
  });

  test.each([
    [
      'a request above its limit',
      'resources: {requests: {cpu: 2}, limits: {cpu: 1500m}}',
      'Invalid',
      'resources.requests.cpu',
    ],
    ['a negative limit', 'resources: {limits: {memory: -1}}', 'Invalid', 'resources.limits.memory'],
    ['an unknown resource', 'resources: {limits: {CPU: 1}}', 'Invalid', 'resources.limits.CPU'],
    [
      'half a GPU',
      'resources: {limits: {nvidia.com/gpu: 500m}}',
      'Invalid',
      'resources.limits[nvidia.com/gpu]',
    ],
    [
      'a request that needs a limit',
      'resources: {requests: {nvidia.com/gpu: 1}}',
      'Required',
      'resources.limits[nvidia.com/gpu]',
    ],
    ['a port of 0', 'ports: [{containerPort: 0}]', 'Required', 'ports[0].containerPort'],
    ['a long port name', 'ports: [{containerPort: 80, name: sixteen-letters-}]', 'Invalid', 'ports[0].name'],
    ['a pull policy in lower case', 'imagePullPolicy: always', 'NotSupported', 'imagePullPolicy'],
    ['a mount of nothing', 'volumeMounts: [{name: v, mountPath: /v}]', 'NotFound', 'volumeMounts[0].name'],
    [
      'two handlers',
      'livenessProbe: {exec: {command: [a]}, tcpSocket: {port: 1}}',
      'Forbidden',
      'livenessProbe.tcpSocket',
    ],
    ['no handler', 'readinessProbe: {periodSeconds: 5}', 'Required', 'readinessProbe'],
    [
      'two successes of a liveness probe',
      'livenessProbe: {successThreshold: 2, tcpSocket: {port: 1}}',
      'Invalid',
      'livenessProbe.successThreshold',
    ],
    [
      'value and valueFrom',
      'env: [{name: A, value: x, valueFrom: {secretKeyRef: {name: s, key: k}}}]',
      'Invalid',
      'env[0].valueFrom',
    ],
    [
      'a divisor of 2',
      'env: [{name: A, valueFrom: {resourceFieldRef: {resource: limits.memory, divisor: 2}}}]',
      'Invalid',
      'env[0].valueFrom.resourceFieldRef.divisor',
    ],
    [
      'escalation both ways',
      'securityContext: {privileged: true, allowPrivilegeEscalation: false}',
      'Invalid',
      'securityContext.allowPrivilegeEscalation',
    ],
    ['an image with a space', 'imagePullPolicy: Always, image: "i "', 'Invalid', 'image'],
  ])('with %s is refused', (_, container, type, field) => {
    const yaml = container.includes('image:') ? pod(container).replace('image: i, ', '') : pod(container);
    expect(judge(yaml)).toEqual([`${type} ${at}.${field}`]);
  });
});

describe('the spec of a pod', () => {
  test.each([
    ['unknown restart policy', '  restartPolicy: always', 'NotSupported spec.restartPolicy'],
    [
      'two types of volume',
      '  volumes: [{name: v, emptyDir: {}, hostPath: {path: /v}}]',
      'Forbidden spec.volumes[0].hostPath',
    ],
    ['a volume twice', '  volumes: [{name: v}, {name: v}]', 'Duplicate spec.volumes[1].name'],
    [
      'a decimal mode',
      '  volumes: [{name: v, secret: {secretName: s, defaultMode: 644}}]',
      'Invalid spec.volumes[0].secret.defaultMode',
    ],
    [
      'a projected file twice',
      '  volumes: [{name: v, projected: {sources: [{secret: {name: a, items: [{key: k, path: f}]}}, {configMap: {name: b, items: [{key: k, path: f}]}}]}}]',
      'Invalid spec.volumes[0].projected.sources[1].configMap.items[0].path',
    ],
    [
      'a toleration of nothing',
      '  tolerations: [{operator: Equal, value: x}]',
      'Invalid spec.tolerations[0].operator',
    ],
    [
      'a spread without a key',
      '  topologySpreadConstraints: [{maxSkew: 1, whenUnsatisfiable: DoNotSchedule}]',
      'Required spec.topologySpreadConstraints[0].topologyKey',
    ],
    [
      'an affinity of weight 0',
      '  affinity: {podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{podAffinityTerm: {topologyKey: a}}]}}',
      'Invalid spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight',
    ],
    ['no name server', '  dnsPolicy: None', 'Required spec.dnsConfig'],
    [
      'leading zeros in an address',
      '  dnsConfig: {nameservers: [010.0.0.1]}',
      'Invalid spec.dnsConfig.nameservers[0]',
    ],
    [
      'a probe in an init container',
      '  initContainers: [{name: i, image: i, startupProbe: {tcpSocket: {port: 1}}}]',
      'Forbidden spec.initContainers[0].startupProbe',
    ],
    ['a host name with dots', '  hostname: a.b', 'Invalid spec.hostname'],
    [
      'a linux field in windows',
      '  os: {name: windows}\n  securityContext: {runAsUser: 1}',
      'Forbidden spec.securityContext.runAsUser',
    ],
    [
      'a localhost profile without a file',
      '  securityContext: {seccompProfile: {type: Localhost}}',
      'Required spec.securityContext.seccompProfile.localhostProfile',
    ],
    ['a priority of no class', '  priority: 5', 'Forbidden spec.priority'],
    ['patience of no class', '  preemptionPolicy: Never', 'Forbidden spec.preemptionPolicy'],
    ['an overhead of no class', '  overhead: {cpu: 10m}', 'Forbidden spec.overhead'],
    ['an empty overhead of no class', '  overhead: {}', 'Forbidden spec.overhead'],
    ['a scheduling gate without a name', '  schedulingGates: [{}]', 'Invalid spec.schedulingGates[0].name'],
  ])('%s is refused', (_, spec, error) => {
    expect(judge(pod('', spec))).toEqual([error]);
  });

  test.each([
    '  priority: 0\n  preemptionPolicy: PreemptLowerPriority',
    '  priorityClassName: low\n  preemptionPolicy: Never\n  priority: 5',
    '  runtimeClassName: kata\n  overhead: {cpu: 10m}',
  ])('may repeat what its classes say', (spec) => {
    expect(judge(pod('', spec))).toEqual([]);
  });

  test('the host network makes ports collide', () => {
    const yaml = pod('ports: [{containerPort: 80}]', '  hostNetwork: true').replace(
      'containers:',
      'containers:\n    - {name: d, image: i, ports: [{containerPort: 80}]}',
    );
    expect(judge(yaml)).toEqual(['Duplicate spec.containers[1].ports[0].hostPort']);
  });

  test('strict addresses came with 1.36, relaxed names of variables with 1.32', () => {
    expect(judge(pod('', '  dnsConfig: {nameservers: [010.0.0.1]}'), '1.35')).toEqual([]);
    expect(judge(pod('env: [{name: "a b", value: x}]'), '1.31')).toEqual([`Invalid ${at}.env[0].name`]);
  });
});

describe('metadata', () => {
  const named = (metadata: string) => pod('').replace('{name: p}', `{name: p, ${metadata}}`);

  test.each([
    ['a label key with two slashes', 'labels: {a/b/c: x}', 'Invalid metadata.labels[a/b/c]'],
    ['a label value with a space', 'labels: {a: x y}', 'Invalid metadata.labels.a'],
    ['a finalizer without a domain', 'finalizers: [foo]', 'Invalid metadata.finalizers[0]'],
    [
      'an owner without a uid',
      'ownerReferences: [{apiVersion: v1, kind: Pod, name: x}]',
      'Invalid metadata.ownerReferences[0].uid',
    ],
    ['a resource version', 'resourceVersion: "12"', 'Invalid metadata.resourceVersion'],
    ['a namespace in upper case', 'namespace: Prod', 'Invalid metadata.namespace'],
  ])('%s is refused', (_, metadata, error) => {
    expect(judge(named(metadata))).toEqual([error]);
  });

  test('a generated name goes on after a hyphen', () => {
    expect(judge(pod('').replace('name: p', 'generateName: p-'))).toEqual([]);
    expect(judge(pod('').replace('name: p', 'generateName: P-'))).toEqual(['Invalid metadata.generateName']);
  });

  test('annotations have a limit in all', () => {
    expect(judge(named(`annotations: {a: "${'x'.repeat(256 * 1024)}"}`))).toEqual([
      'TooLong metadata.annotations',
    ]);
  });
});
