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
  it('turns the gate on with old findings, and shows what is fixed', () => {
    withFolder({ '.git/HEAD': '', 'k/pod.yaml': pod }, (folder) => {
      expect(runCli(args, folder).status).toBe(2);
      expect(runCli([...args, '--update-baseline'], folder).status).toBe(0);
      expect(readFileSync(join(folder, 'baseline.json'), 'utf8')).toMatch(/"since":"\d{4}-\d\d-\d\d"/u);
      const run = runCli(args, folder);
      expect(run.status).toBe(0);
      expect(run.stdout).toContain('known since the baseline: 1 finding; fixed since: none');
    });
  });

  it('holds the rest where something could not be checked, and the run still exits 2', () => {
    const broken = { 'k/a/kustomization.yaml': 'resources: [gone.yaml]\n', 'k/b/pod.yaml': pod };
    withFolder({ '.git/HEAD': '', ...broken }, (folder) => {
      const { status, stderr } = runCli([...args, '--update-baseline'], folder);
      expect(status).toBe(2);
      expect(stderr).toContain('baseline.json holds what was found, but 1 thing could not be checked');
      const { findings } = JSON.parse(readFileSync(join(folder, 'baseline.json'), 'utf8')) as Baseline;
      expect(findings.map(({ rule }) => rule)).toEqual(['unknown-field']);
    });
  });

  it('of the configuration is taken by itself, and forgotten with --no-baseline', () => {
    const configured = { 'k/pod.yaml': pod, 'cdb-lint.yaml': 'baseline: k/known.json\n' };
    withFolder({ '.git/HEAD': '', ...configured }, (folder) => {
      const run = (...more: string[]): number | null =>
        runCli(['k', '--only', 'unknown-field', ...more], folder).status;
      expect(run()).toBe(2);
      expect(run('--update-baseline')).toBe(0);
      expect(existsSync(join(folder, 'k/known.json'))).toBe(true);
      expect([run(), run('--no-baseline')]).toEqual([0, 1]);
      expect(runCli(['explain', 'k/pod.yaml:8'], folder).stdout).toMatch(
        /^fingerprint .*, known since \d{4}/mu,
      );
    });
  });

  it('names its file', () => {
    withFolder({ '.git/HEAD': '', 'k/pod.yaml': pod }, (folder) => {
      expect(runCli(['--update-baseline'], folder).stderr).toContain('add --baseline FILE');
    });
  });
});

it('writes all formats in one run', () => {
  withFolder({ '.git/HEAD': '', 'k/pod.yaml': pod }, (folder) => {
    const names = ['json', 'sarif', 'junit', 'github', 'gitlab', 'markdown', 'html'];
    const formats = names.flatMap((name) => ['--format', `${name}=${name}.out`]);
    const { status, stdout } = runCli(
      ['k', '--only', 'unknown-field', '--format', 'terminal', ...formats],
      folder,
    );
    expect(status).toBe(1);
    expect(stdout).toContain('error[unknown-field]');
    for (const name of names) expect(readFileSync(join(folder, `${name}.out`), 'utf8')).toContain('imagee');
  });
});

it('a summary printed inside an Action holds no command', () => {
  const name = '::error::x ##[error]y';
  withFolder({ '.git/HEAD': '', 'k/pod.yaml': pod.replace('imagee', JSON.stringify(name)) }, (folder) => {
    const formats = ['markdown', 'terminal', 'json', 'sarif', 'junit', 'gitlab', 'html'];
    for (const format of formats) {
      const { stdout } = runCli(['k', '--format', format], folder, { GITHUB_ACTIONS: 'true' });
      expect(stdout).toContain('error');
      expect(stdout).not.toContain('##[');
      for (const line of stdout.split('\n')) expect(line.trim().startsWith('::')).toBe(false);
    }
  });
});
