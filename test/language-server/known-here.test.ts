import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CodeAction, DocumentLink, Hover, Location } from 'vscode-languageserver';
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
  'cdb-lint.yaml': 'provided:\n  - {kind: Secret, name: outside, keys: [word]}\n',
  'component/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n',
  'edge/kustomization.yaml': 'resources: [class.yaml]\n',
  'edge/class.yaml':
    'apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: edge}\nspec: {controllerName: example.com/edge}\n',
  'pod/kustomization.yaml': 'resources: [pod.yaml]\n',
  'pod/pod.yaml':
    'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\nspec:\n  containers: [{name: a, image: a, envFrom: [{configMapRef: {name: none}}]}]\n',
  'pod-one/kustomization.yaml': 'resources: [../pod]\n',
  'pod-two/kustomization.yaml': 'namePrefix: two-\nresources: [../pod]\n',
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

it('what the configuration says of the cluster, and its own names', async () => {
  const volume = 'apiVersion: v1\nkind: Pod\nspec:\n  volumes:\n    - name: a\n      secret:\n        ';
  expect(await editor.labels('new.yaml', `${volume}secretName: ¦\n`)).toContain('outside');
  expect(
    await editor.labels('new.yaml', `${volume}secretName: outside\n        items:\n          - key: ¦\n`),
  ).toEqual(['word']);
  const profiles = 'profiles: {own: {policies: [default]}}\nprofile: ¦\n';
  expect(await editor.labels('cdb-lint.yaml', profiles)).toEqual(
    expect.arrayContaining(['default', 'restricted', 'own']),
  );
  expect(await editor.labels('cdb-lint.yaml', 'environments:\n  prod:\n    root: ¦\n')).toContain('overlay');
  editor.client.change('cdb-lint.yaml', files['cdb-lint.yaml']);
});

it('names of gateway classes, and components of Flux relative to its path', async () => {
  const gateway = 'apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nspec:\n  gatewayClassName: ¦\n';
  expect(await editor.labels('new.yaml', gateway)).toEqual(['edge']);
  const flux =
    'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nspec:\n  path: ./overlay\n  components:\n    - ../comp';
  expect(await editor.labels('new.yaml', `${flux}¦\n`)).toContain('../component');
  const text = `${flux}onent\n`;
  editor.client.change('new.yaml', text);
  const links = await editor.client.connection.sendRequest<DocumentLink[]>('textDocument/documentLink', {
    textDocument: { uri: editor.client.uri('new.yaml') },
  });
  expect(links.map(({ target }) => target)).toContain(editor.client.uri('component/kustomization.yaml'));
});

it('one action for the findings of several builds', async () => {
  const pod = files['pod/pod.yaml'];
  editor.client.open('pod/pod.yaml', pod);
  await editor.client.settled();
  const range = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } };
  const actions = await editor.client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: editor.client.uri('pod/pod.yaml') },
    range,
    context: { diagnostics: [] },
  });
  const edits = actions.map(({ title, edit }) => JSON.stringify([title, edit]));
  expect(edits.length).toBeGreaterThan(0);
  expect(new Set(edits).size).toBe(edits.length);
});

it('a name leads to its object, in a file that no build reads', async () => {
  const text =
    'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec:\n  scaleTargetRef:\n    kind: Deployment\n    name: web\n  bro';
  editor.client.change('new.yaml', text);
  const found = await editor.client.ask<Location[]>('definition', 'new.yaml', { line: 5, character: 11 });
  expect(found.map(({ uri, range }) => [uri, range.start.line])).toEqual([
    [editor.client.uri('base/web.yaml'), 3],
  ]);
});

it('what was rendered before a file could no longer be read', async () => {
  const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: [\n';
  editor.client.open('base/web.yaml', text);
  await editor.client.settled();
  const pod =
    'apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nspec:\n  scaleTargetRef:\n    kind: Deployment\n    name: ¦\n';
  expect(await editor.labels('new.yaml', pod)).toContain('web');
});

it('hover and definitions of what was rendered, while the file is wrong', async () => {
  const service = files['base/service.yaml'];
  editor.client.change('new.yaml', '');
  editor.client.open('base/service.yaml', service);
  editor.client.open('base/web.yaml', files['base/web.yaml']);
  await editor.client.settled();
  editor.client.change('base/service.yaml', `${service}  broken: [\n`);
  await editor.client.settled();
  const position = { line: 5, character: 43 };
  const hover = await editor.client.ask<Hover>('hover', 'base/service.yaml', position);
  expect(JSON.stringify(hover.contents)).toContain('Service/web spec.ports');
  const found = await editor.client.ask<Location[]>('definition', 'base/service.yaml', position);
  expect(found.map(({ uri }) => uri)).toEqual([editor.client.uri('base/web.yaml')]);
});
