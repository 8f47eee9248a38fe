// Bundles the command line tool and the library into one self-contained ESM file each.
import { chmod, rm } from 'node:fs/promises';
import { rolldown } from 'rolldown';

const root = new URL('..', import.meta.url);

/**
 * Functions imported under a `Loaded when called` comment are looked up at each call, so that their module runs only when it
 * is needed. A dynamic import would do the same, but everything that calls them is synchronous.
 */
const loadWhenCalled = {
  name: 'load-when-called',
  transform(code, id) {
    if (!id.endsWith('.ts') || !code.includes('// Loaded when called')) return null;
    return code.replace(
      /\/\/ Loaded when called[^\n]*\nimport \{ (\w+) \} from ('[^']+');/g,
      'const $1 = (...args) => require($2).$1(...args);',
    );
  },
};

/** Modules behind a dynamic import stay in the same file, but run only when they are asked for. */
async function bundle(input, file, banner = '') {
  const build = await rolldown({
    input: new URL(input, root).pathname,
    platform: 'node',
    logLevel: 'warn',
    plugins: [loadWhenCalled],
  });
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
