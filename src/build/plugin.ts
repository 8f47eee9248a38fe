import { getPart, type Origin, type Tracked, untracked } from '../object/provenance.ts';
import type { Mapping } from '../source/value.ts';
import {
  type AccumulatedResource,
  currentId,
  describeId,
  type OriginAnnotation,
} from './accumulated-resource.ts';
import { runGenerator } from './generate.ts';
import { generateServiceAccount } from './generators/iam-policy.ts';
import type { Loader } from './loader.ts';
import { checkPlugin } from './plugin-fields.ts';
import { isProblem, type Problem } from './problem.ts';
import type { Step } from './transform.ts';
import type { Resources } from './transformer.ts';
import { type TransformerKind, transformers } from './transformer-table.ts';
import type { PatchScope } from './transformers/patches.ts';

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
      problem: `${kind} is not a generator of kustomize`,
      help: 'correct its kind, or list it under transformers',
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
        problem: `${kind} is not a transformer of kustomize`,
        help: 'correct its kind, or list it under generators',
        at: plugin.tracked.origin,
      };
    }
    const annotation = pluginAnnotation(plugin);
    const config = checkPlugin(kind, plugin.tracked);
    if (isProblem(config)) return config;
    const wrong = checkAffix(kind, config);
    if (wrong !== undefined) return wrong;
    const run = transformers[kind].ofPlugin(config, scope);
    steps.push({ kind, run, ...(annotation === undefined ? {} : { annotation }) });
  }
  return steps;
}

export const transformerKinds: readonly string[] = Object.keys(transformers);

function isTransformer(kind: string): kind is TransformerKind {
  return Object.hasOwn(transformers, kind);
}

function checkAffix(kind: string, config: Tracked<Mapping>): Problem | undefined {
  if (kind !== 'PrefixTransformer' && kind !== 'SuffixTransformer') return undefined;
  const field = kind === 'PrefixTransformer' ? 'prefix' : 'suffix';
  const affix = getPart(config, field);
  if (typeof affix?.value === 'object' && affix.value !== null)
    return wrongAffix(`the ${field} is not a string`, `write ${field}: with a string`, affix);
  if (Array.isArray(config.value['fieldSpecs'])) return undefined;
  return wrongAffix(`a ${kind} needs fieldSpecs`, 'write fieldSpecs: with - path: metadata/name', config);
}

function wrongAffix(problem: string, help: string, { origin }: Tracked): Problem {
  return { rule: 'plugin-invalid', problem, help, at: origin };
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
    isElsewhere: true,
    problem: `${name} is a plugin, and plugins are never executed`,
    help: 'commit its rendered output to the repository',
    at: plugin.tracked.origin,
  };
}
