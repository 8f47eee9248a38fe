import { describe, expect, it } from 'vitest';
import { type GitRepository, withRepository } from '../support/git-repository.ts';
import { fluxCluster, fluxKustomization } from '../support/plan-files.ts';
import { runCli } from '../support/run-cli.ts';

const claim = (name: string, more = ''): string => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: ${name}, namespace: shop${more}}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 5Gi}}
`;

const before = {
  ...fluxCluster('clusters/prod'),
  'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
  'apps/kustomization.yaml': 'resources:\n  - namespace.yaml\n  - one.yaml\n  - two.yaml\n',
  'apps/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n',
  'apps/one.yaml': claim('one'),
  'apps/two.yaml': claim('two'),
};
const without = { 'apps/kustomization.yaml': 'resources:\n  - namespace.yaml\n  - two.yaml\n' };

interface Row {
  readonly reason: string;
  readonly digest: string;
  readonly acknowledged?: { readonly by: string; readonly reason: string };
  readonly protected?: string;
}

interface Planned {
  readonly status: number | null;
  readonly rows: readonly Row[];
  readonly findings: readonly { readonly rule: string; readonly message: string }[];
}

async function plan({ folder }: GitRepository, ...args: readonly string[]): Promise<Planned> {
  const run = await runCli(['plan', '--base', 'HEAD^1', '--format', 'json', ...args], folder);
  const json = JSON.parse(run.stdout) as {
    readonly change: { readonly rows: readonly Row[] };
    readonly diagnostics: Planned['findings'];
  };
  const findings = json.diagnostics.filter(({ rule }) => rule.startsWith('acknowledgement-'));
  return { status: run.status, rows: json.change.rows, findings };
}

/** The digest of what deleting the claim does. */
async function digestOf(repository: GitRepository): Promise<string> {
  repository.commit('before', before);
  repository.commit('delete', without);
  const { rows, status } = await plan(repository);
  expect(status).toBe(1);
  const row = rows.find(({ reason }) => reason === 'pruned');
  repository.git('reset', '--quiet', '--hard', 'HEAD^1');
  return row?.digest ?? 'none';
}

const entry = (digest: string, more = ''): string =>
  `acknowledged:\n- {rule: pruned, digest: ${digest}, reason: restored elsewhere, expires: 2099-01-31${more}}\n`;

describe('an acknowledgement', () => {
  it('in the configuration of the change lets it pass, and says who and why', () =>
    withRepository(async (repository) => {
      const digest = await digestOf(repository);
      const more = ', object: PersistentVolumeClaim/one, clusters: [prod], owner: shop';
      repository.commit('delete', { ...without, 'cdb-lint.yaml': entry(digest, more) });
      const { status, rows, findings } = await plan(repository);
      expect(rows.find(({ reason }) => reason === 'pruned')?.acknowledged).toEqual({
        by: 'cdb-lint.yaml',
        reason: 'restored elsewhere',
      });
      expect(findings).toEqual([]);
      expect(status).toBe(0);
    }));

  it('as a trailer of the commit, and of the commit that is merged', () =>
    withRepository(async (repository) => {
      const digest = await digestOf(repository);
      repository.git('switch', '--quiet', '--create', 'change');
      repository.commit(
        `Delete a claim\n\nIt is empty.\n\ncdb-ack: pruned ${digest} -- it is empty`,
        without,
      );
      expect((await plan(repository)).status).toBe(0);
      repository.git('switch', '--quiet', 'main');
      repository.git('merge', '--quiet', '--no-ff', 'change');
      const { status, rows } = await plan(repository);
      expect(rows.find(({ reason }) => reason === 'pruned')?.acknowledged).toEqual({
        by: 'the commit',
        reason: 'it is empty',
      });
      expect(status).toBe(0);
    }));

  it('dies when the consequence grows, and says so', () =>
    withRepository(async (repository) => {
      const digest = await digestOf(repository);
      repository.commit('a second cluster', {
        ...fluxCluster('clusters/staging'),
        'clusters/staging/apps.yaml': fluxKustomization('apps', 'apps'),
      });
      repository.commit('delete', { ...without, 'cdb-lint.yaml': entry(digest) });
      const { status, rows, findings } = await plan(repository);
      const now = rows.find(({ reason }) => reason === 'pruned');
      expect(now?.acknowledged).toBeUndefined();
      expect(findings.map(({ rule }) => rule)).toEqual(['acknowledgement-stale']);
      expect(findings[0]?.message).toContain(`the consequence is now ${now?.digest}`);
      expect(status).toBe(1);
    }));

  it('of one thing is none of another in the same change', () =>
    withRepository(async (repository) => {
      const digest = await digestOf(repository);
      repository.commit('delete both', {
        'apps/kustomization.yaml': 'resources:\n  - namespace.yaml\n',
        'cdb-lint.yaml': entry(digest),
      });
      const { status, rows } = await plan(repository);
      const pruned = rows.filter(({ reason }) => reason === 'pruned');
      expect(pruned.map(({ acknowledged }) => acknowledged !== undefined).toSorted()).toEqual([false, true]);
      expect(status).toBe(1);
    }));

  it.each([
    ['another object', ', object: PersistentVolumeClaim/two'],
    ['other clusters', ', clusters: [prod, staging]'],
  ])('that names %s counts for nothing', (_, more) =>
    withRepository(async (repository) => {
      const digest = await digestOf(repository);
      repository.commit('delete', { ...without, 'cdb-lint.yaml': entry(digest, more) });
      const { status, findings } = await plan(repository);
      expect(status).toBe(1);
      expect(findings).toHaveLength(1);
    }),
  );

  it('past its last day counts for nothing', () =>
    withRepository(async (repository) => {
      const digest = await digestOf(repository);
      repository.commit('delete', { ...without, 'cdb-lint.yaml': entry(digest).replace('2099', '2020') });
      const { status, findings } = await plan(repository);
      expect(status).toBe(1);
      expect(findings.map(({ rule }) => rule)).toEqual(['acknowledgement-stale']);
    }));

  it('that the base has already was for an earlier change', () =>
    withRepository(async (repository) => {
      const digest = await digestOf(repository);
      repository.commit('prepare', { 'cdb-lint.yaml': entry(digest) });
      repository.commit('delete', without);
      const { status, findings } = await plan(repository);
      expect(status).toBe(1);
      expect(findings.map(({ rule }) => rule)).toEqual(['acknowledgement-stale']);
    }));

  it('that nothing needs is told of', () =>
    withRepository(async (repository) => {
      repository.commit('before', before);
      repository.commit('nothing', { 'cdb-lint.yaml': entry('0123456789ab') });
      const { status, findings } = await plan(repository);
      expect(status).toBe(0);
      expect(findings.map(({ rule }) => rule)).toEqual(['acknowledgement-unused']);
    }));

  it('counts only by a way that the base allows', () =>
    withRepository(async (repository) => {
      const digest = await digestOf(repository);
      repository.commit('rules', { 'cdb-lint.yaml': 'acknowledgeBy: [configuration]\n' });
      repository.commit(`Delete\n\ncdb-ack: pruned ${digest} -- trust me`, {
        ...without,
        'cdb-lint.yaml': 'acknowledgeBy: [configuration, trailer]\n',
      });
      expect((await plan(repository)).status).toBe(1);
    }));

  it.each([
    ['no reason', (digest: string) => `cdb-ack: pruned ${digest}`],
    ['no digest', () => 'cdb-ack: pruned -- trust me'],
    ['every rule', (digest: string) => `cdb-ack: * ${digest} -- trust me`],
  ])('as a trailer with %s counts for nothing', (_, trailer) =>
    withRepository(async (repository) => {
      const digest = await digestOf(repository);
      repository.commit(`Delete\n\n${trailer(digest)}`, without);
      expect((await plan(repository)).status).toBe(1);
    }),
  );

  it('is none of what could not be checked', () =>
    withRepository(async (repository) => {
      const digest = await digestOf(repository);
      repository.commit('delete', {
        'apps/kustomization.yaml': 'resources:\n  - namespace.yaml\n  - two.yaml\n  - missing.yaml\n',
        'cdb-lint.yaml': entry(digest),
      });
      expect((await plan(repository)).status).toBe(2);
    }));
});

describe('cdb-lint.dev/protect', () => {
  const reason = ', annotations: {cdb-lint.dev/protect: orders of customers}';

  it.each([
    ['an object', { 'apps/one.yaml': claim('one', reason) }],
    [
      'its namespace',
      { 'apps/namespace.yaml': `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop${reason}}\n` },
    ],
  ])('on %s forbids to delete it, acknowledged or not', (_, files) =>
    withRepository(async (repository) => {
      const digest = await digestOf(repository);
      repository.commit('protect', files);
      repository.commit('delete', { ...without, 'cdb-lint.yaml': entry(digest) });
      const { status, rows } = await plan(repository);
      expect(rows.find((row) => row.reason === 'pruned')?.protected).toBe('orders of customers');
      expect(status).toBe(1);
      const { stdout } = await runCli(['plan', '--base', 'HEAD^1'], repository.folder);
      expect(stdout).toContain('orders of customers');
    }),
  );

  it('holds when it is taken away together with the object, and no more once it was', () =>
    withRepository(async (repository) => {
      const digest = await digestOf(repository);
      repository.commit('protect', { 'apps/one.yaml': claim('one', reason) });
      repository.commit('delete', { ...without, 'apps/one.yaml': undefined, 'cdb-lint.yaml': entry(digest) });
      expect((await plan(repository)).status).toBe(1);
      repository.git('reset', '--quiet', '--hard', 'HEAD^1');
      repository.commit('unprotect', { 'apps/one.yaml': claim('one') });
      expect((await plan(repository)).status).toBe(0);
      repository.commit('delete', { ...without, 'cdb-lint.yaml': entry(digest) });
      expect((await plan(repository)).status).toBe(0);
    }));
});
