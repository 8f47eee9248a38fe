// Says whether two builds of cdb-lint report the same, byte for byte:
//   node scripts/same-reports.mjs BEFORE AFTER [CHECKOUTS]
// BEFORE and AFTER are folders that scripts/build.mjs wrote. Compared are the reports (terminal, json, sarif) of this tree, of k8s/,
// of each edit in test/broken/edits.ts, of the fixtures in test/build/cases/, and of every folder in CHECKOUTS.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadInternals } from '../bench/load-internals.mjs';

const [before, after, checkouts] = process.argv.slice(2);
if (before === undefined || after === undefined) throw new Error('name the two folders to compare');

const root = fileURLToPath(new URL('..', import.meta.url));
const [older, newer] = await Promise.all(
  [before, after].map((folder) => import(pathToFileURL(join(resolve(folder), 'index.js')).href)),
);

const differing = [];
let compared = 0;

/** Judges one tree with both and notes down where their reports begin to differ. */
function compare(name, openTree, paths = ['']) {
  const [was, is] = [older, newer].map((library) => reportsOf(library, openTree, paths));
  compared += 1;
  const format = Object.keys(was).find((one) => was[one] !== is[one]);
  if (format === undefined) return;
  const [left, right] = [was[format].split('\n'), is[format].split('\n')];
  const line = left.findIndex((text, index) => text !== right[index]);
  differing.push(name);
  console.log(`${name}: ${format}, line ${line + 1}\n  - ${left[line]}\n  + ${right[line]}`);
}

function reportsOf(library, openTree, paths) {
  const result = library.lint({ fileSystem: openTree(library), paths });
  return Object.fromEntries(
    ['terminal', 'json', 'sarif'].map((format) => [format, library.report(result, format)]),
  );
}

const onDisk = (folder) => (library) => library.diskFileSystem(folder);
const inMemory = (files) => (library) => library.memoryFileSystem(files);

function readTree(folder, prefix = '') {
  return Object.fromEntries(
    readdirSync(join(folder, prefix), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((file) => [file.slice(folder.length).replace(/^\//, ''), readFileSync(file, 'utf8')]),
  );
}

compare('this tree', onDisk(root));
compare('k8s/', onDisk(root), ['k8s']);
const { breakPlatform, edits } = await loadInternals('broken-edits.mjs');
const platform = {
  ...readTree(root, 'k8s'),
  'cdb-lint.yaml': readFileSync(join(root, 'cdb-lint.yaml'), 'utf8'),
};
for (const edit of edits) compare(`edit ${edit.id}`, inMemory(breakPlatform(platform, edit)), ['k8s']);
const cases = join(root, 'test/build/cases');
for (const name of readdirSync(cases)) compare(`case ${name}`, onDisk(join(cases, name)));
for (const name of checkouts !== undefined && existsSync(checkouts) ? readdirSync(checkouts) : [])
  compare(name, onDisk(join(checkouts, name)));

console.log(`${compared} trees compared, ${differing.length} differ`);
process.exitCode = differing.length === 0 ? 0 : 1;
