import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CodeAction, CodeLens, Diagnostic } from 'vscode-languageserver';
import { type GitRepository, openRepository } from '../support/git-repository.ts';
import { type LanguageClient, startClient } from '../support/language-client.ts';
import { fluxCluster, fluxKustomization } from '../support/plan-files.ts';

const web = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 2
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
        - name: web
          image: shop/web:1.0.0
`;
const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;
const list = 'resources:\n  - web.yaml\n  - claim.yaml\n';
const files = {
  ...fluxCluster('clusters/prod'),
  'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
  'apps/kustomization.yaml': list,
  'apps/web.yaml': web,
  'apps/claim.yaml': claim,
};

let repository: GitRepository;
let client: LanguageClient;
let parent = '';

beforeEach(async () => {
  parent = mkdtempSync(join(tmpdir(), 'cdb-lint-editor-'));
  repository = openRepository(join(parent, 'repository'));
  repository.commit('begin', files);
  client = await startClient(repository.folder);
});

afterEach(() => {
  client.server.stop();
  rmSync(parent, { recursive: true, force: true });
});

const isChange = ({ source }: Diagnostic): boolean => source === 'cdb-lint plan';
const changes = (path: string, code: string): Promise<readonly Diagnostic[]> =>
  client
    .diagnostics(path, (found) => found.some((one) => isChange(one) && one.code === code))
    .then((found) => found.filter(isChange));
const noChange = (path: string): Promise<readonly Diagnostic[]> =>
  client.diagnostics(path, (found) => !found.some(isChange));

describe('what an edit does to each cluster', () => {
  it('is at the edited line as a hint, unsaved, and goes with the edit', async () => {
    client.open('apps/web.yaml', web);
    client.change('apps/web.yaml', web.replace('1.0.0', '1.1.0'));
    expect(await changes('apps/web.yaml', 'restarts')).toMatchObject([
      {
        severity: 4,
        range: { start: { line: 15 } },
        message: expect.stringContaining('disrupts: Deployment shop/web restarts its pods'),
      },
    ]);
    client.change('apps/web.yaml', web);
    await noChange('apps/web.yaml');
  });

  it('is information where it would stop the merge, with the rule and the safe way', async () => {
    client.open('apps/web.yaml', web);
    client.change('apps/web.yaml', web.replaceAll('{app: web}', '{app: site}'));
    const [refused] = await changes('apps/web.yaml', 'refused');
    expect(refused).toMatchObject({ severity: 3, codeDescription: { href: expect.any(String) } });
    expect(refused?.message).toMatch(/^breaks: Deployment shop\/web is refused by the API server/u);
    expect(refused?.message).toContain('\nSafe way:\n1. ');
  });

  it('is where a line was taken away', async () => {
    client.open('apps/kustomization.yaml', list);
    client.change('apps/kustomization.yaml', list.replace('  - claim.yaml\n', ''));
    expect(await changes('apps/kustomization.yaml', 'pruned')).toMatchObject([
      {
        severity: 3,
        message: expect.stringMatching(/^destroys: PersistentVolumeClaim shop\/data is deleted/u),
      },
    ]);
  });

  it('is a code lens where it deletes, of all clusters together, which goes with the edit', async () => {
    const lenses = async (): Promise<CodeLens[]> => {
      const found = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', {
        textDocument: { uri: client.uri('apps/kustomization.yaml') },
      });
      return found.filter(({ command }) => command?.command === 'cdb-lint.plan');
    };
    repository.commit('another cluster', {
      ...fluxCluster('clusters/test'),
      'clusters/test/apps.yaml': fluxKustomization('apps', 'apps'),
    });
    client.open('apps/kustomization.yaml', list);
    client.change('apps/kustomization.yaml', list.replace('  - claim.yaml\n', ''));
    await client.settled();
    expect(await lenses()).toMatchObject([
      { command: { title: 'PersistentVolumeClaim shop/data deleted from 2 clusters by this edit' } },
    ]);
    client.change('apps/kustomization.yaml', 'resources: []\n');
    await client.settled();
    expect(await lenses()).toMatchObject([
      {
        range: { start: { line: 0 } },
        command: { title: '2 objects deleted from 2 clusters by this edit' },
      },
    ]);
    client.change('apps/kustomization.yaml', list);
    await client.settled();
    expect(await lenses()).toEqual([]);
  });

  it('is acknowledged in cdb-lint.yaml, for a reason that is still to be written', async () => {
    client.open('apps/kustomization.yaml', list);
    client.change('apps/kustomization.yaml', list.replace('  - claim.yaml\n', ''));
    await changes('apps/kustomization.yaml', 'pruned');
    const actions = await client.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: client.uri('apps/kustomization.yaml') },
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
      context: { diagnostics: [] },
    });
    const action = actions.find(({ title }) => title.startsWith('acknowledge pruned'));
    expect(action?.edit?.documentChanges).toMatchObject([
      { kind: 'create', uri: client.uri('cdb-lint.yaml') },
      {
        edits: [{ newText: expect.stringMatching(/^acknowledged:\n {2}- rule: pruned\n {4}digest: \w+\n/u) }],
      },
    ]);
  });

  it('is compared with the commit that HEAD is now', async () => {
    const edited = web.replace('1.0.0', '1.1.0');
    client.open('apps/web.yaml', web);
    client.change('apps/web.yaml', edited);
    await changes('apps/web.yaml', 'restarts');
    repository.commit('take it', { 'apps/web.yaml': edited });
    client.change('apps/web.yaml', `${edited}# a comment\n`);
    await client.diagnostics('apps/web.yaml', (found) => !found.some(({ code }) => code === 'restarts'));
  });
});
