import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Location, WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type LanguageClient, startClient } from '../support/language-client.ts';
import { fluxCluster, fluxKustomization } from '../support/plan-files.ts';

const pod = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  serviceAccountName: runner
  volumes:
    - name: data
      persistentVolumeClaim:
        claimName: files
  containers:
    - name: web
      image: shop/web:\${TAG:=1.0.0}
      args: ["\${REGION}", "\${NOBODY}", "$\${TAG}"]
      envFrom:
        - configMapRef: {name: settings}
        - secretRef: {name: token}
`;
const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  defaultBackend:
    service:
      name: front
      port: {number: 80}
`;
const named = (apiVersion: string, kind: string, name: string, more = ''): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  namespace: shop\n  name: ${name}\n${more}`;
const release = `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: shop, namespace: shop}
spec:
  interval: 1m
  chart:
    spec:
      chart: ./charts/shop
      sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}
  values:
    image:
      tag: v2
    unknown: 1
`;
const cluster = `${fluxKustomization('apps', 'apps', 'prune: true\ndependsOn: [{name: base}]\npostBuild:\n  substitute:\n    TAG: "2"\n  substituteFrom:\n    - {kind: ConfigMap, name: variables}')}---\n${fluxKustomization('base', 'base')}`;
const files = {
  ...fluxCluster('clusters/prod'),
  'clusters/prod/apps.yaml': cluster,
  'clusters/prod/variables.yaml':
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: variables, namespace: flux-system}\ndata:\n  REGION: eu\n',
  'base/kustomization.yaml': 'resources: [account.yaml]\n',
  'base/account.yaml': named('v1', 'ServiceAccount', 'runner'),
  'apps/kustomization.yaml': `resources:
  - pod.yaml
  - ingress.yaml
  - rest.yaml
  - release.yaml
configMapGenerator:
  - name: settings
    namespace: shop
    literals: [LEVEL=info]
secretGenerator:
  - namespace: shop
    name: token
    literals: [key=x]
patches:
  - target:
      kind: Service
      name: front
    patch: '[{"op": "add", "path": "/metadata/labels", "value": {"a": "b"}}]'
  - target: {kind: Service|Ingress, name: fr.*|web, namespace: shop}
    patch: '[{"op": "add", "path": "/metadata/annotations", "value": {"c": "d"}}]'
  - target:
      labelSelector: a in (b)
    patch: '[{"op": "add", "path": "/metadata/labels/e", "value": "f"}]'
`,
  'apps/pod.yaml': pod,
  'apps/ingress.yaml': ingress,
  'apps/rest.yaml': `${named('v1', 'Service', 'front', 'spec:\n  ports: [{port: 80}]\n')}---\n${named('v1', 'PersistentVolumeClaim', 'files', 'spec:\n  accessModes: [ReadWriteOnce]\n  resources: {requests: {storage: 1Gi}}\n')}`,
  'apps/release.yaml': release,
  'charts/shop/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'charts/shop/values.yaml': '# Of the shop.\nimage:\n  name: shop\n  tag: v1\n',
};

let folder = '';
let client: LanguageClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cdb-lint-definition-'));
  mkdirSync(join(folder, '.git'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  client = await startClient(folder);
});

afterEach(() => {
  client.server.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Where the word behind a text leads: the path and the line of each place, from 1. */
async function definitions(
  path: keyof typeof files,
  before: string,
  text: string = files[path],
): Promise<string[]> {
  const at = TextDocument.create('', '', 0, text).positionAt(text.indexOf(before) + before.length + 1);
  const locations = await client.ask<Location[]>('definition', path, at);
  return locations.map(({ uri, range }) => `${uri.slice(client.uri('').length + 1)}:${range.start.line + 1}`);
}

async function open(path: keyof typeof files): Promise<void> {
  client.open(path, files[path]);
  await client.settled();
}

describe('a reference', () => {
  it('leads to the name in the manifest, of another build as well', async () => {
    await open('apps/pod.yaml');
    expect(await definitions('apps/pod.yaml', 'claimName: ')).toEqual(['apps/rest.yaml:13']);
    expect(await definitions('apps/pod.yaml', 'serviceAccountName: ')).toEqual(['base/account.yaml:5']);
    await open('apps/ingress.yaml');
    expect(await definitions('apps/ingress.yaml', 'service:\n      name: ')).toEqual(['apps/rest.yaml:5']);
  });

  it('leads to the generator of what no manifest has', async () => {
    await open('apps/pod.yaml');
    expect(await definitions('apps/pod.yaml', 'configMapRef: {name: ')).toEqual([
      'apps/kustomization.yaml:7',
    ]);
    expect(await definitions('apps/pod.yaml', 'secretRef: {name: ')).toEqual(['apps/kustomization.yaml:12']);
  });

  it('of Flux leads to sources and what is depended on', async () => {
    await open('clusters/prod/apps.yaml');
    expect(await definitions('clusters/prod/apps.yaml', 'dependsOn: [{name: ')).toEqual([
      'clusters/prod/apps.yaml:21',
    ]);
    expect(await definitions('clusters/prod/apps.yaml', 'GitRepository, name: ')).toEqual([
      'clusters/prod/gotk-sync.yaml:3',
    ]);
    expect(await definitions('clusters/prod/apps.yaml', 'kind: ConfigMap, name: ')).toEqual([
      'clusters/prod/variables.yaml:3',
    ]);
  });

  it('of a target leads to what a patch changes', async () => {
    await open('apps/kustomization.yaml');
    expect(await definitions('apps/kustomization.yaml', 'kind: Service\n      name: ')).toEqual([
      'apps/rest.yaml:5',
    ]);
  });

  it('of a target leads to all that its expressions and labels match', async () => {
    await open('apps/kustomization.yaml');
    const both = ['apps/ingress.yaml:3', 'apps/rest.yaml:5'];
    expect((await definitions('apps/kustomization.yaml', 'Ingress, name: ')).sort()).toEqual(both);
    expect((await definitions('apps/kustomization.yaml', 'kind: Service|')).sort()).toEqual(both);
    expect(await definitions('apps/kustomization.yaml', 'labelSelector: ')).toEqual(['apps/rest.yaml:5']);
  });

  it('is where it was checked, while lines are typed above it and above what it names', async () => {
    await open('apps/pod.yaml');
    await open('apps/rest.yaml');
    const text = `# one\n# two\n${pod}`;
    client.change('apps/rest.yaml', `# one\n${files['apps/rest.yaml']}`);
    client.change('apps/pod.yaml', text);
    expect(await definitions('apps/pod.yaml', 'claimName: ', text)).toEqual(['apps/rest.yaml:14']);
  });
});

it('a path of Flux leads to what is built there, and one of a release to its chart', async () => {
  const overlay = '  path: ./apps';
  expect(cluster).toContain(overlay);
  await open('clusters/prod/apps.yaml');
  expect(await definitions('clusters/prod/apps.yaml', overlay.slice(0, -2))).toEqual([
    'apps/kustomization.yaml:1',
  ]);
  await open('apps/release.yaml');
  expect(await definitions('apps/release.yaml', 'chart: ./char')).toEqual(['charts/shop/Chart.yaml:1']);
});

describe('references', () => {
  const references = async (path: keyof typeof files, before: string): Promise<string[]> => {
    const text = files[path];
    const locations = await client.connection.sendRequest<Location[]>('textDocument/references', {
      textDocument: { uri: client.uri(path) },
      position: TextDocument.create('', '', 0, text).positionAt(text.indexOf(before) + before.length + 1),
      context: { includeDeclaration: true },
    });
    return locations.map(
      ({ uri, range }) => `${uri.slice(client.uri('').length + 1)}:${range.start.line + 1}`,
    );
  };

  it('of an object are those of other builds, too, and renamed with it', async () => {
    await open('base/account.yaml');
    const both = ['apps/pod.yaml:5', 'base/account.yaml:5'];
    expect(await references('base/account.yaml', '  name: ')).toEqual(both);
    await open('apps/pod.yaml');
    expect(await references('apps/pod.yaml', 'serviceAccountName: ')).toEqual(both);
    const edit = await client.connection.sendRequest<WorkspaceEdit>('textDocument/rename', {
      textDocument: { uri: client.uri('apps/pod.yaml') },
      position: { line: 4, character: 25 },
      newName: 'worker',
    });
    expect(Object.keys(edit.changes ?? {}).sort()).toEqual([
      client.uri('apps/pod.yaml'),
      client.uri('base/account.yaml'),
    ]);
  });

  it('of a variable are where it is set and where it is used, from any of them', async () => {
    await open('clusters/prod/apps.yaml');
    const places = ['apps/pod.yaml:12', 'clusters/prod/apps.yaml:14'];
    expect((await references('clusters/prod/apps.yaml', '    TA')).sort()).toEqual(places);
    await open('apps/pod.yaml');
    expect((await references('apps/pod.yaml', 'shop/web:${')).sort()).toEqual(places);
  });

  it('of a variable are renamed together, where no other one has the name', async () => {
    await open('apps/pod.yaml');
    const rename = (newName: string, before = 'shop/web:${'): Promise<WorkspaceEdit> =>
      client.connection.sendRequest('textDocument/rename', {
        textDocument: { uri: client.uri('apps/pod.yaml') },
        position: TextDocument.create('', '', 0, pod).positionAt(pod.indexOf(before) + before.length),
        newName,
      });
    const { changes = {} } = await rename('VERSION');
    const texts = Object.entries(changes).map(([uri, edits]) => {
      const path = uri.slice(client.uri('').length + 1) as keyof typeof files;
      return TextDocument.applyEdits(TextDocument.create('', '', 0, files[path]), edits);
    });
    expect(texts).toEqual([
      pod.replace('web:${TAG', 'web:${VERSION'),
      cluster.replace('    TAG: "2"', '    VERSION: "2"'),
    ]);
    await expect(rename('REGION')).rejects.toThrow('not renamed: there is a variable REGION in');
    await expect(rename('1st')).rejects.toThrow('not renamed: a variable must be');
    await expect(rename('SOMEBODY', 'NOB')).rejects.toThrow(
      'not renamed: no file of the workspace sets NOBODY',
    );
  });
});

it('the documentation of a value is that of its chart, and of a path of a patch that of the field', async () => {
  await open('apps/release.yaml');
  const { contents } = await client.ask<{ contents: { value: string } }>('hover', 'apps/release.yaml', {
    line: 10,
    character: 5,
  });
  expect(contents.value).toContain('Of the shop.');
});

it('a variable leads to where Flux takes it from', async () => {
  await open('apps/pod.yaml');
  expect(await definitions('apps/pod.yaml', 'shop/web:')).toEqual(['clusters/prod/apps.yaml:14']);
  expect(await definitions('apps/pod.yaml', 'args: ["')).toEqual(['clusters/prod/variables.yaml:5']);
  expect(await definitions('apps/pod.yaml', 'REGION}", "')).toEqual([]);
  // Escaped: Flux puts nothing in.
  expect(await definitions('apps/pod.yaml', '"$$')).toEqual([]);
});

it('a value of a release leads to the one of the chart', async () => {
  await open('apps/release.yaml');
  expect(await definitions('apps/release.yaml', 'tag: ')).toEqual(['charts/shop/values.yaml:4']);
  expect(await definitions('apps/release.yaml', 'values:\n    ')).toEqual(['charts/shop/values.yaml:2']);
  expect(await definitions('apps/release.yaml', 'unknown: ')).toEqual([]);
});
