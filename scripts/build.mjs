// Bundles the action into one ESM file, the command line tool and the library into a few that they share, in dist/ or the given folder,
// and beside them what few runs need: the CRDs of products and the documentation of fields.
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { recordBuild } from './built-from.mjs';
import { inAscii, loadWhenCalled, withoutNetwork } from './bundle-plugins.mjs';

const root = new URL('..', import.meta.url);
const target = resolve(process.argv[2] ?? fileURLToPath(new URL('dist', root)));

const products = new URL('src/schema/product/', root);
const words = new URL('src/schema/words/', root);

/** A megabyte that most runs never need would be read at each start: the tool and the library find it in files beside them. */
const dataBeside = {
  name: 'data-beside',
  resolveId(source) {
    if (source.startsWith('./product/')) return { id: '../products.cjs', external: true };
    return source.startsWith('./words/') ? { id: '../words.cjs', external: true } : null;
  },
};

/** All that the modules import, directly or not, unless behind a dynamic import. */
function reach(modules, infoOf) {
  const reached = new Set(modules);
  for (const id of reached) for (const imported of infoOf(id)?.importedIds ?? []) reached.add(imported);
  return reached;
}

/**
 * The command line tool and the library in a few files, for a start reads whatever stands in one: what every command needs, what a chart
 * needs besides, what a build does, what admits objects, what `lint` does beside, what an editor needs in one thread and in the other, and what only
 * some ask for (pages of rules). Not more of them: to look for a file costs as much as to read 50 kB.
 */
function inParts() {
  const ofTool = {};
  const findParts = {
    name: 'find-parts',
    buildEnd() {
      const pathOf = (path) => new URL(path, root).pathname;
      const reachOf = (...paths) => reach(paths.map(pathOf), (id) => this.getModuleInfo(id));
      // `render` asks what lies there before it loads more.
      ofTool.start = reachOf('src/cli.ts', 'src/command/render.ts');
      ofTool.chart = reachOf('src/command/render-chart.ts');
      ofTool.build = reachOf('src/command/render-build.ts');
      ofTool.lint = reachOf('src/command/lint.ts');
      ofTool.look = reachOf('src/command/judge-for-editor.ts');
      ofTool.judging = reachOf('src/command/judging-host.ts');
      ofTool.server = reachOf('src/command/serve-editor.ts');
    },
  };
  const groups = [
    { name: 'pages', test: /\/(?:pages|policy-pages)\.ts$/ },
    { name: 'start', test: (id) => ofTool.start.has(id) && !id.endsWith('/src/cli.ts') },
    { name: 'chart', test: (id) => ofTool.chart.has(id) },
    { name: 'build', test: (id) => ofTool.build.has(id) },
    { name: 'admission', test: (id) => ofTool.look.has(id) && ofTool.lint.has(id) },
    { name: 'lint', test: (id) => ofTool.lint.has(id) },
    { name: 'look', test: (id) => ofTool.look.has(id) && !id.endsWith('/src/command/judge-for-editor.ts') },
    { name: 'judging', test: (id) => ofTool.judging.has(id) && !id.endsWith('/src/command/judging-host.ts') },
    {
      name: 'language-server',
      test: (id) => ofTool.server.has(id) && !id.endsWith('/src/command/serve-editor.ts'),
    },
    { name: 'further', minShareCount: 2 },
  ];
  const output = {
    dir: target,
    chunkFileNames: 'parts/[name].js',
    codeSplitting: { groups, includeDependenciesRecursively: false },
  };
  return { plugins: [findParts, dataBeside], output };
}

const bundled = new Map();

/** In one file, modules behind a dynamic import run only when they are asked for. */
async function bundle(names, { plugins = [], output: where } = {}) {
  const build = await rolldown({
    input: Object.fromEntries(names.map((name) => [name, new URL(`src/${name}.ts`, root).pathname])),
    platform: 'node',
    logLevel: 'warn',
    preserveEntrySignatures: 'allow-extension',
    plugins: [loadWhenCalled, withoutNetwork, inAscii, ...plugins],
  });
  const { output } = await build.write({
    ...(where ?? { dir: target, codeSplitting: false }),
    entryFileNames: '[name].js',
    format: 'esm',
    strictExecutionOrder: true,
    minify: { compress: true, mangle: true, codegen: true },
    banner: ({ fileName }) => (fileName === 'cli.js' ? '#!/usr/bin/env node' : ''),
    keepNames: false,
  });
  await build.close();
  for (const { moduleIds = [] } of output) for (const id of moduleIds) await addLicense(id);
}

/** All modules of a folder in one file. */
async function bundleData(folder, file) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  const entry = names.map((name) => `export * from './${name}';`).join('\n');
  const virtual = {
    name: 'all-of-it',
    resolveId: (source) => (source === 'all' ? new URL('all.ts', folder).pathname : null),
    load: (id) => (id === new URL('all.ts', folder).pathname ? entry : null),
  };
  const build = await rolldown({ input: 'all', platform: 'node', logLevel: 'warn', plugins: [virtual] });
  await build.write({ file: join(target, file), format: 'cjs', codeSplitting: false });
  await build.close();
}

/** Notes the licence of the package that a module comes from. */
async function addLicense(id) {
  const [, folder, name] = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//u.exec(id) ?? [];
  if (folder === undefined || bundled.has(name)) return;
  const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((one) => /^licen[cs]e(?:\.(?:md|txt))?$/iu.test(one));
  if (file === undefined) throw new Error(`${name} has no licence text`);
  const text = await readFile(join(folder, file), 'utf8');
  bundled.set(name, `${name} ${version} (${license})\n\n${text.trim()}\n`);
}

await mkdir(target, { recursive: true });
// A part that is no longer made must not stay.
await rm(join(target, 'parts'), { recursive: true, force: true });
await bundle(['cli', 'index'], inParts());
await bundleData(products, 'products.cjs');
await bundleData(words, 'words.cjs');
await bundle(['action']);
await chmod(join(target, 'cli.js'), 0o755);
const licenses = [...bundled].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
await writeFile(join(target, 'licenses.txt'), licenses.join(`\n${'-'.repeat(80)}\n\n`));
if (process.argv[2] === undefined) recordBuild();
