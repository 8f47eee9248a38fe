import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lintFiles } from './support/lint-files.ts';
import { project, runCli, withFolder } from './support/run-cli.ts';

const readme = readFileSync(join(project, 'README.md'), 'utf8');

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gmsu'))].map(
    ([, text = '']) => text,
  );
}

describe('README.md', () => {
  it('names the two commands, and both exist', () => {
    expect(blocks('sh')).toEqual(['npm ci && npx cdb-lint k8s/\n', 'npm ci && npm test\n']);
    const { bin, scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
    expect(bin).toEqual({ 'cdb-lint': 'dist/cli.js' });
    expect(scripts.test).toContain('vitest');
  });

  it('says how many objects there are', () => {
    const [, objects] = /judges (\d+) objects/u.exec(readme) ?? [];
    expect(runCli(['k8s/']).stdout).toContain(` ${objects} objects,`);
  });

  it('shows what is printed when that line is broken', () => {
    withFolder({ '.git/HEAD': '' }, (folder) => {
      mkdirSync(join(folder, 'k8s'));
      cpSync(join(project, 'k8s'), join(folder, 'k8s'), { recursive: true });
      cpSync(join(project, 'cdb-lint.yaml'), join(folder, 'cdb-lint.yaml'));
      const patch = join(folder, 'k8s/overlays/dev/resources-services.yaml');
      writeFileSync(patch, readFileSync(patch, 'utf8').replace('memory: 160Mi', 'memory: 4Gi'));
      const { status, stdout } = runCli(['k8s/'], folder);
      expect(status).toBe(1);
      const [example = 'no example'] = blocks('text');
      expect(stdout.startsWith(`${example}\n`)).toBe(true);
      expect(stdout.match(/^error\[/gmu)).toHaveLength(1);
    });
  });

  it('shows a configuration that is valid', () => {
    const [configuration = ''] = blocks('yaml');
    const report = lintFiles({ 'cdb-lint.yaml': configuration, 'crds/a.yaml': '', 'vendor/base/a.yaml': '' });
    expect(report.findings.filter(({ rule }) => /configuration|rule-unknown/u.test(rule))).toEqual([]);
  });

  it('shows command lines that run and find nothing', () => {
    const lines = blocks('console').flatMap((text) => text.trimEnd().split('\n'));
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      expect(line).toMatch(/^\$ cdb-lint /u);
      const command = line.slice(2).replaceAll('cdb-lint ', 'node dist/cli.js ');
      const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: project, encoding: 'utf8' });
      expect([line, status, stderr]).toEqual([line, 0, '']);
    }
  });

  it('shows findings that are accepted', () => {
    const manifest = blocks('yaml').find((text) => text.includes('kind: Pod')) ?? '';
    const only = ['image-not-pinned', 'host-namespace-shared'];
    const suppressions = ['suppression-unused', 'suppression-expired', 'suppression-invalid'];
    const now = new Date('2026-11-23');
    const report = lintFiles({ 'pod.yaml': manifest }, { only: [...only, ...suppressions], now });
    expect(report.findings).toEqual([]);
    expect(new Set(report.suppressed.map(({ finding }) => finding.rule))).toEqual(new Set(only));
  });
});
