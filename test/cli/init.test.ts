import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  hostNetwork: true\n  containers:\n    - name: web\n      image: web:latest\n`;
const files = {
  '.git/HEAD': '',
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': pod,
  'overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
  'overlays/prod/kustomization.yaml': 'resources: [../../base]\nnamespace: prod\n',
};
const written = ['cdb-lint.yaml', 'cdb-lint-baseline.json', '.github/workflows/cdb-lint.yml'];

describe('init', () => {
  it('says what it found, and writes what turns the gate on', async () => {
    await withFolder(files, async (folder) => {
      const { status, stdout, stderr } = await runCli(['init'], folder);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain('  3 kustomizations, 2 roots: dev, prod\n');
      expect(stdout).toMatch(/checked: 2 objects in 2 environments: \d+ errors?/u);
      for (const path of written) expect(stdout).toContain(`wrote ${path}\n`);
      expect(readFileSync(join(folder, 'cdb-lint.yaml'), 'utf8')).toContain(
        'environments:\n  dev:\n    root: "overlays/dev"\n  prod:\n    root: "overlays/prod"\n',
      );
      const before = await runCli(['.', '--no-baseline', '--format', 'json'], folder);
      expect(before.status).toBe(1);
      const after = await runCli(['.', '--format', 'json'], folder);
      expect(JSON.parse(after.stdout)).toMatchObject({ diagnostics: [], summary: { error: 0 } });
      expect(after.status).toBe(0);
    });
  });

  it('its workflow may only read, and calls this version; the baseline is in the configuration', async () => {
    await withFolder(files, async (folder) => {
      await runCli(['init'], folder);
      const workflow = readFileSync(join(folder, '.github/workflows/cdb-lint.yml'), 'utf8');
      expect(workflow).toContain('permissions:\n  contents: read\n');
      expect(workflow).toContain('fetch-depth: 2');
      expect(workflow).not.toMatch(/^[^#]*(?:npx|OWNER)/mu);
      expect(workflow).toMatch(/echo "::error title=cdb-lint::replace this step[^\n]*\n {10}exit 2/u);
      expect(readFileSync(join(folder, 'cdb-lint.yaml'), 'utf8')).toMatch(
        /^baseline: cdb-lint-baseline\.json$/mu,
      );
      expect(workflow).toMatch(/uses: actions\/checkout@[0-9a-f]{40} # v/u);
    });
  });

  it('says what each profile asks for, and proposes what could be accepted as not checked', async () => {
    const remote = 'https://example.com/org/repository//base?ref=v1';
    const tree = { '.git/HEAD': '', 'k/kustomization.yaml': `resources: ["${remote}"]\n` };
    await withFolder(tree, async (folder) => {
      const { stdout } = await runCli(['init'], folder);
      for (const profile of ['default', 'baseline', 'restricted', 'recommended', 'all'])
        expect(stdout).toMatch(new RegExp(`^ +${profile} +\\d+ errors?, \\d+ warnings?, \\d+ notes?$`, 'mu'));
      const text = readFileSync(join(folder, 'cdb-lint.yaml'), 'utf8');
      expect(text).toContain(`# notJudged:\n#   - remote: "${remote}"\n#     reason: `);
      const block = text.slice(
        text.indexOf('# notJudged'),
        text.indexOf('# Objects that are in the clusters'),
      );
      writeFileSync(join(folder, 'cdb-lint.yaml'), text.replace(block, block.replaceAll(/^# /gmu, '')));
      expect((await runCli(['.'], folder)).status).toBe(0);
    });
  });

  it('overwrites nothing', async () => {
    const own = Object.fromEntries(
      written.map((path) => [path, path.endsWith('json') ? '{"version":1,"findings":[]}' : '# mine\n']),
    );
    await withFolder({ ...files, ...own }, async (folder) => {
      const { status, stdout } = await runCli(['init'], folder);
      expect(status).toBe(0);
      expect(stdout).toContain('add to the configuration: baseline: cdb-lint-baseline.json\n');
      for (const [path, text] of Object.entries(own)) {
        expect(stdout).toContain(`kept ${path}, which already exists\n`);
        expect(readFileSync(join(folder, path), 'utf8')).toBe(text);
      }
    });
  });

  it('--dry-run writes nothing', async () => {
    await withFolder(files, async (folder) => {
      const { stdout } = await runCli(['init', '--dry-run'], folder);
      for (const path of written) {
        expect(stdout).toContain(`would write ${path}`);
        expect(existsSync(join(folder, path))).toBe(false);
      }
    });
  });

  it('writes a baseline of what could be checked, and says what could not', async () => {
    await withFolder(
      { ...files, 'overlays/prod/kustomization.yaml': 'resources: [../../gone]\n' },
      async (folder) => {
        const { stdout } = await runCli(['init'], folder);
        expect(stdout).toMatch(/^The exit code is 2 until these can be checked:\n {2}.*prod/mu);
        const { status, stdout: json } = await runCli(['--format', 'json'], folder);
        expect(status).toBe(2);
        const { diagnostics } = JSON.parse(json) as { diagnostics: { rule: string }[] };
        expect(diagnostics.map(({ rule }) => rule)).toEqual(['file-missing']);
      },
    );
  });

  it('writes none where nothing else is found', async () => {
    await withFolder(
      { '.git/HEAD': '', 'k/kustomization.yaml': 'resources: [gone.yaml]\n' },
      async (folder) => {
        expect((await runCli(['init'], folder)).stdout).toContain('There are no findings today');
        expect(existsSync(join(folder, 'cdb-lint-baseline.json'))).toBe(false);
        expect(readFileSync(join(folder, 'cdb-lint.yaml'), 'utf8')).toMatch(/^# baseline: /mu);
      },
    );
  });

  it('writes nothing where there is no manifest', async () => {
    await withFolder({ '.git/HEAD': '', 'README.md': '' }, async (folder) => {
      const { status, stdout, stderr } = await runCli(['init'], folder);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain(
        'there is no Kubernetes manifest below .\n  run it in the directory with the manifests',
      );
      expect(existsSync(join(folder, 'cdb-lint.yaml'))).toBe(false);
    });
  });

  it('names no environments where directories are not named like that', async () => {
    await withFolder(
      {
        '.git/HEAD': '',
        'a/kustomization.yaml': 'resources: []\n',
        'b/kustomization.yaml': 'resources: []\n',
      },
      async (folder) => {
        await runCli(['init'], folder);
        expect(readFileSync(join(folder, 'cdb-lint.yaml'), 'utf8')).toMatch(/^# environments:$/mu);
      },
    );
  });

  it('gives GitLab its job to add', async () => {
    await withFolder({ ...files, '.gitlab-ci.yml': 'stages: [test]\n' }, async (folder) => {
      const { stdout } = await runCli(['init'], folder);
      expect(stdout).toContain('add this to .gitlab-ci.yml:\ncdb-lint:\n');
      expect(existsSync(join(folder, '.github'))).toBe(false);
    });
  });
});
