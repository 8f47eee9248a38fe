import { untrackedParts } from '../../object/made-value.ts';
import { isTrueAt, textAt } from '../../object/object-field.ts';
import { itemsOf, mappingOf, type Origin, originOfDocument, type Tracked } from '../../object/provenance.ts';
import type { Sources } from '../../source/load.ts';
import { matchesPath } from '../../source/path-match.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Value } from '../../source/value.ts';
import { normalizeName } from '../../template/functions/argocd.ts';
import { directoriesMatching, filesMatching, type Matched } from './git-generator.ts';
import { withParameters } from './merge-parameters.ts';
import { flattenParameters, floatParameters } from './parameter-selector.ts';

/** The parameters that a Git generator finds in this repository (applicationset/generators/git.go of 3.6). */
export function gitParameters(
  sources: Sources,
  { value: git, origin }: Tracked<Mapping>,
  isGoTemplate: boolean,
): { readonly parameters: Tracked<Mapping>[]; readonly limits: readonly string[] } {
  const limits = new Set<string>();
  const prefix = textAt(git, 'pathParamPrefix');
  const directories = patternsIn(git, 'directories');
  if (directories.length > 0) {
    const found = directoriesOf(sources, directories, limits).map((path) =>
      placed(mappingOf([], origin), { path, prefix, isGoTemplate }),
    );
    return { parameters: found, limits: [...limits] };
  }
  const parameters = filesOf(sources, patternsIn(git, 'files'), limits).flatMap((file) => {
    const path = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
    return contentsOf(sources, file, origin).map((content) =>
      placed(isGoTemplate ? content : flattenParameters(content), {
        path,
        file: file.slice(file.lastIndexOf('/') + 1),
        prefix,
        isGoTemplate,
      }),
    );
  });
  return { parameters, limits: [...limits] };
}

const tooMany = 'a pattern that matches so much';

interface Pattern {
  readonly path: string;
  readonly excludes: boolean;
}

function patternsIn(git: Mapping, field: string): Pattern[] {
  const items = git[field];
  return (isSequence(items) ? items : []).flatMap((one) => {
    const path = isMapping(one) ? textAt(one, 'path') : undefined;
    return path === undefined || !isMapping(one) ? [] : [{ path, excludes: isTrueAt(one, 'exclude') }];
  });
}

function directoriesOf({ fileSystem }: Sources, patterns: readonly Pattern[], limits: Set<string>): string[] {
  const excluded = patterns.filter(({ excludes }) => excludes);
  const isExcluded = (path: string): boolean => excluded.some((pattern) => matchesPath(pattern.path, path));
  const found = patterns
    .filter(({ excludes }) => !excludes)
    .flatMap(({ path }) => pathsOf(directoriesMatching(fileSystem, path), limits));
  return [...new Set(found)].filter((path) => !isExcluded(path)).sort();
}

function pathsOf({ paths, isPart }: Matched, limits: Set<string>): readonly string[] {
  if (isPart) limits.add(tooMany);
  return paths;
}

function filesOf({ fileSystem }: Sources, patterns: readonly Pattern[], limits: Set<string>): string[] {
  const matching = (excludes: boolean): string[] =>
    patterns
      .filter((pattern) => pattern.excludes === excludes)
      .flatMap(({ path }) => pathsOf(filesMatching(fileSystem, path), limits));
  const excluded = new Set(matching(true));
  return [...new Set(matching(false))].filter((file) => !excluded.has(file)).sort();
}

function contentsOf(sources: Sources, file: string, generator: Origin): Tracked<Mapping>[] {
  const [document] = sources.load(file, 'api-server').documents;
  // An empty file brings one element that has nothing but its path.
  if (document === undefined || document.value === null) return [mappingOf([], generator)];
  const content: Tracked = {
    value: document.value,
    origin: originOfDocument('generators', document.positions),
  };
  return [content, ...itemsOf(content)].flatMap(({ value, origin: own }) =>
    isMapping(value) ? [{ value: floatParameters(value), origin: own }] : [],
  );
}

interface Place {
  readonly path: string;
  readonly file?: string;
  readonly prefix: string | undefined;
  readonly isGoTemplate: boolean;
}

/** The parameters about a path: `path.basename` and its like, nested for Go templates and flat for the others. */
function placed(content: Tracked<Mapping>, { path, file, prefix, isGoTemplate }: Place): Tracked<Mapping> {
  const basename = path.slice(path.lastIndexOf('/') + 1);
  const named: Record<string, Value> = {
    path,
    basename,
    basenameNormalized: normalizeName(basename),
    ...(file === undefined ? {} : { filename: file, filenameNormalized: normalizeName(file) }),
  };
  const added = newMapping();
  const start = prefix === undefined ? 'path' : `${prefix}.path`;
  if (!isGoTemplate) {
    for (const [name, value] of Object.entries(named))
      added[name === 'path' ? start : `${start}.${name}`] = value;
    path.split('/').forEach((segment, index) => {
      added[`${start}[${index}]`] = segment;
    });
  } else {
    const about = Object.assign(newMapping(), named, { segments: path.split('/') });
    if (prefix === undefined) added['path'] = about;
    else added[prefix] = Object.assign(newMapping(), { path: about });
  }
  return withParameters(content, untrackedParts(added, content.origin));
}
