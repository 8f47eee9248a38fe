import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Diagnostic, Hover } from 'vscode-languageserver';
import { type LanguageClient, spawnServer, startClient } from '../support/language-client.ts';

const settings = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  LEVEL: info\n';
const files = {
  'app/.git/HEAD': '',
  'app/kustomization.yaml': 'resources:\n  - settings.yaml\n',
  'app/settings.yaml': settings,
  'other/.git/HEAD': '',
  'other/kustomization.yaml': 'resources:\n  - missing.yaml\n',
};

let parent = '';
let client: LanguageClient | undefined;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'cdb-lint-thread-'));
  for (const [path, text] of Object.entries(files)) write(path, text);
});

afterEach(() => {
  client?.server.stop();
  client = undefined;
  rmSync(parent, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(parent, path)), { recursive: true });
  writeFileSync(join(parent, path), text);
}

const rules = (found: readonly Diagnostic[]): readonly unknown[] => found.map(({ code }) => code);
const anything = (found: readonly Diagnostic[]): boolean => found.length > 0;
const nothing = (found: readonly Diagnostic[]): boolean => found.length === 0;
const level = { line: 5, character: 4 };

const troubled = `--require ${JSON.stringify(join(import.meta.dirname, '../support/troubled-thread.cjs'))}`;

describe('a checking thread in trouble', () => {
  async function start(options = ''): Promise<LanguageClient> {
    const server = spawnServer(parent, `${troubled} ${options}`);
    client = await startClient(parent, { server, folders: ['app'] });
    client.open('app/settings.yaml', settings);
    await client.settled();
    return client;
  }

  it('keeps no one waiting for a hover, which tells of what was checked last', async () => {
    const { ask, change, settled: settle } = await start();
    const order: string[] = [];
    change('app/settings.yaml', settings.replace('data:', 'data: # take a while'));
    const settled = settle().then(() => order.push('judged'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const hover = await ask<Hover>('hover', 'app/settings.yaml', level);
    order.push('hover');
    await settled;
    expect(order).toEqual(['hover', 'judged']);
    expect(JSON.stringify(hover)).toContain('ConfigMap/settings data.LEVEL = info');
  });

  it.each([
    ['that ends', 'end the thread', 'ended by a test', ''],
    [
      'without memory',
      'eat all memory',
      'Worker terminated due to reaching memory limit: JS heap out of memory',
      '--max-old-space-size=256',
    ],
  ])('%s is said once, and what is typed is checked by another', async (_, words, why, options) => {
    const { change, diagnostics, settled, shown } = await start(options);
    for (const text of ['a', 'b']) {
      change('app/settings.yaml', `${settings}# ${words} ${text}\n`);
      await settled();
    }
    expect(shown).toEqual([`cdb-lint: the checking process ended (${why}) and was restarted`]);
    change('app/settings.yaml', settings.replace('info', '[info]'));
    expect(rules(await diagnostics('app/settings.yaml', anything))).not.toEqual([]);
  });
});

describe('folders of an editor', () => {
  it('are several, come and go, each with its own repository', async () => {
    client = await startClient(parent, { folders: ['app', 'other'] });
    expect(rules(await client.diagnostics('other/kustomization.yaml', anything))).not.toEqual([]);
    const other = { uri: client.uri('other'), name: 'other' };
    const change = (event: object): void =>
      void client?.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    change({ added: [], removed: [other] });
    await client.diagnostics('other/kustomization.yaml', nothing);
    change({ added: [other], removed: [] });
    await client.diagnostics('other/kustomization.yaml', anything);
  });

  it('have files that come and go', async () => {
    client = await startClient(parent, { folders: ['other'] });
    await client.diagnostics('other/kustomization.yaml', anything);
    const changed = (path: string, type: number): void =>
      void client?.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: client.uri(path), type }],
      });
    write('other/missing.yaml', settings);
    changed('other/missing.yaml', 1);
    await client.diagnostics('other/kustomization.yaml', nothing);
    rmSync(join(parent, 'other/missing.yaml'));
    changed('other/missing.yaml', 3);
    await client.diagnostics('other/kustomization.yaml', anything);
  });

  it('have a file that gets another name, unsaved and in one of several folders', async () => {
    client = await startClient(parent, { server: spawnServer(parent), folders: ['app', 'other'] });
    const { change, close, connection, diagnostics, open, settled, uri } = client;
    const unsaved = settings.replace('info', '[info]');
    open('app/settings.yaml', settings);
    change('app/settings.yaml', unsaved);
    await diagnostics('app/settings.yaml', anything);
    renameSync(join(parent, 'app/settings.yaml'), join(parent, 'app/level.yaml'));
    close('app/settings.yaml');
    open('app/level.yaml', unsaved);
    void connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [
        { uri: uri('app/settings.yaml'), type: 3 },
        { uri: uri('app/level.yaml'), type: 1 },
      ],
    });
    await diagnostics('app/kustomization.yaml', anything);
    open('app/kustomization.yaml', files['app/kustomization.yaml']);
    change('app/kustomization.yaml', 'resources:\n  - level.yaml\n');
    await diagnostics('app/kustomization.yaml', nothing);
    await diagnostics('app/level.yaml', anything);
    await settled();
    await diagnostics('app/settings.yaml', nothing);
    await diagnostics('other/kustomization.yaml', anything);
  });
});

it('shows what a long check does, where the editor can', async () => {
  client = await startClient(parent, {
    server: spawnServer(parent, troubled),
    folders: ['app'],
    capabilities: { window: { workDoneProgress: true } },
  });
  client.open('app/settings.yaml', `# take a while\n${settings}`);
  await client.settled();
  expect(client.progress.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['begin', 'end']));
  expect(client.progress.at(-1)?.kind).toBe('end');
});
