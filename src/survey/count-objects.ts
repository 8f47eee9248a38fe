import { isForeignTemplate } from '../object/foreign-template.ts';
import { isKustomizationPath } from '../object/kustomization-path.ts';
import { countKinds, countSent, speaksOfObjects } from '../object/plain-manifests.ts';
import type { LeftOutPlace } from '../report/report.ts';
import type { Sources } from '../source/load.ts';

const maximumFiles = 2_000;
const maximumDepth = 64;

// Each package of Node.js has them.
const settings = /^(?:package|package-lock|tsconfig|composer)\.json$/u;

/** How many objects there are in a file, or in all files below a directory. */
export function countObjects(sources: Sources, path: string): LeftOutPlace {
  const { fileSystem } = sources;
  const isOfPackages = /(?:^|\/)node_modules$/u.test(path);
  const files: string[] = [];
  let isPart = false;
  const walk = (directory: string, depth: number): void => {
    for (const { name, kind } of fileSystem.list(directory) ?? []) {
      const below = directory === '' ? name : `${directory}/${name}`;
      if (files.length >= maximumFiles || depth > maximumDepth) isPart = true;
      else if (kind === 'directory') walk(below, depth + 1);
      else if (kind === 'file' && isCounted(name, isOfPackages)) files.push(below);
    }
  };
  if (fileSystem.kind(path) === 'directory') walk(path, 0);
  else files.push(path);
  const objects = files.reduce((sum, file) => sum + objectsIn(sources, file), 0);
  return { path: path || '.', objects, ...(isPart ? { isPart } : {}) };
}

function isCounted(name: string, isOfPackages: boolean): boolean {
  if (!/\.(?:ya?ml|json)$/u.test(name) || isKustomizationPath(name)) return false;
  return !isOfPackages || !settings.test(name);
}

function objectsIn(sources: Sources, path: string): number {
  const source = sources.file(path);
  if (source === undefined) return 0;
  const { text } = source;
  // A list is no object, and every object has these words, or spells them with escapes.
  if (/^\s*\[/u.test(text) || !(text.includes('kind') || text.includes('\\'))) return 0;
  const loaded = sources.load(path, 'api-server');
  const sent = countSent(loaded);
  const isBroken = isForeignTemplate(loaded) || loaded.diagnostics.some((one) => one.unchecked !== undefined);
  if (sent > 0 || !isBroken || !speaksOfObjects(text)) return sent;
  return countKinds(source);
}
