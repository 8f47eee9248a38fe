import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type GitRepository, openRepository, runGit, withRepository } from '../support/git-repository.ts';
import { type Run, runCli } from '../support/run-cli.ts';

const configMap = (name: string, field = 'data'): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n${field}: {}\n`;

/** A branch with one finding that was there, and a change beside it that brings another one. */
function branches(repository: GitRepository): { readonly main: string; readonly change: string } {
  repository.commit('one', {
    'k8s/kustomization.yaml': 'resources: [old.yaml]\n',
    'k8s/old.yaml': configMap('old', 'dataa'),
  });
  repository.git('switch', '--quiet', '--create', 'change');
  const change = repository.commit('change', {
    'k8s/kustomization.yaml': 'resources: [old.yaml, new.yaml]\n',
    'k8s/new.yaml': configMap('new', 'dato'),
  });
  repository.git('switch', '--quiet', 'main');
  const main = repository.commit('later', { 'k8s/later.yaml': configMap('later'), 'README.md': 'later\n' });
  return { main, change };
}

interface Told {
  readonly summary: { readonly error: number };
  readonly compared?: {
    readonly base: string;
    readonly before: readonly { readonly location: { readonly file: string } }[];
    readonly gone: readonly unknown[];
  };
  readonly diagnostics: readonly { readonly rule: string; readonly location: { readonly file: string } }[];
}

async function gate(folder: string, ...args: readonly string[]): Promise<Run & { readonly told: Told }> {
  const run = await runCli(['.', '--format', 'json', ...args], folder);
  return { ...run, told: JSON.parse(run.stdout || '{}') as Told };
}

function errorFiles({ told }: { readonly told: Told }): string[] {
  return told.diagnostics.filter(({ rule }) => rule === 'unknown-field').map(({ location }) => location.file);
}

/** What the change brings and nothing else counts. */
async function expectChange(folder: string, ...args: readonly string[]): Promise<void> {
  const run = await gate(folder, ...args);
  expect(run.stderr).toBe('');
  expect(errorFiles(run)).toEqual(['k8s/new.yaml']);
  expect(run.told.compared?.before.map(({ location }) => location.file)).toContain('k8s/old.yaml');
  expect(run.status).toBe(1);
}

describe('a change as it is merged', () => {
  it('by a merge commit, as GitHub makes one for a pull request, in a clone of depth 2', () =>
    withRepository(async (repository) => {
      const { change } = branches(repository);
      repository.git('merge', '--quiet', '--no-ff', change);
      repository.git('update-ref', 'refs/pull/7/merge', 'HEAD');
      repository.git('reset', '--quiet', '--hard', 'HEAD^1');
      const clone = openRepository(join(repository.folder, '../clone'));
      const url = `file://${repository.folder}`;
      clone.git('fetch', '--quiet', '--depth', '2', url, 'refs/pull/7/merge');
      clone.git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
      await expectChange(clone.folder, '--base', 'HEAD^1');
    }));

  it('is not checked at all in a clone of depth 1', () =>
    withRepository(async (repository) => {
      const { change } = branches(repository);
      repository.git('merge', '--quiet', '--no-ff', change);
      const clone = join(repository.folder, '../clone');
      runGit(repository.folder, ['clone', '--quiet', '--depth', '1', `file://${repository.folder}`, clone]);
      const run = await runCli(['.', '--base', 'HEAD^1'], clone);
      expect(run.status).toBe(2);
      expect(run.stdout).toBe('');
      expect(run.stderr).toContain('fetch-depth: 2');
    }));

  it('by a squash', () =>
    withRepository(async (repository) => {
      const { change } = branches(repository);
      repository.git('merge', '--quiet', '--squash', change);
      repository.git('commit', '--quiet', '--message', 'squashed');
      await expectChange(repository.folder, '--base', 'HEAD^1');
    }));

  it('by a rebase, against where it left its base and against the base itself', () =>
    withRepository(async (repository) => {
      const { main } = branches(repository);
      repository.git('switch', '--quiet', 'change');
      await expectChange(repository.folder, '--base', 'main~1');
      repository.git('rebase', '--quiet', 'main');
      await expectChange(repository.folder, '--base', main);
    }));

  it('behind another one in a merge queue: by itself, and all of the queue', () =>
    withRepository(async (repository) => {
      const { main, change } = branches(repository);
      repository.git('switch', '--quiet', '--create', 'other', main);
      const other = repository.commit('other', { 'k8s/later.yaml': configMap('later', 'datum') });
      repository.git('switch', '--quiet', '--create', 'queue', main);
      repository.git('merge', '--quiet', '--no-ff', other);
      repository.git('merge', '--quiet', '--no-ff', change);
      repository.git('checkout', '--quiet', '--detach', 'HEAD');
      await expectChange(repository.folder, '--base', 'HEAD^1');
      const all = await gate(repository.folder, '--base', main);
      expect(errorFiles(all)).toContain('k8s/new.yaml');
    }));

  it('by an octopus: against its first parent', () =>
    withRepository(async (repository) => {
      const { main, change } = branches(repository);
      repository.git('switch', '--quiet', '--create', 'third', main);
      repository.commit('third', { 'docs/third.md': 'x\n' });
      repository.git('switch', '--quiet', 'main');
      repository.git('merge', '--quiet', '--no-ff', change, 'third');
      expect(repository.git('rev-list', '--parents', '-1', 'HEAD').split(' ')).toHaveLength(4);
      await expectChange(repository.folder, '--base', 'HEAD^1');
    }));

  it('in the middle of a conflict: what is in the files is checked', () =>
    withRepository(async (repository) => {
      const { change } = branches(repository);
      repository.commit('conflicting', { 'k8s/kustomization.yaml': 'resources: [old.yaml, later.yaml]\n' });
      expect(() => repository.git('merge', '--quiet', change)).toThrow();
      const run = await gate(repository.folder, '--base', 'HEAD');
      expect(run.status).toBe(2);
      expect(run.told.diagnostics.length).toBeGreaterThan(0);
    }));

  it('before anything is committed', () =>
    withRepository(async (repository) => {
      branches(repository);
      repository.write({
        'k8s/kustomization.yaml': 'resources: [old.yaml, new.yaml]\n',
        'k8s/new.yaml': configMap('new', 'dato'),
      });
      await expectChange(repository.folder, '--base', 'HEAD');
      await expectChange(join(repository.folder, 'k8s'), '--base', 'HEAD');
    }));

  it('leaves repository and index as they are', () =>
    withRepository(async (repository) => {
      branches(repository);
      const before = repository.git('status', '--porcelain=v2', '--branch');
      await gate(repository.folder, '--base', 'HEAD^');
      expect(repository.git('status', '--porcelain=v2', '--branch')).toBe(before);
      expect(existsSync(join(repository.folder, '.git/index.lock'))).toBe(false);
    }));
});

describe('--base', () => {
  it('takes a folder', () =>
    withRepository(async (repository) => {
      const { change } = branches(repository);
      const before = join(repository.folder, '../before');
      mkdirSync(before);
      repository.git('worktree', 'add', '--quiet', '--detach', before, 'main');
      repository.git('merge', '--quiet', '--no-ff', change);
      await expectChange(repository.folder, '--base', '../before');
    }));

  it.each(['--fix', '--update-baseline'])('does not go together with %s', (option) =>
    withRepository(async (repository) => {
      branches(repository);
      const run = await runCli(['k8s/old.yaml', '--base', 'HEAD', option], repository.folder);
      expect(run.status).toBe(2);
      expect(run.stderr).toContain('cannot be combined');
    }),
  );

  it('counts the same of touched files as of everything, in the entry points that either revision chooses', () =>
    withRepository(async (repository) => {
      const { change } = branches(repository);
      repository.commit('beside', {
        'dev/kustomization.yaml': 'resources: [pod.yaml]\n',
        'dev/pod.yaml': configMap('pod', 'dota'),
      });
      repository.git('merge', '--quiet', '--no-ff', change);
      const touched = ['--format', 'json', '--base', 'HEAD^1', '--touched', 'k8s/new.yaml'];
      const run = await runCli(touched, repository.folder);
      const told = JSON.parse(run.stdout) as Told;
      expect(errorFiles({ told })).toEqual(['k8s/new.yaml']);
      // The base chooses k8s/ as well, though nothing of it reads the file; dev/ is nobody's.
      expect(told.compared?.before.map(({ location }) => location.file)).toEqual(['k8s/old.yaml']);
      const configured = { 'cdb-lint.yaml': 'rules: {reference-missing: {severity: note}}\n' };
      repository.commit('configure', configured);
      const all = await runCli([...touched.slice(0, -1), 'cdb-lint.yaml'], repository.folder);
      expect(errorFiles({ told: JSON.parse(all.stdout) as Told })).toEqual([]);
    }));

  it.each(['terminal', 'markdown', 'html', 'json', 'sarif', 'junit', 'concise', 'github', 'gitlab'])(
    'is told of in the format %s',
    (format) =>
      withRepository(async (repository) => {
        const { change } = branches(repository);
        repository.git('merge', '--quiet', '--no-ff', change);
        const { stdout } = await runCli(['.', '--base', 'HEAD^1', '--format', format], repository.folder);
        const both = ['terminal', 'markdown', 'html'];
        if (both.includes(format)) expect(stdout).toMatch(/as before/u);
        if (format === 'sarif')
          expect(stdout).toMatch(/"baselineState": ?"new"[\s\S]*"baselineState": ?"unchanged"/u);
        if (format === 'junit') expect(stdout).toMatch(/<skipped message="as in [0-9a-f]{7} HEAD\^1"/u);
        if (format === 'json') expect(stdout).toMatch(/"uncheckedBefore"/u);
        // What is as before is nothing to annotate.
        if (['concise', 'github', 'gitlab'].includes(format)) expect(stdout).not.toContain('old.yaml');
        expect(stdout).toContain('new.yaml');
      }),
  );
});
