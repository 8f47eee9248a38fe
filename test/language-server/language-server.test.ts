import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type {
  CodeAction,
  CompletionList,
  Diagnostic,
  Hover,
  Location,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type LanguageClient, spawnServer, startClient, startServer } from '../support/language-client.ts';

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
          env:
            - name: PORT
              value: 8080
`;
const files = {
  'base/kustomization.yaml': 'resources:\n  - web.yaml\n',
  'base/web.yaml': web,
  'prod/kustomization.yaml': 'bases:\n  - ../base\npatches:\n  - path: patch.yaml\n',
  'prod/patch.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  replicas: 3\n',
  'prod/secret.yaml':
    'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\nstringData:\n  token: zq7Canary-77\n',
};

let parent = '';
let folder = '';
let client: LanguageClient;

beforeEach(async () => {
  parent = mkdtempSync(join(tmpdir(), 'cdb-lint-editor-'));
  folder = join(parent, 'a repository');
  mkdirSync(join(folder, '.git'), { recursive: true });
  for (const [path, text] of Object.entries(files)) write(path, text);
  client = await startClient(folder);
});

afterEach(() => {
  client.server.stop();
  rmSync(parent, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const rules = (found: readonly Diagnostic[]): readonly unknown[] => found.map(({ code }) => code);
const has = (rule: string) => (found: readonly Diagnostic[]) => rules(found).includes(rule);
const hasNot = (rule: string) => (found: readonly Diagnostic[]) => !has(rule)(found);

function position(text: string, word: string): { line: number; character: number } {
  return TextDocument.create('', '', 0, text).positionAt(text.indexOf(word) + 1);
}

describe('diagnostics', () => {
  it('are in every file as soon as the editor is there, with the place, the rule and the layers', async () => {
    const found = await client.diagnostics('base/web.yaml', has('wrong-type'));
    expect(found.find(({ code }) => code === 'wrong-type')).toMatchObject({
      severity: 1,
      source: 'cdb-lint',
      range: { start: { line: 17, character: 21 }, end: { line: 17, character: 25 } },
      message: expect.stringContaining('value must be a string, but is the number 8080'),
      data: { entryPoints: ['prod'] },
    });
    expect(rules(await client.diagnostics('prod/kustomization.yaml', () => true))).toEqual([
      'kustomization-field-deprecated',
    ]);
  });

  it('follow what is typed, unsaved, and what it does to other files', async () => {
    await client.diagnostics('base/web.yaml', has('wrong-type'));
    client.open('base/web.yaml', web);
    client.change('base/web.yaml', web.replace('8080', '"8080"'));
    await client.diagnostics('base/web.yaml', hasNot('wrong-type'));
    client.open('prod/patch.yaml', files['prod/patch.yaml']);
    client.change('prod/patch.yaml', files['prod/patch.yaml'].replace('name: web', 'name: wbe'));
    await client.diagnostics('prod/patch.yaml', (found) => found.length > 0);
    client.close('prod/patch.yaml');
    client.close('base/web.yaml');
    await client.diagnostics('base/web.yaml', has('wrong-type'));
  });

  it('of directories and of the whole stand at their kustomization or in the configuration, or are told', async () => {
    const deep = `plain/${Array.from({ length: 70 }, () => 'd').join('/')}/pod.yaml`;
    write(deep, 'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\n');
    await client.settled();
    client.open('base/web.yaml', web);
    await client.settled();
    expect(client.shown).toEqual([expect.stringContaining('is nested too deeply to search')]);
    write('cdb-lint.yaml', 'environments: { prod: { root: prod } }\n');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: client.uri('cdb-lint.yaml'), type: 1 }],
    });
    const found = await client.diagnostics('cdb-lint.yaml', has('file-unreadable'));
    expect(found).toMatchObject([{ range: { start: { line: 0, character: 0 } } }]);
    await client.settled();
    expect(client.shown.length).toBe(1);
  });

  it('say what another program wrote once the editor tells of it', async () => {
    await client.diagnostics('base/web.yaml', has('wrong-type'));
    write('base/web.yaml', web.replace('8080', '"8080"'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: client.uri('base/web.yaml'), type: 2 }],
    });
    await client.diagnostics('base/web.yaml', hasNot('wrong-type'));
  });
});

it.each([
  'hover',
  'definition',
  'completion',
  'codeAction',
  'documentSymbol',
  'foldingRange',
  'documentLink',
  'codeLens',
  'inlayHint',
  'references',
  'rename',
])('answers null to %s of null', async (name) => {
  const uri = client.uri('base/web.yaml');
  client.open('base/web.yaml', web);
  const textDocument = { uri };
  for (const params of [
    { textDocument: null },
    { textDocument: { uri: null } },
    { textDocument, position: null },
    { textDocument, range: null },
  ])
    expect(await client.connection.sendRequest(`textDocument/${name}`, params)).toBeNull();
});

it.each([
  ['hover', 'position'],
  ['definition', 'position'],
  ['completion', 'position'],
  ['references', 'position'],
  ['rename', 'position'],
  ['codeAction', 'range'],
  ['inlayHint', 'range'],
])('says what is missing in %s without a %s', async (name, needed) => {
  client.open('base/web.yaml', web);
  const textDocument = { uri: client.uri('base/web.yaml') };
  const found = [{}, { textDocument: {} }, { textDocument }, { textDocument, [needed]: { line: 'a' } }];
  for (const params of found)
    await expect(client.connection.sendRequest(`textDocument/${name}`, params)).rejects.toMatchObject({
      code: -32602,
      message: expect.stringMatching(/^this request needs a/u),
    });
});

it.each([
  ['cdb-lint/rendered', {}],
  ['cdb-lint/rendered', { textDocument: {} }],
  ['cdb-lint/rendered', { textDocument: { uri: 'file:///a.yaml' } }],
  ['workspace/symbol', {}],
  ['codeAction/resolve', { title: 'a' }],
  ['codeAction/resolve', { title: 'a', data: { uri: 5 } }],
])('says what is missing in %s of %j', async (method, params) => {
  await expect(client.connection.sendRequest(method, params)).rejects.toMatchObject({
    code: -32602,
    message: expect.stringMatching(/^this request needs a/u),
  });
});

it('answers within more brackets than anyone nests', async () => {
  client.open('base/web.yaml', '{'.repeat(300_000));
  const textDocument = { uri: client.uri('base/web.yaml') };
  const position = { line: 0, character: 300_000 };
  for (const name of ['hover', 'completion', 'documentSymbol', 'foldingRange'])
    await expect(
      client.connection.sendRequest(`textDocument/${name}`, { textDocument, position }),
    ).resolves.toBeDefined();
});

it('outlines tens of thousands of keys, looking for a secret once', async () => {
  client.open('base/web.yaml', 'a: b\n'.repeat(50_000));
  const textDocument = { uri: client.uri('base/web.yaml') };
  const [object] = await client.connection.sendRequest<{ children: unknown[] }[]>(
    'textDocument/documentSymbol',
    { textDocument },
  );
  expect(object?.children).toHaveLength(50_000);
});

it.each([null, {}, { id: {} }, 5])('goes on behind a cancellation of nothing: %j', async (params) => {
  const message = JSON.stringify({ jsonrpc: '2.0', method: '$/cancelRequest', params });
  client.server.stdin.write(`Content-Length: ${message.length}\r\n\r\n${message}`);
  client.open('base/web.yaml', web);
  expect(
    await client.connection.sendRequest('textDocument/foldingRange', {
      textDocument: { uri: client.uri('base/web.yaml') },
    }),
  ).not.toBeNull();
});

it('answers null to parameters that are null', async () => {
  const heard = new Promise((resolve) => {
    client.server.stdout.on('data', (bytes) => {
      const [, answer] = /(\{[^{}]*"id":"none"[^{}]*\})/u.exec(String(bytes)) ?? [];
      if (answer !== undefined) resolve(JSON.parse(answer));
    });
  });
  const message = '{"jsonrpc":"2.0","id":"none","method":"textDocument/hover","params":null}';
  client.server.stdin.write(`Content-Length: ${message.length}\r\n\r\n${message}`);
  expect(await heard).toEqual({ jsonrpc: '2.0', id: 'none', result: null });
});

describe('hover', () => {
  it('shows the value that a place becomes in each environment, with every layer', async () => {
    client.open('prod/patch.yaml', files['prod/patch.yaml']);
    await client.settled();
    const hover = await client.ask<Hover>(
      'hover',
      'prod/patch.yaml',
      position(files['prod/patch.yaml'], 'replicas'),
    );
    const { value } = hover.contents as { value: string };
    expect(value).toContain('`prod`: `Deployment/web spec.replicas = 3`');
    expect(value).toContain('- `base/web.yaml:6` `resources`\n- `prod/patch.yaml:6` `patches`');
  });

  it('shows what the field is for, before anything was checked', async () => {
    client.open('prod/patch.yaml', files['prod/patch.yaml']);
    const hover = await client.ask<Hover>(
      'hover',
      'prod/patch.yaml',
      position(files['prod/patch.yaml'], 'replicas'),
    );
    expect((hover.contents as { value: string }).value).toMatch(/Number of desired pods.*`integer`/su);
  });

  it('shows the rule where something is found', async () => {
    client.open('base/web.yaml', web);
    await client.settled();
    const { contents } = await client.ask<Hover>('hover', 'base/web.yaml', position(web, '8080'));
    const { value } = contents as { value: string };
    expect(value).toContain('**`wrong-type`**');
    expect(value).toContain('Help: `write it in quotes: "8080"`');
  });

  it('keeps secrets to itself', async () => {
    write('prod/kustomization.yaml', 'resources: [../base, secret.yaml]\n');
    const text = files['prod/secret.yaml'];
    client.open('prod/secret.yaml', text);
    await client.settled();
    const hover = await client.ask<Hover>('hover', 'prod/secret.yaml', position(text, 'zq7'));
    expect(JSON.stringify(hover)).toContain('stringData.token');
    expect(JSON.stringify(hover)).not.toContain('zq7Canary');
  });
});

describe('completion', () => {
  it('answers at once, with what is being typed', async () => {
    client.open('prod/patch.yaml', `${files['prod/patch.yaml']}  str\n`);
    const { items } = await client.ask<CompletionList>('completion', 'prod/patch.yaml', {
      line: 6,
      character: 5,
    });
    const [strategy] = items.filter(({ label }) => label === 'strategy');
    expect(strategy).toMatchObject({
      textEdit: { range: { start: { line: 6, character: 2 }, end: { line: 6, character: 5 } } },
    });
  });
});

describe('definitions', () => {
  it('lead from a patch to what it changes', async () => {
    const text = files['prod/patch.yaml'];
    client.open('prod/patch.yaml', text);
    await client.settled();
    expect(await client.ask<Location[]>('definition', 'prod/patch.yaml', position(text, 'replicas'))).toEqual(
      [
        {
          uri: client.uri('base/web.yaml'),
          range: { start: { line: 5, character: 2 }, end: { line: 5, character: 13 } },
        },
      ],
    );
  });

  it('lead from a kustomization to the file or the base', async () => {
    const text = files['prod/kustomization.yaml'];
    client.open('prod/kustomization.yaml', text);
    const uris = async (word: string): Promise<readonly string[]> =>
      (await client.ask<Location[]>('definition', 'prod/kustomization.yaml', position(text, word))).map(
        ({ uri }) => uri,
      );
    expect(await uris('../base')).toEqual([client.uri('base/kustomization.yaml')]);
    expect(await uris('patch.yaml')).toEqual([client.uri('prod/patch.yaml')]);
    expect(await uris('path:')).toEqual([]);
  });
});

describe('code actions', () => {
  const everywhere = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };

  async function actions(path: string): Promise<CodeAction[]> {
    await client.settled();
    return client.connection.sendRequest('textDocument/codeAction', {
      textDocument: { uri: client.uri(path) },
      range: everywhere,
      context: { diagnostics: [] },
    });
  }

  it('are the fixes, proven when they are asked for, and lead where --fix does', async () => {
    client.open('base/web.yaml', web);
    const all = await actions('base/web.yaml');
    const action = all.find(({ title }) => title === 'write the value in quotes (wrong-type)');
    expect(action).toMatchObject({ kind: 'quickfix', isPreferred: true });
    const { edit } = await client.connection.sendRequest<{ edit: WorkspaceEdit }>(
      'codeAction/resolve',
      action,
    );
    const edits = edit.changes?.[client.uri('base/web.yaml')] ?? [];
    const fixed = TextDocument.applyEdits(TextDocument.create('', '', 0, web), edits);
    expect(fixed).toBe(web.replace('8080', '"8080"'));
    client.change('base/web.yaml', fixed);
    await client.diagnostics('base/web.yaml', hasNot('wrong-type'));
  });

  it('are refused with the reason where they would change more', async () => {
    const text =
      'resources: [../base]\nnamePrefix: p-\npatchesJson6902:\n  - target: {kind: Deployment, name: web}\n    patch: |-\n      - {op: replace, path: /metadata/name, value: shop}\n';
    client.open('prod/kustomization.yaml', text);
    const [action] = await actions('prod/kustomization.yaml');
    await expect(client.connection.sendRequest('codeAction/resolve', action)).rejects.toThrow(
      'not fixed: in prod Deployment/shop would become Deployment/p-shop',
    );
  });

  it('accept a finding by a comment above it, whose reason is still to be written', async () => {
    client.open('base/web.yaml', web);
    const all = await actions('base/web.yaml');
    const accept = all.find(({ title }) => title === 'accept wrong-type here, with a reason');
    const edits = accept?.edit?.changes?.[client.uri('base/web.yaml')] ?? [];
    const accepted = TextDocument.applyEdits(TextDocument.create('', '', 0, web), edits);
    expect(accepted).toContain('              # cdb-lint-ignore wrong-type -- \n              value: 8080');
    client.change('base/web.yaml', accepted.replace('-- \n', '-- the port is none\n'));
    await client.diagnostics('base/web.yaml', hasNot('wrong-type'));
  });

  it('add a finding to the baseline that the configuration names, and nothing else', async () => {
    write('cdb-lint.yaml', 'baseline: baseline.json\n');
    write('baseline.json', '{"version": 2, "findings": []}\n');
    client.open('base/web.yaml', web);
    const all = await actions('base/web.yaml');
    const action = all.find(({ title }) => title === 'add wrong-type to the baseline');
    const { edit } = await client.connection.sendRequest<{ edit: WorkspaceEdit }>(
      'codeAction/resolve',
      action,
    );
    const [only] = edit.changes?.[client.uri('baseline.json')] ?? [];
    const { findings } = JSON.parse(only?.newText ?? '') as { findings: { rule: string }[] };
    expect(findings.map(({ rule }) => rule)).toEqual(['wrong-type']);
  });

  it('are none where nothing is to be fixed', async () => {
    client.open('base/kustomization.yaml', files['base/kustomization.yaml']);
    expect(await actions('base/kustomization.yaml')).toEqual([]);
  });
});

describe('the root', () => {
  it('is never left: not by links, not by names, not by documents that stand elsewhere', async () => {
    writeFileSync(
      join(parent, 'outside.yaml'),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Outside}\n',
    );
    symlinkSync('../../outside.yaml', join(folder, 'base/link.yaml'));
    const text = 'resources:\n  - ../../outside.yaml\n  - link.yaml\n';
    client.open('base/kustomization.yaml', text);
    const found = await client.diagnostics('base/kustomization.yaml', (all) => all.length > 1);
    expect(JSON.stringify(found)).not.toContain('Outside');
    expect(
      await client.ask('definition', 'base/kustomization.yaml', position(text, '../../outside')),
    ).toEqual([]);
    client.open('../outside.yaml', 'a: 1\n');
    expect(await client.ask('hover', '../outside.yaml', { line: 0, character: 0 })).toBeNull();
  });
});

describe('the conversation', () => {
  it('ends with 0 after shutdown and exit, with 1 without, and when the editor is gone', async () => {
    expect(await client.end()).toBe(0);
    const rude = await startClient(folder);
    await rude.connection.sendNotification('exit');
    expect(await rude.server.exited).toBe(1);
    const lost = await startClient(folder);
    lost.server.stdin.end();
    expect(await lost.server.exited).toBe(1);
  });

  it('is held by a process of its own in the same way, which ends with it', async () => {
    const proper = await startClient(folder, { server: spawnServer(folder) });
    await proper.diagnostics('base/web.yaml', has('wrong-type'));
    expect(await proper.end()).toBe(0);
    const lost = spawnServer(folder);
    lost.stdin.write('hello\r\n\r\n');
    lost.stdin.end();
    expect([await lost.exited, lost.stderr()]).toEqual([1, '']);
  });

  it('answers what it does not know with an error, and goes on', async () => {
    await expect(client.connection.sendRequest('textDocument/nonsense', {})).rejects.toThrow();
    await expect(client.connection.sendRequest('textDocument/hover', { wrong: true })).rejects.toThrow();
    await expect(client.connection.sendRequest('codeAction/resolve', { title: 'x' })).rejects.toThrow();
    client.open('base/web.yaml', web);
    await client.settled();
    expect(await client.ask('hover', 'base/web.yaml', position(web, '8080'))).not.toBeNull();
  });

  it.each([
    ['no JSON', 'Content-Length: 5\r\n\r\n{{{{{'],
    ['no header', 'hello\r\n\r\n'],
    ['no length', 'Content-Type: x\r\n\r\n{}'],
    ['a length that is none', 'Content-Length: many\r\n\r\n{}'],
    ['no message', 'Content-Length: 4\r\n\r\nnull'],
  ])('ends with 1 where it reads %s', async (_, input) => {
    const server = startServer(folder);
    server.stdin.write(input);
    const end = setTimeout(() => server.stdin.end(), 1_000);
    expect(await server.exited).toBe(1);
    clearTimeout(end);
    expect(server.stderr().slice(-300)).toBe('');
  });
});
