import type { EntryEffect } from '../object/build.ts';
import { getPart, type Origin, type Tracked } from '../object/provenance.ts';
import { openInquiry } from '../source/inquiry.ts';
import type { Mapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { appendResources, openAbsorber } from './absorb.ts';
import {
  type AccumulatedResource,
  newResource,
  type OriginAnnotation,
  resourceOf,
} from './accumulated-resource.ts';
import {
  type Accumulator,
  type BuildContext,
  emptyAccumulator,
  mergeLog,
  newLog,
  noteBuiltinUse,
  type Place,
} from './build-context.ts';
import { countObjects, countTarget } from './build-work.ts';
import { type ChartEntry, chartEntries, chartOfPlugin } from './chart-entries.ts';
import { loadConfigurations, loadCrds } from './configuration-file.ts';
import { isItemOfJson } from './emptied-block.ts';
// Loaded when called: few kustomizations have charts.
import { filesNamed } from './files-named.ts';
import { type GeneratorKind, runGenerator } from './generate.ts';
import { inflateChart } from './inflate-chart.ts';
import { entriesOf, type Forgive, mappingOf, stringsOf, textOf } from './kustomization.ts';
import { isRemote, joinPath, type Loader, openLoader, remoteProblem } from './loader.ts';
import { builtinMergeSchemas, type MergeSchemas } from './merge-schema.ts';
import { sizeProblem } from './object-size.ts';
import { readSchema } from './openapi.ts';
import { annotator, builtinAnnotation, joinOrigin } from './origin-annotation.ts';
import { pluginGenerators, pluginTransformers } from './plugin.ts';
import { isProblem, joinProblems, type Problem } from './problem.ts';
import { readObjects } from './resource-file.ts';
import { cycleProblem, loadTarget, resolveDirectory, type Target } from './target.ts';
import { runSteps, transformersOf } from './transform.ts';
import type { Resources } from './transformer.ts';
import { defaultConfig, emptyConfig, mergeConfig, type TransformerConfig } from './transformer-config.ts';
import { addVariables, mergeVariables, readVariable } from './vars.ts';

/** Opens a directory's loader and reads its kustomization. */
export function openTarget(
  context: BuildContext,
  directory: string,
  at: Tracked<string> | undefined,
  forgive?: Forgive,
): Target | Problem {
  context.log.directories.add(directory);
  return loadTarget(context.sources.fileSystem, loaderOf(context, directory), at, forgive);
}

// What their files hold is no part of an object.
const dataFields: ReadonlySet<string> = new Set(['openapi', 'crds', 'configurations', 'replacements']);

/** A directory's loader, which notes down what it reads. */
export function loaderOf(
  { sources, loadRestrictor, provenance, remotes, log }: BuildContext,
  directory: string,
): Loader {
  return openLoader(sources, directory, {
    loadRestrictor,
    provenance,
    remotes,
    onInput: (path, by) => {
      log.inputs.add(path);
      if (by !== undefined && !dataFields.has(by)) log.applied.add(path);
    },
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
  const { work } = context;
  const tooMany = countTarget(work, place.ancestors.length, kustomization.origin);
  if (tooMany !== undefined) return tooMany;
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
  const tooLarge = countObjects(work, accumulator.resources.length, kustomization.origin);
  if (tooLarge !== undefined) return tooLarge;
  const variables = entriesOf(kustomization, 'vars').map(readVariable);
  const bound = addVariables(accumulator.resources, accumulator.variables, variables);
  return isProblem(bound) ? bound : { ...accumulator, ...bound };
}

function configOf(
  inherited: TransformerConfig,
  kustomization: Tracked<Mapping>,
  loader: Loader,
): TransformerConfig | Problem {
  const configured = loadConfigurations(stringsOf(kustomization, 'configurations'), loader);
  if (isProblem(configured)) return configured;
  // A spec that meets a narrower one of the same path goes: which of them comes first decides, so the steps are upstream's.
  const merge = (base: TransformerConfig | Problem, added: TransformerConfig | Problem) =>
    isProblem(base) ? base : isProblem(added) ? added : mergeConfig(base, added);
  const own = merge(defaultConfig(), configured);
  const crds = loadCrds(stringsOf(kustomization, 'crds'), loader);
  const config = merge(merge(inherited, own), crds);
  if (isProblem(config)) return { rule: 'configuration-invalid', at: kustomization.origin, ...config };
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
  const problems: Problem[] = [];
  for (const path of paths) {
    if (isAbsent(context, path)) {
      context.log.absent.push({ ...remoteProblem(path), unchecked: path.value });
      continue;
    }
    const next = accumulatePath(context, target, place, accumulator, path);
    if (isProblem(next)) problems.push(next);
    else accumulator = next;
  }
  return joinProblems(problems) ?? accumulator;
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
  const kind = fileSystem.kind(resolved.replace(/\/+$/, ''));
  const isDirectory = kind === 'directory' || (isRemote(path.value) && kind !== 'file');
  if (isDirectory || path.value.endsWith('/'))
    return accumulateDirectory(context, target, place, accumulator, path, false);
  const resources = readResources(target, place, path, context.buildMetadata.length > 0);
  if (isProblem(resources)) return resources;
  if (resources.some(isOfUnknownScope)) noteBuiltinUse(context, 'scope');
  const appended = appendResources(accumulator.resources, resources, path.origin);
  return isProblem(appended) ? appended : { ...accumulator, resources: appended };
}

function isOfUnknownScope(resource: AccumulatedResource): boolean {
  const { apiVersion, kind } = resource.tracked.value;
  return builtinMergeSchemas.isNamespaceScoped(valueText(apiVersion), valueText(kind)) === undefined;
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
    ...(isItemOfJson(tracked) ? { isWithoutComments: true } : {}),
    ...(isAnnotated ? { originAnnotation: annotation } : {}),
  }));
}

function isAbsent(context: BuildContext, path: Tracked<string>): boolean {
  return isRemote(path.value) && vendored(context, path) === undefined;
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
  if (isAbsent(context, path)) return remoteProblem(path);
  const copy = vendored(context, path);
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
      problem: `${directory} is under components, but is not a Component`,
      help: 'write kind: Component and apiVersion: kustomize.config.k8s.io/v1alpha1 there, or list it under resources',
      at: path.origin,
    };
  }
  const result = accumulateTarget(context, target, place, accumulator);
  if (isProblem(result)) return result;
  const config = mergeConfig(emptyConfig, result.config);
  return isProblem(config)
    ? { rule: 'configuration-invalid', at: path.origin, ...config }
    : { ...result, config };
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
  if (known?.inquiry.holdsFor(context.sources) === true) {
    mergeLog(context.log, known.log);
    noteBuiltinUse(context, known.log.builtin);
    for (const visited of known.log.directories) {
      const cycle = cycleProblem(visited, path, place.ancestors);
      if (cycle !== undefined) return cycle;
    }
    return known.result;
  }
  const log = newLog();
  const inquiry = openInquiry(context.sources);
  const result = buildBase({ ...context, sources: inquiry.sources, log }, directory, place, path);
  mergeLog(context.log, log);
  if (isShared && !context.schemas.isSet && !isProblem(result)) {
    context.cache.set(directory, { result, log, inquiry });
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
      problem: `${directory} is a Component, but is under resources`,
      help: 'list it under components',
      at: path.origin,
    };
  }
  return accumulateTarget(context, target, place, emptyAccumulator);
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
  const absorber = openAbsorber(accumulator.resources);
  const absorb = (
    generated: AccumulatedResource,
    originAnnotation: OriginAnnotation | undefined,
    at: Origin,
  ): Problem | undefined => {
    const tooLarge = sizeProblem(generated.tracked);
    if (tooLarge !== undefined) return { ...tooLarge, at };
    const annotated = originAnnotation === undefined ? generated : { ...generated, originAnnotation };
    const problem = absorber.absorb(annotated, at);
    // What is absent may bring the object that it would be merged into.
    const isOpen = problem?.rule === 'generator-target-missing' && context.log.absent.length > 0;
    return isOpen ? undefined : problem;
  };
  for (const [field, kind] of generatorFields) {
    for (const entry of entriesOf(kustomization, field)) {
      const generated = runGenerator(kind, entry, options, loader, context.provenance);
      // Of an object whose content is not here only that object is lacking.
      if (isProblem(generated) && generated.unchecked !== undefined) {
        context.log.absent.push(generated);
        continue;
      }
      const annotation = isAnnotated ? builtinAnnotation(target, place, kind) : undefined;
      const problem = isProblem(generated) ? generated : absorb(generated, annotation, entry.origin);
      if (problem !== undefined) return problem;
    }
  }
  const chartAnnotation = isAnnotated
    ? builtinAnnotation(target, place, 'HelmChartInflationGenerator')
    : undefined;
  for (const entry of chartEntries(kustomization)) {
    const problem = inflate(context, target, entry, (one) =>
      absorb(one, chartAnnotation, entry.entry.origin),
    );
    if (problem !== undefined) return problem;
  }
  const plugins = loadPlugins(context, target, place, 'generators');
  if (isProblem(plugins)) return plugins;
  for (const plugin of plugins) {
    const chart = chartOfPlugin(plugin);
    if (chart === undefined) continue;
    const problem = inflate(context, target, chart, (one) => absorb(one, undefined, chart.entry.origin));
    if (problem !== undefined) return problem;
  }
  const others = plugins.filter((plugin) => chartOfPlugin(plugin) === undefined);
  for (const [index, generator] of pluginGenerators(others, loader, context.provenance).entries()) {
    if (isProblem(generator) && generator.rule === 'plugin-not-executed') {
      lack(context, target, generator, others[index]?.tracked);
      continue;
    }
    if (isProblem(generator)) return generator;
    const problem = absorb(generator.resource, generator.annotation, generator.origin);
    if (problem !== undefined) return problem;
  }
  return { ...accumulator, resources: absorber.resources() };
}

/** Goes on without what is not here, and notes down which files it would have read. */
function lack(
  { log, sources }: BuildContext,
  { loader }: Target,
  problem: Problem,
  config: Tracked | undefined,
): void {
  log.absent.push(problem);
  const named = filesNamed(config?.value ?? null, loader.directory, sources.fileSystem);
  for (const path of named) log.unrendered.add(path);
  if (problem.unrendered !== undefined) log.unrendered.add(problem.unrendered);
}

const generatorFields: readonly (readonly [string, GeneratorKind])[] = [
  ['configMapGenerator', 'ConfigMapGenerator'],
  ['secretGenerator', 'SecretGenerator'],
];

/** Takes in what a chart makes; one that is not here, or that Helm refuses, only lacks. */
function inflate(
  context: BuildContext,
  target: Target,
  entry: ChartEntry,
  absorb: (resource: AccumulatedResource) => Problem | undefined,
): Problem | undefined {
  const made = inflateTracked(context, target, entry);
  if (isProblem(made)) {
    if (made.unchecked === undefined) return made;
    lack(context, target, made, entry.entry);
    return undefined;
  }
  for (const resource of made) {
    const problem = absorb(resource);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function inflateTracked(
  { sources, charts, provenance, log }: BuildContext,
  { loader }: Target,
  { entry, home }: ChartEntry,
): readonly AccumulatedResource[] | Problem {
  const { unknown } = log;
  const made = inflateChart(entry, home, { sources, loader, copies: charts, provenance, unknown });
  if (isProblem(made)) return made;
  for (const input of made.inputs) log.inputs.add(input);
  return made.resources;
}

function transform(
  context: BuildContext,
  target: Target,
  place: Place,
  accumulator: Accumulator,
): Accumulator | Problem {
  const { kustomization, loader } = target;
  const spent = { applied: 0 };
  const scope = {
    loader,
    schemas: notedSchemas(context),
    log: (effect: EntryEffect) => {
      spent.applied += effect.selected + 1;
      context.log.effects.push(effect);
    },
    drop: (resource: AccumulatedResource) => {
      context.log.dropped.push(resourceOf(resource));
    },
    spent,
    isPartial: context.log.absent.length > 0,
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

function notedSchemas(context: BuildContext): MergeSchemas {
  const { current } = context.schemas;
  return {
    ...current,
    schemaOf: (apiVersion, kind) => {
      noteBuiltinUse(context, 'merge');
      return current.schemaOf(apiVersion, kind);
    },
  };
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
    help: 'list it under transformers',
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
  // An empty text is a configuration of nothing.
  const entries = stringsOf(target.kustomization, field).filter(({ value }) => value.trim() !== '');
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
  const documents = target.loader.embedded(entry, field, { as: 'kustomize' });
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
