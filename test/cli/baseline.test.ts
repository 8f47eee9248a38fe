import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

const pod = `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      image: web:1.0.0\n      imagee: x\n`;
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

  it('is not written where something could not be checked', () => {
    withFolder({ '.git/HEAD': '', 'k/kustomization.yaml': 'resources: [gone.yaml]\n' }, (folder) => {
      const { status, stderr } = runCli([...args, '--update-baseline'], folder);
      expect(status).toBe(2);
      expect(stderr).toContain('baseline.json is not written');
      expect(existsSync(join(folder, 'baseline.json'))).toBe(false);
    });
  });

  it('names its file', () => {
    expect(runCli(['--update-baseline']).stderr).toContain('add --baseline FILE');
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
