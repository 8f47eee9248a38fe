// Trees to begin with: the cases of the rules' and the policies' pages, those of kustomize, and folders.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../', import.meta.url));
const mostFiles = 60;

export function seedTrees(readPage, folders) {
  const cases = join(project, 'test/build/cases');
  return [
    ...['src/rules', 'policies/base'].flatMap((folder) => pageTrees(join(project, folder), readPage)),
    ...readdirSync(cases).map((name) => readTree(join(cases, name, 'in'))),
    ...['k8s', 'flux', 'argocd', 'policies'].map((folder) => readTree(join(project, folder))),
    ...folders.flatMap((folder) => readdirSync(folder).map((name) => readTree(join(folder, name)))),
  ].filter((tree) => {
    const { length } = Object.keys(tree);
    return length > 0 && length <= mostFiles;
  });
}

function pageTrees(folder, readPage) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .flatMap((name) => readPage(readFileSync(join(folder, name), 'utf8')).cases)
    .flatMap(({ files }) => {
      const tree = Object.fromEntries(files.map(({ path, text }) => [path, text]));
      const isBuilt = files.some(({ path }) => path.endsWith('kustomization.yaml'));
      const resources = files.filter(({ path }) => /\.ya?ml$/u.test(path)).map(({ path }) => path);
      // Each as it is, and as the resources of a build with a prefix.
      const kustomization = `namePrefix: x-\nresources: ${JSON.stringify(resources)}\n`;
      return isBuilt ? [tree] : [tree, { ...tree, 'kustomization.yaml': kustomization }];
    });
}

function readTree(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const tree = {};
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) tree[path.slice(folder.length + 1)] = readFileSync(path, 'utf8');
  }
  return Object.values(tree).some((text) => text.length > 60_000) ? {} : tree;
}
