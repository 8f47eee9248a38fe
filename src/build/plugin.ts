import { getPart, type Origin, type Tracked, untracked } from '../object/provenance.ts';
import { type Mapping, newMapping } from '../source/value.ts';
import {
  type AccumulatedResource,
  currentId,
  describeId,
  type OriginAnnotation,
} from './accumulated-resource.ts';
import { readFieldSpec } from './configuration-file.ts';
import type { FieldSpec } from './field-spec.ts';
import { runGenerator } from './generate.ts';
import { generateServiceAccount } from './generators/iam-policy.ts';
import { hashNames } from './hash-names.ts';
import { entriesOf, isTrue, mappingOf, pairsOf, stringsOf, textOf } from './kustomization.ts';
import type { Loader } from './loader.ts';
import { checkPlugin } from './plugin-fields.ts';
import { isProblem, type Problem } from './problem.ts';
import { readObjects } from './resource-file.ts';
import type { Resources } from './transformer.ts';
import type { Step, TransformerKind } from './transformer-step.ts';
import { transformImages } from './transformers/images.ts';
import { transformPairs } from './transformers/labels.ts';
import { transformNames } from './transformers/name-affix.ts';
import { type SubjectMode, transformNamespace } from './transformers/namespace.ts';
import {
  mergePatches,
  type PatchScope,
  transformPatch,
  transformStrategicMerge,
} from './transformers/patches.ts';
import { transformReplacements } from './transformers/replacements.ts';
import { transformReplicas } from './transformers/replicas.ts';
import { addValues } from './transformers/value-add.ts';

export interface GeneratedByPlugin {
  readonly resource: AccumulatedResource;
  readonly annotation: OriginAnnotation | undefined;
  readonly origin: Origin;
}

/** What the configurations under `generators` make; those that are not built into kustomize are never executed. */
export function pluginGenerators(
  plugins: Resources,
  loader: Loader,
  provenance: boolean,
): (GeneratedByPlugin | Problem)[] {
  return plugins.map((plugin) => {
    const { kind } = currentId(plugin);
    const annotation = pluginAnnotation(plugin);
    if (!isBuiltin(plugin)) return absentGenerator(plugin);
    const config = checkPlugin(kind, plugin.tracked);
    if (isProblem(config)) return config;
    const { origin } = config;
    if (kind === 'ConfigMapGenerator' || kind === 'SecretGenerator') {
      const resource = runGenerator(kind, config, undefined, loader, provenance);
      return isProblem(resource) ? resource : { resource, annotation, origin };
    }
    if (kind === 'IAMPolicyGenerator')
      return {
        resource: generateServiceAccount(config, provenance ? origin : untracked),
        annotation,
        origin,
      };
    if (kind === 'HelmChartInflationGenerator') return absentGenerator(plugin);
    return {
      rule: 'plugin-invalid',
      problem: `${kind} is no generator of kustomize`,
      help: 'correct its kind, or name it under transformers',
      at: origin,
    };
  });
}

/** The transformers that the configurations under `transformers` or `validators` stand for. */
export function pluginTransformers(plugins: Resources, scope: PatchScope): readonly Step[] | Problem {
  const steps: Step[] = [];
  for (const plugin of plugins) {
    if (!isBuiltin(plugin)) return notExecuted(plugin);
    const { kind } = currentId(plugin);
    if (!isTransformer(kind)) {
      return {
        rule: 'plugin-invalid',
        problem: `${kind} is no transformer of kustomize`,
        help: 'correct its kind, or name it under generators',
        at: plugin.tracked.origin,
      };
    }
    const annotation = pluginAnnotation(plugin);
    const config = checkPlugin(kind, plugin.tracked);
    if (isProblem(config)) return config;
    const wrong = checkAffix(kind, config);
    if (wrong !== undefined) return wrong;
    const run = runners[kind](config, scope);
    steps.push({ kind, run, ...(annotation === undefined ? {} : { annotation }) });
  }
  return steps;
}

type Run = Step['run'];

type Runner = (config: Tracked<Mapping>, scope: PatchScope) => Run;

/** Every transformer of kustomize under its kind; the fields of a kustomization ask for some of them (`transformersOf`). */
const runners = {
  NamespaceTransformer: (config) => (resources) => runNamespace(resources, config),
  PrefixTransformer: (config) => (resources) => affixNames(resources, config, 'prefix'),
  PrefixSuffixTransformer: (config) => (resources) => {
    const prefixed = affixNames(resources, config, 'prefix');
    return isProblem(prefixed) ? prefixed : affixNames(prefixed, config, 'suffix');
  },
  SuffixTransformer: (config) => (resources) => affixNames(resources, config, 'suffix'),
  LabelTransformer: (config) => (resources) =>
    transformPairs(resources, pairsOf(config, 'labels'), specsOf(config)),
  AnnotationsTransformer: (config) => (resources) =>
    transformPairs(resources, pairsOf(config, 'annotations'), specsOf(config)),
  ImageTagTransformer:
    (config, { log }) =>
    (resources) =>
      transformImages(resources, partOf(config, 'imageTag'), specsOf(config), log),
  ReplicaCountTransformer: (config, scope) => (resources) =>
    transformReplicas(resources, partOf(config, 'replica'), specsOf(config), scope),
  PatchTransformer: (config, scope) => (resources) => transformPatch(resources, config, 'patches', scope),
  PatchJson6902Transformer: (config, scope) => (resources) =>
    transformPatch(resources, config, 'patchesJson6902', scope),
  PatchStrategicMergeTransformer: (config, scope) => (resources) =>
    runStrategicMerge(resources, config, scope),
  ReplacementTransformer: (config, scope) => (resources) =>
    transformReplacements(resources, entriesOf(config, 'replacements'), scope),
  ValueAddTransformer:
    (config, { loader }) =>
    (resources) =>
      addValues(resources, config, loader),
  HashTransformer: () => hashNames,
} as const satisfies Readonly<Record<TransformerKind, Runner>>;

export const transformerKinds: readonly string[] = Object.keys(runners);

function isTransformer(kind: string): kind is TransformerKind {
  return Object.hasOwn(runners, kind);
}

function specsOf(config: Tracked<Mapping>): FieldSpec[] {
  return entriesOf(config, 'fieldSpecs').map(readFieldSpec);
}

function affixNames(
  resources: Resources,
  config: Tracked<Mapping>,
  side: 'prefix' | 'suffix',
): Resources | Problem {
  const text = textOf(config, side);
  const affix = side === 'prefix' ? { prefix: text } : { suffix: text };
  return transformNames(resources, affix, config.origin, specsOf(config));
}

function checkAffix(kind: string, config: Tracked<Mapping>): Problem | undefined {
  if (kind !== 'PrefixTransformer' && kind !== 'SuffixTransformer') return undefined;
  const field = kind === 'PrefixTransformer' ? 'prefix' : 'suffix';
  const affix = getPart(config, field);
  if (typeof affix?.value === 'object' && affix.value !== null)
    return wrongAffix(`the ${field} is no text`, `write ${field}: with a text`, affix);
  if (Array.isArray(config.value['fieldSpecs'])) return undefined;
  return wrongAffix(`a ${kind} needs fieldSpecs`, 'write fieldSpecs: with - path: metadata/name', config);
}

function wrongAffix(problem: string, help: string, { origin }: Tracked): Problem {
  return { rule: 'plugin-invalid', problem, help, at: origin };
}

function runNamespace(resources: Resources, config: Tracked<Mapping>): Resources | Problem {
  const namespace = getPart(partOf(config, 'metadata'), 'namespace');
  if (typeof namespace?.value !== 'string' || namespace.value === '') return resources;
  const mode = textOf(config, 'setRoleBindingSubjects') || 'defaultOnly';
  if (!isSubjectMode(mode)) {
    return {
      rule: 'plugin-invalid',
      problem: `setRoleBindingSubjects is ${mode}, but may be defaultOnly, allServiceAccounts or none`,
      help: 'write one of the three, or leave the field out',
      at: (getPart(config, 'setRoleBindingSubjects') ?? config).origin,
    };
  }
  const options = { specs: specsOf(config), subjects: mode, unsetOnly: isTrue(config, 'unsetOnly') };
  return transformNamespace(resources, namespace.value, namespace.origin, options);
}

function isSubjectMode(mode: string): mode is SubjectMode {
  return mode === 'defaultOnly' || mode === 'allServiceAccounts' || mode === 'none';
}

function runStrategicMerge(
  resources: Resources,
  config: Tracked<Mapping>,
  scope: PatchScope,
): Resources | Problem {
  const merged = transformStrategicMerge(resources, stringsOf(config, 'paths'), scope);
  const inline = getPart(config, 'patches');
  if (isProblem(merged) || typeof inline?.value !== 'string' || inline.value === '') return merged;
  const documents = scope.loader.embedded(inline as Tracked<string>, 'patchesStrategicMerge', 'kustomize');
  const patches = isProblem(documents) ? documents : readObjects(documents);
  if (isProblem(patches)) return patches;
  return mergePatches(merged, patches, 'patchesStrategicMerge', scope, { name: false, kind: false });
}

function pluginAnnotation(plugin: AccumulatedResource): OriginAnnotation | undefined {
  const { originAnnotation } = plugin;
  if (originAnnotation === undefined) return undefined;
  const { group, version, kind, name, namespace } = currentId(plugin);
  return {
    ...(originAnnotation.path === undefined ? {} : { configuredIn: originAnnotation.path }),
    configuredBy: {
      apiVersion: group === '' ? version : `${group}/${version}`,
      kind,
      name,
      ...(namespace === '' ? {} : { namespace }),
    },
  };
}

function partOf(config: Tracked<Mapping>, field: string): Tracked<Mapping> {
  return mappingOf(config, field) ?? { value: newMapping(), origin: config.origin };
}

// The group is empty and the version says it: upstream's own odd choice.
function isBuiltin(plugin: AccumulatedResource): boolean {
  const { group, version } = currentId(plugin);
  return group === '' && version === 'builtin';
}

/** A generator only adds objects, so that the rest can be built without it. */
function absentGenerator(plugin: AccumulatedResource): Problem {
  return { ...notExecuted(plugin), unchecked: describeId(currentId(plugin)) };
}

function notExecuted(plugin: AccumulatedResource): Problem {
  const name = describeId(currentId(plugin));
  return {
    rule: 'plugin-not-executed',
    problem: `${name} is a plugin, and plugins are never executed`,
    help: 'render what it makes into the repository',
    at: plugin.tracked.origin,
  };
}
