// Writes the declarations of the library to dist/types: those that src/index.ts needs, and no others.
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const target = join(project, 'dist/types');
const all = await mkdtemp(join(tmpdir(), 'cdb-lint-types-'));
try {
  const compiler = join(project, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.types.json', '--outDir', all], {
    cwd: project,
    stdio: 'inherit',
  });
  await rm(target, { recursive: true, force: true });
  await copy('index.ts', new Set());
} finally {
  await rm(all, { recursive: true, force: true });
}

/** Copies a declaration and what it imports; a consumer knows `.js` only. */
async function copy(module, done) {
  if (done.has(module)) return;
  done.add(module);
  const text = await readFile(join(all, 'src', module.replace(/\.ts$/u, '.d.ts')), 'utf8');
  const file = join(target, module.replace(/\.ts$/u, '.d.ts'));
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text.replaceAll(/(from ')(\.[^']+)\.ts(')/gu, '$1$2.js$3'));
  for (const [, imported] of text.matchAll(/from '(\.[^']+\.ts)'/gu))
    await copy(join(dirname(module), imported), done);
}
