import { describe, expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: web:1.0.0\n`;
const files = {
  '.git/HEAD': '',
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': pod,
  'overlays/dev/kustomization.yaml': 'resources: [../../base]\nimages: [{name: web, newTag: latest}]\n',
  'overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
};

async function fingerprintOf(folder: string, rule: string): Promise<string> {
  const { stdout } = await runCli(['.', '--format', 'json'], folder);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { rule: string; fingerprint: string }[] };
  return diagnostics.find((one) => one.rule === rule)?.fingerprint ?? '';
}

describe('explain', () => {
  it('lists the policies of a profile by their severity', async () => {
    await withFolder(files, async (folder) => {
      const { status, stdout } = await runCli(['explain', 'acceptance'], folder);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^acceptance, a profile: .*user 1000/u);
      expect(stdout).toMatch(/^Reported as errors:\n(?: {2}[\w-]+\n)* {2}unexpected-user\n/mu);
      const thirdParty = await runCli(['explain', 'third-party'], folder);
      expect(thirdParty.stdout.match(/^Reported as .*$/gmu)).toEqual(['Reported as notes:']);
      expect((await runCli(['explain', 'acceptanc'], folder)).stderr).toContain('did you mean "acceptance"?');
    });
  });

  it('shows a finding, and the history of its value through all layers', async () => {
    await withFolder(files, async (folder) => {
      const fingerprint = await fingerprintOf(folder, 'image-not-pinned');
      const { status, stdout } = await runCli(['explain', fingerprint.slice(0, 8)], folder);
      expect(status).toBe(0);
      expect(stdout).toContain('warning[image-not-pinned]');
      expect(stdout).toContain(`fingerprint ${fingerprint}\n`);
      expect(stdout).toMatch(
        /in overlays\/dev: spec\.containers\[0\]\.image\n {2}base\/web\.yaml:7 resources +│ image: web:1\.0\.0\n {2}overlays\/dev\/kustomization\.yaml:2 images +│ images/u,
      );
      expect(stdout).toMatch(/^why: ./mu);
      const byLine = await runCli(['explain', 'overlays/dev/kustomization.yaml:2'], folder);
      expect(byLine.stdout).toBe(stdout);
    });
  });

  it('tells the history of what only a controller renders, of each cluster its own', async () => {
    const apps = (cluster: string): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec:
  interval: 5m
  prune: true
  path: ./apps/${cluster}
  sourceRef: {kind: GitRepository, name: flux-system}
`;
    const tree = {
      '.git/HEAD': '',
      'clusters/dev/apps.yaml': apps('dev'),
      'clusters/prod/apps.yaml': apps('prod'),
      'base/kustomization.yaml': files['base/kustomization.yaml'],
      'base/web.yaml': pod,
      'apps/dev/kustomization.yaml': 'resources: [../../base]\nimages: [{name: web, newTag: latest}]\n',
      'apps/prod/kustomization.yaml': 'resources: [../../base]\nimages: [{name: web, newTag: "1"}]\n',
    };
    await withFolder(tree, async (folder) => {
      const { stdout } = await runCli(['explain', 'apps/dev/kustomization.yaml:2'], folder);
      expect(stdout.match(/^in .*/gmu)).toEqual(['in dev (apps/dev): spec.containers[0].image']);
      expect(stdout).toMatch(
        /base\/web\.yaml:7 resources +│ image: web:1\.0\.0\n {2}apps\/dev\/kustomization\.yaml:2 images/u,
      );
    });
  });

  it('tells of any line what it becomes, as hovering does', async () => {
    await withFolder(files, async (folder) => {
      const { status, stdout } = await runCli(['explain', 'base/web.yaml:3'], folder);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^base\/web\.yaml:3 sets \d+ fields?; there is no finding here\n/u);
      expect(stdout).toMatch(
        /^in .*overlays\/dev.*: Pod\/web metadata\.name: web\n {2}base\/web\.yaml:3 resources$/mu,
      );
    });
  });

  it('says of comments, blank lines and what is not rendered that they set nothing', async () => {
    const settings = '# why\n\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n';
    const chart = {
      'chart/Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'chart/values.yaml': 'replicas: 2\n',
      'chart/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ .Release.Name }}}\n',
    };
    await withFolder({ '.git/HEAD': '', 'settings.yaml': settings, ...chart }, async (folder) => {
      const answer = async (line: string) => {
        const { status, stdout } = await runCli(['explain', line], folder);
        return [status, stdout];
      };
      const next = 'the next line that sets a field is 3';
      expect(await answer('settings.yaml:1')).toEqual([0, `settings.yaml:1 is a comment; ${next}\n`]);
      expect(await answer('settings.yaml:2')).toEqual([0, `settings.yaml:2 is blank; ${next}\n`]);
      for (const line of ['chart/values.yaml:1', 'chart/templates/a.yaml:3', 'chart/Chart.yaml:2'])
        expect(await answer(line)).toEqual([
          0,
          `${line} sets no field of a rendered object; there is no finding here\n`,
        ]);
    });
  });

  it('says so where nothing is found by that name', async () => {
    await withFolder(files, async (folder) => {
      const { status, stderr } = await runCli(['explain', '0123456789'], folder);
      expect(stderr).toContain('cdb-lint: a run over . has no finding 0123456789\n');
      expect(status).toBe(2);
      expect((await runCli(['explain', 'base/web.yaml:99'], folder)).stderr).toMatch(
        /base\/web\.yaml has findings at line \d/u,
      );
      expect((await runCli(['explain', 'base/wbe.yaml:1'], folder)).stderr).toContain(
        'there is no file base/wbe.yaml',
      );
    });
  });

  it('shows no secret', async () => {
    const secret = `apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData:\n  password: correct-horse-battery\n`;
    await withFolder({ '.git/HEAD': '', 'secret.yaml': secret }, async (folder) => {
      const { stdout } = await runCli(['explain', await fingerprintOf(folder, 'secret-in-git')], folder);
      expect(stdout).toContain('secret-in-git');
      expect(stdout).not.toContain('horse');
    });
  });
});
