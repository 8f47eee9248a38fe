import { countEdits } from '../object/edit-work.ts';
import type { Tracked } from '../object/provenance.ts';
import { isMapping, type Mapping } from '../source/value.ts';
import type { AccumulatedResource, OriginAnnotation } from './accumulated-resource.ts';
import { isProblem, type Problem } from './problem.ts';
import type { Resources } from './transformer.ts';
import type { TransformerConfig } from './transformer-config.ts';
import { type RunTransformer, type TransformerKind, transformerEntries } from './transformer-table.ts';
import type { PatchScope } from './transformers/patches.ts';
import { checkBetweenSteps } from './written-key.ts';

/** One transformer of a kustomization, under the kind that `transformerAnnotations` names. */
export interface Step {
  readonly kind: TransformerKind;
  /** For a transformer with a configuration of its own: what `transformerAnnotations` says of it. */
  readonly annotation?: OriginAnnotation;
  readonly run: RunTransformer;
}

/** The transformers that the fields of a kustomization ask for, in kustomize's order. */
export function transformersOf(
  kustomization: Tracked<Mapping>,
  config: TransformerConfig,
  scope: PatchScope,
): readonly Step[] {
  return transformerEntries.flatMap(([kind, { ofFields }]) =>
    ofFields === undefined ? [] : ofFields(kustomization, config, scope).map((run) => ({ kind, run })),
  );
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
  let checked: Resources = [];
  for (const step of steps) {
    countEdits(current.length * 10);
    const next = step.run(current);
    if (isProblem(next)) return next;
    const lost = checkBetweenSteps(next, checked);
    if (lost !== undefined) return lost;
    checked = next;
    current = annotate === undefined ? next : annotate(next, step);
  }
  return current.every(isFilled) ? current : current.filter(isFilled);
}

function isFilled({ tracked }: AccumulatedResource): boolean {
  return isMapping(tracked.value) && Object.keys(tracked.value).length > 0;
}
