import type { Environment, ProvidedObject } from '../configuration/configuration.ts';
import type { Build } from '../object/build.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { Sources } from '../source/load.ts';

/** What rules know of an environment that the configuration names. */
export type NamedEnvironment = Pick<Environment, 'name' | 'root' | 'requiredWorkloads' | 'production'>;

/** What rules know beyond a build. */
export interface Surroundings {
  readonly sources: Sources;
  readonly kubernetesVersion: string;
  /** The Flux of the clusters, as `2.8`; the newest where absent. */
  readonly fluxVersion?: string;
  readonly environments: readonly NamedEnvironment[];
  readonly provided: readonly ProvidedObject[];
  /** Registries, or repositories below one, that hand out nothing without a Secret; none where absent. */
  readonly privateRegistries?: readonly string[];
  /** Hosts, or beginnings of addresses, that charts and manifests may come from; nothing is said where there are none. */
  readonly sourceHosts?: readonly string[];
  /** Builds that reach the same cluster; not those of other environments. The judged build may be among them. */
  readonly neighbours?: readonly Build[];
  /** All clusters that are deployed to from here; absent where they are not judged. */
  readonly clusters?: readonly Cluster[];
  /** Every manifest of the tree that stands in or below a kustomization's directory; absent where only a part was looked at. */
  readonly files?: readonly string[];
  /** Scripts and guides of the tree; absent where only a part was looked at. */
  readonly documents?: readonly string[];
}
