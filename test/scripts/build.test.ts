import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { project } from '../support/run-cli.ts';

function read(path: string): string {
  return readFileSync(join(project, path), 'utf8');
}

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8' });
}

it('the library has declarations that a strict consumer without our sources can use', () => {
  node('scripts/build-types.mjs');
  const types = readdirSync(join(project, 'dist/types'), { recursive: true, encoding: 'utf8' });
  expect(types).toContain('index.d.ts');
  for (const path of types.filter((one) => one.endsWith('.d.ts')))
    expect(read(join('dist/types', path))).not.toMatch(/from '[^']*\.ts'/u);
  const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-consumer-'));
  const uses = `import { type Finding, lint, memoryFileSystem, type Report, report } from ${JSON.stringify(join(project, 'dist/types/index.js'))};
const result: Report = lint({ fileSystem: memoryFileSystem({}), paths: ['.'], failOn: 'warning' });
const first: Finding | undefined = result.findings[0];
const text: string = report(result, 'sarif');
// @ts-expect-error no such format
report(result, 'html5');
export const all: readonly unknown[] = [first?.span.file.path, first?.fingerprint, text, result.baseline?.fixed.length];
`;
  try {
    writeFileSync(join(folder, 'use.mts'), uses);
    const compiler = join(project, 'node_modules/typescript/bin/tsc');
    const flags = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--skipLibCheck',
      'false',
      '--types',
      '',
    ];
    const run = (): string => node(compiler, ...flags, '--target', 'es2023', join(folder, 'use.mts'));
    expect(run).not.toThrow();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('two builds are the same to the byte', () => {
  const bundles = (): string[] =>
    ['cli.js', 'index.js', 'action.js', 'products.cjs', 'licenses.txt'].map((name) =>
      read(join('dist', name)),
    );
  const first = bundles();
  const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-build-'));
  try {
    node('scripts/build.mjs', folder);
    const second = ['cli.js', 'index.js', 'action.js', 'products.cjs', 'licenses.txt'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    );
    // Not by toEqual: a difference of megabytes helps nobody.
    expect(second.map((text, index) => text === first[index])).toEqual([true, true, true, true, true]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
