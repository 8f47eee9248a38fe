import type { OriginAnnotation } from './accumulated-resource.ts';
import type { Problem } from './problem.ts';
import type { Resources } from './transformer.ts';

/** The kinds of kustomize's transformers, as `builtin` plugins name them (api/internal/plugins/builtinhelpers). */
export type TransformerKind =
  | 'NamespaceTransformer'
  | 'PrefixTransformer'
  | 'PrefixSuffixTransformer'
  | 'SuffixTransformer'
  | 'LabelTransformer'
  | 'AnnotationsTransformer'
  | 'ImageTagTransformer'
  | 'ReplicaCountTransformer'
  | 'PatchTransformer'
  | 'PatchJson6902Transformer'
  | 'PatchStrategicMergeTransformer'
  | 'ReplacementTransformer'
  | 'ValueAddTransformer'
  | 'HashTransformer';

/** One transformer of a kustomization, under the kind that `transformerAnnotations` names. */
export interface Step {
  readonly kind: TransformerKind;
  /** For a transformer with a configuration of its own: what `transformerAnnotations` says of it. */
  readonly annotation?: OriginAnnotation;
  run(resources: Resources): Resources | Problem;
}
