// Says whether dist/ is what scripts/build.mjs makes of the sources as they are, so that nobody builds the same twice.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('..', import.meta.url));
const record = join(project, 'dist/.built-from');
const others = ['package.json', 'package-lock.json', 'scripts/build.mjs', 'schema/config.json'];
const bundles = ['cli.js', 'index.js', 'action.js', 'products.cjs', 'licenses.txt'];

/** Notes down what dist/ was built from. */
export function recordBuild() {
  writeFileSync(record, digest());
}

export function isBuildCurrent() {
  return [record, ...bundles.map((name) => join(project, 'dist', name))].every(existsSync)
    ? readFileSync(record, 'utf8') === digest()
    : false;
}

/** What goes into the build, and what came out of it. */
function digest() {
  const sources = filesBelow('src');
  const parts = existsSync(join(project, 'dist/parts')) ? filesBelow('dist/parts') : [];
  const hash = createHash('sha256');
  for (const path of [...sources, ...others, ...bundles.map((name) => `dist/${name}`), ...parts])
    hash.update(`${path}\0`).update(readFileSync(join(project, path)));
  return hash.digest('hex');
}

function filesBelow(folder) {
  return readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(project.length))
    .sort();
}
