import { plainAddress, sameRepository } from '../../fetched/address.ts';
import { textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { Sources } from '../../source/load.ts';
import { normalisePath } from '../../source/path.ts';
import { isMapping, isSequence, type Mapping, type Value, valueAt } from '../../source/value.ts';
import { isOf } from '../controller-kind.ts';
import { relative } from '../flux/flux-source.ts';
import { applicationKind } from './application.ts';
import { applicationSetKind } from './application-set.ts';
import { directoriesMatching } from './git-generator.ts';

/**
 * Tells which repositories of Applications and ApplicationSets are this one: those that were said to be, else those of whose
 * paths at least half are directories here.
 */
export function ownRepositories(
  sources: Sources,
  resources: readonly Resource[],
  known: readonly string[],
): (url: string) => boolean {
  if (known.length > 0) return (url) => known.some((one) => sameRepository(one, url));
  const found = new Map<string, { here: number; all: number }>();
  for (const { url, isHere } of resources.flatMap((resource) => [...pathsNamed(sources, resource)])) {
    const key = plainAddress(url);
    const counts = found.get(key) ?? { here: 0, all: 0 };
    found.set(key, { here: counts.here + (isHere ? 1 : 0), all: counts.all + 1 });
  }
  return (url) => {
    const counts = found.get(plainAddress(url));
    return counts !== undefined && counts.here > 0 && counts.here * 2 >= counts.all;
  };
}

interface NamedPath {
  readonly url: string;
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
    yield { url, isHere: sources.fileSystem.kind(path) === 'directory' };
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
  const directories = git['directories'];
  if (url === undefined || !isSequence(directories)) return;
  for (const item of directories) {
    const path = isMapping(item) ? textAt(item, 'path') : undefined;
    if (path !== undefined && path !== '*' && !path.includes('{{'))
      yield { url, isHere: directoriesMatching(sources.fileSystem, path).paths.length > 0 };
  }
}
