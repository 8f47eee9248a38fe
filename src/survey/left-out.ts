import { grouped } from '../diagnostic/grouped.ts';
import { knownOnce } from '../object/known-once.ts';
import { objectPlace } from '../object/object-place.ts';
import { countSent, foreignTemplates } from '../object/plain-manifests.ts';
import type { LeftOut, LeftOutPlace } from '../report/report.ts';
import { openSources, type Sources } from '../source/load.ts';
import { parseDocuments } from '../source/parse.ts';
import { directoryOf, isBelowAny, normalisePath } from '../source/path.ts';
import { isMapping, isSequence, type Value } from '../source/value.ts';
import type { Surveyor } from './asked.ts';
import { countObjects } from './count-objects.ts';
import { type EntryPoints, isComponent } from './entry-points.ts';
import type { NoManifest } from './render-plain.ts';
import type { Skipped } from './skipped.ts';
import type { Unit } from './unit.ts';

/** What a run has to say what it left out. */
export interface Rendered {
  readonly found: EntryPoints;
  readonly units: readonly Unit[];
  readonly noManifests: readonly NoManifest[];
  /** What of the undeployed no broken build would read either, and how many objects are there. */
  readonly unread: ReadonlyMap<string, number>;
  /** Directories that are built by themselves. */
  readonly built: ReadonlySet<string>;
}

const whys: Readonly<Record<Skipped['why'], string>> = {
  tests: 'tests and files they read, so left out',
  'put-away': 'archived, so left out',
  charts: 'templates of Helm charts, so left out',
  fleet: 'applied by Fleet to a chart, so left out',
  'go-modules': 'vendored Go modules, so left out',
  'node-modules': 'Node.js packages, so left out',
  'cue-modules': 'packages of CUE, so left out',
  fetched: 'external sources, so checked only if something deploys them',
  links: 'links that are broken or point outside the repository, so left out',
};

/** Whether a reason is that what it names is for tests, or was put away. */
export function isPutAside(why: string): boolean {
  return why === whys.tests || why === whys['put-away'];
}

/** Every object that was found and not judged, by why. What is read for that counts for nothing else. */
export function leftOutOf(rendered: Rendered, { sources: read, memory, asked }: Surveyor): LeftOut[] {
  const sources = openSources(read.fileSystem, {}, memory?.files);
  const { found, noManifests } = rendered;
  const skipped = Object.entries(whys).map(([why, words]) => {
    const paths = found.skipped.filter((one) => one.why === why).map(({ path }) => path);
    return leftOut(words, why === 'links' ? paths.map(unknownPlace) : placesOf(sources, paths));
  });
  const all = [
    ...notBuilt(sources, rendered),
    leftOut('read by builds but in no output, so left out', lostPlaces(rendered.units)),
    leftOut('after a kustomization in the same file, so left out', behindKustomizations(read, rendered)),
    leftOut('read by builds as data, so left out', dataPlaces(read, rendered)),
    leftOut('checked only within what includes them', takenInPlaces(read, rendered)),
    ...skipped,
    leftOut('submodules that are not checked out, so left out', absentSubmodules(sources, asked)),
    leftOut('templates of other tools, so left out', templatesIn(sources, found)),
    ...noManifestsIn(noManifests),
    leftOut('left out by the configuration', placesOf(sources, found.ignored)),
  ];
  return all.filter(({ places }) => places.length > 0);
}

/** Of an empty folder that a submodule has its place in no one knows what is missing. */
function absentSubmodules({ file, fileSystem }: Sources, { paths }: Surveyor['asked']): LeftOutPlace[] {
  const asked = new Set(paths.map((path) => path || '.'));
  const isAbsent = (path: string): boolean =>
    fileSystem.kind(path) === 'directory' && fileSystem.list(path)?.length === 0;
  const list = '.gitmodules';
  if (fileSystem.kind(list) !== 'file') return [];
  return submodulesIn(file(list)?.text ?? '')
    .filter((path) => isBelowAny(path, asked) && isAbsent(path))
    .map(unknownPlace);
}

/** The paths of submodules (`git help gitmodules`). */
function submodulesIn(text: string): string[] {
  const paths = text.split('\n').flatMap((line) => /^\s*path\s*=(.*)$/u.exec(line)?.[1] ?? []);
  return [...new Set(paths.flatMap((path) => normalisePath(path.trim().replaceAll('"', '')) ?? []))];
}

function leftOut(why: string, places: readonly LeftOutPlace[]): LeftOut {
  return { why, places: places.toSorted((a, b) => b.objects - a.objects) };
}

function unknownPlace(path: string): LeftOutPlace {
  return { path, objects: 0, isPart: true };
}

function placesOf(sources: Sources, paths: readonly string[]): LeftOutPlace[] {
  return paths
    .map((path) => countObjects(sources, path))
    .filter(({ objects, isPart }) => objects > 0 || isPart === true);
}

function placesFrom(counts: ReadonlyMap<string, number>): LeftOutPlace[] {
  return [...counts].map(([path, objects]) => ({ path: path || '.', objects }));
}

function noManifestsIn(all: readonly NoManifest[]): LeftOut[] {
  const byWhy = grouped(all, ({ why }) => why);
  return [...byWhy].map(([why, some]) => {
    const byFile = grouped(some, ({ file }) => file);
    const counts = new Map([...byFile].map(([file, own]) => [file, own.length] as const));
    return leftOut(`${why}, so left out`, placesFrom(counts));
  });
}

/** Templates among plain files; those below a kustomization are part of no build. */
function templatesIn(sources: Sources, { plainFiles }: EntryPoints): LeftOutPlace[] {
  return placesOf(sources, foreignTemplates(sources, plainFiles));
}

function notBuilt(sources: Sources, { unread, found }: Rendered): LeftOut[] {
  const [unused, others] = [new Map<string, number>(), new Map<string, number>()];
  for (const [path, count] of unread)
    (isComponent(kustomizationOf(sources, path, found)) ? unused : others).set(path, count);
  return [
    leftOut('part of no build, so left out', placesFrom(others)),
    leftOut('components that no build includes, so left out', placesFrom(unused)),
  ];
}

/** kustomize reads the first document of a kustomization's file and nothing else. */
function behindKustomizations(sources: Sources, { units, found }: Rendered): LeftOutPlace[] {
  const read = new Set(units.flatMap(({ build }) => build.inputs));
  return found.kustomizations
    .filter((path) => read.has(path))
    .map((path) => {
      const loaded = sources.load(path, 'api-server');
      return { path, objects: countSent({ ...loaded, documents: loaded.documents.slice(1) }) };
    })
    .filter(({ objects }) => objects > 0);
}

/** Manifests that builds read as data alone, which no other build applies. */
function dataPlaces(sources: Sources, { units, found }: Rendered): LeftOutPlace[] {
  const data = new Set(units.flatMap(({ build }) => build.data ?? []));
  if (data.size === 0) return [];
  const applied = new Set(
    units.flatMap(({ build }) => build.inputs.filter((path) => build.data?.includes(path) !== true)),
  );
  const files = found.kustomizedFiles.filter((path) => data.has(path) && !applied.has(path));
  return placesOf(parsedAside(sources), files);
}

/** What was read once is not read again, and what is parsed for a count counts for nothing. */
function parsedAside(sources: Sources): Sources {
  return {
    ...sources,
    load(path, reader) {
      const file = sources.file(path) ?? { path, text: '' };
      return parseDocuments(file, reader);
    },
  };
}

/** What patches and annotations took out of every build, by the file that holds it. */
function lostPlaces(units: readonly Unit[]): LeftOutPlace[] {
  const counts = new Map<string, number>();
  for (const { file } of lostObjects(units).values()) counts.set(file, (counts.get(file) ?? 0) + 1);
  return placesFrom(counts);
}

/** The objects that builds read and none renders, by where they are written. */
export function lostObjects(units: readonly Unit[]): ReadonlyMap<string, { readonly file: string }> {
  const dropped = units.flatMap(({ build }) => build.dropped ?? []).flatMap((one) => objectPlace(one) ?? []);
  if (dropped.length === 0) return new Map();
  const rendered = new Set(
    units.flatMap(({ build }) => build.resources.flatMap((one) => objectPlace(one)?.key ?? [])),
  );
  return new Map(dropped.filter(({ key }) => !rendered.has(key)).map(({ key, file }) => [key, { file }]));
}

/** Kustomizations that nobody builds by themselves, with the objects of their own files. */
function takenInPlaces(sources: Sources, { found, built }: Rendered): LeftOutPlace[] {
  return found.takenIn
    .filter((directory) => !built.has(directory))
    .map((directory) => ({ path: directory || '.', objects: ownObjects(sources, directory, found) }))
    .filter(({ objects }) => objects > 0);
}

function ownObjects(sources: Sources, directory: string, found: EntryPoints): number {
  const prefix = directory === '' ? '' : `${directory}/`;
  const value = kustomizationOf(sources, directory, found);
  const resources = isMapping(value) && isSequence(value['resources']) ? value['resources'] : [];
  return resources
    .filter((entry) => typeof entry === 'string')
    .map((entry) => `${prefix}${entry.replace(/^(?:\.\/)+/u, '')}`)
    .filter((path) => sources.fileSystem.kind(path) === 'file')
    .reduce((sum, path) => sum + countSent(sources.load(path, 'kustomize')), 0);
}

function kustomizationOf(
  sources: Sources,
  directory: string,
  { kustomizations }: EntryPoints,
): Value | undefined {
  const file = byDirectory(kustomizations).get(directory);
  return file === undefined ? undefined : sources.load(file, 'kustomization').documents[0]?.value;
}

/** The first kustomization of each directory. */
const byDirectory = knownOnce(
  (kustomizations: readonly string[]): ReadonlyMap<string, string> =>
    new Map(kustomizations.toReversed().map((file) => [directoryOf(file), file])),
);
