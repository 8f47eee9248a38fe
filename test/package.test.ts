import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { project } from './support/run-cli.ts';

interface Manifest {
  readonly version: string;
  readonly dependencies?: object;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
}

interface Locked {
  readonly dev?: boolean;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const lock = JSON.parse(read('package-lock.json')) as { packages: Readonly<Record<string, Locked>> };
const installed = Object.entries(lock.packages).filter(([path]) => path !== '');

function read(path: string): string {
  return readFileSync(join(project, path), 'utf8');
}

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
}

describe('dependencies', () => {
  const page = read('docs/dependencies.md');

  it('are each on the page with a reason, and none next to them', () => {
    const rows = [...page.matchAll(/^\| `([^`]+)` \| [^|]+ \| (.+) \|$/gmu)];
    expect(rows.map(([, name]) => name)).toEqual(Object.keys(manifest.devDependencies).sort());
    for (const [, , reason = ''] of rows) expect(reason.length).toBeGreaterThan(15);
  });

  it('are pinned, and none is needed at run time', () => {
    expect(manifest.dependencies).toBeUndefined();
    for (const version of Object.values(manifest.devDependencies))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/u);
  });

  it('run nothing when they are installed, here as there', () => {
    expect(installed.filter(([, one]) => one.hasInstallScript)).toEqual([]);
    for (const name of ['preinstall', 'install', 'postinstall'])
      expect(manifest.scripts).not.toHaveProperty(name);
  });

  it('have licences that can be built with; what is bundled has one that can be passed on', () => {
    const fine = [
      'MIT',
      'ISC',
      'Apache-2.0',
      'BSD-2-Clause',
      'BSD-3-Clause',
      '0BSD',
      'CC0-1.0',
      'MIT OR Apache-2.0',
    ];
    const others = installed.filter(([, { license = '' }]) => !fine.includes(license));
    // The test runner's bundler and what tests look at pages with: their files are neither changed nor passed on.
    const known = others.filter(
      ([path, { license, dev }]) =>
        /lightningcss|axe-core/u.test(path) && dev === true && license === 'MPL-2.0',
    );
    expect(others).toEqual(known);
    const bundled = [...read('dist/licenses.txt').matchAll(/^(\S+) \S+ \((.+)\)$/gmu)];
    expect(bundled.map(([, name]) => name)).toEqual(
      expect.arrayContaining(['@actions/core', 're2js', 'yaml']),
    );
    for (const [, , license = ''] of bundled) expect(fine).toContain(license);
  });
});

describe('npm pack', () => {
  const packed = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: project,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as [{ files: { path: string; mode: number }[]; size: number }];
  const files = packed[0].files.map(({ path }) => path).filter((path) => !path.startsWith('dist/types/'));
  const partOf = /^dist\/parts\/[a-z-]+\.js$/u;

  it('holds what it should and nothing else', () => {
    expect(files.filter((path) => partOf.test(path))).toContain('dist/parts/lint.js');
    expect(files.filter((path) => !partOf.test(path)).sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/cli.js',
      'dist/index.js',
      'dist/licenses.txt',
      'dist/products.cjs',
      'dist/words.cjs',
      'package.json',
      'schema/config.json',
      'schema/report.json',
      'schema/shard.json',
    ]);
    expect(packed[0].files.find(({ path }) => path === 'dist/cli.js')?.mode).toBe(0o755);
    expect(packed[0].size).toBeLessThan(2_000_000);
  });

  it('holds no path of the machine that built it', () => {
    for (const path of files) expect(read(path).includes(project), path).toBe(false);
  });
});

describe('the library', () => {
  it('runs its example', () => {
    const stdout = (() => {
      try {
        return node('examples/library.mjs');
      } catch (error) {
        const { status, stdout: text } = error as { status: number; stdout: string };
        expect(status).toBe(1);
        return text;
      }
    })();
    expect(stdout).toContain(
      'prod/settings.yaml: unknown-field: unknown field "datas" (ConfigMap prod-settings)',
    );
    expect(stdout).toContain('--> prod/settings.yaml:5:1');
  });

  it('exports admit, lint, report and the two file systems', async () => {
    const library = (await import(join(project, 'dist/index.js'))) as object;
    expect(Object.keys(library).sort()).toEqual([
      'admit',
      'diskFileSystem',
      'lint',
      'memoryFileSystem',
      'report',
    ]);
  });
});
