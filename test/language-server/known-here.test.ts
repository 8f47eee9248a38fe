import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EditorFolder, openEditor } from '../support/editor-folder.ts';

const set = (name: string, goTemplate: boolean, generators: string, path: string): string =>
  `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: ${name}, namespace: argocd}
spec:
  goTemplate: ${goTemplate}
  generators:
${generators}
  template:
    metadata: {name: web}
    spec:
      project: default
      source:
        repoURL: https://example.com/shop.git
        path: '${path}'
      destination: {name: in-cluster, namespace: shop}
`;
const lists = `    - list:
        elements:
          - cluster: prod
            more: {size: big}`;
const configMapOf = (variable: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: one}\ndata: {zone: "\${${variable}}"}\n`;
const files = {
  'base/kustomization.yaml': `namespace: shop
resources: [web.yaml, service.yaml]
labels:
  - pairs: {team: shop}
    includeTemplates: true
`,
  'base/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations: {shop.example/owner: me}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: shop/web:1
          ports:
            - {name: http, containerPort: 8080}
            - {name: metrics, containerPort: 9090}
        - name: side
          image: shop/side:1
`,
  'base/service.yaml': `apiVersion: v1
kind: Service
metadata: {name: web, labels: {app: web}}
spec:
  selector: {app: web}
  ports: [{name: front, port: 80, targetPort: http}]
`,
  'overlay/kustomization.yaml': 'resources: [../base]\n',
  'overlay/operations.yaml': '',
  'plain/one.yaml': configMapOf('ZONE'),
  'tree/kustomization.yaml': 'resources: [below, ../tree]\n',
  'tree/below/kustomization.yaml': 'resources: [one.yaml]\n',
  'tree/below/one.yaml': configMapOf('HOST'),
  'argocd/go.yaml': set('go', true, lists, '{{ .cluster }}'),
  'argocd/git.yaml': set(
    'git',
    true,
    '    - git:\n        repoURL: https://example.com/shop.git\n        files: [{path: argocd/config.json}]',
    '{{ .path.path }}',
  ),
  'argocd/config.json': '{"region": {"name": "eu"}}',
  'argocd/fast.yaml': set(
    'fast',
    false,
    '    - clusters:\n        values: {size: big}\n    - pullRequest: {github: {owner: a, repo: b}}',
    '{{server}}',
  ),
  'new.yaml': '',
};

let editor: EditorFolder;

beforeAll(async () => {
  editor = await openEditor(files);
});

afterAll(() => editor.close());

describe('the path of a JSON 6902 operation follows the target', () => {
  const overlay = (path: string): string =>
    `resources: [../base]
patches:
  - target: {kind: Deployment, name: web}
    patch: |
      - op: replace
        path: ${path}¦
`;
  const containers = '/spec/template/spec/containers';

  it.each([
    [`${containers}/`, [`${containers}/0`, `${containers}/1`, `${containers}/-`]],
    [`${containers}/0/ports/`, [`${containers}/0/ports/1`]],
    ['/metadata/annotations/', ['/metadata/annotations/shop.example~1owner']],
    [
      '/spec/template/metadata/labels/',
      ['/spec/template/metadata/labels/app', '/spec/template/metadata/labels/team'],
    ],
  ])('at %s', async (path, labels) => {
    expect(await editor.labels('overlay/kustomization.yaml', overlay(path))).toEqual(
      expect.arrayContaining(labels),
    );
  });
});

describe('the parameters of an ApplicationSet', () => {
  it.each([
    ['argocd/go.yaml', '{{ .cluster }}', '{{ .¦ }}', ['cluster', 'more']],
    ['argocd/go.yaml', '{{ .cluster }}', '{{ .more.¦', ['size']],
    ['argocd/go.yaml', '{{ .cluster }}', '{{ if .clu¦', ['cluster']],
    ['argocd/git.yaml', '{{ .path.path }}', '{{ .region.¦ }}', ['name']],
    ['argocd/git.yaml', '{{ .path.path }}', '{{ .path.¦ }}', ['path', 'basename', 'filename']],
    ['argocd/fast.yaml', '{{server}}', '{{¦}}', ['server', 'nameNormalized', 'values.size', 'branch_slug']],
  ] as const)('%s with %s as %s', async (path, written, typed, labels) => {
    expect(await editor.labels(path, files[path].replace(written, typed))).toEqual(
      expect.arrayContaining([...labels]),
    );
  });

  it('are as they are written where they were not checked yet', async () => {
    const text = set('new', true, lists, '{{ .¦').replace('cluster: prod', 'place: prod');
    expect(await editor.labels('new.yaml', text)).toContain('place');
  });
});

it.each([
  ['./plain', ['ZONE']],
  ['./tree', ['HOST']],
])('variables of %s, which is not built by itself', async (path, labels) => {
  const text = `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: a}
spec:
  path: ${path}
  postBuild:
    substitute:
      ¦
`;
  expect(await editor.labels('new.yaml', text)).toEqual(labels);
});

it.each([
  [
    'a block',
    '|\n        object.spec.template\n          .spec.containers',
    'variables.x.all(c, c.¦)',
    'image',
  ],
  [
    'a condition',
    '>-\n        has(object.spec)\n          ? object.spec.template.spec.containers : []',
    'variables.x.all(c, c.¦)',
    'image',
  ],
  ['another variable', '|\n        variables.pods.containers', 'variables.x.exists(c, c.¦)', 'ports'],
])('types of CEL through a variable that is %s', async (_, variable, typed, label) => {
  const text = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: p}
spec:
  matchConstraints:
    resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]
  variables:
    - name: pods
      expression: object.spec.template.spec
    - name: x
      expression: ${variable}
  validations:
    - expression: ${typed}
`;
  expect(await editor.labels('new.yaml', text)).toContain(label);
});

it('kinds of products without an object of them', async () => {
  expect(await editor.labels('new.yaml', 'apiVersion: ¦\n')).toEqual(
    expect.arrayContaining(['cert-manager.io/v1', 'keda.sh/v1alpha1', 'external-secrets.io/v1']),
  );
  expect(await editor.labels('new.yaml', 'apiVersion: cert-manager.io/v1\nkind: ¦\n')).toEqual(
    expect.arrayContaining(['Certificate', 'ClusterIssuer']),
  );
  const certificate = 'apiVersion: cert-manager.io/v1\nkind: Certificate\nspec:\n  ¦\n';
  expect(await editor.labels('new.yaml', certificate)).toContain('secretName');
});

describe('ports', () => {
  const policy = (rules: string): string =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec:\n  podSelector: {matchLabels: {app: web}}\n${rules}`;
  const monitor =
    'apiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nspec:\n  selector: {matchLabels: {app: web}}\n  endpoints:\n    - port: ¦\n';

  it.each([
    ['of what a policy is for', policy('  ingress:\n    - ports:\n        - port: ¦\n'), ['http', 'metrics']],
    [
      'of what a policy lets pods reach',
      policy(
        '  egress:\n    - to:\n        - podSelector: {matchLabels: {app: web}}\n      ports:\n        - port: ¦\n',
      ),
      ['http', 'metrics'],
    ],
    ['of the Services of a monitor', monitor, ['front']],
  ])('%s', async (_, text, labels) => {
    expect(await editor.labels('new.yaml', text)).toEqual(expect.arrayContaining(labels));
  });
});

it('fields of an item that is less deep than its list', async () => {
  const text = `apiVersion: v1
kind: Pod
spec:
     containers:
   - name: a
     imageP¦
`;
  expect(await editor.labels('new.yaml', text)).toContain('imagePullPolicy');
});

it('what was rendered before a file could no longer be read', async () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: [\n';
  editor.client.open('base/web.yaml', text);
  await editor.client.settled();
  const pod =
    'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec:\n  scaleTargetRef:\n    kind: Deployment\n    name: ¦\n';
  expect(await editor.labels('new.yaml', pod)).toContain('web');
});
