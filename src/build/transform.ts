import type { Tracked } from '../object/provenance.ts';
import { isMapping, type Mapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import type { AccumulatedResource } from './accumulated-resource.ts';
import { readFieldSpec } from './configuration-file.ts';
import { type FieldSpec, makeFieldSpec } from './field-spec.ts';
import { entriesOf, fieldOf, isTrue, pairsOf, stringsOf, textOf } from './kustomization.ts';
import { isProblem, type Problem } from './problem.ts';
import type { Resources } from './transformer.ts';
import { mergeSpecs, type TransformerConfig } from './transformer-config.ts';
import type { Step, TransformerKind } from './transformer-step.ts';
import { transformImages } from './transformers/images.ts';
import { transformPairs } from './transformers/labels.ts';
import { transformNames } from './transformers/name-affix.ts';
import { transformNamespace } from './transformers/namespace.ts';
import { type PatchScope, transformPatch, transformStrategicMerge } from './transformers/patches.ts';
import { transformReplacements } from './transformers/replacements.ts';
import { transformReplicas } from './transformers/replicas.ts';

/** The transformers that the fields of a kustomization ask for, in kustomize's order (target/kusttarget_configplugin.go). */
export function transformersOf(
  kustomization: Tracked<Mapping>,
  config: TransformerConfig,
  scope: PatchScope,
): readonly Step[] {
  const steps: Step[] = [];
  const step = (kind: TransformerKind, run: Step['run']): void => void steps.push({ kind, run });
  const text = (field: string): Tracked | undefined =>
    textOf(kustomization, field) === '' ? undefined : fieldOf(kustomization, field);

  const merges = stringsOf(kustomization, 'patchesStrategicMerge');
  if (merges.length > 0) {
    step('PatchStrategicMergeTransformer', (resources) => transformStrategicMerge(resources, merges, scope));
  }
  for (const entry of entriesOf(kustomization, 'patches')) {
    step('PatchTransformer', (resources) => transformPatch(resources, entry, 'patches', scope));
  }
  const namespace = text('namespace');
  if (namespace !== undefined) {
    step('NamespaceTransformer', (resources) =>
      transformNamespace(resources, valueText(namespace.value), namespace.origin, {
        specs: config.namespace,
      }),
    );
  }
  const prefix = text('namePrefix');
  if (prefix !== undefined) {
    step('PrefixTransformer', (resources) =>
      transformNames(resources, { prefix: valueText(prefix.value) }, prefix.origin, config.namePrefix),
    );
  }
  const suffix = text('nameSuffix');
  if (suffix !== undefined) {
    step('SuffixTransformer', (resources) =>
      transformNames(resources, { suffix: valueText(suffix.value) }, suffix.origin, config.nameSuffix),
    );
  }
  addLabelSteps(kustomization, config, step);
  const annotations = pairsOf(kustomization, 'commonAnnotations');
  if (annotations.length > 0) {
    step('AnnotationsTransformer', (resources) =>
      transformPairs(resources, annotations, config.commonAnnotations),
    );
  }
  for (const entry of entriesOf(kustomization, 'patchesJson6902')) {
    step('PatchJson6902Transformer', (resources) =>
      transformPatch(resources, entry, 'patchesJson6902', scope),
    );
  }
  for (const entry of entriesOf(kustomization, 'replicas')) {
    step('ReplicaCountTransformer', (resources) =>
      transformReplicas(resources, entry, config.replicas, scope),
    );
  }
  for (const entry of [...entriesOf(kustomization, 'images'), ...entriesOf(kustomization, 'imageTags')]) {
    step('ImageTagTransformer', (resources) => transformImages(resources, entry, config.images, scope.log));
  }
  const replacements = entriesOf(kustomization, 'replacements');
  if (replacements.length > 0) {
    step('ReplacementTransformer', (resources) => transformReplacements(resources, replacements, scope));
  }
  return steps;
}

function addLabelSteps(
  kustomization: Tracked<Mapping>,
  config: TransformerConfig,
  step: (kind: TransformerKind, run: Step['run']) => void,
): void {
  const entries = entriesOf(kustomization, 'labels');
  const common = pairsOf(kustomization, 'commonLabels');
  if (entries.length === 0 && common.length === 0) return;
  for (const entry of entries) {
    const specs = labelSpecs(entry, config);
    step('LabelTransformer', (resources) =>
      isProblem(specs)
        ? { at: entry.origin, ...specs }
        : transformPairs(resources, pairsOf(entry, 'pairs'), specs),
    );
  }
  step('LabelTransformer', (resources) => transformPairs(resources, common, config.commonLabels));
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

/** Notes a step down in every resource it was run over. */
export type Annotate = (resources: Resources, step: Step) => Resources;

/** Runs the steps one after the other; what a step empties is dropped, as kustomize does between transformers. */
export function runSteps(
  resources: Resources,
  steps: readonly Step[],
  annotate: Annotate | undefined,
): Resources | Problem {
  let current = resources;
  for (const step of steps) {
    const next = step.run(current);
    if (isProblem(next)) return next;
    current = annotate === undefined ? next : annotate(next, step);
  }
  return current.every(isFilled) ? current : current.filter(isFilled);
}

function isFilled({ tracked }: AccumulatedResource): boolean {
  return isMapping(tracked.value) && Object.keys(tracked.value).length > 0;
}
