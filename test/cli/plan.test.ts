import { describe, expect, it } from 'vitest';
import { withRepository } from '../support/git-repository.ts';
import { fluxCluster, fluxKustomization } from '../support/plan-files.ts';
import { runCli } from '../support/run-cli.ts';

const settings =
  'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\n  namespace: shop\ndata: {a: b}\n';
const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 5Gi}}
`;

const files = {
  ...fluxCluster('clusters/prod'),
  'clusters/prod/apps.yaml': fluxKustomization('apps', 'apps'),
  'apps/kustomization.yaml': 'resources:\n  - settings.yaml\n  - claim.yaml\n',
  'apps/settings.yaml': settings,
  'apps/claim.yaml': claim,
};

describe('cdb-lint plan', () => {
  it('claims nothing of a revision whose configuration cannot be used', () =>
    withRepository(async ({ folder, commit }) => {
      commit('first', files);
      commit('second', { 'cdb-lint.yaml': 'skip: [privileged-container]\n' });
      const { status, stdout } = await runCli(['plan', '--base', 'HEAD^1'], folder);
      expect(status).toBe(2);
      expect(stdout).toContain('No cluster change is known, but not everything was checked.');
      expect(stdout).not.toContain('leaves the repository');
    }));

  it('does not say that nothing changes where a build fails in both revisions', () =>
    withRepository(async ({ folder, commit }) => {
      commit('first', { ...files, 'apps/settings.yaml': settings.replace('name: settings', 'label: a') });
      commit('second', { 'apps/claim.yaml': claim.replace('5Gi', '6Gi') });
      const { status, stdout } = await runCli(['plan', '--base', 'HEAD^1'], folder);
      expect(status).toBe(2);
      expect(stdout).toContain('No cluster change is known, but not everything was checked.');
      expect(stdout).not.toContain('No cluster changes.');
    }));

  it('has for blame the lines that set what differs, in both revisions, and no value of a Secret', () =>
    withRepository(async ({ folder, commit }) => {
      const secret = settings
        .replace('ConfigMap', 'Secret')
        .replace('data: {a: b}', 'stringData: {a: one-value}');
      commit('first', { ...files, 'apps/settings.yaml': secret });
      commit('second', {
        'apps/settings.yaml': secret.replace('one-value', 'other-value'),
        'apps/claim.yaml': claim.replace('5Gi', '6Gi'),
      });
      const { stdout } = await runCli(['blame', 'apps/claim.yaml:6', '--base', 'HEAD^1'], folder);
      expect(stdout).toContain(
        '    spec.resources.requests.storage\n      base 5Gi\n        apps/claim.yaml:6 resources\n      head 6Gi\n        apps/claim.yaml:6 resources\n',
      );
      const hidden = await runCli(['blame', 'apps/settings.yaml:6', '--base', 'HEAD^1'], folder);
      expect(hidden.stdout).toContain('stringData.a');
      expect(hidden.stdout).not.toMatch(/one-value|other-value/u);
      expect((await runCli(['blame', '000000'], folder)).status).toBe(2);
      expect((await runCli(['blame', 'apps'], folder)).status).toBe(2);
    }));

  it('fails where data goes, with the row that says why', () =>
    withRepository(async ({ folder, commit }) => {
      commit('first', files);
      commit('second', { 'apps/kustomization.yaml': 'resources:\n  - settings.yaml\n' });
      const { status, stdout } = await runCli(['plan', '--base', 'HEAD^1'], folder);
      expect(stdout).toContain('✗ destroys  PersistentVolumeClaim shop/data is deleted');
      expect(status).toBe(1);
      const digest = /ack {7}pruned ([0-9a-f]{12})/u.exec(stdout)?.[1] ?? 'none';
      const row = await runCli(['explain', digest.slice(0, 8), '--base', 'HEAD^1'], folder);
      expect(row.stdout).toContain(
        'prod: PersistentVolumeClaim shop/data: delete, by Kustomization flux-system/apps',
      );
      const line = await runCli(['explain', 'apps/kustomization.yaml:3', '--base', 'HEAD^1'], folder);
      expect(line.stdout).toBe(row.stdout);
      const blamed = await runCli(['blame', digest.slice(0, 8), '--base', 'HEAD^1'], folder);
      expect(blamed.stdout).toContain('prod: PersistentVolumeClaim shop/data: delete\n');
      expect(blamed.stdout).toContain('        apps/claim.yaml:3 resources\n');
      expect((await runCli(['explain', 'pruned'], folder)).stdout).toContain('automated.prune in Argo CD');
    }));

  it('compares the merge that a pull request would be with its first parent', () =>
    withRepository(async ({ folder, git, commit }) => {
      commit('first', files);
      git('checkout', '--quiet', '-b', 'change');
      commit('on the branch', { 'apps/settings.yaml': settings.replace('a: b', 'a: c') });
      git('checkout', '--quiet', 'main');
      commit('next to it', { 'README.md': 'words' });
      git('merge', '--quiet', '--no-ff', 'change');
      const { status, stdout } = await runCli(['plan', '--format', 'json'], folder);
      const { change } = JSON.parse(stdout);
      expect(change.objects.map((one: { name: string }) => one.name)).toEqual(['settings']);
      expect(change.base.name).toMatch(/^[0-9a-f]{7} HEAD\^1$/u);
      expect(status).toBe(0);
    }));

  it('exits 2 where a revision does not build, and says nothing of its objects', () =>
    withRepository(async ({ folder, commit }) => {
      commit('first', files);
      commit('second', { 'apps/claim.yaml': undefined });
      const { status, stdout } = await runCli(['plan', '--base', 'HEAD^1', '--format', 'json'], folder);
      expect(status).toBe(2);
      const { change } = JSON.parse(stdout);
      expect(change.objects.map((one: { actions: string[] }) => one.actions)).toEqual([
        ['unknown'],
        ['unknown'],
      ]);
    }));

  it('exits 2 without a base, and says how to have one', () =>
    withRepository(async ({ folder, commit }) => {
      commit('first', files);
      const { status, stderr } = await runCli(['plan', '--base', 'HEAD^1'], folder);
      expect(status).toBe(2);
      expect(stderr).toContain('fetch-depth: 2');
    }));
});
