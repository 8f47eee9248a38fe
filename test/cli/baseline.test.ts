import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: web:1.0.0\n      imagee: x\n`;
interface Baseline {
  readonly findings: readonly { readonly rule: string }[];
}

const args = ['k', '--only', 'unknown-field', '--baseline', 'baseline.json'];

describe('--baseline', () => {
  it('turns the gate on with old findings, and shows what is fixed', async () => {
    await withFolder({ '.git/HEAD': '', 'k/pod.yaml': pod }, async (folder) => {
      expect((await runCli(args, folder)).status).toBe(2);
      expect((await runCli([...args, '--update-baseline'], folder)).status).toBe(0);
      expect(readFileSync(join(folder, 'baseline.json'), 'utf8')).toMatch(/"since":"\d{4}-\d\d-\d\d"/u);
      const run = await runCli(args, folder);
      expect(run.status).toBe(0);
      expect(run.stdout).toContain('in the baseline: 1 finding; fixed since: none');
    });
  });

  it('holds the rest where something could not be checked, and the run still exits 2', async () => {
    const broken = { 'k/a/kustomization.yaml': 'resources: [gone.yaml]\n', 'k/b/pod.yaml': pod };
    await withFolder({ '.git/HEAD': '', ...broken }, async (folder) => {
      const { status, stderr } = await runCli([...args, '--update-baseline'], folder);
      expect(status).toBe(2);
      expect(stderr).toContain('baseline.json has all current findings, but 1 thing could not be checked');
      const { findings } = JSON.parse(readFileSync(join(folder, 'baseline.json'), 'utf8')) as Baseline;
      expect(findings.map(({ rule }) => rule)).toEqual(['unknown-field']);
    });
  });

  it('of the configuration is taken by itself, and forgotten with --no-baseline', async () => {
    const configured = { 'k/pod.yaml': pod, 'cdb-lint.yaml': 'baseline: k/known.json\n' };
    await withFolder({ '.git/HEAD': '', ...configured }, async (folder) => {
      const run = async (...more: string[]): Promise<number | null> =>
        (await runCli(['k', '--only', 'unknown-field', ...more], folder)).status;
      expect(await run()).toBe(2);
      expect(await run('--update-baseline')).toBe(0);
      expect(existsSync(join(folder, 'k/known.json'))).toBe(true);
      expect([await run(), await run('--no-baseline')]).toEqual([0, 1]);
      expect((await runCli(['explain', 'k/pod.yaml:8'], folder)).stdout).toMatch(
        /^fingerprint .*, known since \d{4}/mu,
      );
    });
  });

  it('names its file', async () => {
    await withFolder({ '.git/HEAD': '', 'k/pod.yaml': pod }, async (folder) => {
      expect((await runCli(['--update-baseline'], folder)).stderr).toContain('add --baseline FILE');
    });
  });
});

it('writes all formats in one run', async () => {
  await withFolder({ '.git/HEAD': '', 'k/pod.yaml': pod }, async (folder) => {
    const names = ['json', 'sarif', 'junit', 'github', 'gitlab', 'markdown', 'html'];
    const formats = names.flatMap((name) => ['--format', `${name}=${name}.out`]);
    const { status, stdout } = await runCli(
      ['k', '--only', 'unknown-field', '--format', 'terminal', ...formats],
      folder,
    );
    expect(status).toBe(1);
    expect(stdout).toContain('error[unknown-field]');
    for (const name of names) expect(readFileSync(join(folder, `${name}.out`), 'utf8')).toContain('imagee');
  });
});

it('a summary printed inside an Action holds no command', async () => {
  const name = '::error::x ##[error]y';
  await withFolder(
    { '.git/HEAD': '', 'k/pod.yaml': pod.replace('imagee', JSON.stringify(name)) },
    async (folder) => {
      const formats = ['markdown', 'terminal', 'json', 'sarif', 'junit', 'gitlab', 'html'];
      for (const format of formats) {
        const { stdout } = await runCli(['k', '--format', format], folder, { GITHUB_ACTIONS: 'true' });
        expect(stdout).toContain('error');
        expect(stdout).not.toContain('##[');
        for (const line of stdout.split('\n')) expect(line.trim().startsWith('::')).toBe(false);
      }
    },
  );
});
