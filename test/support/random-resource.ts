import fc from 'fast-check';
import { branch, name, optional, scalar, text, tree } from './random-text.ts';

export type Plain = { readonly [key: string]: unknown };

export const imageName = fc.constantFrom(
  'nginx',
  'nginx:1.25',
  'redis:7@sha256:abc',
  'registry:5000/team/web:v1',
  'nginx@sha256:def',
  'team/app',
);

const key = fc.constantFrom('app', 'tier', 'example.com/a', 'a.b/c-d', '10', '2');
const texts = fc.dictionary(key, text, { maxKeys: 3 });
const annotations = fc.dictionary(fc.constantFrom('app', 'tier', 'example.com/a', 'a.b/c-d'), text, {
  maxKeys: 3,
});
const namespace = fc.constantFrom('default', 'team', 'other');

const reference = fc.oneof(
  fc.record({ configMapRef: fc.record({ name }) }),
  fc.record({ secretRef: fc.record({ name }) }),
);
const variable = fc.oneof(
  fc.record({ name: fc.constantFrom('A', 'B', 'C'), value: text }),
  fc.record({
    name: fc.constantFrom('A', 'B', 'C'),
    valueFrom: fc.record({ configMapKeyRef: fc.record({ name, key }) }),
  }),
  fc.record({
    name: fc.constantFrom('A', 'B', 'C'),
    valueFrom: fc.record({ secretKeyRef: fc.record({ name, key }) }),
  }),
);
const port = optional<unknown>({
  containerPort: fc.constantFrom(80, 81, 8080),
  protocol: fc.constantFrom('TCP', 'UDP'),
  name,
});

export const container = fc.tuple(
  fc.record({ name: fc.constantFrom('main', 'side', 'init'), image: imageName }),
  optional<unknown>({
    args: fc.array(text, { maxLength: 3 }),
    command: fc.array(text, { maxLength: 2 }),
    env: fc.array(variable, { maxLength: 3 }),
    envFrom: fc.array(reference, { maxLength: 2 }),
    ports: fc.array(port, { maxLength: 3 }),
    resources: optional<unknown>({ limits: texts, requests: texts }),
    volumeMounts: fc.array(fc.record({ name, mountPath: fc.constantFrom('/a', '/b') }), { maxLength: 2 }),
  }),
);

const volume = fc.oneof(
  fc.record({ name, configMap: fc.record({ name }) }),
  fc.record({ name, secret: fc.record({ secretName: name }) }),
  fc.record({ name, persistentVolumeClaim: fc.record({ claimName: name }) }),
  fc.record({ name, emptyDir: fc.constant({}) }),
  fc.record({
    name,
    projected: fc.record({ sources: fc.array(fc.record({ secret: fc.record({ name }) }), { maxLength: 2 }) }),
  }),
);

export const pod = optional<unknown>({
  containers: fc.array(
    container.map(([required, more]) => ({ ...required, ...more })),
    { maxLength: 3 },
  ),
  initContainers: fc.array(
    container.map(([required, more]) => ({ ...required, ...more })),
    { maxLength: 1 },
  ),
  serviceAccountName: name,
  imagePullSecrets: fc.array(fc.record({ name }), { maxLength: 2 }),
  volumes: fc.array(volume, { maxLength: 3 }),
  nodeSelector: texts,
  tolerations: fc.array(fc.record({ key, operator: text }), { maxLength: 2 }),
  hostAliases: fc.array(
    fc.record({ ip: fc.constantFrom('1.1.1.1', '2.2.2.2'), hostnames: fc.array(text, { maxLength: 2 }) }),
    {
      maxLength: 2,
    },
  ),
});
const template = optional<unknown>({
  metadata: optional<unknown>({ labels: texts, annotations: texts }),
  spec: pod,
});
const selector = fc.record({ matchLabels: texts });
const subject = fc.oneof(
  fc.record({ kind: fc.constant('ServiceAccount'), name: fc.oneof(name, fc.constant('default')), namespace }),
  fc.record({ kind: fc.constant('ServiceAccount'), name: fc.oneof(name, fc.constant('default')) }),
  fc.record({ kind: fc.constant('User'), name: text }),
);
const rules = fc.array(
  fc.record({ resources: fc.array(name, { maxLength: 1 }), resourceNames: fc.array(name, { maxLength: 2 }) }),
  {
    maxLength: 2,
  },
);
const webhooks = fc.array(
  fc.record({ name, clientConfig: fc.record({ service: fc.record({ name, namespace }) }) }),
  { maxLength: 2 },
);

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly body: fc.Arbitrary<Plain>;
}

const spec = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Plain> =>
  fc.record({ spec: optional<unknown>(fields) });

export const kinds: readonly Kind[] = [
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    body: spec({ replicas: fc.nat(3), selector, template, strategy: tree }),
  },
  { apiVersion: 'apps/v1', kind: 'Deployment', body: spec({ replicas: fc.nat(3), selector, template }) },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    body: spec({
      replicas: fc.nat(3),
      serviceName: name,
      selector,
      template,
      volumeClaimTemplates: fc.array(fc.record({ metadata: fc.record({ name }) }), { maxLength: 1 }),
    }),
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    body: spec({ schedule: text, jobTemplate: optional<unknown>({ spec: optional<unknown>({ template }) }) }),
  },
  { apiVersion: 'batch/v1', kind: 'Job', body: spec({ template, selector }) },
  { apiVersion: 'v1', kind: 'Pod', body: fc.record({ spec: pod }) },
  {
    apiVersion: 'v1',
    kind: 'Service',
    body: spec({
      selector: texts,
      type: text,
      ports: fc.array(
        optional<unknown>({ port: fc.constantFrom(80, 81), protocol: fc.constantFrom('TCP', 'UDP'), name }),
        {
          maxLength: 2,
        },
      ),
    }),
  },
  { apiVersion: 'v1', kind: 'ConfigMap', body: optional<unknown>({ data: texts, binaryData: texts }) },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    body: optional<unknown>({ data: texts, stringData: texts, type: text }),
  },
  {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    body: optional<unknown>({
      secrets: fc.array(fc.record({ name }), { maxLength: 2 }),
      imagePullSecrets: fc.array(fc.record({ name }), { maxLength: 1 }),
    }),
  },
  { apiVersion: 'v1', kind: 'Namespace', body: optional<unknown>({ spec: tree }) },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    body: spec({ volumeName: name, storageClassName: name }),
  },
  { apiVersion: 'v1', kind: 'PersistentVolume', body: spec({ claimRef: fc.record({ name, namespace }) }) },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', body: fc.record({ rules }) },
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', body: fc.record({ rules }) },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    body: fc.record({
      roleRef: fc.record({
        apiGroup: fc.constant('rbac.authorization.k8s.io'),
        kind: fc.constantFrom('Role', 'ClusterRole'),
        name,
      }),
      subjects: fc.array(subject, { maxLength: 2 }),
    }),
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    body: fc.record({
      roleRef: fc.record({
        apiGroup: fc.constant('rbac.authorization.k8s.io'),
        kind: fc.constant('ClusterRole'),
        name,
      }),
      subjects: fc.array(subject, { maxLength: 2 }),
    }),
  },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    body: spec({
      ingressClassName: name,
      tls: fc.array(fc.record({ secretName: name }), { maxLength: 1 }),
      rules: fc.array(
        fc.record({
          http: fc.record({
            paths: fc.array(fc.record({ path: text, backend: fc.record({ service: fc.record({ name }) }) }), {
              maxLength: 2,
            }),
          }),
        }),
        { maxLength: 2 },
      ),
    }),
  },
  { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', body: optional<unknown>({ spec: tree }) },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    body: spec({
      podSelector: selector,
      ingress: fc.array(
        fc.record({ from: fc.array(fc.record({ podSelector: selector }), { maxLength: 2 }) }),
        { maxLength: 2 },
      ),
    }),
  },
  {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    body: spec({
      scaleTargetRef: fc.record({
        apiVersion: fc.constant('apps/v1'),
        kind: fc.constantFrom('Deployment', 'StatefulSet'),
        name,
      }),
    }),
  },
  { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', body: spec({ selector, minAvailable: scalar }) },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    body: optional<unknown>({ provisioner: text, parameters: texts }),
  },
  {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingWebhookConfiguration',
    body: fc.record({ webhooks }),
  },
  {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    body: optional<unknown>({ spec: branch }),
  },
  {
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    body: optional<unknown>({ spec: branch, data: branch, status: tree }),
  },
  {
    apiVersion: 'example.com/v1alpha1',
    kind: 'Widget',
    body: fc.record({
      spec: fc.record({
        template,
        items: fc.array(optional<unknown>({ name, value: scalar }), { maxLength: 3 }),
      }),
    }),
  },
  { apiVersion: 'v1', kind: 'PodTemplate', body: fc.record({ template }) },
];

const metadata = fc.record({ name, namespace, labels: texts, annotations }, { requiredKeys: ['name'] });

/** A resource of some kind; what it holds below is often enough what kustomize looks at. */
export const resource: fc.Arbitrary<Plain> = fc
  .constantFrom(...kinds)
  .chain(({ apiVersion, kind, body }) =>
    fc.tuple(metadata, body).map(([meta, rest]) => ({ apiVersion, kind, metadata: meta, ...rest })),
  );
