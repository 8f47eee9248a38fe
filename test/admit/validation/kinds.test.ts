import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';

/** A document of a kind by its lines below apiVersion, kind and name. */
function document(apiVersion: string, kind: string, body: string): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a}\n${body}`;
}

const podTemplate = 'template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}';
const role = 'roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}';
const claim = 'accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}';
const hpa = 'scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: a}, maxReplicas: 3';
const backend = 'backend: {service: {name: a, port: {number: 80}}}';

describe('accepted documents', () => {
  test.each([
    ['v1', 'Service', 'spec: {ports: [{port: 80}]}'],
    ['v1', 'Service', 'spec: {clusterIP: None}'],
    ['v1', 'Service', 'spec: {type: ExternalName, externalName: db.example.com.}'],
    [
      'v1',
      'Service',
      'spec: {type: LoadBalancer, externalTrafficPolicy: Local, loadBalancerSourceRanges: [10.0.0.0/8], ports: [{port: 80}]}',
    ],
    ['v1', 'ConfigMap', 'data: {a.b: "1"}\nbinaryData: {c: AAAA}'],
    ['v1', 'Secret', 'type: kubernetes.io/tls\nstringData: {tls.crt: a, tls.key: b}'],
    ['v1', 'Secret', 'type: kubernetes.io/dockerconfigjson\ndata: {.dockerconfigjson: e30=}'],
    ['v1', 'PersistentVolumeClaim', `spec: {${claim}}`],
    ['v1', 'PersistentVolumeClaim', `spec: {${claim}, dataSource: {kind: Other, name: x}}`],
    [
      'v1',
      'PersistentVolume',
      'spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, nfs: {server: s, path: /p}}',
    ],
    [
      'v1',
      'ResourceQuota',
      'spec: {hard: {pods: 1, count/deployments.apps: 2, requests.cpu: 500m}, scopes: [NotTerminating]}',
    ],
    ['v1', 'LimitRange', 'spec: {limits: [{type: Container, max: {cpu: 2}, min: {cpu: 100m}}]}'],
    ['v1', 'Namespace', ''],
    ['storage.k8s.io/v1', 'StorageClass', 'provisioner: ebs.csi.aws.com'],
    ['batch/v1', 'Job', `spec: {${podTemplate}}`],
    [
      'batch/v1',
      'CronJob',
      `spec: {schedule: "*/5 0-6,22 * jan-mar mon", timeZone: Europe/Berlin, jobTemplate: {spec: {${podTemplate}}}}`,
    ],
    ['batch/v1', 'CronJob', `spec: {schedule: "@every 1h30m", jobTemplate: {spec: {${podTemplate}}}}`],
    [
      'networking.k8s.io/v1',
      'Ingress',
      `spec: {rules: [{host: "*.example.com", http: {paths: [{path: /a, pathType: Prefix, ${backend}}]}}]}`,
    ],
    [
      'networking.k8s.io/v1',
      'NetworkPolicy',
      'spec: {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}}], ports: [{port: 80, endPort: 90}]}]}',
    ],
    ['networking.k8s.io/v1', 'IngressClass', 'spec: {controller: example.com/c}'],
    ['rbac.authorization.k8s.io/v1', 'RoleBinding', `${role}\nsubjects: [{kind: ServiceAccount, name: a}]`],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole', 'rules: [{nonResourceURLs: [/healthz], verbs: [get]}]'],
    [
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      `spec: {${hpa}, behavior: {scaleDown: {stabilizationWindowSeconds: 60}}}`,
    ],
    ['policy/v1', 'PodDisruptionBudget', 'spec: {minAvailable: 50%, selector: {}}'],
    ['scheduling.k8s.io/v1', 'PriorityClass', 'value: 1000000000'],
    ['discovery.k8s.io/v1', 'EndpointSlice', 'addressType: IPv6\nendpoints: [{addresses: ["2001:db8::1"]}]'],
    ['coordination.k8s.io/v1', 'Lease', 'spec: {leaseDurationSeconds: 15}'],
    ['node.k8s.io/v1', 'RuntimeClass', 'handler: runsc'],
    ['v1', 'Node', 'spec: {taints: [{key: a, effect: NoSchedule}]}'],
  ])('%s %s %s', (apiVersion, kind, body) => {
    expect(judge(document(apiVersion, kind, body))).toEqual([]);
  });
});

describe('refused documents', () => {
  test.each([
    ['v1', 'Service', 'spec: {}', 'Required spec.ports'],
    ['v1', 'Service', 'spec: {ports: [{port: 80}, {port: 81, name: b}]}', 'Required spec.ports[0].name'],
    ['v1', 'Service', 'spec: {ports: [{port: 80, nodePort: 30080}]}', 'Forbidden spec.ports[0].nodePort'],
    ['v1', 'Service', 'spec: {type: ExternalName}', 'Required spec.externalName'],
    ['v1', 'Service', 'spec: {clusterIP: 10.0.0.256, ports: [{port: 80}]}', 'Invalid spec.clusterIP'],
    ['v1', 'Service', 'spec: {externalIPs: [127.0.0.1], ports: [{port: 80}]}', 'Invalid spec.externalIPs[0]'],
    [
      'v1',
      'Service',
      'spec: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.1/8], ports: [{port: 80}]}',
      'Invalid spec.loadBalancerSourceRanges[0]',
    ],
    ['v1', 'ConfigMap', 'data: {a/b: x}', 'Invalid data[a/b]'],
    ['v1', 'ConfigMap', 'data: {a: x}\nbinaryData: {a: AAAA}', 'Invalid data.a'],
    ['v1', 'Secret', 'type: kubernetes.io/tls\ndata: {tls.crt: AAAA}', 'Required data[tls.key]'],
    [
      'v1',
      'Secret',
      'type: kubernetes.io/dockerconfigjson\nstringData: {.dockerconfigjson: "no"}',
      'Invalid data[.dockerconfigjson]',
    ],
    [
      'v1',
      'PersistentVolumeClaim',
      'spec: {accessModes: [RWO], resources: {requests: {storage: 1Gi}}}',
      'NotSupported spec.accessModes[0]',
    ],
    [
      'v1',
      'PersistentVolumeClaim',
      'spec: {accessModes: [ReadWriteOnce]}',
      'Required spec.resources.requests.storage',
    ],
    [
      'v1',
      'PersistentVolume',
      'spec: {accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}, local: {path: /p}}',
      'Required spec.nodeAffinity',
    ],
    ['v1', 'ResourceQuota', 'spec: {hard: {cpus: 1}}', 'Invalid spec.hard.cpus'],
    ['v1', 'ResourceQuota', 'spec: {scopes: [BestEffort, NotBestEffort]}', 'Invalid spec.scopes'],
    [
      'v1',
      'LimitRange',
      'spec: {limits: [{type: Container, max: {cpu: 1}, min: {cpu: 2}}]}',
      'Invalid spec.limits[0].min.cpu',
    ],
    [
      'v1',
      'LimitRange',
      'spec: {limits: [{type: Pod, default: {cpu: 1}}]}',
      'Forbidden spec.limits[0].default',
    ],
    [
      'storage.k8s.io/v1',
      'StorageClass',
      'provisioner: a\nreclaimPolicy: Recycle',
      'NotSupported reclaimPolicy',
    ],
    [
      'batch/v1',
      'Job',
      'spec: {template: {spec: {containers: [{name: c, image: i}]}}}',
      'Required spec.template.spec.restartPolicy',
    ],
    [
      'batch/v1',
      'Job',
      `spec: {completionMode: Indexed, parallelism: 2, ${podTemplate}}`,
      'Required spec.completions',
    ],
    ['batch/v1', 'Job', `spec: {selector: {matchLabels: {a: b}}, ${podTemplate}}`, 'Invalid spec.selector'],
    [
      'batch/v1',
      'CronJob',
      `spec: {schedule: "60 * * * *", jobTemplate: {spec: {${podTemplate}}}}`,
      'Invalid spec.schedule',
    ],
    [
      'batch/v1',
      'CronJob',
      `spec: {schedule: "* * * *", jobTemplate: {spec: {${podTemplate}}}}`,
      'Invalid spec.schedule',
    ],
    [
      'batch/v1',
      'CronJob',
      `spec: {schedule: "* * * * *", timeZone: europe/berlin, jobTemplate: {spec: {${podTemplate}}}}`,
      'Invalid spec.timeZone',
    ],
    ['networking.k8s.io/v1', 'Ingress', 'spec: {}', 'Invalid spec'],
    [
      'networking.k8s.io/v1',
      'Ingress',
      `spec: {rules: [{http: {paths: [{path: a, pathType: Prefix, ${backend}}]}}]}`,
      'Invalid spec.rules[0].http.paths[0].path',
    ],
    [
      'networking.k8s.io/v1',
      'NetworkPolicy',
      'spec: {egress: [{to: [{}]}]}',
      'Required spec.egress[0].to[0]',
    ],
    [
      'networking.k8s.io/v1',
      'NetworkPolicy',
      'spec: {egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}]}]}',
      'Invalid spec.egress[0].to[0].ipBlock.except[0]',
    ],
    ['networking.k8s.io/v1', 'IngressClass', '', 'Required spec.controller'],
    [
      'rbac.authorization.k8s.io/v1',
      'Role',
      'rules: [{verbs: [get], resources: [pods]}]',
      'Required rules[0].apiGroups',
    ],
    [
      'rbac.authorization.k8s.io/v1',
      'ClusterRoleBinding',
      `${role}\nsubjects: [{kind: ServiceAccount, name: a}]`,
      'Required subjects[0].namespace',
    ],
    [
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      `spec: {${hpa}, minReplicas: 4}`,
      'Invalid spec.maxReplicas',
    ],
    [
      'autoscaling/v2',
      'HorizontalPodAutoscaler',
      `spec: {${hpa}, metrics: [{type: Resource}]}`,
      'Required spec.metrics[0].resource',
    ],
    [
      'policy/v1',
      'PodDisruptionBudget',
      'spec: {minAvailable: 1, maxUnavailable: 1}',
      'Invalid spec.maxUnavailable',
    ],
    ['scheduling.k8s.io/v1', 'PriorityClass', 'value: 1000000001', 'Forbidden value'],
    [
      'discovery.k8s.io/v1',
      'EndpointSlice',
      'addressType: IPv4\nendpoints: [{addresses: ["2001:db8::1"]}]',
      'Invalid endpoints[0].addresses[0]',
    ],
    ['v1', 'Endpoints', 'subsets: [{addresses: [{ip: 169.254.0.1}]}]', 'Invalid subsets[0].addresses[0].ip'],
    [
      'coordination.k8s.io/v1',
      'Lease',
      'spec: {leaseDurationSeconds: 0}',
      'Invalid spec.leaseDurationSeconds',
    ],
    ['node.k8s.io/v1', 'RuntimeClass', '', 'Required handler'],
    ['v1', 'Node', 'spec: {taints: [{key: a, effect: Never}]}', 'NotSupported spec.taints[0].effect'],
  ])('%s %s %s', (apiVersion, kind, body, error) => {
    expect(judge(document(apiVersion, kind, body))).toEqual([error]);
  });

  test('a Service whose name begins with a digit was refused before 1.36', () => {
    const yaml = document('v1', 'Service', 'spec: {ports: [{port: 80}]}').replace('name: a', 'name: 1a');
    expect(judge(yaml, '1.36')).toEqual([]);
    expect(judge(yaml, '1.35')).toEqual(['Invalid metadata.name']);
  });
});

describe('an APIService', () => {
  const apiService = (name: string, spec: string) =>
    judge(
      `apiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: {name: ${name}}\nspec: {${spec}}\n`,
    );
  const right =
    'group: metrics.k8s.io, version: v1beta1, groupPriorityMinimum: 100, versionPriority: 100, service: {name: a, namespace: b}';

  test('is named by its version and group', () => {
    expect(apiService('v1beta1.metrics.k8s.io', right)).toEqual([]);
    expect(apiService('v1.metrics.k8s.io', right)).toEqual(['Invalid metadata.name']);
  });

  test.each([
    ['versionPriority: 100', 'versionPriority: 1001', 'Invalid spec.versionPriority'],
    ['groupPriorityMinimum: 100', 'groupPriorityMinimum: 0', 'Invalid spec.groupPriorityMinimum'],
    ['namespace: b', 'port: 0', 'Required spec.service.namespace'],
    ['service: {name: a, namespace: b}', 'caBundle: YQ==', 'Invalid spec.caBundle'],
    ['service', 'insecureSkipTLSVerify: true, caBundle: YQ==, service', 'Invalid spec.insecureSkipTLSVerify'],
  ])('with %s as %s', (from, to, error) => {
    expect(apiService('v1beta1.metrics.k8s.io', right.replace(from, to))).toContain(error);
  });
});
