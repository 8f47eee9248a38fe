import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  CodeLens,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  InlayHint,
  Location,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type LanguageClient, startClient } from '../support/language-client.ts';

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: shop/web:1.0.0
          envFrom:
            - configMapRef: {name: settings}
`;
const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  LEVEL: info\n';
const scaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: scaler
spec:
  maxReplicas: 4
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
`;
const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3\n';
const files = {
  'base/kustomization.yaml': 'resources:\n  - web.yaml\n  - settings.yaml\n  - scaler.yaml\n',
  'base/web.yaml': web,
  'base/settings.yaml': settings,
  'base/scaler.yaml': scaler,
  'prod/kustomization.yaml': `namePrefix: p-\nresources:\n  - ../base\npatches:\n  - path: patch.yaml\n  - target: {kind: Deployment, name: web}\n    patch: '[{"op": "add", "path": "/metadata/labels", "value": {"a": "b"}}]'\n`,
  'prod/patch.yaml': patch,
  'dev/kustomization.yaml': 'resources:\n  - ../base\n',
};

let folder = '';
let client: LanguageClient;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cdb-lint-reading-'));
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

async function open(path: keyof typeof files): Promise<void> {
  client.open(path, files[path]);
  await client.settled();
}

const at = (text: string, word: string): { line: number; character: number } =>
  TextDocument.create('', '', 0, text).positionAt(text.indexOf(word) + 1);
const request = <T>(method: string, path: string, more: object = {}): Promise<T> =>
  client.connection.sendRequest(method, { textDocument: { uri: client.uri(path) }, ...more });
const whole = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };

describe('symbols', () => {
  it('of a document are its objects, in text that is not YAML as well', async () => {
    client.open('base/web.yaml', `${web}---\nkind: Service\nmetadata: {name: web}\nspec:\n  por\n : [\n`);
    const symbols = await request<DocumentSymbol[]>('textDocument/documentSymbol', 'base/web.yaml');
    expect(symbols.map(({ name }) => name)).toEqual(['Deployment/web', 'Service/web']);
    expect(symbols[0]?.children?.map(({ name }) => name)).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
  });

  it.each([
    'apiVersion: v1\nkind: SecretList\nitems: [{stringData: {a: hunter-2}}]\n',
    'resources: []\nsecretGenerator: [{name: a, literals: [a=hunter-2]}]\n',
    'metadata: {name: a}\nstringData:\n  a: hunter-2\n',
    'patches:\n- target: {kind: Secret}\n  patch: "[{op: add, path: /data/a, value: hunter-2}]"\n',
  ])('of a document show no value of a secret: %j', async (text) => {
    client.open('base/web.yaml', text);
    const symbols = await request<DocumentSymbol[]>('textDocument/documentSymbol', 'base/web.yaml');
    expect(symbols).toHaveLength(1);
    expect(JSON.stringify(symbols)).not.toContain('hunter');
  });

  it('of the workspace are what all builds render, where it was first written', async () => {
    await open('base/web.yaml');
    const found = await client.connection.sendRequest<SymbolInformation[]>('workspace/symbol', {
      query: 'deployment/',
    });
    expect(found.map(({ name, location }) => [name, location.uri])).toEqual(
      expect.arrayContaining([['Deployment/p-web', client.uri('base/web.yaml')]]),
    );
  });
});

describe('a document', () => {
  it('folds by object and by key', async () => {
    client.open('base/web.yaml', `${web}---\n${settings}`);
    const folds = await request<FoldingRange[]>('textDocument/foldingRange', 'base/web.yaml');
    expect(folds).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ startLine: 0, endLine: 16 }),
        expect.objectContaining({ startLine: 4, endLine: 16 }),
        expect.objectContaining({ startLine: 18, endLine: 23 }),
      ]),
    );
  });

  it('links to the files and bases that it names', async () => {
    await open('prod/kustomization.yaml');
    const links = await request<DocumentLink[]>('textDocument/documentLink', 'prod/kustomization.yaml');
    expect(links.map(({ target }) => target)).toEqual([
      client.uri('base/kustomization.yaml'),
      client.uri('prod/patch.yaml'),
    ]);
  });

  it('says above an object which builds render it', async () => {
    await open('base/web.yaml');
    const [lens] = await request<CodeLens[]>('textDocument/codeLens', 'base/web.yaml');
    expect(lens?.command?.title).toBe('rendered for 2 builds: dev, prod');
  });

  it('hints at what an overlay makes of a value', async () => {
    await open('base/web.yaml');
    const hints = await request<InlayHint[]>('textDocument/inlayHint', 'base/web.yaml', { range: whole });
    expect(hints.map(({ label, position: { line } }) => [line, label])).toEqual(
      expect.arrayContaining([
        [3, 'prod: p-web'],
        [5, 'prod: 3'],
      ]),
    );
  });
});

describe('references', () => {
  const found = async (path: string, position: object): Promise<string[]> => {
    const locations = await request<Location[]>('textDocument/references', path, {
      position,
      context: { includeDeclaration: true },
    });
    return locations.map(
      ({ uri, range: { start } }) =>
        `${uri.slice(client.uri('').length + 1)}:${start.line + 1}:${start.character + 1}`,
    );
  };

  it('of an object are itself, its patches, what selects it and what names it, from any of them', async () => {
    await open('base/web.yaml');
    const all = [
      'base/scaler.yaml:10:11',
      'base/web.yaml:4:9',
      'prod/kustomization.yaml:6:38',
      'prod/patch.yaml:4:9',
    ];
    expect(await found('base/web.yaml', at(web, 'web\n'))).toEqual(all);
    await open('base/scaler.yaml');
    expect(await found('base/scaler.yaml', at(scaler, 'web'))).toEqual(all);
  });

  it('are renamed together, where nothing breaks', async () => {
    await open('base/settings.yaml');
    const edit = await request<WorkspaceEdit>('textDocument/rename', 'base/settings.yaml', {
      position: at(settings, 'settings'),
      newName: 'config',
    });
    const texts = Object.entries(edit.changes ?? {}).map(([uri, edits]) => {
      const path = uri.slice(client.uri('').length + 1) as keyof typeof files;
      return TextDocument.applyEdits(TextDocument.create('', '', 0, files[path]), edits);
    });
    expect(texts).toEqual(
      expect.arrayContaining([
        settings.replace('name: settings', 'name: config'),
        web.replace('name: settings', 'name: config'),
      ]),
    );
    const bad = request('textDocument/rename', 'base/settings.yaml', {
      position: at(settings, 'settings'),
      newName: 'No Name',
    });
    await expect(bad).rejects.toThrow('not renamed: a name must be');
  });
});

describe('an object as a build renders it', () => {
  it('is a string whose lines lead back', async () => {
    await open('base/web.yaml');
    const answer = await request<{
      text: string;
      roots: string[];
      lines: { line: number; uri: string; range: { start: { line: number } } }[];
    }>('cdb-lint/rendered', 'base/web.yaml', { position: at(web, 'replicas'), root: 'prod' });
    expect(answer.roots).toEqual(['dev', 'prod']);
    expect(answer.text).toContain('name: p-web');
    const line = answer.text.split('\n').findIndex((one) => one.includes('replicas: 3'));
    expect(answer.lines.find((one) => one.line === line)).toMatchObject({
      uri: client.uri('prod/patch.yaml'),
      range: { start: { line: 5 } },
    });
  });
});
