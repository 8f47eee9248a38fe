import { describe, expect, test } from 'vitest';
import { type AdmitOptions, admitObject } from '../../../src/admit/admit.ts';
import { customKindsOf } from '../../../src/schema/custom-kind.ts';
import { parseDocuments } from '../../../src/source/parse.ts';
import { formatPath, isMapping, type Mapping } from '../../../src/source/value.ts';

function parse(text: string): Mapping {
  const value = parseDocuments({ path: 'test.yaml', text }, 'api-server').documents[0]?.value;
  if (!isMapping(value)) throw new Error('not a mapping');
  return value;
}

function judge(head: string, kubernetesVersion = '1.36', more: Partial<AdmitOptions> = {}) {
  const { errors, warnings, noSchema } = admitObject(parse(`${head}\nmetadata: {name: a}\n`), {
    kubernetesVersion,
    ...more,
  });
  return {
    errors: errors.map(({ field, detail, help }) => `${formatPath(field)}: ${detail} | ${help}`),
    warnings: warnings.map(({ field, detail, help }) => `${formatPath(field)}: ${detail} | ${help}`),
    noSchema,
  };
}

describe('kinds', () => {
  test.each([
    ['kind: Pod', 'apiVersion: must be set | undefined'],
    ['apiVersion: v1', 'kind: must be set | undefined'],
    ['apiVersion: v1\nkind: ""', 'kind: must be set | undefined'],
    ['apiVersion: 1\nkind: Pod', 'apiVersion: must be a string, but is the number 1 | undefined'],
    [
      'apiVersion: apps/v1\nkind: Deploymnet',
      'kind: Kubernetes 1.36 has no kind "Deploymnet" in "apps/v1" | did you mean "Deployment"?',
    ],
    [
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicies',
      'kind: Kubernetes 1.36 has no kind "NetworkPolicies" in "networking.k8s.io/v1" | did you mean "NetworkPolicy"?',
    ],
    [
      'apiVersion: v1\nkind: CronJob',
      'kind: Kubernetes 1.36 has no kind "CronJob" in "v1" | write apiVersion: batch/v1',
    ],
    [
      'apiVersion: app/v1\nkind: Deployment',
      'apiVersion: Kubernetes 1.36 has no kind "Deployment" in "app/v1" | write apiVersion: apps/v1',
    ],
    [
      'apiVersion: policy/v1beta1\nkind: PodDisruptionBudget',
      'apiVersion: PodDisruptionBudget was removed from policy/v1beta1 in Kubernetes 1.25 | write apiVersion: policy/v1, kind: PodDisruptionBudget',
    ],
  ])('%j is refused, and said what to write', (head, expected) => {
    expect(judge(head).errors).toEqual([expected]);
  });

  test('a version that comes or goes is checked by the target version', () => {
    const policy = 'apiVersion: resource.k8s.io/v1\nkind: DeviceClass';
    expect(judge(policy, '1.33').errors).toEqual([
      'apiVersion: DeviceClass was added to resource.k8s.io/v1 in Kubernetes 1.34, but this is 1.33 | upgrade the cluster to Kubernetes 1.34 first',
    ]);
    expect(judge(policy, '1.34').errors).toEqual([]);
    const schema = 'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema';
    expect(judge(schema, '1.32').errors).toEqual([
      'apiVersion: FlowSchema was removed from flowcontrol.apiserver.k8s.io/v1beta3 in Kubernetes 1.32 | write apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema',
    ]);
  });

  test.each([
    ['resource.k8s.io/v1beta1', 'ResourceClaim', '1.36', 'resource.k8s.io/v1'],
    [
      'admissionregistration.k8s.io/v1beta1',
      'MutatingAdmissionPolicyBinding',
      '1.36',
      'admissionregistration.k8s.io/v1',
    ],
    ['networking.k8s.io/v1beta1', 'ServiceCIDR', '1.33', 'networking.k8s.io/v1'],
    ['certificates.k8s.io/v1beta1', 'ClusterTrustBundle', '1.36', undefined],
    ['storagemigration.k8s.io/v1beta1', 'StorageVersionMigration', '1.36', undefined],
  ])('%s %s is not served unless a server is told to', (apiVersion, kind, version, stable) => {
    const [error, ...others] = judge(`apiVersion: ${apiVersion}\nkind: ${kind}`, version).errors;
    const served = `an API server serves it only with --runtime-config=${apiVersion}=true`;
    expect(error).toBe(
      `apiVersion: Kubernetes ${version} does not serve ${apiVersion} ${kind} by default | ${stable === undefined ? '' : `write apiVersion: ${stable}; `}${served}`,
    );
    expect(others).toEqual([]);
  });

  test('a deprecated version is a warning with its replacement', () => {
    const schema =
      'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3\nkind: FlowSchema\nspec: {priorityLevelConfiguration: {name: x}}';
    expect(judge(schema, '1.31').warnings).toEqual([
      'apiVersion: flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema is deprecated as of Kubernetes 1.29 and removed in 1.32 | write apiVersion: flowcontrol.apiserver.k8s.io/v1, kind: FlowSchema',
    ]);
  });

  test('a namespace on what has none is dropped by the server: a warning', () => {
    const object = parse('apiVersion: v1\nkind: Namespace\nmetadata: {name: a, namespace: b}\n');
    const { verdict, warnings } = admitObject(object, { kubernetesVersion: '1.36' });
    expect(verdict).toBe('accept');
    expect(warnings).toMatchObject([{ field: ['metadata', 'namespace'], help: 'remove the field' }]);
  });

  test.each([
    [
      'apiVersion: argoproj.io/v1alpha1\nkind: Aplication',
      'kind: the known CRDs of argoproj.io have no kind "Aplication" in v1alpha1 | did you mean "Application"?',
    ],
    [
      'apiVersion: argoproj.io/v1\nkind: AppProject',
      'apiVersion: the known CRDs of argoproj.io have no kind "AppProject" in v1 | write apiVersion: argoproj.io/v1alpha1',
    ],
  ])('%j is a mistake for a kind that a CRD defines', (head, expected) => {
    expect(judge(head).errors).toEqual([expected]);
  });

  test('a kind next to those of known CRDs may come from another product of the group', () => {
    const customKinds = customKindsOf([
      parse(
        'spec: {group: tools.dev, names: {kind: TaskRun, plural: taskruns}, versions: [{name: v1, served: true}]}\n',
      ),
    ]);
    for (const head of [
      'apiVersion: argoproj.io/v1alpha1\nkind: EventSource',
      'apiVersion: argoproj.io/v1beta1\nkind: ArgoCD',
      'apiVersion: tools.dev/v1\nkind: Task',
    ])
      expect(judge(head, '1.36', { customKinds })).toMatchObject({ errors: [], noSchema: true });
  });

  test('a CRD is read once, however many builds it serves', () => {
    const crd = parse(
      'spec: {group: tools.dev, names: {kind: TaskRun, plural: taskruns}, versions: [{name: v1, served: true}]}\n',
    );
    const [first, second] = [customKindsOf([crd]), customKindsOf([crd])];
    expect(first.kinds.get('tools.dev/v1/TaskRun')).toMatchObject({ plural: 'taskruns' });
    expect(second.kinds.get('tools.dev/v1/TaskRun')).toBe(first.kinds.get('tools.dev/v1/TaskRun'));
  });

  test('a kind without a schema is said to have none', () => {
    expect(judge('apiVersion: example.com/v1\nkind: Widget')).toMatchObject({ errors: [], noSchema: true });
  });
});

describe('server-side apply', () => {
  const pod = (env: string, ports: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a, env: [${env}], ports: [${ports}]}]}\n`;
  const judgePod = (env: string, ports: string, appliedBy: 'create' | 'server-side-apply') =>
    admitObject(parse(pod(env, ports)), { kubernetesVersion: '1.36', appliedBy }).errors.map(
      ({ field, type }) => `${formatPath(field)}: ${type}`,
    );

  test('tells list items apart by their keys, defaults included, where a create does not', () => {
    const env = '{name: A, value: a}, {name: A, value: b}';
    const ports =
      '{containerPort: 80}, {containerPort: 80, protocol: TCP}, {containerPort: 80, protocol: UDP}';
    expect(judgePod(env, ports, 'create')).toEqual([]);
    expect(judgePod(env, ports, 'server-side-apply')).toEqual([
      'spec.containers[0].env[1]: Duplicate',
      'spec.containers[0].ports[1]: Duplicate',
    ]);
  });

  test('refuses what only the server sets', () => {
    const object = parse('apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, uid: b, managedFields: []}\n');
    const options = { kubernetesVersion: '1.36', appliedBy: 'server-side-apply' } as const;
    expect(admitObject(object, options).errors.map(({ field }) => formatPath(field))).toEqual([
      'metadata.uid',
      'metadata.managedFields',
    ]);
  });
});
