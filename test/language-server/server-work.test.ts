import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CompletionList, Diagnostic } from 'vscode-languageserver';
import { countWorkOf } from '../support/count-work.ts';
import {
  type LanguageClient,
  type Overheard,
  spawnServer,
  startClient,
  startServer,
} from '../support/language-client.ts';

const settings = (name: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  LEVEL: info\n`;

let folder = '';
let client: LanguageClient | undefined;
let overheard: Overheard = { questions: [], told: [] };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cdb-lint-work-'));
  mkdirSync(join(folder, '.git'));
  overheard = { questions: [], told: [] };
});

afterEach(() => {
  client?.server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

async function start(): Promise<LanguageClient> {
  const started = await startClient(folder, { server: startServer(folder, overheard) });
  client = started;
  return started;
}

const asks = (): readonly string[] => overheard.questions.map(({ ask }) => ask);

it('completion and hover ask no one to check', async () => {
  write('app/kustomization.yaml', 'resources: [settings.yaml]\n');
  write('app/settings.yaml', settings('settings'));
  const { open, ask, settled } = await start();
  open('app/settings.yaml', settings('settings'));
  await settled();
  const before = asks().length;
  for (let character = 0; character < 8; character++) {
    const { items } = await ask<CompletionList>('completion', 'app/settings.yaml', { line: 4, character: 0 });
    expect(items.map(({ label }) => label)).toContain('binaryData');
    await ask('hover', 'app/settings.yaml', { line: 5, character });
  }
  expect(asks().slice(before)).toEqual([]);
});

it('keys that follow each other are checked together, when they pause', async () => {
  write('app/kustomization.yaml', 'resources: [settings.yaml]\n');
  write('app/settings.yaml', settings('settings'));
  const { open, change, settled } = await start();
  open('app/settings.yaml', settings('settings'));
  await settled();
  const before = overheard.questions.length;
  const keys = '# a note';
  for (let length = 1; length <= keys.length; length++)
    change('app/settings.yaml', `${settings('settings')}${keys.slice(0, length)}`);
  await settled();
  expect(overheard.questions.slice(before)).toMatchObject([
    { ask: 'judge', isTypedOnly: true, documents: [{ text: `${settings('settings')}${keys}` }] },
  ]);
});

describe('a file that is opened', () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: p, wrong: 1 }\nspec: { serviceAccountName: gone }\n';
  const rulesTold = (uri: string): string[][] =>
    overheard.told.flatMap((one) =>
      one.is === 'news'
        ? one.found.flatMap(([of, found]) => (of === uri ? [found.map(({ rule }) => rule)] : []))
        : [],
    );

  it('is told of first, by what is certain of it alone, and that is never taken back', async () => {
    write('app/kustomization.yaml', 'resources: [pod.yaml, settings.yaml]\n');
    write('app/settings.yaml', settings('settings'));
    write('app/pod.yaml', pod);
    const { open, settled, uri } = await start();
    open('app/pod.yaml', pod);
    await settled();
    const [first = [], ...later] = rulesTold(uri('app/pod.yaml'));
    expect(first).toEqual(['unknown-field']);
    expect(later.length).toBeGreaterThan(0);
    for (const rules of later) expect(rules).toEqual(expect.arrayContaining(first));
    expect(later.at(-1)?.length).toBeGreaterThan(first.length);
  });

  it('is told of where no build gets as far as to read it', async () => {
    write('app/kustomization.yaml', 'resources: [settings.yaml]\n');
    write('app/settings.yaml', settings('settings'));
    write('prod/kustomization.yaml', 'resources: [../app]\nnonsense: true\n');
    const { open, settled, uri } = await start();
    open('app/settings.yaml', `${settings('settings')}broken: [\n`);
    await settled();
    expect(rulesTold(uri('app/settings.yaml')).at(-1)).toEqual(['yaml-syntax']);
  });
});

it('an editor is asked to draw again what a check changed, where it can', async () => {
  write('app/kustomization.yaml', 'resources: [settings.yaml]\n');
  write('app/settings.yaml', settings('settings'));
  const asked: string[] = [];
  for (const refreshSupport of [true, false]) {
    const server = startServer(folder);
    const workspace = { codeLens: { refreshSupport }, inlayHint: { refreshSupport } };
    const { connection, settled } = await startClient(folder, { server, capabilities: { workspace } });
    for (const what of ['codeLens', 'inlayHint'])
      connection.onRequest(`workspace/${what}/refresh`, () => {
        asked.push(what);
        return null;
      });
    await settled();
    server.stop();
  }
  expect(asked).toEqual(['codeLens', 'inlayHint']);
});

it('the actions and lenses of twice as many findings are about twice the work', async () => {
  const deployments = (count: number): string =>
    Array.from(
      { length: count },
      (_, index) =>
        `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d${index} }\nspec:\n  selector: { matchLabels: { app: d } }\n  template: { metadata: { labels: { app: d } }, spec: { containers: [{ name: a, image: "a:1" }] } }\n`,
    ).join('---\n');
  for (const count of [40, 80]) write(`d${count}.yaml`, deployments(count));
  const { connection, open, settled, uri } = await start();
  for (const count of [40, 80]) open(`d${count}.yaml`, deployments(count));
  await settled();
  const workOf = async (count: number): Promise<number> => {
    const textDocument = { uri: uri(`d${count}.yaml`) };
    const range = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
    const { work, answer } = await countWorkOf(async () => ({
      actions: await connection.sendRequest<unknown[]>('textDocument/codeAction', {
        textDocument,
        range,
        context: { diagnostics: [] },
      }),
      lenses: await connection.sendRequest<unknown[]>('textDocument/codeLens', { textDocument }),
    }));
    expect(answer.actions.length).toBeGreaterThan(count * 10);
    return work;
  };
  await workOf(40);
  const one = await workOf(40);
  expect((await workOf(80)) / one).toBeLessThan(2.5);
});

describe('a file that is gone from disk', () => {
  const isMissing = (found: readonly Diagnostic[]): boolean => found.length > 0;

  it('counts as long as the editor shows it, unsaved as it is, and no longer', async () => {
    write('app/kustomization.yaml', 'resources: [settings.yaml]\n');
    write('app/settings.yaml', settings('settings'));
    const { open, close, change, connection, diagnostics, settled, uri } = await start();
    open('app/settings.yaml', settings('settings'));
    change('app/settings.yaml', settings('Not_A_Name'));
    const invalid = await diagnostics('app/settings.yaml', (found) => found.length > 0);
    rmSync(join(folder, 'app/settings.yaml'));
    await connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uri('app/settings.yaml'), type: 3 }],
    });
    await settled();
    expect(await diagnostics('app/settings.yaml', () => true)).toEqual(invalid);
    close('app/settings.yaml');
    await diagnostics('app/settings.yaml', (found) => found.length === 0);
    expect(await diagnostics('app/kustomization.yaml', isMissing)).toMatchObject([{ severity: 1 }]);
  });
});

describe('a repository of 4,000 files', () => {
  const [apps, manifests] = [400, 9];

  function writeAll(): void {
    for (let app = 0; app < apps; app++) {
      const names = Array.from({ length: manifests }, (_, index) => `c${index}`);
      const list = names.map((name) => `${name}.yaml`).join(', ');
      write(`apps/a${app}/kustomization.yaml`, `namespace: a${app}\nresources: [${list}]\n`);
      for (const name of names) write(`apps/a${app}/${name}.yaml`, settings(name));
    }
  }

  it('is served by a process of its own: told of first what is open, and answered while it checks', async () => {
    writeAll();
    client = await startClient(folder, { server: spawnServer(folder) });
    const { open, ask, diagnostics, settled } = client;
    const order: string[] = [];
    const all = settled().then(() => order.push('all'));
    open('apps/a7/c3.yaml', settings('Not_A_Name').replace('LEVEL: info', 'LEVEL: [info]'));
    const found = await diagnostics('apps/a7/c3.yaml', (some) => some.length > 0);
    order.push('what is open');
    const { items } = await ask<CompletionList>('completion', 'apps/a7/c3.yaml', { line: 4, character: 0 });
    order.push('completion');
    await all;
    expect(found.map(({ code }) => code)).toEqual(['wrong-type']);
    expect(items.map(({ label }) => label)).toContain('binaryData');
    expect(order).toEqual(['what is open', 'completion', 'all']);
    expect(await client.end()).toBe(0);
  }, 120_000);

  it('is told of again where an edit changes something, and of nothing else', async () => {
    writeAll();
    const { open, change, diagnostics, settled, uri } = await start();
    const edited = 'apps/a7/c3.yaml';
    open(edited, settings('c3'));
    await settled();
    overheard.told.length = 0;
    overheard.questions.length = 0;
    change(edited, settings('Not_A_Name'));
    await diagnostics(edited, (found) => found.length > 0);
    await settled();
    const files = overheard.told.flatMap((one) => (one.is === 'news' ? one.found.map(([of]) => of) : []));
    expect([...new Set(files)]).toEqual([uri(edited)]);
    const readings = overheard.told.flatMap((one) =>
      one.is === 'readings' ? one.readings.map(([of]) => of) : [],
    );
    expect(readings).toEqual([uri(edited)]);
    expect(asks()).toEqual(['judge']);
  });
});
