import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../src/command/commands.ts';
import { formatNames } from '../src/report/format.ts';
import { lintFiles } from './support/lint-files.ts';
import { project, type Run, runCli, runLine, withFolder } from './support/run-cli.ts';

const readme = readFileSync(join(project, 'README.md'), 'utf8');
const pages = [
  'README.md',
  'docs/configuration.md',
  'docs/formats.md',
  'docs/comparison.md',
  'docs/field-test.md',
];
const commandsOfPage: Readonly<Record<string, number>> = {
  'README.md': 1,
  'docs/configuration.md': 3,
  'docs/formats.md': 5,
};

function blocks(language: string, page = 'README.md'): string[] {
  const text = readFileSync(join(project, page), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gmsu'))].map(
    ([, block = '']) => block,
  );
}

/** What the README says to break, in a copy of the platform. */
function runOnBroken(env: Readonly<Record<string, string>> = {}): Promise<Run> {
  return withPlatform((folder) => {
    const patch = join(folder, 'k8s/overlays/dev/resources-services.yaml');
    writeFileSync(patch, readFileSync(patch, 'utf8').replace('memory: 160Mi', 'memory: 4Gi'));
    return runCli(['k8s/'], folder, env);
  });
}

function withPlatform<T>(use: (folder: string) => T): T {
  return withFolder({ '.git/HEAD': '' }, (folder) => {
    for (const name of ['k8s', 'policies', 'cdb-lint.yaml'])
      cpSync(join(project, name), join(folder, name), { recursive: true });
    return use(folder);
  });
}

describe('README.md', () => {
  it('names the two commands, and both exist', () => {
    expect(blocks('sh')).toEqual(['npm ci && npx cdb-lint k8s/\n', 'npm ci && npm test\n']);
    const { bin, scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
    expect(bin).toEqual({ 'cdb-lint': 'dist/cli.js' });
    expect(scripts.test).toContain('vitest');
  });

  it('says how many objects there are', async () => {
    const [, objects] = /checks (\d+) objects/u.exec(readme) ?? [];
    expect((await runCli(['k8s/'])).stdout).toContain(` ${objects} objects,`);
  });

  it('shows what is printed when that line is broken, in words and as a picture', async () => {
    const { status, stdout } = await runOnBroken();
    expect(status).toBe(1);
    const [example = 'no example'] = blocks('text');
    expect(stdout).toContain(`\n\n${example}\n✗ Failed: 1 error`);
    expect(stdout.match(/^error\[/gmu)).toHaveLength(1);

    const drawn = spawnSync(process.execPath, [join(project, 'scripts/draw-finding.mjs')], {
      input: (await runOnBroken({ FORCE_COLOR: '1' })).stdout,
      encoding: 'utf8',
    }).stdout;
    expect(readFileSync(join(project, 'docs/finding.svg'), 'utf8')).toBe(drawn);
    const words = drawn.replaceAll(/<title>.*?<\/title>|<style>.*?<\/style>|<[^>]+>/gsu, '');
    expect(words.replaceAll('&gt;', '>').trim()).toBe(`$ npx cdb-lint k8s/\n\n${example}`.trimEnd());
  });

  it('shows what a plan says of a claim that grows', async () => {
    const [, example = 'no example'] = blocks('text');
    const { stdout } = await withPlatform((folder) => {
      cpSync(join(folder, 'k8s'), join(folder, 'before/k8s'), { recursive: true });
      const file = join(folder, 'k8s/base/infrastructure/postgresql.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace('storage: 10Gi', 'storage: 20Gi'));
      return runCli(['plan', '--base', './before', 'k8s/'], folder);
    });
    expect(stdout).toContain(example);
  });

  it('names every command', () => {
    const named = new Set([...readme.matchAll(/^\| `cdb-lint ([a-z]+)/gmu)].map(([, name]) => name));
    expect(commands.names.filter((name) => name !== 'lint' && !named.has(name))).toEqual([]);
  });
});

it.each(['README.md', 'docs/configuration.md'])('%s shows a configuration that is valid', (page) => {
  const configuration = blocks('yaml', page).find((text) => text.startsWith('# yaml-language-server')) ?? '';
  expect(configuration).toContain('environments:');
  const report = lintFiles({ 'cdb-lint.yaml': configuration, 'crds/a.yaml': '', 'vendor/base/a.yaml': '' });
  expect(report.findings.filter(({ rule }) => /configuration|rule-unknown/u.test(rule))).toEqual([]);
});

it('docs/configuration.md shows findings that are accepted', () => {
  const manifest = blocks('yaml', 'docs/configuration.md').find((text) => text.includes('kind: Pod')) ?? '';
  const only = ['image-not-pinned', 'host-namespace-shared'];
  const suppressions = ['suppression-unused', 'suppression-expired', 'suppression-invalid'];
  const now = new Date('2026-11-23');
  const report = lintFiles({ 'pod.yaml': manifest }, { only: [...only, ...suppressions], now });
  expect(report.findings).toEqual([]);
  expect(new Set(report.suppressed.map(({ finding }) => finding.rule))).toEqual(new Set(only));
});

it('docs/formats.md names every format', () => {
  const page = readFileSync(join(project, 'docs/formats.md'), 'utf8');
  expect([...page.matchAll(/^\| `([a-z]+)` \|/gmu)].map(([, name]) => name)).toEqual(formatNames);
});

it.each(Object.entries(commandsOfPage))(
  '%s shows command lines that run and find nothing',
  async (page, count) => {
    const lines = blocks('console', page).flatMap((text) => text.trimEnd().split('\n'));
    expect(lines).toHaveLength(count);
    await withPlatform(async (cwd) => {
      for (const line of lines) {
        expect(line).toMatch(/^\$ cdb-lint /u);
        const { status, stderr } = await runLine(line.slice(2), cwd);
        expect([line, status, stderr]).toEqual([line, 0, '']);
      }
    });
  },
);

it.each(pages)('%s leads somewhere with every link', (page) => {
  const text = readFileSync(join(project, page), 'utf8');
  for (const [, target = '', anchor] of text.matchAll(/\]\(([^)#:]*)(?:#([^)]*))?\)/gu)) {
    const path = target === '' ? join(project, page) : join(project, dirname(page), target);
    expect(existsSync(path), target).toBe(true);
    if (anchor === undefined) continue;
    const titles = [...readFileSync(path, 'utf8').matchAll(/^#+ (.*)$/gmu)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    expect(titles, target).toContain(anchor);
  }
});
