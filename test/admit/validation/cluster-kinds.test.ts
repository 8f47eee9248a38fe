import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';

function document(apiVersion: string, kind: string, body: string, name = 'a'): string {
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: "${name}"}\n${body}`;
}

const flow = 'flowcontrol.apiserver.k8s.io/v1';
const devices = 'resource.k8s.io/v1';
const admission = 'admissionregistration.k8s.io/v1';
const rule = '{apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}';
const mutating = `reinvocationPolicy: Never, matchConstraints: {resourceRules: [${rule}]}`;
const request = (body: string) => `spec: {devices: {requests: [{name: gpu, ${body}}]}}`;
const slice = 'driver: gpu.example.org, pool: {name: p, generation: 1, resourceSliceCount: 1}';

// Verdicts and fields of kube-apiserver 1.36.3's own validation packages.
describe('kinds that clusters are set up with', () => {
  test.each([
    [flow, 'FlowSchema', 'spec: {priorityLevelConfiguration: {name: x}}'],
    [
      flow,
      'FlowSchema',
      'spec: {priorityLevelConfiguration: {name: x}, rules: [{subjects: [{kind: ServiceAccount, serviceAccount: {name: "*", namespace: b}}], resourceRules: [{verbs: ["*"], apiGroups: [""], resources: [pods], namespaces: ["*"]}]}]}',
    ],
    [flow, 'PriorityLevelConfiguration', 'spec: {type: Limited, limited: {limitResponse: {type: Reject}}}'],
    [
      flow,
      'PriorityLevelConfiguration',
      'spec: {type: Limited, limited: {limitResponse: {type: Queue, queuing: {handSize: 6}}}}',
    ],
    [devices, 'ResourceClaim', request('exactly: {deviceClassName: gpu, allocationMode: All}')],
    [
      devices,
      'ResourceClaim',
      'spec: {devices: {requests: [{name: gpu, firstAvailable: [{name: big, deviceClassName: gpu}]}], constraints: [{requests: [gpu/big], matchAttribute: gpu.example.org/numa}]}}',
    ],
    [
      devices,
      'DeviceClass',
      `spec: {selectors: [{cel: {expression: "device.capacity['x.org'].memory.compareTo(quantity('40Gi')) >= 0"}}]}`,
    ],
    [devices, 'ResourceSlice', `spec: {${slice}, nodeName: one, devices: [{name: gpu-0}]}`],
    ['storage.k8s.io/v1', 'CSIDriver', 'spec: {attachRequired: false}'],
    ['storage.k8s.io/v1', 'VolumeAttributesClass', 'driverName: csi.example.org\nparameters: {a: b}'],
    ['networking.k8s.io/v1', 'ServiceCIDR', 'spec: {cidrs: [10.9.0.0/16, "2001:db8::/64"]}'],
    ['v1', 'Event', 'involvedObject: {kind: Node, name: n}'],
    ['v1', 'PodTemplate', 'template: {spec: {containers: [{name: c, image: i}]}}'],
    ['apps/v1', 'ControllerRevision', 'revision: 1\ndata: {}'],
    [
      admission,
      'MutatingAdmissionPolicy',
      `spec: {${mutating}, mutations: [{patchType: JSONPatch, jsonPatch: {expression: "[JSONPatch{}]"}}]}`,
    ],
    [admission, 'MutatingAdmissionPolicyBinding', 'spec: {policyName: a}'],
  ])('accepted: %s %s %s', (apiVersion, kind, body) => {
    expect(judge(document(apiVersion, kind, body))).toEqual([]);
  });

  test.each([
    [
      flow,
      'FlowSchema',
      'spec: {matchingPrecedence: 20000, priorityLevelConfiguration: {name: ""}}',
      ['Invalid spec.matchingPrecedence', 'Required spec.priorityLevelConfiguration.name'],
    ],
    [
      flow,
      'FlowSchema',
      'spec: {priorityLevelConfiguration: {name: x}, rules: [{subjects: [{kind: User, group: {name: g}}], nonResourceRules: [{verbs: [read], nonResourceURLs: [healthz]}]}]}',
      [
        'Forbidden spec.rules[0].subjects[0].group',
        'Required spec.rules[0].subjects[0].user',
        'NotSupported spec.rules[0].nonResourceRules[0].verbs',
        'Invalid spec.rules[0].nonResourceRules[0].nonResourceURLs[0]',
      ],
    ],
    [flow, 'PriorityLevelConfiguration', 'spec: {type: Limited}', ['Required spec.limited']],
    [flow, 'PriorityLevelConfiguration', 'spec: {type: Half}', ['NotSupported spec.type']],
    [
      flow,
      'PriorityLevelConfiguration',
      'spec: {type: Limited, limited: {limitResponse: {type: Queue, queuing: {queues: 4, handSize: 6}}}}',
      ['Invalid spec.limited.limitResponse.queuing.handSize'],
    ],
    [
      devices,
      'ResourceClaim',
      request('exactly: {count: 1}'),
      ['Required spec.devices.requests[0].exactly.deviceClassName'],
    ],
    [
      devices,
      'ResourceClaim',
      request('exactly: {deviceClassName: x, allocationMode: All, count: 2}'),
      ['Invalid spec.devices.requests[0].exactly.count'],
    ],
    [
      devices,
      'ResourceClaim',
      request('exactly: {deviceClassName: x, selectors: [{cel: {expression: "device.driver"}}]}'),
      ['Invalid spec.devices.requests[0].exactly.selectors[0].cel.expression'],
    ],
    [
      devices,
      'ResourceClaim',
      request('exactly: {deviceClassName: x}, firstAvailable: [{name: a, deviceClassName: x}]'),
      ['Invalid spec.devices.requests[0]'],
    ],
    [
      devices,
      'ResourceClaim',
      'spec: {devices: {requests: [{name: a, exactly: {deviceClassName: x}}, {name: a, exactly: {deviceClassName: x}}], constraints: [{requests: [b], matchAttribute: numa}]}}',
      [
        'Duplicate spec.devices.requests[1]',
        'Invalid spec.devices.constraints[0].requests[0]',
        'Invalid spec.devices.constraints[0].matchAttribute',
      ],
    ],
    [
      devices,
      'ResourceClaimTemplate',
      'spec: {metadata: {name: x}, spec: {devices: {requests: [{name: a}]}}}',
      ['Forbidden spec.metadata.name', 'Required spec.spec.devices.requests[0]'],
    ],
    [
      devices,
      'ResourceSlice',
      `spec: {${slice}, nodeName: one, allNodes: true, devices: [{name: Gpu_0, attributes: {model: {string: a, int: 1}}}]}`,
      ['Invalid spec', 'Invalid spec.devices[0].name', 'Invalid spec.devices[0].attributes.model'],
    ],
    [
      'storage.k8s.io/v1',
      'VolumeAttachment',
      `spec: {attacher: a, nodeName: n, source: {inlineVolumeSpec: {capacity: {storage: 1Gi}, storageClassName: fast, volumeMode: Block, nfs: {server: s, path: /p}}}}`,
      [
        'Forbidden spec.source.inlineVolumeSpec.capacity',
        'Forbidden spec.source.inlineVolumeSpec.storageClassName',
        'Required spec.source.inlineVolumeSpec.csi',
        'Required spec.source.inlineVolumeSpec.accessModes',
        'Forbidden spec.source.inlineVolumeSpec.volumeMode',
      ],
    ],
    ['v1', 'Node', 'spec: {podCIDRs: [10.0.0.0/24, 10.1.0.0/24]}', ['Invalid spec.podCIDRs']],
    [
      'apps/v1',
      'StatefulSet',
      'spec: {serviceName: s, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}, volumeClaimTemplates: [{metadata: {name: d}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}, dataSourceRef: {kind: Dump, name: a, namespace: B_}}}]}',
      [
        'Invalid spec.volumeClaimTemplates[0].spec.dataSourceRef.kind',
        'Invalid spec.volumeClaimTemplates[0].spec.dataSourceRef.namespace',
      ],
    ],
    [
      'apiextensions.k8s.io/v1',
      'CustomResourceDefinition',
      'spec: {group: e.org, scope: Cluster, names: {kind: A, plural: as}, conversion: {}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]}',
      ['Invalid metadata.name', 'Required spec.conversion.strategy'],
    ],
    [
      'storage.k8s.io/v1',
      'CSIDriver',
      'spec: {fsGroupPolicy: Sometimes, volumeLifecycleModes: [Forever], tokenRequests: [{audience: a}, {audience: a}]}',
      [
        'NotSupported spec.fsGroupPolicy',
        'Duplicate spec.tokenRequests[1].audience',
        'NotSupported spec.volumeLifecycleModes',
      ],
    ],
    [
      'storage.k8s.io/v1',
      'CSINode',
      'spec: {drivers: [{name: a.b, nodeID: one}, {name: a.b, nodeID: ""}]}',
      ['Duplicate spec.drivers[1].name', 'Required spec.drivers[1].nodeID'],
    ],
    ['storage.k8s.io/v1', 'CSIStorageCapacity', 'storageClassName: ""', ['Invalid storageClassName']],
    [
      'storage.k8s.io/v1',
      'VolumeAttributesClass',
      'parameters: {}',
      ['Required driverName', 'Required parameters'],
    ],
    [
      'storage.k8s.io/v1',
      'VolumeAttachment',
      'spec: {attacher: "", nodeName: one, source: {}}',
      ['Required spec.attacher', 'Required spec.source'],
    ],
    ['networking.k8s.io/v1', 'ServiceCIDR', 'spec: {cidrs: [10.0.0.1/24]}', ['Invalid spec.cidrs[0]']],
    [
      'networking.k8s.io/v1',
      'ServiceCIDR',
      'spec: {cidrs: [10.0.0.0/24, 10.1.0.0/24]}',
      ['Invalid spec.cidrs'],
    ],
    [
      'certificates.k8s.io/v1',
      'CertificateSigningRequest',
      'spec: {request: aGVsbG8=, signerName: example, usages: [reading], expirationSeconds: 60}',
      [
        'Invalid spec.request',
        'NotSupported spec.usages[0]',
        'Invalid spec.signerName',
        'Invalid spec.expirationSeconds',
      ],
    ],
    [
      'v1',
      'Event',
      'involvedObject: {kind: Pod, name: p, namespace: other}',
      ['Invalid involvedObject.namespace'],
    ],
    ['events.k8s.io/v1', 'Event', 'type: Odd', ['Required eventTime', 'Invalid type']],
    ['apps/v1', 'ControllerRevision', 'revision: -1', ['Invalid revision', 'Required data']],
    ['v1', 'PodTemplate', 'template: {spec: {containers: []}}', ['Required template.spec.containers']],
    [
      admission,
      'MutatingAdmissionPolicy',
      `spec: {${mutating}, mutations: [{jsonPatch: {expression: "[]"}}]}`,
      ['Required spec.mutations[0].patchType'],
    ],
    [
      admission,
      'MutatingAdmissionPolicy',
      `spec: {${mutating.replace('CREATE', 'DELETE')}, variables: [{name: v, expression: "1 +"}], mutations: []}`,
      [
        'NotSupported spec.matchConstraints.resourceRules[0].operations[0]',
        'Required spec.mutations',
        'Invalid spec.variables[0].expression',
      ],
    ],
    [admission, 'MutatingAdmissionPolicyBinding', 'spec: {}', ['Required spec.policyName']],
  ])('refused: %s %s %s', (apiVersion, kind, body, errors) => {
    expect(judge(document(apiVersion, kind, body))).toEqual(errors);
  });

  test('an IPAddress is named by the address in its one form', () => {
    const body = 'spec: {parentRef: {resource: services, name: a, namespace: b}}';
    expect(judge(document('networking.k8s.io/v1', 'IPAddress', body, '10.0.0.1'))).toEqual([]);
    expect(judge(document('networking.k8s.io/v1', 'IPAddress', body, '2001:DB8::1'))).toEqual([
      'Invalid metadata.name',
    ]);
    expect(judge(document('networking.k8s.io/v1', 'IPAddress', 'spec: {}', '10.0.0.1'))).toEqual([
      'Required spec.parentRef',
    ]);
  });

  test.each([
    ['applyConfiguration', "Object{metadata: Object.metadata{labels: {'a': 'b'}}}", true],
    ['applyConfiguration', 'has(object.spec) ? Object{spec: Object.spec{a: 1}} : Object{}', true],
    ['applyConfiguration', 'Object{?spec: optional.none()}', true],
    ['applyConfiguration', 'Object{}.spec.a == 1 ? Object{} : Object{}', true],
    ['applyConfiguration', 'true', false],
    ['applyConfiguration', 'object', false],
    ['applyConfiguration', 'Object.spec{}', false],
    ['applyConfiguration', 'Other{}', false],
    ['applyConfiguration', 'Object{spec: Object.spec{a: }}', false],
    [
      'jsonPatch',
      "[JSONPatch{op: 'add', path: '/metadata/labels/' + jsonpatch.escapeKey('x/y'), value: 'z'}]",
      true,
    ],
    ['jsonPatch', "object.spec.x.map(x, JSONPatch{op: 'remove', path: '/x'})", true],
    ['jsonPatch', '[]', false],
    ['jsonPatch', "JSONPatch{op: 'add'}", false],
    ['jsonPatch', '[JSONPatch{op: 1}]', false],
    ['jsonPatch', '[JSONPatch{odd: 1}]', false],
    ['jsonPatch', '[JSONPatch{op: jsonpatch.escapeKey(1)}]', false],
    ['jsonPatch', '[Object{}]', false],
  ])('a mutation by %s %s', (field, expression, compiles) => {
    const type = field === 'jsonPatch' ? 'JSONPatch' : 'ApplyConfiguration';
    const mutation = `{patchType: ${type}, ${field}: {expression: ${JSON.stringify(expression)}}}`;
    const body = `spec: {${mutating}, mutations: [${mutation}]}`;
    expect(judge(document(admission, 'MutatingAdmissionPolicy', body))).toEqual(
      compiles ? [] : [`Invalid spec.mutations[0].${field}.expression`],
    );
  });

  test.each([
    ['default: 1Gi, validValues: [1Gi, 2Gi]', []],
    ['default: 1Gi, validValues: [1Gi, 1024Mi]', ['Duplicate validValues[1]']],
    ['default: 1Gi, validRange: {min: 1Gi, step: 1Gi}', []],
    ['default: 1Gi, validRange: {min: 1Gi, step: 4Gi}', ['Invalid validRange.step']],
    // The server's division by this ends in no answer at all.
    ['default: 1Gi, validRange: {min: 1Gi, step: "0"}', ['Invalid validRange.step']],
  ])('a policy for requests of {%s}', (policy, problems) => {
    const device = `{name: a, allowMultipleAllocations: true, capacity: {mem: {value: 4Gi, requestPolicy: {${policy}}}}}`;
    const body = `spec: {${slice}, nodeName: one, devices: [${device}]}`;
    expect(judge(document(devices, 'ResourceSlice', body))).toEqual(
      problems.map((one) => one.replace(' ', ' spec.devices[0].capacity.mem.requestPolicy.')),
    );
  });

  test('a negative generation is refused where the server does not count it', () => {
    const meta = (apiVersion: string, kind: string, rest: string): string =>
      `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: {name: a, generation: -1}\n${rest}`;
    expect(judge(meta('v1', 'ConfigMap', ''))).toEqual(['Invalid metadata.generation']);
    expect(judge(meta('rbac.authorization.k8s.io/v1', 'Role', 'rules: []'))).toEqual([
      'Invalid metadata.generation',
    ]);
    expect(judge(meta('networking.k8s.io/v1', 'NetworkPolicy', 'spec: {podSelector: {}}'))).toEqual([]);
  });
});
