import type { Span } from '../diagnostic/span.ts';
import type { Build } from '../object/build.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { Sources } from '../source/load.ts';

/** An object that the configuration says is in the cluster without being in the repository. */
export interface ProvidedObject {
  readonly kind: string;
  readonly name: string;
  /** Every namespace where absent. */
  readonly namespace?: string;
  /** Any key where absent. */
  readonly keys?: readonly string[];
}

/** A name that the configuration requires: a workload and, where said, a Service of that name. */
export interface RequiredWorkload {
  readonly name: string;
  readonly span: Span;
  readonly service?: boolean;
}

/** One of the environments that the configuration names. */
export interface EnvironmentSurroundings {
  readonly name: string;
  /** The directory that is built for it. */
  readonly root: string;
  readonly requiredWorkloads: readonly RequiredWorkload[];
  /** Whether it is a production environment; its name tells where absent. */
  readonly production?: boolean;
}

/** What rules know beyond a build. */
export interface Surroundings {
  readonly sources: Sources;
  readonly kubernetesVersion: string;
  /** The Flux of the clusters, as `2.8`; the newest where absent. */
  readonly fluxVersion?: string;
  readonly environments: readonly EnvironmentSurroundings[];
  readonly provided: readonly ProvidedObject[];
  /** Registries, or repositories below one, that hand out nothing without a Secret; none where absent. */
  readonly privateRegistries?: readonly string[];
  /** Builds that reach the same cluster; not those of other environments. The judged build may be among them. */
  readonly neighbours?: readonly Build[];
  /** All clusters that are deployed to from here; absent where they are not judged. */
  readonly clusters?: readonly Cluster[];
  /** Every manifest of the tree that stands in or below a kustomization's directory; absent where only a part was looked at. */
  readonly files?: readonly string[];
  /** Scripts and guides of the tree; absent where only a part was looked at. */
  readonly documents?: readonly string[];
}
