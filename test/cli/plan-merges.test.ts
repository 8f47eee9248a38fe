import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type GitRepository, openRepository, runGit, withRepository } from '../support/git-repository.ts';
import { fluxCluster, fluxKustomization } from '../support/plan-files.ts';
import { type Run, runCli } from '../support/run-cli.ts';

const settings = (value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata: {a: ${value}}\n`;
const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 5Gi}}
`;
const list = (...names: string[]): string => `resources:\n${names.map((name) => `  - ${name}\n`).join('')}`;

/** A change that lets go of a claim, and a base that got another value meanwhile. */
function branches({ git, commit }: GitRepository): { readonly main: string; readonly change: string } {
  commit('one', {
    ...fluxCluster('clusters/prod'),
    'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
    'apps/kustomization.yaml': list('settings.yaml', 'claim.yaml'),
    'apps/settings.yaml': settings('old'),
    'apps/claim.yaml': claim,
  });
  git('switch', '--quiet', '--create', 'change');
  const change = commit('change', {
    'apps/kustomization.yaml': list('settings.yaml'),
    'apps/claim.yaml': undefined,
  });
  git('switch', '--quiet', 'main');
  return { main: commit('later', { 'apps/settings.yaml': settings('new') }), change };
}

interface Change {
  readonly base: { readonly name: string; readonly commit?: string };
  readonly head: { readonly name: string; readonly commit?: string };
  readonly objects: readonly { readonly name: string; readonly actions: readonly string[] }[];
  readonly rows: readonly { readonly location?: Readonly<Record<'revision' | 'file', string>> }[];
}

async function plan(folder: string, ...args: readonly string[]): Promise<Run & { readonly change: Change }> {
  const run = await runCli(['plan', '--format', 'json', ...args], folder);
  return { ...run, change: (JSON.parse(run.stdout || '{}') as { change: Change }).change };
}

/** The claim and nothing of what the base got meanwhile, at the line that the base has. */
function expectClaimGone({ change, status, stderr }: Awaited<ReturnType<typeof plan>>): void {
  expect(stderr).toBe('');
  expect(change.objects).toMatchObject([{ name: 'data', actions: ['delete'] }]);
  expect(change.rows.map(({ location }) => [location?.revision, location?.file])).toEqual([
    ['base', 'apps/claim.yaml'],
  ]);
  expect(status).toBe(1);
}

describe('the plan of a merge', () => {
  it('that GitHub makes of a pull request, in a clone of depth 2, without being told of a base', () =>
    withRepository(async (repository) => {
      const { main, change } = branches(repository);
      repository.git('merge', '--quiet', '--no-ff', change);
      repository.git('update-ref', 'refs/pull/7/merge', 'HEAD');
      repository.git('reset', '--quiet', '--hard', main);
      const clone = openRepository(join(repository.folder, '../clone'));
      clone.git('fetch', '--quiet', '--depth', '2', `file://${repository.folder}`, 'refs/pull/7/merge');
      clone.git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
      const told = await plan(clone.folder);
      expectClaimGone(told);
      expect(told.change.base.name).toBe(`${main.slice(0, 7)} HEAD^1`);
      expectClaimGone(await plan(clone.folder, '--base', main));
    }));

  it('that GitHub made before the base moved on says nothing of what the base has since', () =>
    withRepository(async (repository) => {
      const { main, change } = branches(repository);
      repository.git('checkout', '--quiet', '--detach', main);
      repository.git('merge', '--quiet', '--no-ff', change);
      const merge = repository.git('rev-parse', 'HEAD');
      repository.git('switch', '--quiet', 'main');
      repository.commit('later still', { 'apps/settings.yaml': settings('newest') });
      repository.git('checkout', '--quiet', '--detach', merge);
      expectClaimGone(await plan(repository.folder));
    }));

  it('that is squashed', () =>
    withRepository(async (repository) => {
      const { change } = branches(repository);
      repository.git('merge', '--quiet', '--squash', change);
      repository.git('commit', '--quiet', '--message', 'squashed');
      expectClaimGone(await plan(repository.folder, '--base', 'HEAD^1'));
    }));

  it('that is rebased: of one commit, and of all of the branch', () =>
    withRepository(async (repository) => {
      const { main } = branches(repository);
      repository.git('switch', '--quiet', 'change');
      repository.commit('second', { 'notes.md': 'A second commit.\n' });
      repository.git('rebase', '--quiet', 'main');
      expectClaimGone(await plan(repository.folder, '--base', main));
      const last = await plan(repository.folder, '--base', 'HEAD^1');
      expect(last.change.objects).toEqual([]);
    }));

  it('of a branch that is behind its base: from where it left', () =>
    withRepository(async (repository) => {
      branches(repository);
      const clone = join(repository.folder, '../clone');
      runGit(repository.folder, ['clone', '--quiet', repository.folder, clone]);
      runGit(clone, ['switch', '--quiet', '--no-track', '--create', 'topic', 'origin/change']);
      expectClaimGone(await plan(clone));
      const both = await plan(clone, '--base', 'origin/main');
      expect(both.change.objects.map(({ name }) => name).sort()).toEqual(['data', 'settings']);
    }));

  it('behind another one in a merge queue: by itself, and all of the queue', () =>
    withRepository(async (repository) => {
      const { main, change } = branches(repository);
      repository.git('switch', '--quiet', '--create', 'other', main);
      const other = repository.commit('other', { 'apps/settings.yaml': settings('newer') });
      repository.git('switch', '--quiet', '--create', 'queue', main);
      repository.git('merge', '--quiet', '--no-ff', other);
      repository.git('merge', '--quiet', '--no-ff', change);
      repository.git('checkout', '--quiet', '--detach', 'HEAD');
      expectClaimGone(await plan(repository.folder));
      const all = await plan(repository.folder, '--base', main);
      expect(all.change.objects.map(({ name, actions }) => [name, ...actions]).sort()).toEqual([
        ['data', 'delete'],
        ['settings', 'update'],
      ]);
    }));

  it('of three at once: against the first parent', () =>
    withRepository(async (repository) => {
      const { main, change } = branches(repository);
      repository.git('switch', '--quiet', '--create', 'third', main);
      repository.commit('third', { 'docs/third.md': 'x\n' });
      repository.git('switch', '--quiet', 'main');
      repository.git('merge', '--quiet', '--no-ff', change, 'third');
      expectClaimGone(await plan(repository.folder));
    }));

  it('in the middle of a conflict is not known: the files do not build', () =>
    withRepository(async (repository) => {
      const { change } = branches(repository);
      repository.commit('conflicting', {
        'apps/kustomization.yaml': list('settings.yaml', 'claim.yaml', 'more.yaml'),
        'apps/more.yaml': settings('more').replace('name: settings', 'name: more'),
      });
      expect(() => repository.git('merge', '--quiet', change)).toThrow();
      const { change: told, status } = await plan(repository.folder, '--base', 'HEAD');
      expect(status).toBe(2);
      expect(told.objects.map(({ name, actions }) => [name, ...actions]).sort()).toEqual([
        ['data', 'unknown'],
        ['more', 'unknown'],
        ['settings', 'unknown'],
      ]);
    }));

  it.each([
    ['of depth 1', ['--depth', '1'], []],
    ['of depth 1, with the base named', ['--depth', '1'], ['--base', 'HEAD^1']],
  ])('is not made in a clone %s', (_, depth, args) =>
    withRepository(async (repository) => {
      const { change } = branches(repository);
      repository.git('merge', '--quiet', '--no-ff', change);
      const clone = join(repository.folder, '../clone');
      runGit(repository.folder, ['clone', '--quiet', ...depth, `file://${repository.folder}`, clone]);
      const run = await runCli(['plan', ...args], clone);
      expect([run.status, run.stdout]).toEqual([2, '']);
      expect(run.stderr).toContain('fetch-depth: 2');
    }),
  );

  it('of a shallow clone that does not reach back to where a branch left is not made', () =>
    withRepository(async (repository) => {
      branches(repository);
      const clone = openRepository(join(repository.folder, '../clone'));
      const url = `file://${repository.folder}`;
      clone.git('fetch', '--quiet', '--depth', '1', url, 'main:refs/remotes/origin/main');
      clone.git('fetch', '--quiet', '--depth', '1', url, 'change');
      clone.git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
      clone.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
      const { status, stdout, stderr } = await runCli(['plan'], clone.folder);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/fetch-depth: (?:0|2)/u);
    }));
});
