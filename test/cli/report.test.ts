import { describe, expect, it } from 'vitest';
import { runCli, withFolder } from '../support/run-cli.ts';

const files = {
  '.git/HEAD': '',
  'kustomization.yaml': 'resources: [a.yaml, w.yaml]\n',
  'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
  'w.yaml': 'apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n',
};

describe('cdb-lint report', () => {
  it('writes the same page twice, and names the lines of our own platform', async () => {
    const first = await runCli(['report', 'k8s']);
    expect([first.status, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/^# Delivery summary\n/u);
    expect(first.stdout).toMatch(/\| `redis` \| probes \| ✅ \| `k8s\/[\w/.-]+:\d+` `k8s\/[\w/.-]+:\d+` \|/u);
    expect((await runCli(['report', 'k8s'])).stdout).toBe(first.stdout);
  });

  it('gives data, in which the lines are places', async () => {
    const { stdout } = await runCli(['report', 'k8s', '--format', 'json']);
    const report = JSON.parse(stdout) as { version: number; evidence: { services: unknown[] }[] };
    expect(report.version).toBe(2);
    expect(report.evidence.map(({ services }) => services.length)).toEqual([9, 9]);
  });
});

describe('--min-coverage', () => {
  it('exits 2 below it, with words', async () => {
    await withFolder(files, async (folder) => {
      expect((await runCli(['--min-coverage', '50'], folder)).status).toBe(0);
      const { status, stdout } = await runCli(['--min-coverage', '80%'], folder);
      expect(status).toBe(2);
      expect(stdout).toContain(
        'coverage: 1 of 2 known objects were fully checked (50%), and 80% are required',
      );
      expect((await runCli(['report', '--min-coverage', '80'], folder)).status).toBe(2);
    });
  });

  it.each(['many', '101', '-1'])('refuses %s', async (value) => {
    const { status, stderr } = await runCli([`--min-coverage=${value}`]);
    expect(status).toBe(2);
    expect(stderr).toContain('which is not a percentage');
  });
});
