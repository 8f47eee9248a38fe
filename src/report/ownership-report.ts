import type { ObjectReference } from '../diagnostic/diagnostic.ts';

/** Who applies what: a Flux Kustomization, an Argo CD Application, or a person with kubectl. */
export interface OwnershipReport {
  /** The cluster that it reaches; an environment's name where nobody says which. */
  readonly cluster: string;
  /** The directory of `alternatives` that it belongs to: one of those reaches the cluster at a time. */
  readonly alternative?: string;
  readonly by: 'flux' | 'argocd' | 'kustomize' | 'manifests';
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  /** The directory in this repository; absent where it is not here. */
  readonly path?: string;
  readonly complete: boolean;
  readonly objects: readonly ObjectReference[];
  /** What is not rendered of it, and why. */
  readonly notRendered: readonly string[];
  readonly unresolvedVariables: readonly string[];
}
