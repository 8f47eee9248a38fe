import { isTrueAt, textAt } from '../../object/object-field.ts';
import type { Sources } from '../../source/load.ts';
import { matchesPath } from '../../source/path-match.ts';
import {
  copyMapping,
  isMapping,
  isSequence,
  type Mapping,
  type MutableMapping,
  newMapping,
  type Value,
} from '../../source/value.ts';
import { normalizeName } from '../../template/text-functions.ts';
import { directoriesMatching, filesMatching } from './git-generator.ts';
import { flattenParameters, floatParameters } from './parameter-selector.ts';

/** The parameters that a Git generator finds in this repository (applicationset/generators/git.go of 3.6). */
export function gitParameters(sources: Sources, git: Mapping, isGoTemplate: boolean): MutableMapping[] {
  const prefix = textAt(git, 'pathParamPrefix');
  const directories = patternsIn(git, 'directories');
  if (directories.length > 0)
    return directoriesOf(sources, directories).map((path) =>
      placed(newMapping(), { path, prefix, isGoTemplate }),
    );
  return filesOf(sources, patternsIn(git, 'files')).flatMap((file) => {
    const path = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
    return contentsOf(sources, file).map((content) =>
      placed(copyMapping(isGoTemplate ? content : flattenParameters(content)), {
        path,
        file: file.slice(file.lastIndexOf('/') + 1),
        prefix,
        isGoTemplate,
      }),
    );
  });
}

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

function directoriesOf({ fileSystem }: Sources, patterns: readonly Pattern[]): string[] {
  const excluded = patterns.filter(({ excludes }) => excludes);
  const isExcluded = (path: string): boolean => excluded.some((pattern) => matchesPath(pattern.path, path));
  const found = patterns
    .filter(({ excludes }) => !excludes)
    .flatMap(({ path }) => directoriesMatching(fileSystem, path));
  return [...new Set(found)].filter((path) => !isExcluded(path)).sort();
}

function filesOf({ fileSystem }: Sources, patterns: readonly Pattern[]): string[] {
  const matching = (excludes: boolean): string[] =>
    patterns
      .filter((pattern) => pattern.excludes === excludes)
      .flatMap(({ path }) => filesMatching(fileSystem, path));
  const excluded = new Set(matching(true));
  return [...new Set(matching(false))].filter((file) => !excluded.has(file)).sort();
}

function contentsOf(sources: Sources, file: string): Mapping[] {
  const { value = null } = sources.load(file, 'api-server').documents[0] ?? {};
  if (isSequence(value)) return value.filter((one): one is Mapping => isMapping(one)).map(floatParameters);
  if (isMapping(value)) return [floatParameters(value)];
  // An empty file brings one element that has nothing but its path.
  return value === null ? [newMapping()] : [];
}

interface Place {
  readonly path: string;
  readonly file?: string;
  readonly prefix: string | undefined;
  readonly isGoTemplate: boolean;
}

/** The parameters about a path: `path.basename` and its like, nested for Go templates and flat for the others. */
function placed(parameters: MutableMapping, { path, file, prefix, isGoTemplate }: Place): MutableMapping {
  const basename = path.slice(path.lastIndexOf('/') + 1);
  const about = newMapping();
  const named: Record<string, Value> = {
    path,
    basename,
    basenameNormalized: normalizeName(basename),
    ...(file === undefined ? {} : { filename: file, filenameNormalized: normalizeName(file) }),
  };
  const start = prefix === undefined ? 'path' : `${prefix}.path`;
  if (!isGoTemplate) {
    for (const [name, value] of Object.entries(named))
      parameters[name === 'path' ? start : `${start}.${name}`] = value;
    path.split('/').forEach((segment, index) => {
      parameters[`${start}[${index}]`] = segment;
    });
    return parameters;
  }
  Object.assign(about, named, { segments: path.split('/') });
  if (prefix === undefined) parameters['path'] = about;
  else {
    const outer = newMapping();
    outer['path'] = about;
    parameters[prefix] = outer;
  }
  return parameters;
}
