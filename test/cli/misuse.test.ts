import { describe, expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

const pod = (field = 'image'): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n    - name: web\n      ${field}: web:1.0.0\n`;
const files = {
  '.git/HEAD': '',
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: "web:1.0.0"}]}
`,
};

describe('what people type', () => {
  it.each([
    [['lnt'], 'lnt is neither a path nor a command', 'did you mean "cdb-lint lint"?'],
    [['diff'], 'diff is neither a path nor a command', 'did you mean "cdb-lint plan"?'],
    [['validate'], 'validate is neither a path nor a command', 'did you mean "cdb-lint lint"?'],
    [['/nonexist'], '/nonexist does not exist', 'use a file or a directory of the repository'],
    [['--color', 'alwys'], '--color does not accept "alwys"', 'did you mean "always"?'],
    [['-', 'base'], '- (standard input) cannot be combined with other paths', 'write cdb-lint - < FILE'],
  ])('%j is answered with what to do', async (argv, problem, help) => {
    await withFolder(files, async (folder) => {
      const { status, stdout, stderr } = await runCli(argv, folder);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toBe(`cdb-lint: ${problem}\n  ${help}\n`);
    });
  });

  it('-V is the version, and --color is before the variables', async () => {
    await withFolder(files, async (folder) => {
      expect((await runCli(['-V'], folder)).stdout).toBe((await runCli(['--version'], folder)).stdout);
      const sequence = '\u001b[';
      expect((await runCli(['--color', 'always'], folder, { NO_COLOR: '1' })).stdout).toContain(sequence);
      expect((await runCli(['--color', 'never'], folder, { FORCE_COLOR: '1' })).stdout).not.toContain(
        sequence,
      );
    });
  });

  it('-q says nothing where the run passes, and only what is wrong where it does not', async () => {
    await withFolder({ ...files, 'lone/pod.yaml': pod('imagee') }, async (folder) => {
      const passed = await runCli(['base', '-q'], folder);
      expect([passed.status, passed.stdout]).toEqual([0, '']);
      const failed = await runCli(['lone', '-q', '--only', 'unknown-field'], folder);
      expect(failed.status).toBe(1);
      expect(failed.stdout).toMatch(/^error\[unknown-field\][\s\S]*\n✗ Failed: 1 error/u);
    });
  });

  it('objects are named as kubectl names them', async () => {
    await withFolder(files, async (folder) => {
      const whole = await runCli(['blame', 'base', 'Deployment/web', 'spec.selector'], folder);
      for (const name of ['deploy/web', 'deployments/web', 'deployment/web'])
        expect((await runCli(['blame', 'base', name, 'spec.selector'], folder)).stdout).toBe(whole.stdout);
      expect((await runCli(['blame', 'base', 'sts/web'], folder)).status).toBe(2);
    });
  });

  it('outside any repository, with nothing to check, is told what to do', async () => {
    await withFolder({ 'notes.txt': '' }, async (folder) => {
      const { status, stdout, stderr } = await runCli([], folder);
      expect([status, stdout]).toEqual([2, '']);
      expect(stderr).toContain('change to a repository, or write what to check: cdb-lint PATH');
    });
  });

  it('a column of the table explains itself', async () => {
    const { status, stdout } = await runCli(['explain', 'wired']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^wired, a column of the table of criteria: /u);
    expect(stdout).toContain('\n  service-selects-nothing\n');
    expect((await runCli(['explain', 'clusterip'])).stdout).toContain('service-exposed');
  });
});
