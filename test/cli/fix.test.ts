import { spawnSync } from 'node:child_process';
import { lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixableRules } from '../../src/fix/propose-fix.ts';
import { replaceFile } from '../../src/source/replace-file.ts';
import { project, runCli, withFolder } from '../support/run-cli.ts';

const map = (value: string): string =>
  `apiVersion: v1\r\nkind: ConfigMap\r\nmetadata:\r\n  name: settings\r\ndata:\r\n  port: ${value} # text\r\n`;
const files = {
  '.git/HEAD': '',
  'base/kustomization.yaml': 'resources: [map.yaml]\n',
  'base/map.yaml': map('8080'),
  'prod/kustomization.yaml': '# prod\nbases:\n  - ../base',
};

describe('--fix', () => {
  it('writes the fixes, says which, and exits for what remains', async () => {
    await withFolder(
      { ...files, 'other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: Other}\n' },
      async (folder) => {
        const { status, stdout, stderr } = await runCli(['--fix', '--format', 'json'], folder);
        expect(status).toBe(1);
        const { diagnostics } = JSON.parse(stdout) as { diagnostics: { rule: string }[] };
        expect(diagnostics.map(({ rule }) => rule)).toEqual(['invalid-value']);
        expect(stderr).toBe(
          'fixed: base/map.yaml:6 wrong-type: write the value in quotes\n' +
            'fixed: prod/kustomization.yaml:2 kustomization-field-deprecated: replace bases with resources\n' +
            '2 findings fixed in 2 files\n',
        );
        expect(readFileSync(join(folder, 'base/map.yaml'), 'utf8')).toBe(map('"8080"'));
        expect(readFileSync(join(folder, 'prod/kustomization.yaml'), 'utf8')).toBe(
          '# prod\nresources:\n  - ../base',
        );
      },
    );
  });

  it('takes part in the choice of rules', async () => {
    await withFolder(files, async (folder) => {
      expect((await runCli(['--fix', '--only', 'wrong-type'], folder)).status).toBe(0);
      expect(readFileSync(join(folder, 'prod/kustomization.yaml'), 'utf8')).toBe(
        files['prod/kustomization.yaml'],
      );
    });
  });

  it('builds what was not to be checked as well, and leaves alone what that would change', async () => {
    const flux = `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a, namespace: flux-system}\nspec:\n  interval: 1m\n  path: ./apps\n  prune: true\n  sourceRef: {kind: GitRepository, name: flux-system}\n  postBuild: {substitute: {a: b}}\n`;
    const script = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  a.sh: |\n    x=1\n    echo ${'$'}{x}\n`;
    const tree = {
      '.git/HEAD': '',
      'clusters/a.yaml': flux,
      'apps/kustomization.yaml': 'resources: [a.yaml]\n',
      'apps/a.yaml': script,
      'other/kustomization.yaml': 'resources: [../apps]\n',
    };
    await withFolder(tree, async (folder) => {
      const { status, stderr } = await runCli(['clusters', 'apps', '--fix'], folder);
      expect(status).toBe(1);
      expect(stderr).toContain('in other ConfigMap/a would change at data[a.sh]; by hand: write ');
      expect(readFileSync(join(folder, 'apps/a.yaml'), 'utf8')).toBe(script);
    });
  });

  it('does not go together with a new baseline, and knows one mode', async () => {
    expect(await runCli(['--fix', '--baseline', 'b.json', '--update-baseline'])).toMatchObject({
      status: 2,
      stdout: '',
    });
    expect((await runCli(['--fix=all'])).stderr).toContain('write --fix or --fix=preview');
    expect((await runCli(['--help'])).stdout).toContain('--fix[=preview]');
  });

  it('leaves a file alone that a link leads to', async () => {
    await withFolder({ ...files, 'base/real/map.yaml': map('8080') }, async (folder) => {
      writeFileSync(join(folder, 'base/kustomization.yaml'), 'resources: [link.yaml]\n');
      symlinkSync('real/map.yaml', join(folder, 'base/link.yaml'));
      const { stderr } = await runCli(['prod', '--fix'], folder);
      expect(stderr).toMatch(/not fixed: base\/link.yaml:6 wrong-type.*symbolic link/u);
      expect(lstatSync(join(folder, 'base/link.yaml')).isSymbolicLink()).toBe(true);
      expect(readFileSync(join(folder, 'base/real/map.yaml'), 'utf8')).toBe(map('8080'));
    });
  });
});

describe('--fix=preview', () => {
  it('prints a diff that git applies to what --fix writes, and changes nothing itself', async () => {
    const fixed = async (args: readonly string[], apply: boolean): Promise<readonly string[]> =>
      withFolder(files, async (folder) => {
        const run = await runCli(args, folder);
        expect(run.status).toBe(apply ? 1 : 0);
        const paths = ['base/map.yaml', 'prod/kustomization.yaml'].map((path) => join(folder, path));
        if (apply) {
          expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual([
            files['base/map.yaml'],
            files['prod/kustomization.yaml'],
          ]);
          const git = spawnSync('git', ['apply', '-'], { cwd: folder, input: run.stdout, encoding: 'utf8' });
          expect(git).toMatchObject({ status: 0, stderr: '' });
        }
        return paths.map((path) => readFileSync(path, 'utf8'));
      });
    expect(await fixed(['--fix=preview'], true)).toEqual(await fixed(['--fix'], false));
  });

  it('shows no secret that is next to a change', async () => {
    const secret =
      'apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData:\n  port: 5432\n  password: correct-horse\n';
    await withFolder({ '.git/HEAD': '', 'k/secret.yaml': secret }, async (folder) => {
      const { stdout, stderr } = await runCli(['k', '--fix=preview', '--only', 'wrong-type'], folder);
      expect(stdout).toContain(
        '@@ -2,5 +2,5 @@\n kind: Secret\n metadata: {name: db}\n stringData:\n-  port: ••••••\n+  port: ••••••\n   password: ••••••\n',
      );
      expect(stderr).toContain('this diff hides secrets');
    });
  });

  it('prints nothing where nothing is to be fixed', async () => {
    const { status, stdout, stderr } = await runCli(['k8s/', '--fix=preview']);
    expect([status, stdout, stderr]).toEqual([0, '', '0 findings fixable in 0 files\n']);
  });
});

describe('a file that is replaced', () => {
  const before = Buffer.from('a: 1\n');
  const after = Buffer.from('a: 2\n');

  it('keeps its mode and leaves nothing next to it', () => {
    withFolder({ 'a.yaml': 'a: 1\n' }, (root) => {
      const { mode } = statSync(join(root, 'a.yaml'));
      expect(replaceFile({ root, path: 'a.yaml', before, after })).toBeUndefined();
      expect(readFileSync(join(root, 'a.yaml'), 'utf8')).toBe('a: 2\n');
      expect(statSync(join(root, 'a.yaml')).mode).toBe(mode);
    });
  });

  it('is none outside the root, behind a link, or changed in the meantime', () => {
    withFolder({ 'root/a.yaml': 'a: 3\n', 'b.yaml': 'a: 1\n', 'folder/c.yaml': 'a: 1\n' }, (folder) => {
      const root = join(folder, 'root');
      symlinkSync('../b.yaml', join(root, 'link.yaml'));
      symlinkSync('../folder', join(root, 'folder'));
      const why = (path: string): string | undefined => replaceFile({ root, path, before, after });
      expect(why('a.yaml')).toBe('it was changed in the meantime');
      expect(why('../b.yaml')).toBe('it is not in the repository');
      expect(why('link.yaml')).toBe('it is not a regular file');
      expect(why('folder/c.yaml')).toBe('it is reached through a symbolic link');
      expect(why('gone.yaml')).toContain('ENOENT');
      expect(readFileSync(join(folder, 'b.yaml'), 'utf8')).toBe('a: 1\n');
      expect(readFileSync(join(folder, 'folder/c.yaml'), 'utf8')).toBe('a: 1\n');
    });
  });
});

it('docs/fixes.md names every rule that has a fix, and no other', () => {
  const page = readFileSync(join(project, 'docs/fixes.md'), 'utf8');
  const rows = [...page.matchAll(/^\| ([a-z, -]+) \| /gmu)]
    .slice(1)
    .flatMap(([, names = '']) => names.split(', '));
  expect(rows.sort()).toEqual(fixableRules);
});
