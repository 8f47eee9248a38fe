import { getPart, type Tracked } from '../object/provenance.ts';
import { type Mapping, newMapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { readFieldSpec } from './configuration-file.ts';
import { type FieldSpec, makeFieldSpec } from './field-spec.ts';
import { hashNames } from './hash-names.ts';
import { writeAnew } from './json-patch.ts';
import { entriesOf, fieldOf, isTrue, mappingOf, pairsOf, stringsOf, textOf } from './kustomization.ts';
import { isProblem, type Problem } from './problem.ts';
import { readObjects } from './resource-file.ts';
import type { Resources } from './transformer.ts';
import { mergeSpecs, type TransformerConfig } from './transformer-config.ts';
import { transformImages } from './transformers/images.ts';
import { transformPairs } from './transformers/labels.ts';
import { transformNames } from './transformers/name-affix.ts';
import { type SubjectMode, transformNamespace } from './transformers/namespace.ts';
import { type PatchScope, transformPatch, transformStrategicMerge } from './transformers/patches.ts';
import { transformReplacements } from './transformers/replacements.ts';
import { transformReplicas } from './transformers/replicas.ts';
import { addValues } from './transformers/value-add.ts';

export type RunTransformer = (resources: Resources) => Resources | Problem;

/** The two forms in which a transformer is asked for. */
interface Transformer {
  /** By fields of a kustomization: a run for each time, over the field specs of its `configurations`. */
  readonly ofFields?: (
    kustomization: Tracked<Mapping>,
    config: TransformerConfig,
    scope: PatchScope,
  ) => readonly RunTransformer[];
  /** By a configuration of its kind under `transformers` or `validators`, which brings its own field specs. */
  readonly ofPlugin: (config: Tracked<Mapping>, scope: PatchScope) => RunTransformer;
}

/**
 * Every transformer of kustomize under its kind (api/internal/plugins/builtinhelpers), in the order in which the fields of a kustomization
 * are taken (target/kusttarget_configplugin.go).
 */
export const transformers = {
  PatchStrategicMergeTransformer: {
    ofFields: (kustomization, _, scope) => {
      const merges = stringsOf(kustomization, 'patchesStrategicMerge');
      return merges.length === 0 ? [] : [(resources) => transformStrategicMerge(resources, merges, scope)];
    },
    ofPlugin: (config, scope) => (resources) => runStrategicMerge(resources, config, scope),
  },
  PatchTransformer: {
    ofFields: (kustomization, _, scope) => runPatches(kustomization, 'patches', scope),
    ofPlugin: (config, scope) => (resources) => transformPatch(resources, config, 'patches', scope),
  },
  NamespaceTransformer: {
    ofFields: (kustomization, { namespace: specs }) =>
      filledText(kustomization, 'namespace').map(
        ({ value, origin }) =>
          (resources) =>
            transformNamespace(resources, valueText(value), origin, { specs }),
      ),
    ofPlugin: (config) => (resources) => runNamespace(resources, config),
  },
  PrefixTransformer: {
    ofFields: (kustomization, { namePrefix }) =>
      filledText(kustomization, 'namePrefix').map(
        ({ value, origin }) =>
          (resources) =>
            transformNames(resources, { prefix: valueText(value) }, origin, namePrefix),
      ),
    ofPlugin: (config) => (resources) => affixNames(resources, config, 'prefix'),
  },
  SuffixTransformer: {
    ofFields: (kustomization, { nameSuffix }) =>
      filledText(kustomization, 'nameSuffix').map(
        ({ value, origin }) =>
          (resources) =>
            transformNames(resources, { suffix: valueText(value) }, origin, nameSuffix),
      ),
    ofPlugin: (config) => (resources) => affixNames(resources, config, 'suffix'),
  },
  PrefixSuffixTransformer: {
    ofPlugin: (config) => (resources) => {
      const prefixed = affixNames(resources, config, 'prefix');
      return isProblem(prefixed) ? prefixed : affixNames(prefixed, config, 'suffix');
    },
  },
  LabelTransformer: {
    ofFields: runLabels,
    ofPlugin: (config) => (resources) =>
      transformPairs(resources, pairsOf(config, 'labels'), specsOf(config)),
  },
  AnnotationsTransformer: {
    ofFields: (kustomization, { commonAnnotations: specs }) => {
      const annotations = pairsOf(kustomization, 'commonAnnotations');
      return annotations.length === 0 ? [] : [(resources) => transformPairs(resources, annotations, specs)];
    },
    ofPlugin: (config) => (resources) =>
      transformPairs(resources, pairsOf(config, 'annotations'), specsOf(config)),
  },
  PatchJson6902Transformer: {
    ofFields: (kustomization, _, scope) => runPatches(kustomization, 'patchesJson6902', scope),
    ofPlugin: (config, scope) => (resources) => transformPatch(resources, config, 'patchesJson6902', scope),
  },
  ReplicaCountTransformer: {
    ofFields: (kustomization, { replicas: specs }, scope) =>
      entriesOf(kustomization, 'replicas').map(
        (entry) => (resources) => transformReplicas(resources, entry, specs, scope),
      ),
    ofPlugin: (config, scope) => (resources) =>
      transformReplicas(resources, partOf(config, 'replica'), specsOf(config), scope),
  },
  ImageTagTransformer: {
    ofFields: (kustomization, { images: specs }, { log }) =>
      [...entriesOf(kustomization, 'images'), ...entriesOf(kustomization, 'imageTags')].map(
        (entry) => (resources) => transformImages(resources, entry, specs, log),
      ),
    ofPlugin:
      (config, { log }) =>
      (resources) =>
        transformImages(resources, partOf(config, 'imageTag'), specsOf(config), log),
  },
  ReplacementTransformer: {
    ofFields: (kustomization, _, scope) => {
      const replacements = entriesOf(kustomization, 'replacements');
      return replacements.length === 0
        ? []
        : [(resources) => transformReplacements(resources, replacements, scope)];
    },
    // The configuration of a plugin goes through JSON.
    ofPlugin: (config, scope) => (resources) =>
      transformReplacements(resources, entriesOf(writeAnew(config), 'replacements'), scope),
  },
  ValueAddTransformer: {
    ofPlugin:
      (config, { loader }) =>
      (resources) =>
        addValues(resources, config, loader),
  },
  HashTransformer: { ofPlugin: () => hashNames },
} as const satisfies Readonly<Record<string, Transformer>>;

/** The kind by which `builtin` plugins name a transformer. */
export type TransformerKind = keyof typeof transformers;

/** All of them with their kinds, in order. */
export const transformerEntries = Object.entries(transformers) as readonly (readonly [
  TransformerKind,
  Transformer,
])[];

/** A field's text, where it has one. */
function filledText(kustomization: Tracked<Mapping>, field: string): readonly Tracked[] {
  const value = textOf(kustomization, field) === '' ? undefined : fieldOf(kustomization, field);
  return value === undefined ? [] : [value];
}

function runPatches(
  kustomization: Tracked<Mapping>,
  field: 'patches' | 'patchesJson6902',
  scope: PatchScope,
): readonly RunTransformer[] {
  return entriesOf(kustomization, field).map(
    (entry) => (resources) => transformPatch(resources, entry, field, scope),
  );
}

function runLabels(kustomization: Tracked<Mapping>, config: TransformerConfig): readonly RunTransformer[] {
  const entries = entriesOf(kustomization, 'labels');
  const common = pairsOf(kustomization, 'commonLabels');
  if (entries.length === 0 && common.length === 0) return [];
  return [
    ...entries.map((entry): RunTransformer => {
      const specs = labelSpecs(entry, config);
      return (resources) =>
        isProblem(specs)
          ? { at: entry.origin, ...specs }
          : transformPairs(resources, pairsOf(entry, 'pairs'), specs);
    }),
    (resources) => transformPairs(resources, common, config.commonLabels),
  ];
}

function labelSpecs(entry: Tracked<Mapping>, config: TransformerConfig): readonly FieldSpec[] | Problem {
  const added: (readonly FieldSpec[])[] = [config.labels];
  if (isTrue(entry, 'includeSelectors')) added.push(config.commonLabels);
  else {
    if (isTrue(entry, 'includeTemplates')) added.push(config.templateLabels);
    if (isTrue(entry, 'includeVolumeClaimTemplates')) added.push(config.volumeClaimTemplateLabels);
    added.push([makeFieldSpec({}, 'metadata/labels', true)]);
  }
  let specs: readonly FieldSpec[] = entriesOf(entry, 'fields').map(readFieldSpec);
  for (const more of added) {
    const merged = mergeSpecs(specs, more);
    if (isProblem(merged)) return merged;
    specs = merged;
  }
  return specs;
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

function runNamespace(resources: Resources, config: Tracked<Mapping>): Resources | Problem {
  const namespace = getPart(partOf(config, 'metadata'), 'namespace');
  if (typeof namespace?.value !== 'string' || namespace.value === '') return resources;
  const mode = textOf(config, 'setRoleBindingSubjects') || 'defaultOnly';
  if (!isSubjectMode(mode)) {
    return {
      rule: 'plugin-invalid',
      problem: `setRoleBindingSubjects is ${mode}, but must be defaultOnly, allServiceAccounts or none`,
      help: 'write one of the three, or remove the field',
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
  const paths = stringsOf(config, 'paths');
  const inline = getPart(config, 'patches');
  if (paths.length === 0 && !inline?.value) return withoutPatch(config);
  if (typeof inline?.value !== 'string' || inline.value === '')
    return transformStrategicMerge(resources, paths, scope);
  const documents = scope.loader.embedded(inline as Tracked<string>, 'patchesStrategicMerge', {
    as: 'patch',
  });
  const patches = isProblem(documents) ? documents : readObjects(documents);
  if (isProblem(patches)) return patches;
  return paths.length === 0 && patches.length === 0
    ? withoutPatch(config)
    : transformStrategicMerge(resources, paths, scope, patches);
}

function withoutPatch({ origin }: Tracked): Problem {
  const problem = 'the patch has neither paths nor patches';
  return { rule: 'patch-invalid', problem, help: 'write one of the two', at: origin };
}

function partOf(config: Tracked<Mapping>, field: string): Tracked<Mapping> {
  return mappingOf(config, field) ?? { value: newMapping(), origin: config.origin };
}
