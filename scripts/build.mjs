// Bundles the command line tool and the library into one self-contained ESM file each.
import { chmod, rm } from 'node:fs/promises';
import { rolldown } from 'rolldown';

const root = new URL('..', import.meta.url);

/** Modules behind a dynamic import stay in the same file, but run only when they are asked for. */
async function bundle(input, file, banner = '') {
  const build = await rolldown({ input: new URL(input, root).pathname, platform: 'node', logLevel: 'warn' });
  await build.write({
    file: new URL(file, root).pathname,
    format: 'esm',
    codeSplitting: false,
    strictExecutionOrder: true,
    minify: { compress: true, mangle: true, codegen: true },
    banner,
    keepNames: false,
  });
  await build.close();
}

await rm(new URL('dist', root), { recursive: true, force: true });
await bundle('src/cli.ts', 'dist/cli.js', '#!/usr/bin/env node');
await bundle('src/index.ts', 'dist/index.js');
await chmod(new URL('dist/cli.js', root), 0o755);
