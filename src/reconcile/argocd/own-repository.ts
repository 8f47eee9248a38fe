import { grouped } from '../../diagnostic/grouped.ts';
import { plainAddress, sameRepository } from '../../fetched/address.ts';
import { textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { Sources } from '../../source/load.ts';
import { normalisePath } from '../../source/path.ts';
import { isMapping, isSequence, itemsAt, type Mapping, type Value, valueAt } from '../../source/value.ts';
import { newTemplateBudget } from '../../template/run.ts';
import { isOf } from '../controller-kind.ts';
import { relative } from '../flux/flux-source.ts';
import { applicationKind } from './application.ts';
import { applicationSetKind } from './application-set.ts';
import type { GeneratorContext } from './generators.ts';
import { directoriesMatching, filesMatching } from './git-generator.ts';
import { renderApplicationSet } from './render-application-set.ts';

/** What may tell which repository is this one. */
export interface RepositoryEvidence {
  /** Applications and ApplicationSets. */
  readonly resources: readonly Resource[];
  /** Applications that ApplicationSets make without any repository: what they name counts where nothing is named plainly. */
  readonly generated: readonly Resource[];
  /** Addresses that were said to be this one. */
  readonly known: readonly string[];
}

/**
 * Tells which repositories of Applications and ApplicationSets are this one: those that were said to be, else those of whose
 * paths at least half are directories here.
 */
export function ownRepositories(
  sources: Sources,
  { resources, generated, known }: RepositoryEvidence,
): (url: string) => boolean {
  if (known.length > 0) return (url) => known.some((one) => sameRepository(one, url));
  const plain = resources.flatMap((resource) => [...pathsNamed(sources, resource)]);
  const named = new Set(plain.map(({ url }) => plainAddress(url)));
  const filled = generated.flatMap((resource) => [...pathsNamed(sources, resource)]);
  const paths = [...plain, ...filled.filter(({ url }) => !named.has(plainAddress(url)))];
  const own = onlyOne(mostlyHere(paths), paths);
  return (url) => own.has(plainAddress(url));
}

/** The Applications that ApplicationSets with a path to fill in make of lists and known clusters, without reading a repository. */
export function generatedAlone(
  resources: readonly Resource[],
  context: Pick<GeneratorContext, 'sources' | 'clusters' | 'hasNewGlobbing'>,
): readonly Resource[] {
  const alone = { ...context, isHere: () => false, budget: newTemplateBudget() };
  return resources
    .filter((one) => isOf(applicationSetKind, one) && hasPathToFill(one))
    .flatMap((one) => renderApplicationSet(one, alone).build.resources);
}

function hasPathToFill({ object }: Resource): boolean {
  const spec = valueAt(object, ['spec', 'template', 'spec']);
  const sources = [valueAt(spec, ['source']), ...itemsAt(spec, ['sources'])];
  return sources.some((one) => isMapping(one) && textAt(one, 'path')?.includes('{{') === true);
}

/** The addresses of whose paths at least half are here. */
function mostlyHere(paths: readonly NamedPath[]): Set<string> {
  return new Set(
    [...grouped(paths, ({ url }) => plainAddress(url))].flatMap(([address, of]) => {
      const here = of.filter(({ isHere }) => isHere).length;
      return !of.some(({ url }) => isOfTool(url)) && here > 0 && here * 2 >= of.length ? [address] : [];
    }),
  );
}

/**
 * Without the repositories that are laid out alike: one of another name that brings fewer directories, all of which another one is said
 * to bring as well. Who renames a repository, or forks it, has some that only the old address brings.
 */
function onlyOne(addresses: ReadonlySet<string>, paths: readonly NamedPath[]): Set<string> {
  const here = paths.filter(({ url, isHere }) => isHere && addresses.has(plainAddress(url)));
  const brought = grouped(here, ({ url }) => plainAddress(url));
  const distinct = ([, of]: readonly [string, readonly NamedPath[]]): number =>
    new Set(of.map(({ path }) => path)).size;
  const [most] = [...brought].toSorted((a, b) => distinct(b) - distinct(a));
  const isAlike = ([address, of]: readonly [string, readonly NamedPath[]]): boolean =>
    most !== undefined &&
    nameIn(address) !== nameIn(most[0]) &&
    distinct([address, of]) < distinct(most) &&
    of.every(({ path }) => here.some((one) => one.path === path && plainAddress(one.url) !== address));
  return new Set([...brought].flatMap((one) => (isAlike(one) ? [] : [one[0]])));
}

/** An address that no Git knows is for another tool to fill in, such as `cnoe://apps` for idpbuilder. */
function isOfTool(url: string): boolean {
  return /^(?!(?:https?|ssh|git|git\+ssh|file):)[a-z][a-z0-9+.-]*:\/\//iu.test(url.trim());
}

function nameIn(address: string): string {
  return address.split('/').at(-1) ?? '';
}

interface NamedPath {
  readonly url: string;
  readonly path: string;
  readonly isHere: boolean;
}

function* pathsNamed(sources: Sources, resource: Resource): Iterable<NamedPath> {
  if (isOf(applicationKind, resource)) yield* inSources(sources, valueAt(resource.object, ['spec']));
  if (!isOf(applicationSetKind, resource)) return;
  yield* inSources(sources, valueAt(resource.object, ['spec', 'template', 'spec']));
  yield* inGenerators(sources, valueAt(resource.object, ['spec', 'generators']), 0);
}

function* inSources(sources: Sources, spec: Value | undefined): Iterable<NamedPath> {
  if (!isMapping(spec)) return;
  const several = spec['sources'];
  const dry = valueAt(spec, ['sourceHydrator', 'drySource']);
  for (const source of [...(isSequence(several) ? several : [spec['source']]), dry]) {
    if (!isMapping(source)) continue;
    const url = textAt(source, 'repoURL');
    const path = normalisePath(relative(textAt(source, 'path') ?? ''));
    // A root says nothing, a template not yet.
    if (url === undefined || path === undefined || path === '' || path.includes('{{')) continue;
    yield { url, path, isHere: sources.fileSystem.kind(path) === 'directory' };
  }
  if (isSequence(several)) yield* inReferences(sources, several);
}

/** Values that a chart takes from a source by its `ref`, in a directory: a file at the root has the name that all others have. */
function* inReferences(sources: Sources, several: readonly Value[]): Iterable<NamedPath> {
  const urls = new Map<string, string>(
    several.flatMap((one) => {
      const [ref, url] = isMapping(one) ? [textAt(one, 'ref'), textAt(one, 'repoURL')] : [];
      return ref === undefined || url === undefined ? [] : [[`$${ref}`, url] as const];
    }),
  );
  for (const file of several.flatMap((one) => itemsAt(one, ['helm', 'valueFiles']))) {
    if (typeof file !== 'string' || /\{\{|[*?[]/u.test(file)) continue;
    const [name = '', ...rest] = file.split('/');
    const path = normalisePath(rest.join('/'));
    const url = urls.get(name);
    if (url === undefined || path === undefined || !path.includes('/')) continue;
    yield { url, path, isHere: sources.fileSystem.kind(path) === 'file' };
  }
}

function* inGenerators(sources: Sources, generators: Value | undefined, depth: number): Iterable<NamedPath> {
  if (!isSequence(generators) || depth > 2) return;
  for (const generator of generators) {
    if (!isMapping(generator)) continue;
    const { git } = generator;
    if (isMapping(git)) yield* inGit(sources, git);
    for (const kind of ['matrix', 'merge'])
      yield* inGenerators(sources, valueAt(generator, [kind, 'generators']), depth + 1);
  }
}

function* inGit(sources: Sources, git: Mapping): Iterable<NamedPath> {
  const url = textAt(git, 'repoURL');
  if (url === undefined) return;
  const pathsAt = (field: string): string[] =>
    itemsAt(git, [field])
      .flatMap((item) => (isMapping(item) ? (textAt(item, 'path') ?? []) : []))
      .filter((path) => !path.includes('{{'));
  const { fileSystem } = sources;
  for (const path of pathsAt('directories'))
    if (path !== '*') yield { url, path, isHere: directoriesMatching(fileSystem, path).paths.length > 0 };
  // A file at the root, or anywhere, has the name that all others have.
  for (const path of pathsAt('files'))
    if (/^[^*/]+\//u.test(path))
      yield { url, path, isHere: filesMatching(fileSystem, path).paths.length > 0 };
}
