// Builds one executable of the command line tool and of the Node that runs this script, which needs nothing else on the machine:
// node scripts/build-executable.mjs FILE. https://nodejs.org/api/single-executable-applications.html says how it is done.
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { inAscii, loadWhenCalled, withoutNetwork } from './bundle-plugins.mjs';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('write node scripts/build-executable.mjs FILE');
const executable = resolve(file);
mkdirSync(dirname(executable), { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'cdb-lint-'));
const script = join(folder, 'cli.cjs');

/** An executable holds one script, and that is CommonJS: what other bundles keep in files beside them is in it as well. */
async function bundleScript() {
  const build = await rolldown({
    input: fileURLToPath(new URL('../src/cli.ts', import.meta.url)),
    platform: 'node',
    logLevel: 'warn',
    plugins: [loadWhenCalled, withoutNetwork, inAscii],
  });
  const minify = { compress: true, mangle: true, codegen: true };
  await build.write({
    file: script,
    format: 'cjs',
    codeSplitting: false,
    strictExecutionOrder: true,
    minify,
  });
  await build.close();
}

/** The thread of the language server runs the same script, which it finds as an asset (`src/source/thread.ts`). */
function embed() {
  const blob = join(folder, 'cli.blob');
  const settings = join(folder, 'sea.json');
  writeFileSync(
    settings,
    JSON.stringify({
      main: script,
      output: blob,
      disableExperimentalSEAWarning: true,
      assets: { 'cli.cjs': script },
    }),
  );
  execFileSync(process.execPath, ['--experimental-sea-config', settings], { stdio: 'inherit' });
  copyFileSync(process.execPath, executable);
  chmodSync(executable, 0o755);
  const fuse = ['--sentinel-fuse', 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'];
  const postject = ['--yes', 'postject@1.0.0-alpha.6', executable, 'NODE_SEA_BLOB', blob, ...fuse];
  execFileSync('npx', postject, { stdio: 'inherit' });
}

try {
  await bundleScript();
  embed();
} finally {
  rmSync(folder, { recursive: true });
}
