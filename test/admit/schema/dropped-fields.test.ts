import { describe, expect, test } from 'vitest';
import { admitObject } from '../../../src/admit/admit.ts';
import { parseDocuments } from '../../../src/source/parse.ts';
import { formatPath, isMapping } from '../../../src/source/value.ts';

function judge(text: string, kubernetesVersion: string) {
  const object = parseDocuments({ path: 'test.yaml', text }, 'api-server').documents[0]?.value;
  if (!isMapping(object)) throw new Error('not a mapping');
  const { errors, warnings } = admitObject(object, { kubernetesVersion });
  return {
    errors: errors.map(({ type, field }) => `${type} ${formatPath(field)}`),
    dropped: warnings
      .filter(({ detail }) => detail.includes('dropped'))
      .map(({ field }) => formatPath(field)),
    words: warnings.map(({ detail }) => detail),
  };
}

const pod = (spec: string, container = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i${container === '' ? '' : `, ${container}`}}]${spec === '' ? '' : `, ${spec}`}}`;

// As kube-apiserver 1.36.3 stores them with --emulated-version.
describe('fields behind feature gates that are off by default', () => {
  test.each([
    [
      '1.33',
      pod(
        'volumes: [{name: v, image: {reference: "r/a:1", pullPolicy: Odd}}]',
        'volumeMounts: [{name: v, mountPath: /a}]',
      ),
      'spec.volumes[0].image',
    ],
    ['1.34', pod('', 'restartPolicy: Never'), 'spec.containers[0].restartPolicy'],
    ['1.34', pod('hostnameOverride: A_B'), 'spec.hostnameOverride'],
    ['1.33', pod('resources: {limits: {cpu: 1}}'), 'spec.resources'],
    ['1.33', pod('resourceClaims: [{name: A_B}]'), 'spec.resourceClaims'],
    [
      '1.36',
      pod('os: {name: linux}', 'lifecycle: {stopSignal: SIGUSR1}'),
      'spec.containers[0].lifecycle.stopSignal',
    ],
    [
      '1.36',
      pod('volumes: [{name: v, projected: {sources: [{clusterTrustBundle: {name: a, path: p}}]}}]'),
      'spec.volumes[0].projected.sources[0].clusterTrustBundle',
    ],
    [
      '1.34',
      'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h}\nspec: {maxReplicas: 3, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: x}, behavior: {scaleDown: {tolerance: 0.05}}}',
      'spec.behavior.scaleDown.tolerance',
    ],
    [
      '1.36',
      'apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: s}\nspec: {serviceName: x, updateStrategy: {rollingUpdate: {maxUnavailable: 2}}, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}',
      'spec.updateStrategy.rollingUpdate.maxUnavailable',
    ],
    [
      '1.35',
      'apiVersion: resource.k8s.io/v1\nkind: ResourceClaim\nmetadata: {name: c}\nspec: {devices: {requests: [{name: a, exactly: {deviceClassName: x, tolerations: [{operator: Odd}]}}]}}',
      'spec.devices.requests[0].exactly.tolerations',
    ],
  ])('in %s of %s', (version, text, field) => {
    expect(judge(text, version)).toMatchObject({ errors: [], dropped: [field] });
  });

  test('say which gate, and nothing where it is on', () => {
    const image = pod(
      'volumes: [{name: v, image: {reference: "r/a:1"}}]',
      'volumeMounts: [{name: v, mountPath: /a}]',
    );
    expect(judge(image, '1.34').words).toContain(
      'the volume and its mounts are dropped: in Kubernetes 1.34 the feature gate ImageVolume is off by default',
    );
    expect(judge(image, '1.35').dropped).toEqual([]);
    expect(judge(pod('', 'restartPolicy: Never'), '1.35').dropped).toEqual([]);
  });

  test('may leave something that is refused', () => {
    const env = pod(
      'volumes: [{name: v, emptyDir: {}}]',
      'env: [{name: A, valueFrom: {fileKeyRef: {volumeName: v, path: a, key: K}}}]',
    );
    expect(judge(env, '1.34').errors).toEqual(['Invalid spec.containers[0].env[0].valueFrom']);
    expect(judge(env, '1.35').errors).toEqual([]);
    const mount = pod('securityContext: {seLinuxChangePolicy: MountOption}');
    expect(judge(mount, '1.36').errors).toEqual(['NotSupported spec.securityContext.seLinuxChangePolicy']);
    expect(judge(mount, '1.37').errors).toEqual([]);
  });

  test('the requests of a pod cover what its init containers need at once', () => {
    const starting = (request: number) =>
      pod(
        `resources: {requests: {cpu: ${request}}}, initContainers: [{name: s, image: i, restartPolicy: Always, resources: {requests: {cpu: 1}}}, {name: i, image: i, resources: {requests: {cpu: 2}}}]`,
        'resources: {requests: {cpu: 1}}',
      );
    expect(judge(starting(2), '1.36').errors).toEqual(['Invalid spec.resources.requests.cpu']);
    expect(judge(starting(3), '1.36').errors).toEqual([]);
  });
});
