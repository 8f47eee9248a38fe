import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

describe('a checking thread in trouble', () => {
  const options = `--require ${JSON.stringify(join(import.meta.dirname, '../support/troubled-thread.cjs'))}`;

  beforeEach(async () => {
    const server = spawnServer(parent, options);
    client = await startClient(parent, { server, folders: ['app'] });
    client.open('app/settings.yaml', settings);
    await client.settled();
  });

  it('keeps no one waiting for a hover, which tells of what was checked last', async () => {
    if (client === undefined) throw new Error('no client');
    const order: string[] = [];
    client.change('app/settings.yaml', settings.replace('data:', 'data: # take a while'));
    const settled = client.settled().then(() => order.push('judged'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    const hover = await client.ask<Hover>('hover', 'app/settings.yaml', level);
    order.push('hover');
    await settled;
    expect(order).toEqual(['hover', 'judged']);
    expect(JSON.stringify(hover)).toContain('ConfigMap/settings data.LEVEL = info');
  });

  it('that ends is said once, and what is typed is checked by another', async () => {
    if (client === undefined) throw new Error('no client');
    for (const text of ['a', 'b']) {
      client.change('app/settings.yaml', `${settings}# end the thread ${text}\n`);
      await client.settled();
    }
    expect(client.shown).toEqual([
      'cdb-lint: the checking process ended (ended by a test) and was restarted',
    ]);
    client.change('app/settings.yaml', settings.replace('info', '[info]'));
    const found = await client.diagnostics('app/settings.yaml', anything);
    expect(rules(found)).not.toEqual([]);
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
});

it('shows what a long check does, where the editor can', async () => {
  const server = spawnServer(
    parent,
    `--require ${JSON.stringify(join(import.meta.dirname, '../support/troubled-thread.cjs'))}`,
  );
  client = await startClient(parent, {
    server,
    folders: ['app'],
    capabilities: { window: { workDoneProgress: true } },
  });
  client.open('app/settings.yaml', `# take a while\n${settings}`);
  await client.settled();
  expect(client.progress.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['begin', 'end']));
  expect(client.progress.at(-1)?.kind).toBe('end');
});
