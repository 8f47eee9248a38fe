import { getPart, itemsOf, type Tracked } from '../../build/provenance.ts';
import { matchesGlob } from '../../source/glob.ts';
import type { Sources } from '../../source/load.ts';
import {
  equalValues,
  isMapping,
  isSequence,
  type Mapping,
  type MutableMapping,
  newMapping,
  type Value,
} from '../../source/value.ts';
import { textAt } from '../object-field.ts';
import { directoriesMatching, filesMatching } from './git-generator.ts';
import { evaluateFastTemplate, evaluateGoTemplate, normalizeName } from './go-template.ts';

/** What a generator brings: a mapping of parameters for each Application. */
export interface Generated {
  readonly parameters: readonly Mapping[];
  /** What cannot be known here, e.g. the clusters that Argo CD manages. */
  readonly unknown: readonly string[];
}

export interface GeneratorContext {
  readonly sources: Sources;
  readonly isHere: (url: string) => boolean;
  readonly isGoTemplate: boolean;
}

const maximumParameters = 1_000;
const kinds = [
  'list',
  'git',
  'matrix',
  'merge',
  'clusters',
  'clusterDecisionResource',
  'scmProvider',
  'pullRequest',
  'plugin',
];

/** What the generators of an ApplicationSet bring, as applicationset/generators of Argo CD 3.x does. */
export function generate(generators: Tracked | undefined, context: GeneratorContext, depth = 0): Generated {
  const all =
    generators === undefined
      ? []
      : itemsOf(generators).map((one) => generateOne(one, context, newMapping(), depth));
  const { parameters, unknown } = together(all);
  if (parameters.length <= maximumParameters) return { parameters, unknown };
  return { parameters: [], unknown: [...unknown, 'more than 1,000 Applications'] };
}

function together(all: readonly Generated[]): Generated {
  return {
    parameters: all.flatMap(({ parameters }) => parameters),
    unknown: all.flatMap(({ unknown }) => unknown),
  };
}

function generateOne(
  generator: Tracked,
  context: GeneratorContext,
  given: Mapping,
  depth: number,
): Generated {
  const kind = kinds.find((name) => getPart(generator, name) !== undefined);
  const body = kind === undefined ? undefined : getPart(generator, kind);
  if (kind === undefined || body === undefined || depth > 3)
    return { parameters: [], unknown: ['a generator of an unknown kind'] };
  if (getPart(generator, 'selector') !== undefined)
    return { parameters: [], unknown: ['a generator with a selector'] };
  if (kind === 'list') return fromList(body, context);
  if (kind === 'git') return fromGit(body, context, given);
  if (kind === 'matrix') return fromMatrix(body, context, depth);
  if (kind === 'merge') return fromMerge(body, context, depth);
  return { parameters: [], unknown: [`what the ${kind} generator brings`] };
}

function fromList(list: Tracked, context: GeneratorContext): Generated {
  const elements = getPart(list, 'elements');
  const unknown = getPart(list, 'elementsYaml') === undefined ? [] : ['elementsYaml of a list generator'];
  const parameters =
    elements === undefined
      ? []
      : itemsOf(elements).flatMap(({ value }) =>
          isMapping(value) ? [context.isGoTemplate ? value : flatten(value)] : [],
        );
  return { parameters, unknown };
}

function fromGit(git: Tracked, context: GeneratorContext, given: Mapping): Generated {
  if (!isMapping(git.value)) return { parameters: [], unknown: ['a git generator'] };
  const url = textAt(git.value, 'repoURL') ?? '';
  if (!context.isHere(url)) return { parameters: [], unknown: [`the repository ${url}`] };
  const prefix = textAt(git.value, 'pathParamPrefix');
  const values = git.value['values'] === undefined ? [] : ['values of a git generator'];
  const place = (parameters: MutableMapping, path: string, file?: string): Mapping =>
    placed(parameters, path, file, prefix, context.isGoTemplate);
  const patterns = (field: string): { path: string; exclude: boolean }[] => {
    const list = git.value as Mapping;
    const items = list[field];
    return (isSequence(items) ? items : []).flatMap((one) => {
      const path = isMapping(one) ? textAt(one, 'path') : undefined;
      const text = path === undefined ? undefined : interpolate(path, given, context);
      return text === undefined ? [] : [{ path: text, exclude: isMapping(one) && one['exclude'] === true }];
    });
  };
  const directories = patterns('directories');
  const excluded = directories.filter(({ exclude }) => exclude).map(({ path }) => path);
  const { fileSystem } = context.sources;
  const folders = directories
    .filter(({ exclude }) => !exclude)
    .flatMap(({ path }) => directoriesMatching(fileSystem, path))
    .filter((path) => !excluded.some((pattern) => pattern === path || matchesGlob(pattern, path)));
  const files = patterns('files').flatMap(({ path }) => filesMatching(fileSystem, path));
  return {
    parameters: [
      ...[...new Set(folders)].sort().map((path) => place(newMapping(), path)),
      ...[...new Set(files)].sort().flatMap((file) => {
        const directory = file.slice(0, Math.max(0, file.lastIndexOf('/')));
        return contentsOf(context.sources, file).map((content) =>
          place(
            copyInto(context.isGoTemplate ? content : flatten(content)),
            directory,
            file.slice(directory.length).replace(/^\//u, ''),
          ),
        );
      }),
    ],
    unknown: values,
  };
}

function contentsOf(sources: Sources, file: string): Mapping[] {
  return sources
    .load(file, 'api-server')
    .documents.flatMap(({ value }) =>
      isSequence(value)
        ? value.filter((one): one is Mapping => isMapping(one))
        : isMapping(value)
          ? [value]
          : [],
    );
}

/** The parameters about a path: `path.basename` and its like, nested for Go templates and flat for the others. */
function placed(
  parameters: MutableMapping,
  path: string,
  file: string | undefined,
  prefix: string | undefined,
  isGoTemplate: boolean,
): Mapping {
  const basename = path.slice(path.lastIndexOf('/') + 1);
  const segments = path.split('/');
  const named: [string, Value][] = [
    ['path', path],
    ['basename', basename],
    ['basenameNormalized', normalizeName(basename)],
    ...(file === undefined
      ? []
      : ([
          ['filename', file],
          ['filenameNormalized', normalizeName(file)],
        ] as [string, Value][])),
  ];
  const start = prefix === undefined ? 'path' : `${prefix}.path`;
  if (!isGoTemplate) {
    for (const [name, value] of named) parameters[name === 'path' ? start : `${start}.${name}`] = value;
    segments.forEach((segment, index) => {
      parameters[`${start}[${index}]`] = segment;
    });
    return parameters;
  }
  const about = newMapping();
  for (const [name, value] of named) about[name] = value;
  about['segments'] = segments;
  if (prefix === undefined) parameters['path'] = about;
  else {
    const outer = newMapping();
    outer['path'] = about;
    parameters[prefix] = outer;
  }
  return parameters;
}

function fromMatrix(matrix: Tracked, context: GeneratorContext, depth: number): Generated {
  const [first, second] = itemsOf(getPart(matrix, 'generators') ?? matrix);
  if (first === undefined || second === undefined)
    return { parameters: [], unknown: ['a matrix without two generators'] };
  const outer = generateOne(first, context, newMapping(), depth + 1);
  const parameters: Mapping[] = [];
  const unknown = [...outer.unknown];
  for (const given of outer.parameters) {
    const inner = generateOne(second, context, given, depth + 1);
    for (const one of inner.unknown) if (!unknown.includes(one)) unknown.push(one);
    for (const one of inner.parameters) parameters.push(combine(given, one));
    // A product grows faster than anybody means it to.
    if (parameters.length > maximumParameters)
      return { parameters: [], unknown: ['a matrix of more than 1,000 Applications'] };
  }
  return { parameters, unknown };
}

function fromMerge(merge: Tracked, context: GeneratorContext, depth: number): Generated {
  const [base, ...others] = itemsOf(getPart(merge, 'generators') ?? merge).map((one) =>
    generateOne(one, context, newMapping(), depth + 1),
  );
  const keys = itemsOf(getPart(merge, 'mergeKeys') ?? { value: [], origin: merge.origin }).map(({ value }) =>
    String(value),
  );
  if (base === undefined) return { parameters: [], unknown: ['a merge without generators'] };
  const same = (a: Mapping, b: Mapping): boolean => keys.every((key) => equalValues(a[key], b[key]));
  const parameters = base.parameters.map((one) =>
    others
      .flatMap((other) => other.parameters)
      .filter((more) => same(one, more))
      .reduce(combine, one),
  );
  return { parameters, unknown: [base, ...others].flatMap(({ unknown }) => unknown) };
}

function combine(a: Mapping, b: Mapping): Mapping {
  const combined = copyInto(a);
  for (const key of Object.keys(b)) combined[key] = b[key] ?? null;
  return combined;
}

function copyInto(mapping: Mapping): MutableMapping {
  const copy = newMapping();
  for (const key of Object.keys(mapping)) copy[key] = mapping[key] ?? null;
  return copy;
}

/** Nested parameters as `a.b`, which is how fasttemplate knows them. */
function flatten(mapping: Mapping): Mapping {
  const flat = newMapping();
  const visit = (value: Value, name: string, depth: number): void => {
    if (isMapping(value) && depth < 20)
      for (const key of Object.keys(value))
        visit(value[key] ?? null, name === '' ? key : `${name}.${key}`, depth + 1);
    else if (isSequence(value) && depth < 20)
      value.forEach((one, index) => {
        visit(one, `${name}[${index}]`, depth + 1);
      });
    else if (name !== '') flat[name] = value;
  };
  visit(mapping, '', 0);
  return flat;
}

function interpolate(text: string, given: Mapping, { isGoTemplate }: GeneratorContext): string | undefined {
  if (!text.includes('{{')) return text;
  const result = isGoTemplate ? evaluateGoTemplate(text, given) : evaluateFastTemplate(text, given);
  return 'text' in result ? result.text : undefined;
}
