import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Sources } from '../source/load.ts';
import { isMapping, type Mapping } from '../source/value.ts';
import { absorbResources, appendResources } from './absorb.ts';
import { type AccumulatedResource, newResource, type OriginAnnotation } from './accumulated-resource.ts';
import { loadConfigurations, loadCrds } from './configuration-file.ts';
import { type GeneratorKind, runGenerator } from './generate.ts';
import { entriesOf, mappingOf, stringsOf, textOf } from './kustomization.ts';
import { isRemote, joinPath, type Loader, openLoader, remoteProblem } from './loader.ts';
import { builtinMergeSchemas, type MergeSchemas, schemasFromOpenApi } from './merge-schema.ts';
import { pluginGenerators, pluginTransformers } from './plugin.ts';
import { isProblem, type Problem } from './problem.ts';
import { getPart, type Origin, type Tracked } from './provenance.ts';
import { readObjects } from './resource-file.ts';
import { cycleProblem, loadTarget, resolveDirectory, type Target } from './target.ts';
import { type Annotate, runSteps, transformersOf } from './transform.ts';
import type { EntryEffect, Resources } from './transformer.ts';
import { defaultConfig, emptyConfig, mergeConfig, type TransformerConfig } from './transformer-config.ts';
import { addVariables, mergeVariables, readVariable, type Variable } from './vars.ts';

/** What a kustomization has gathered and done so far; names are not final yet. */
export interface Accumulator {
  readonly resources: Resources;
  readonly config: TransformerConfig;
  readonly variables: readonly Variable[];
}

export const emptyAccumulator: Accumulator = { resources: [], config: emptyConfig, variables: [] };

/** What one build shares with the bases below it. */
export interface BuildContext {
  readonly sources: Sources;
  readonly loadRestrictor: 'none' | 'root-only';
  readonly provenance: boolean;
  readonly remotes: ReadonlyMap<string, string>;
  /** The root's `buildMetadata`, which counts for every base below it. */
  readonly buildMetadata: readonly string[];
  /** kustomize keeps its schema in one global place: an `openapi` anywhere counts for all that follows. */
  readonly schemas: { current: MergeSchemas; isSet: boolean };
  readonly cache: Map<string, CachedBase>;
  readonly log: BuildLog;
}

/** What happened while a directory was built. */
export interface BuildLog {
  readonly inputs: Set<string>;
  readonly directories: Set<string>;
  readonly effects: EntryEffect[];
  readonly diagnostics: Diagnostic[];
}

interface CachedBase {
  readonly result: Accumulator | Problem;
  readonly log: BuildLog;
}

export function newLog(): BuildLog {
  return { inputs: new Set(), directories: new Set(), effects: [], diagnostics: [] };
}

/** Where a target stands in the build: the directories it is built for, and its path for origin annotations. */
export interface Place {
  readonly ancestors: readonly string[];
  readonly originPath: string;
}

/** Opens a directory's loader and reads its kustomization. */
export function openTarget(
  context: BuildContext,
  directory: string,
  at: Tracked<string> | undefined,
): Target | Problem {
  context.log.directories.add(directory);
  return loadTarget(context.sources.fileSystem, loaderOf(context, directory), at);
}

/** A directory's loader, which notes down what it reads. */
export function loaderOf(
  { sources, loadRestrictor, provenance, log }: BuildContext,
  directory: string,
): Loader {
  return openLoader(sources, directory, {
    loadRestrictor,
    provenance,
    onInput: (path) => log.inputs.add(path),
    onDiagnostic: (diagnostic) => {
      if (!log.diagnostics.includes(diagnostic)) log.diagnostics.push(diagnostic);
    },
  });
}

/** Does what a kustomization says, on top of `start` for a component and from nothing otherwise (target/kusttarget.go). */
export function accumulateTarget(
  context: BuildContext,
  target: Target,
  place: Place,
  start: Accumulator,
): Accumulator | Problem {
  const { kustomization, loader } = target;
  const schema = readSchema(context, target, place);
  if (isProblem(schema)) return schema;
  let accumulator: Accumulator | Problem = accumulatePaths(context, target, place, start, [
    ...stringsOf(kustomization, 'resources'),
    ...stringsOf(kustomization, 'bases'),
  ]);
  if (isProblem(accumulator)) return accumulator;
  const config = configOf(accumulator.config, kustomization, loader);
  if (isProblem(config)) return config;
  accumulator = generate(context, target, place, { ...accumulator, config });
  if (isProblem(accumulator)) return accumulator;
  for (const path of stringsOf(kustomization, 'components')) {
    accumulator = accumulateDirectory(context, target, place, accumulator, path, true);
    if (isProblem(accumulator)) return accumulator;
  }
  accumulator = transform(context, target, place, accumulator);
  if (isProblem(accumulator)) return accumulator;
  const variables = entriesOf(kustomization, 'vars').map(readVariable);
  const bound = addVariables(accumulator.resources, accumulator.variables, variables);
  return isProblem(bound) ? bound : { ...accumulator, ...bound };
}

// The first `openapi` that counts is the root's, then the first one met below it (kyaml/openapi SetSchema).
function readSchema(
  context: BuildContext,
  { kustomization, loader }: Target,
  place: Place,
): Problem | undefined {
  const openapi = mappingOf(kustomization, 'openapi');
  const isRoot = place.ancestors.length === 0;
  if (openapi === undefined || (context.schemas.isSet && !isRoot)) return undefined;
  const path = getPart(openapi, 'path');
  const version = getPart(openapi, 'version');
  if (path !== undefined && version !== undefined) {
    return openapiProblem(openapi, 'openapi names both a path and a version', 'keep one of them');
  }
  if (typeof path?.value === 'string') {
    const documents = loader.documents(path as Tracked<string>, 'openapi', 'api-server');
    if (isProblem(documents)) return documents;
    const document = documents[0]?.value;
    if (!isMapping(document))
      return openapiProblem(openapi, `${path.value} is no OpenAPI document`, 'correct the path');
    context.schemas.current = schemasFromOpenApi(document);
    context.schemas.isSet = true;
  } else if (version !== undefined && version.value !== '') {
    if (version.value !== builtinOpenApiVersion) {
      const help = `kustomize 5.8 carries ${builtinOpenApiVersion} alone`;
      return openapiProblem(openapi, `openapi.version ${String(version.value)} is not built in`, help);
    }
    context.schemas.current = builtinMergeSchemas;
    context.schemas.isSet = true;
  }
  return undefined;
}

const builtinOpenApiVersion = 'v1.21.2';

function openapiProblem(openapi: Tracked, problem: string, help: string): Problem {
  return { rule: 'kustomization-invalid', problem, help, at: openapi.origin };
}

function configOf(
  inherited: TransformerConfig,
  kustomization: Tracked<Mapping>,
  loader: Loader,
): TransformerConfig | Problem {
  let config: TransformerConfig = inherited;
  const added = [
    () => defaultConfig(),
    () => loadConfigurations(stringsOf(kustomization, 'configurations'), loader),
    () => loadCrds(stringsOf(kustomization, 'crds'), loader),
  ];
  for (const load of added) {
    const more = load();
    if (isProblem(more)) return more;
    const merged = mergeConfig(config, more);
    if (isProblem(merged)) return { rule: 'configuration-invalid', at: kustomization.origin, ...merged };
    config = merged;
  }
  return config;
}

function accumulatePaths(
  context: BuildContext,
  target: Target,
  place: Place,
  start: Accumulator,
  paths: readonly Tracked<string>[],
): Accumulator | Problem {
  let accumulator = start;
  for (const path of paths) {
    const next = accumulatePath(context, target, place, accumulator, path);
    if (isProblem(next)) return next;
    accumulator = next;
  }
  return accumulator;
}

function accumulatePath(
  context: BuildContext,
  target: Target,
  place: Place,
  accumulator: Accumulator,
  path: Tracked<string>,
): Accumulator | Problem {
  const { fileSystem } = context.sources;
  const resolved = vendored(context, path) ?? joinPath(target.directory, path.value);
  const isDirectory = fileSystem.kind(resolved.replace(/\/+$/, '')) === 'directory' || isRemote(path.value);
  if (isDirectory || path.value.endsWith('/'))
    return accumulateDirectory(context, target, place, accumulator, path, false);
  const resources = readResources(target, place, path, context.buildMetadata.length > 0);
  if (isProblem(resources)) return resources;
  const appended = appendResources(accumulator.resources, resources, path.origin);
  return isProblem(appended) ? appended : { ...accumulator, resources: appended };
}

function readResources(
  target: Target,
  place: Place,
  path: Tracked<string>,
  isAnnotated: boolean,
): Resources | Problem {
  const documents = target.loader.documents(path, 'resources', 'kustomize');
  if (isProblem(documents)) return documents;
  const objects = readObjects(documents);
  if (isProblem(objects)) return objects;
  const annotation: OriginAnnotation = { path: joinOrigin(place.originPath, path.value) };
  return objects.map((tracked) => ({
    ...newResource(tracked),
    ...(isAnnotated ? { originAnnotation: annotation } : {}),
  }));
}

function vendored(context: BuildContext, path: Tracked<string>): string | undefined {
  return context.remotes.get(path.value);
}

function accumulateDirectory(
  context: BuildContext,
  parent: Target,
  place: Place,
  accumulator: Accumulator,
  path: Tracked<string>,
  isComponent: boolean,
): Accumulator | Problem {
  const copy = vendored(context, path);
  if (copy === undefined && isRemote(path.value)) return remoteProblem(path);
  const ancestors = [...place.ancestors, parent.directory];
  const { fileSystem } = context.sources;
  const directory = resolveDirectory(
    fileSystem,
    copy === undefined ? parent.directory : '',
    { value: copy ?? path.value, origin: path.origin },
    ancestors,
  );
  if (isProblem(directory)) return directory;
  const below: Place = { ancestors, originPath: joinOrigin(place.originPath, path.value) };
  if (isComponent) return accumulateComponent(context, directory, below, accumulator, path);
  const base = accumulateBase(context, directory, below, path);
  if (isProblem(base)) return base;
  const resources = appendResources(accumulator.resources, base.resources, path.origin);
  if (isProblem(resources)) return resources;
  const config = mergeConfig(accumulator.config, base.config);
  if (isProblem(config)) return { at: path.origin, ...config };
  const variables = mergeVariables(accumulator.variables, base.variables);
  return isProblem(variables) ? variables : { resources, config, variables };
}

// A component works on what its parent has gathered, so it cannot be built once for several parents.
function accumulateComponent(
  context: BuildContext,
  directory: string,
  place: Place,
  accumulator: Accumulator,
  path: Tracked<string>,
): Accumulator | Problem {
  const target = openTarget(context, directory, path);
  if (isProblem(target)) return target;
  if (textOf(target.kustomization, 'kind') !== 'Component') {
    return {
      rule: 'kustomization-invalid',
      problem: `${directory} stands under components, but is no Component`,
      help: 'write kind: Component and apiVersion: kustomize.config.k8s.io/v1alpha1 there, or name it under resources',
      at: path.origin,
    };
  }
  return accumulateTarget(context, target, place, accumulator);
}

// A base is the same for everyone who builds it with the same options, so it is built once.
function accumulateBase(
  context: BuildContext,
  directory: string,
  place: Place,
  path: Tracked<string>,
): Accumulator | Problem {
  const isShared = context.buildMetadata.length === 0 && !context.schemas.isSet;
  const known = isShared ? context.cache.get(directory) : undefined;
  if (known !== undefined) {
    mergeLog(context.log, known.log);
    for (const visited of known.log.directories) {
      const cycle = cycleProblem(visited, path, place.ancestors);
      if (cycle !== undefined) return cycle;
    }
    return known.result;
  }
  const log = newLog();
  const result = buildBase({ ...context, log }, directory, place, path);
  mergeLog(context.log, log);
  if (isShared && !context.schemas.isSet && !isProblem(result)) {
    context.cache.set(directory, { result, log });
  }
  return result;
}

function buildBase(
  context: BuildContext,
  directory: string,
  place: Place,
  path: Tracked<string>,
): Accumulator | Problem {
  const target = openTarget(context, directory, path);
  if (isProblem(target)) return target;
  if (textOf(target.kustomization, 'kind') === 'Component') {
    return {
      rule: 'kustomization-invalid',
      problem: `${directory} is a Component, but stands under resources`,
      help: 'name it under components',
      at: path.origin,
    };
  }
  return accumulateTarget(context, target, place, emptyAccumulator);
}

function mergeLog(log: BuildLog, more: BuildLog): void {
  for (const path of more.inputs) log.inputs.add(path);
  for (const directory of more.directories) log.directories.add(directory);
  log.effects.push(...more.effects);
  for (const diagnostic of more.diagnostics)
    if (!log.diagnostics.includes(diagnostic)) log.diagnostics.push(diagnostic);
}

function generate(
  context: BuildContext,
  target: Target,
  place: Place,
  accumulator: Accumulator,
): Accumulator | Problem {
  const { kustomization, loader } = target;
  const options = mappingOf(kustomization, 'generatorOptions');
  const isAnnotated = context.buildMetadata.length > 0;
  let { resources } = accumulator;
  const absorb = (
    generated: AccumulatedResource,
    originAnnotation: OriginAnnotation | undefined,
    at: Origin,
  ): Problem | undefined => {
    const annotated = originAnnotation === undefined ? generated : { ...generated, originAnnotation };
    const next = absorbResources(resources, [annotated], at);
    if (isProblem(next)) return next;
    resources = next;
    return undefined;
  };
  for (const [field, kind] of generatorFields) {
    for (const entry of entriesOf(kustomization, field)) {
      const generated = runGenerator(kind, entry, options, loader, context.provenance);
      const annotation = isAnnotated ? builtinAnnotation(target, place, kind) : undefined;
      const problem = isProblem(generated) ? generated : absorb(generated, annotation, entry.origin);
      if (problem !== undefined) return problem;
    }
  }
  for (const field of ['helmCharts', 'helmChartInflationGenerator'] as const) {
    const chart = entriesOf(kustomization, field)[0];
    if (chart !== undefined) return helmProblem(chart);
  }
  const plugins = loadPlugins(context, target, place, 'generators');
  if (isProblem(plugins)) return plugins;
  for (const generator of pluginGenerators(plugins, loader, context.provenance)) {
    if (isProblem(generator)) return generator;
    const problem = absorb(generator.resource, generator.annotation, generator.origin);
    if (problem !== undefined) return problem;
  }
  return { ...accumulator, resources };
}

const generatorFields: readonly (readonly [string, GeneratorKind])[] = [
  ['configMapGenerator', 'ConfigMapGenerator'],
  ['secretGenerator', 'SecretGenerator'],
];

function helmProblem(chart: Tracked<Mapping>): Problem {
  const name = textOf(chart, 'name') || textOf(chart, 'chartName');
  return {
    rule: 'helm-chart-not-rendered',
    problem: `the Helm chart ${name} is never fetched and never executed`,
    help: 'render it into the repository, or leave it to a HelmRelease',
    at: chart.origin,
    unchecked: `what the Helm chart ${name} would render`,
  };
}

function transform(
  context: BuildContext,
  target: Target,
  place: Place,
  accumulator: Accumulator,
): Accumulator | Problem {
  const { kustomization, loader } = target;
  const scope = {
    loader,
    schemas: context.schemas.current,
    log: (effect: EntryEffect) => void context.log.effects.push(effect),
  };
  const annotate = annotator(context, target, place);
  const steps = transformersOf(kustomization, accumulator.config, scope);
  const transformed = runSteps(accumulator.resources, steps, annotate);
  if (isProblem(transformed)) return transformed;
  const plugins = loadPlugins(context, target, place, 'transformers');
  if (isProblem(plugins)) return plugins;
  const external = pluginTransformers(plugins, scope);
  if (isProblem(external)) return external;
  const resources = runSteps(transformed, external, annotate);
  if (isProblem(resources)) return resources;
  return validate(context, target, place, { ...accumulator, resources }, scope);
}

// A validator is a transformer that may not change anything.
function validate(
  context: BuildContext,
  target: Target,
  place: Place,
  accumulator: Accumulator,
  scope: Parameters<typeof pluginTransformers>[1],
): Accumulator | Problem {
  const plugins = loadPlugins(context, target, place, 'validators');
  if (isProblem(plugins)) return plugins;
  const validators = pluginTransformers(plugins, scope);
  if (isProblem(validators)) return validators;
  const validated = runSteps(accumulator.resources, validators, undefined);
  if (isProblem(validated)) return validated;
  const before = accumulator.resources;
  const isSame =
    validated.length === before.length &&
    validated.every((resource, index) => resource.tracked.value === before[index]?.tracked.value);
  if (isSame) return accumulator;
  return {
    rule: 'validator-changes-resources',
    problem: 'a validator changes resources',
    help: 'name it under transformers',
    at: (getPart(target.kustomization, 'validators') ?? target.kustomization).origin,
  };
}

/** The configurations under `generators`, `transformers` or `validators`: inline, in files, or built by a kustomization. */
function loadPlugins(
  context: BuildContext,
  target: Target,
  place: Place,
  field: string,
): readonly AccumulatedResource[] | Problem {
  const entries = stringsOf(target.kustomization, field);
  if (entries.length === 0) return [];
  let accumulator: Accumulator = emptyAccumulator;
  for (const entry of entries) {
    const isInline = /\n|:\s/.test(entry.value.trim());
    const next = isInline
      ? appendInline(context, target, place, accumulator, entry, field)
      : accumulatePath(context, target, place, accumulator, entry);
    if (isProblem(next)) return next;
    accumulator = next;
  }
  return accumulator.resources;
}

function appendInline(
  context: BuildContext,
  target: Target,
  place: Place,
  accumulator: Accumulator,
  entry: Tracked<string>,
  field: string,
): Accumulator | Problem {
  const documents = target.loader.embedded(entry, field, 'kustomize');
  if (isProblem(documents)) return documents;
  const objects = readObjects(documents);
  if (isProblem(objects)) return objects;
  const annotation = { originAnnotation: { path: joinOrigin(place.originPath, target.fileName) } };
  const added = objects.map((object) => ({
    ...newResource(object),
    ...(context.buildMetadata.length > 0 ? annotation : {}),
  }));
  const resources = appendResources(accumulator.resources, added, entry.origin);
  return isProblem(resources) ? resources : { ...accumulator, resources };
}

function builtinAnnotation(target: Target, place: Place, kind: string): OriginAnnotation {
  return {
    configuredIn: joinOrigin(place.originPath, target.fileName),
    configuredBy: { apiVersion: 'builtin', kind },
  };
}

function annotator(context: BuildContext, target: Target, place: Place): Annotate | undefined {
  if (context.buildMetadata.length === 0) return undefined;
  return (resources, step) => {
    const annotation = step.annotation ?? builtinAnnotation(target, place, step.kind);
    return resources.map((resource) =>
      resource.originAnnotation === undefined
        ? { ...resource, originAnnotation: annotation }
        : { ...resource, transformations: [...(resource.transformations ?? []), annotation] },
    );
  };
}

// filepath.Join: `.` and `..` resolved as far as they can be.
function joinOrigin(path: string, more: string): string {
  const parts: string[] = [];
  for (const part of `${path}/${more}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
