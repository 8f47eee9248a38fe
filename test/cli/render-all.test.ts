import { expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n';
const tree = {
  '.git/HEAD': '',
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': service,
  'overlays/dev/kustomization.yaml': 'namespace: dev\nresources: [../../base]\n',
  'overlays/prod/kustomization.yaml': 'namespace: prod\nresources: [../../base]\n',
};
const rendered = (name: string): string => `${service}  namespace: ${name}\n`;

it('prints every root that no other one uses, each under its directory', async () => {
  const { status, stdout, stderr } = await withFolder(tree, async (folder) =>
    runCli(['render', '--all', '.'], folder),
  );
  expect(stderr).toBe('');
  expect(stdout).toBe(`# overlays/dev\n${rendered('dev')}---\n# overlays/prod\n${rendered('prod')}`);
  expect(status).toBe(0);
});

it('prints the others where one fails, and says why at its line', async () => {
  const broken = { ...tree, 'overlays/dev/kustomization.yaml': 'resources: [../../base, gone.yaml]\n' };
  const { status, stdout, stderr } = await withFolder(broken, async (folder) =>
    runCli(['render', '--all', '.'], folder),
  );
  expect(stdout).toBe(`# overlays/prod\n${rendered('prod')}`);
  expect(stderr).toContain('--> overlays/dev/kustomization.yaml:1:');
  expect(status).toBe(2);
});

it('is not silent where there is nothing to render', async () => {
  const { status, stdout, stderr } = await withFolder(
    { '.git/HEAD': '', 'a.yaml': service },
    async (folder) => runCli(['render', '--all', '.'], folder),
  );
  expect(stdout).toBe('');
  expect(stderr).toContain('there is no kustomization below .');
  expect(status).toBe(2);
});

it('a name cannot end the comment that it is in', async () => {
  const hostile = {
    '.git/HEAD': '',
    'a\nkind: Evil/kustomization.yaml': 'resources: [web.yaml]\n',
    'a\nkind: Evil/web.yaml': service,
  };
  const { stdout } = await withFolder(hostile, async (folder) => runCli(['render', '--all', '.'], folder));
  expect(stdout.split('\n')[0]).toBe('# a\\nkind: Evil');
});

// Recorded from kustomize 5.8.2.
it('merges by the way in which values are written, although it prints nothing of it', async () => {
  const tree = {
    '.git/HEAD': '',
    'kustomization.yaml': 'resources: [base.yaml]\npatches: [{path: patch.yaml}]\n',
    'base.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  blank:\n  quoted: 'on'\n  "null": ~\n`,
    'patch.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  quoted: 1e3\n',
  };
  const { status, stdout } = await withFolder(tree, async (folder) => runCli(['render', '.'], folder));
  expect(stdout).toBe(
    'apiVersion: v1\ndata:\n  "null": null\n  quoted: "1e3"\nkind: ConfigMap\nmetadata:\n  name: web\n',
  );
  expect(status).toBe(0);
});
