import { describe, expect, test } from 'vitest';
import { admitObject } from '../../src/admit/admit.ts';
import { parseDocuments } from '../../src/source/parse.ts';
import { formatPath, isMapping } from '../../src/source/value.ts';

function warn(text: string, kubernetesVersion = '1.36'): string[] {
  const object = parseDocuments({ path: 'test.yaml', text }, 'api-server').documents[0]?.value;
  if (!isMapping(object)) throw new Error('not a mapping');
  const { verdict, warnings } = admitObject(object, { kubernetesVersion });
  expect(verdict).toBe('accept');
  return warnings.map(({ field }) => formatPath(field));
}

const head = (apiVersion: string, kind: string, metadata = '') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a${metadata}}\n`;
const pod = (spec: string, container = '') =>
  `${head('v1', 'Pod')}spec: {containers: [{name: c, image: i${container === '' ? '' : `, ${container}`}}]${spec === '' ? '' : `, ${spec}`}}`;
const crd = (schema: string) =>
  `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: as.example.org}\nspec: {group: example.org, scope: Namespaced, names: {kind: A, plural: as}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, ${schema}}}}]}`;
const claim = 'accessModes: [ReadWriteOnce]';
const annotation = (key: string) => `, annotations: {${key}: x}`;

// Each of them as kube-apiserver 1.36.3 warns, none where it does not.
describe('warnings of the server', () => {
  test.each([
    [
      'parts of a byte',
      pod('', 'resources: {limits: {memory: 128m, cpu: 100m}}'),
      ['spec.containers[0].resources.limits.memory'],
    ],
    [
      'formats that no one knows, once',
      crd(
        'properties: {a: {type: string, format: banana}, b: {type: integer, format: uint32}, c: {type: string, format: date-time}, d: {type: integer, format: int64}, e: {type: string, format: k8s-short-name}}',
      ),
      ['spec.versions[0].schema.openAPIV3Schema.properties.a.format'],
    ],
    [
      'formats that are known',
      crd('properties: {a: {type: string, format: isbn}, b: {type: number, format: double}}'),
      [],
    ],
    [
      'a label of nodes',
      pod('nodeSelector: {beta.kubernetes.io/os: linux, kubernetes.io/os: linux}'),
      ['spec.nodeSelector[beta.kubernetes.io/os]'],
    ],
    [
      'a label of nodes in an affinity',
      pod(
        'affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, preference: {matchExpressions: [{key: node-role.kubernetes.io/master, operator: Exists}]}}]}}',
      ),
      [
        'spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].key',
      ],
    ],
    [
      'an affinity to no pod',
      pod(
        'affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey: a}]}}',
      ),
      ['spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector'],
    ],
    [
      'a volume of Git',
      pod('volumes: [{name: g, gitRepo: {repository: "https://git.example.org/x"}}]'),
      ['spec.volumes[0].gitRepo'],
    ],
    [
      'a projection of nothing',
      pod('volumes: [{name: v, projected: {sources: [{}]}}]'),
      ['spec.volumes[0].projected.sources[0]'],
    ],
    [
      'files that hide each other',
      pod('volumes: [{name: v, configMap: {name: x, items: [{key: a, path: p}, {key: b, path: p/q}]}}]'),
      ['spec.volumes[0].configMap.items[1].path'],
    ],
    [
      'a host twice',
      pod('hostAliases: [{ip: 10.0.0.1, hostnames: [a]}, {ip: 10.0.0.1, hostnames: [b]}]'),
      ['spec.hostAliases[1].ip'],
    ],
    [
      'a pull secret without a name',
      pod('imagePullSecrets: [{name: ""}]'),
      ['spec.imagePullSecrets[0].name'],
    ],
    [
      'a port twice',
      pod('', 'ports: [{containerPort: 80}, {containerPort: 80}]'),
      ['spec.containers[0].ports[1]'],
    ],
    [
      'ports of two protocols',
      pod('', 'ports: [{containerPort: 80}, {containerPort: 80, protocol: UDP}]'),
      [],
    ],
    [
      'an address of hosts alone',
      pod('', 'ports: [{containerPort: 80, hostIP: 10.0.0.1}]'),
      ['spec.containers[0].ports[0].hostIP'],
    ],
    [
      'traffic that stays close',
      `${head('v1', 'Service')}spec: {trafficDistribution: PreferClose, ports: [{port: 80}]}`,
      ['spec.trafficDistribution'],
    ],
    [
      'external addresses',
      `${head('v1', 'Service')}spec: {externalIPs: [10.1.2.3], ports: [{port: 80}]}`,
      ['spec.externalIPs'],
    ],
    [
      'external addresses of a headless Service',
      `${head('v1', 'Service')}spec: {clusterIP: None, externalIPs: [10.1.2.3], ports: [{port: 80}]}`,
      ['spec.externalIPs'],
    ],
    [
      'the class of an Ingress',
      `${head('networking.k8s.io/v1', 'Ingress', annotation('kubernetes.io/ingress.class'))}spec: {defaultBackend: {service: {name: a, port: {number: 80}}}}`,
      ['metadata.annotations[kubernetes.io/ingress.class]'],
    ],
    [
      'the class of an Ingress that has a field for it too',
      `${head('networking.k8s.io/v1', 'Ingress', annotation('kubernetes.io/ingress.class'))}spec: {ingressClassName: x, defaultBackend: {service: {name: a, port: {number: 80}}}}`,
      [],
    ],
    [
      'the class of a claim',
      `${head('v1', 'PersistentVolumeClaim', annotation('volume.beta.kubernetes.io/storage-class'))}spec: {${claim}, resources: {requests: {storage: 500m}}}`,
      ['metadata.annotations[volume.beta.kubernetes.io/storage-class]', 'spec.resources.requests.storage'],
    ],
    ['a quota', `${head('v1', 'ResourceQuota')}spec: {hard: {cpu: 4, limits.cpu: 2}}`, ['spec.hard.cpu']],
    [
      'a certificate that is none',
      `${head('v1', 'Secret')}type: kubernetes.io/tls\nstringData: {tls.crt: a, tls.key: b}`,
      ['stringData[tls.crt]', 'stringData[tls.key]'],
    ],
    [
      'names of endpoints',
      `${head('discovery.k8s.io/v1', 'EndpointSlice')}addressType: FQDN\nendpoints: [{addresses: [a.b]}]`,
      ['addressType'],
    ],
    [
      'a template',
      `${head('apps/v1', 'DaemonSet')}spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {terminationGracePeriodSeconds: -1, containers: [{name: c, image: i}]}}}`,
      ['spec.template.spec.terminationGracePeriodSeconds'],
    ],
    [
      'the claims of a StatefulSet',
      `${head('apps/v1', 'StatefulSet')}spec: {serviceName: x, volumeClaimTemplates: [{metadata: {name: d}, spec: {${claim}, resources: {requests: {storage: 100m}}}}], selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}`,
      ['spec.volumeClaimTemplates[0].spec.resources.requests.storage'],
    ],
    [
      'a volume of StorageOS',
      pod('volumes: [{name: v, storageos: {volumeName: x}}]'),
      ['spec.volumes[0].storageos'],
    ],
    [
      'an annotation of AppArmor, in a Pod as well',
      pod('').replace(
        'name: a}',
        'name: a, annotations: {container.apparmor.security.beta.kubernetes.io/c: runtime/default}}',
      ),
      ['metadata.annotations[container.apparmor.security.beta.kubernetes.io/c]'],
    ],
    [
      'a history without an end',
      `${head('apps/v1', 'StatefulSet')}spec: {serviceName: x, revisionHistoryLimit: -1, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}`,
      ['spec.revisionHistoryLimit'],
    ],
    ...['Job', 'CronJob'].map((kind): [string, string, string[]] => {
      const spec =
        '{completionMode: Indexed, completions: 100001, parallelism: 10001, template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}';
      const isJob = kind === 'Job';
      return [
        `more indexes than a ${kind} can count`,
        `${head('batch/v1', kind)}spec: ${isJob ? spec : `{schedule: "0 * * * *", jobTemplate: {spec: ${spec}}}`}`,
        [isJob ? 'spec.completions' : 'spec.jobTemplate.spec.completions'],
      ];
    }),
    [
      'leading zeros where no rule refuses them',
      `${head('v1', 'Service')}spec: {type: LoadBalancer, loadBalancerIP: 01.2.3.4, ports: [{port: 80}]}`,
      ['spec.loadBalancerIP'],
    ],
    [
      'Endpoints, and addresses in another form',
      `${head('v1', 'Endpoints')}subsets: [{addresses: [{ip: "2001:DB8::1"}], ports: [{port: 1}]}]`,
      ['apiVersion', 'subsets[0].addresses[0].ip'],
    ],
    [
      'a driver with capitals',
      `${head('resource.k8s.io/v1', 'ResourceSlice')}spec: {driver: A.example.com, nodeName: x, pool: {name: p, generation: 1, resourceSliceCount: 1}}`,
      ['spec.driver'],
    ],
    [
      'a name that files of the server have',
      `${head('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicyBinding').replace('name: a', 'name: a.static.k8s.io')}spec: {policyName: x, validationActions: [Deny]}`,
      ['metadata.name'],
    ],
  ])('%s', (_, text, fields) => {
    expect(warn(text)).toEqual(fields);
  });

  test('a name with a dot is none for hostnames', () => {
    const named = pod('').replace('name: a', 'name: a.b');
    expect(warn(named)).toEqual(['metadata.name']);
  });

  test('what is encrypted is not looked into', () => {
    const secret = `${head('v1', 'Secret')}type: kubernetes.io/tls\nstringData: {tls.crt: "ENC[AES256_GCM,data:x]", tls.key: "ENC[AES256_GCM,data:y]"}\nsops: {mac: x, lastmodified: y}\n`;
    expect(warn(secret)).toEqual([]);
  });
});

test('formats are told of since 1.34, and each only where its server knows it', () => {
  const short = crd('properties: {a: {type: string, format: k8s-short-name}}');
  expect(warn(short, '1.33')).toEqual([]);
  expect(warn(short, '1.34')).toEqual(['spec.versions[0].schema.openAPIV3Schema.properties.a.format']);
  expect(warn(short, '1.35')).toEqual([]);
});
