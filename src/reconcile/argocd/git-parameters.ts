import { untrackedParts } from '../../object/made-value.ts';
import { isTrueAt, textAt } from '../../object/object-field.ts';
import { itemsOf, mappingOf, type Origin, originOfDocument, type Tracked } from '../../object/provenance.ts';
import type { Sources } from '../../source/load.ts';
import { lastPartOf } from '../../source/path.ts';
import { matchesPath } from '../../source/path-match.ts';
import { isMapping, isSequence, type Mapping, newMapping, type Value } from '../../source/value.ts';
import { normalizeName } from '../../template/functions/argocd.ts';
import {
  directoriesMatching,
  filesGlobbed,
  filesMatching,
  type Matched,
  plainPattern,
} from './git-generator.ts';
import { withParameters } from './merge-parameters.ts';
import { flattenParameters, floatParameters } from './parameter-selector.ts';

/** What a Git generator finds, or why it finds nothing. */
export interface GitParameters {
  readonly parameters: readonly Tracked<Mapping>[];
  readonly limits: readonly string[];
  readonly unknown: readonly string[];
  readonly failures: readonly string[];
}

/** How the controller reads generators. */
interface Reading {
  readonly isGoTemplate: boolean;
  readonly hasNewGlobbing?: boolean;
}

/** The parameters that a Git generator finds in this repository (applicationset/generators/repo_path_utils.go of 3.6). */
export function gitParameters(
  sources: Sources,
  generator: Tracked<Mapping>,
  { isGoTemplate, hasNewGlobbing = false }: Reading,
): GitParameters {
  const { value: git } = generator;
  const none = { parameters: [], limits: [], unknown: [], failures: [] };
  if (patternsIn(git, 'directories').length > 0) {
    const limits = new Set<string>();
    const parameters = directoryParameters(sources, generator, isGoTemplate, limits);
    return { ...none, parameters, limits: [...limits] };
  }
  const files = patternsIn(git, 'files');
  if (files.length === 0) return { ...none, failures: ['it has neither directories nor files'] };
  const outside = files.find(({ path }) => isOutside(path));
  if (outside !== undefined)
    return {
      ...none,
      failures: [`git ls-files rejects ${outside.path}, which is outside the repository`],
    };
  const magic = files.find(({ path }) => path.startsWith(':'));
  if (magic !== undefined) return { ...none, unknown: [`the files that ${magic.path} matches`] };
  return fileParameters(sources, generator, { isGoTemplate, hasNewGlobbing });
}

/** What git takes for a path of the disk, or one above the repository. */
function isOutside(pattern: string): boolean {
  return pattern.startsWith('/') || plainPattern(pattern) === undefined;
}

function prefixIn(git: Mapping): string | undefined {
  const prefix = textAt(git, 'pathParamPrefix');
  return prefix === '' ? undefined : prefix;
}

function directoryParameters(
  sources: Sources,
  { value: git, origin }: Tracked<Mapping>,
  isGoTemplate: boolean,
  limits: Set<string>,
): Tracked<Mapping>[] {
  const prefix = prefixIn(git);
  return directoriesOf(sources, patternsIn(git, 'directories'), limits).map((path) =>
    placed(mappingOf([], origin), { path, prefix, isGoTemplate }),
  );
}

function fileParameters(
  sources: Sources,
  { value: git, origin }: Tracked<Mapping>,
  { isGoTemplate, hasNewGlobbing = false }: Reading,
): GitParameters {
  const limits = new Set<string>();
  const failures: string[] = [];
  const prefix = prefixIn(git);
  const find = hasNewGlobbing ? filesGlobbed : filesMatching;
  const matching = (path: string): readonly string[] => pathsOf(find(sources.fileSystem, path), limits);
  const parameters = filesOf(patternsIn(git, 'files'), matching).flatMap((file) => {
    const path = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : '.';
    const contents = contentsOf(sources, file, origin);
    if (typeof contents === 'string') failures.push(`${file} ${contents}`);
    return (typeof contents === 'string' ? [] : contents).map((content) =>
      placed(isGoTemplate ? content : flattenParameters(content), {
        path,
        file: lastPartOf(file),
        prefix,
        isGoTemplate,
      }),
    );
  });
  return { parameters, limits: [...limits], unknown: [], failures };
}

const tooMany = 'a pattern that matches so many files';

interface Pattern {
  readonly path: string;
  readonly excludes: boolean;
}

function patternsIn(git: Mapping, field: string): Pattern[] {
  const items = git[field];
  return (isSequence(items) ? items : []).flatMap((one) => {
    if (!isMapping(one)) return [];
    return [{ path: textAt(one, 'path') ?? '', excludes: isTrueAt(one, 'exclude') }];
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

function filesOf(patterns: readonly Pattern[], matching: (pattern: string) => readonly string[]): string[] {
  const found = (excludes: boolean): string[] =>
    patterns.filter((pattern) => pattern.excludes === excludes).flatMap(({ path }) => matching(path));
  const excluded = new Set(found(true));
  return [...new Set(found(false))].filter((file) => !excluded.has(file)).sort();
}

/** The mappings of a file, one or a list of them; a text says why Argo CD cannot read it. Of several documents the first counts. */
function contentsOf(sources: Sources, file: string, generator: Origin): Tracked<Mapping>[] | string {
  const { documents, diagnostics } = sources.load(file, 'api-server');
  const [document] = documents;
  if (document === undefined) {
    const wrong = diagnostics.find(({ rule }) => rule !== 'duplicate-key');
    // An empty file brings one element that has nothing but its path.
    return wrong === undefined ? [mappingOf([], generator)] : `cannot be read: ${wrong.message}`;
  }
  const origin = originOfDocument('generators', document.positions);
  const content: Tracked = { value: document.value, origin };
  const items = isSequence(content.value) ? itemsOf(content) : [content];
  const mappings = items.flatMap(({ value, origin: own }) => {
    const one = value ?? newMapping();
    return isMapping(one) ? [{ value: floatParameters(one), origin: own }] : [];
  });
  return mappings.length === items.length ? mappings : 'is neither a mapping nor a list of mappings';
}

interface Place {
  readonly path: string;
  readonly file?: string;
  readonly prefix: string | undefined;
  readonly isGoTemplate: boolean;
}

/** The parameters about a path: `path.basename` and its like, nested for Go templates and flat for the others. */
function placed(content: Tracked<Mapping>, { path, file, prefix, isGoTemplate }: Place): Tracked<Mapping> {
  const basename = lastPartOf(path);
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
