import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EditorFolder, openEditor } from '../support/editor-folder.ts';

const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  minReadySeconds: 5
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: shop/web:1
          ports:
            - name: http
              containerPort: 8080
          env:
            - name: LEVEL
              valueFrom: {configMapKeyRef: {name: settings, key: LEVEL}}
            - name: TOKEN
              valueFrom: {secretKeyRef: {name: token, key: word, optional: true}}
          livenessProbe:
            httpGet: {port: http}
          readinessProbe:
            tcpSocket: {port: 8080}
          volumeMounts:
            - name: files
              mountPath: /etc/app
      volumes:
        - name: files
          configMap:
            name: settings
            items:
              - key: app.conf
                path: app.conf
`;
const rest = `apiVersion: v1
kind: Service
metadata:
  name: web
  labels:
    app: web
spec:
  selector:
    app: web
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec:
  defaultBackend: {service: {name: web, port: {name: http}}}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  endpoints:
    - port: http
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: web}
spec:
  podSelector:
    matchLabels:
      app: web
  ingress:
    - from:
        - podSelector:
            matchExpressions:
              - key: app
                operator: In
                values: [db]
      ports:
        - port: http
  egress:
    - to:
        - podSelector: {matchLabels: {app: db}}
      ports:
        - port: sql
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
---
apiVersion: v1
kind: Secret
metadata: {name: token}
stringData:
  word: ""
`;
const database = `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: shop/db:1
          ports:
            - name: sql
              containerPort: 5432
          volumeMounts:
            - name: files
              mountPath: /var
  volumeClaimTemplates:
    - metadata:
        name: files
`;
const files = {
  'base/kustomization.yaml': `namespace: shop
resources: [web.yaml, rest.yaml, database.yaml]
configMapGenerator:
  - name: settings
    literals:
      - LEVEL=info
    files:
      - app.conf
`,
  'base/app.conf': 'x',
  'base/web.yaml': web,
  'base/rest.yaml': rest,
  'base/database.yaml': database,
  'overlay/kustomization.yaml': `resources: [../base]
images:
  - name: shop/web
    newTag: "2"
patches:
  - target: {kind: Deployment, name: web}
    patch: |
      - op: replace
        path: /spec/template/spec/containers/0/volumeMounts/0/mountPath
        value: /etc/more
      - op: remove
        path: /spec/minReadySeconds
  - path: operations.yaml
    target: {kind: StatefulSet}
  - path: merge.yaml
`,
  'overlay/operations.yaml': `- op: replace
  path: /spec/template/spec/containers/0/image
  value: shop/db:2
`,
  'overlay/merge.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
`,
};
const [deployment, others] = ['base/web.yaml', 'base/rest.yaml'];
const line = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

let editor: EditorFolder;

beforeAll(async () => {
  editor = await openEditor(files);
});

afterAll(() => editor.close());

describe('a port', () => {
  const name = `${deployment}:${line(web, 'name: http')}`;
  const number = `${deployment}:${line(web, 'containerPort')}`;

  it.each([
    ['of a Service', others, 'targetPort: ht¦tp', name],
    ['of a policy, of the pods that it is for', others, '- port: ht¦tp\n  egress', name],
    [
      'of a policy, of the pods that are reached',
      others,
      '- port: s¦ql',
      `base/database.yaml:${line(database, 'name: sql')}`,
    ],
    ['of a probe by its name', deployment, 'httpGet: {port: ht¦tp', name],
    ['of a probe by its number', deployment, 'tcpSocket: {port: 80¦80', number],
    ['of a backend', others, 'port: {name: ht¦tp', `${others}:${line(rest, 'name: http')}`],
    ['of a monitor', others, 'endpoints:\n    - port: ht¦tp', `${others}:${line(rest, 'name: http')}`],
  ])('%s leads to where it is', async (_, path, excerpt, place) => {
    expect(await editor.definition(path, excerpt)).toEqual([place]);
  });

  it('has the references of its name and of its number', async () => {
    const uses = [
      `${others}:${line(rest, 'targetPort')}`,
      `${others}:${line(rest, '- port: http\n  egress')}`,
      `${deployment}:${line(web, 'httpGet')}`,
      `${deployment}:${line(web, 'tcpSocket')}`,
    ];
    expect(await editor.references(deployment, 'name: ht¦tp')).toEqual([name, ...uses].sort());
    expect(await editor.references(others, 'targetPort: ht¦tp')).toEqual([name, ...uses].sort());
    expect(await editor.references(deployment, 'containerPort: 80¦80')).toEqual([number, ...uses].sort());
  });
});

describe('a selector', () => {
  const label = `${deployment}:${line(web, '        app: web\n')}`;

  it.each([
    ['of a Service', 'selector:\n    app: we¦b', label],
    ['of a policy', 'matchLabels:\n      ap¦p: web', label],
    [
      'of a budget',
      'PodDisruptionBudget\nmetadata: {name: web}\nspec:\n  selector: {matchLabels: {app: we¦b',
      label,
    ],
    [
      'of a monitor',
      'spec:\n  selector: {matchLabels: {app: w¦eb',
      `${others}:${line(rest, '    app: web\n')}`,
    ],
    ['with an expression', 'values: [d¦b', `base/database.yaml:${line(database, '        app: db\n')}`],
  ])('%s leads to the labels that it matches', async (_, excerpt, place) => {
    expect(await editor.definition(others, excerpt)).toEqual([place]);
  });

  it('is a reference of the label', async () => {
    const found = await editor.references(deployment, '        app: we¦b');
    const own = ['selector:\n    app: web', 'matchLabels:\n      app: web'];
    const lines = [
      ...own.map((part) => `${others}:${line(rest, part) + 1}`),
      `${others}:${line(rest, 'PodDisruptionBudget') + 3}`,
    ];
    expect(found).toEqual([label, `${deployment}:5`, ...lines].sort());
  });
});

describe('a key', () => {
  it.each([
    ['key: LE¦VEL', 'base/kustomization.yaml:6'],
    ['key: app¦.conf', 'base/kustomization.yaml:8'],
    ['key: wo¦rd', `${others}:${line(rest, '  word:')}`],
  ])('%s leads to where it is set, by a generator as well', async (excerpt, place) => {
    expect(await editor.definition(deployment, excerpt)).toEqual([place]);
  });

  it('has references from a generator', async () => {
    expect(await editor.references('base/kustomization.yaml', 'LE¦VEL')).toEqual([
      'base/kustomization.yaml:6',
      `${deployment}:${line(web, 'key: LEVEL')}`,
    ]);
  });
});

it('a mount leads to its volume, and to the claim of a StatefulSet', async () => {
  const volume = `${deployment}:${line(web, 'name: files\n          configMap')}`;
  const mount = `${deployment}:${line(web, 'name: files\n              mountPath')}`;
  expect(await editor.definition(deployment, '- name: fi¦les\n              mountPath')).toEqual([volume]);
  expect(await editor.references(deployment, 'name: fi¦les\n          configMap')).toEqual(
    [mount, volume].sort(),
  );
  expect(await editor.definition('base/database.yaml', '- name: fi¦les')).toEqual([
    `base/database.yaml:${line(database, 'name: files\n') + 4}`,
  ]);
});

describe('an entry of a kustomization', () => {
  const overlay = 'overlay/kustomization.yaml';
  const image = `${deployment}:${line(web, 'image: shop/web')}`;

  it.each([
    ['an image by its name', overlay, '- name: shop/w¦eb', image],
    ['the path of an operation', overlay, '0/mount¦Path', `${deployment}:${line(web, 'mountPath')}`],
    [
      'the path of what it removes',
      overlay,
      '/spec/minReady¦Seconds',
      `${deployment}:${line(web, 'minReadySeconds')}`,
    ],
    [
      'the path in a file',
      'overlay/operations.yaml',
      '0/ima¦ge',
      `base/database.yaml:${line(database, 'image')}`,
    ],
    ['the name of a patch', 'overlay/merge.yaml', 'name: we¦b', `${deployment}:3`],
  ])('%s leads to what it changes', async (_, path, excerpt, place) => {
    expect(await editor.definition(path, excerpt)).toEqual([place]);
  });

  it('is a reference of what it changes', async () => {
    expect(await editor.references(deployment, 'image: shop/we¦b')).toEqual([image, `${overlay}:4`]);
    expect(await editor.references('base/database.yaml', 'image: shop/d¦b')).toEqual([
      `base/database.yaml:${line(database, 'image')}`,
      'overlay/operations.yaml:3',
    ]);
  });

  it('shows what comes of it, and a field what it means', async () => {
    expect(await editor.hover(overlay, '- name: shop/w¦eb')).toContain('shop/web:2');
    expect(await editor.hover(others, 'targetPort: ht¦tp')).toContain(`→ \`Deployment/web spec.template`);
  });
});
