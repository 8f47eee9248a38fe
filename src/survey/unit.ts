import type { Environment } from '../configuration/configuration.ts';
import type { Build } from '../object/build.ts';
import type { Resource } from '../object/resource.ts';

/**
 * By which way objects reach a cluster: an environment that the configuration names, a cluster that Flux or Argo CD deploys to, the
 * rest of one that has such environments, a kustomization that no other one uses, or manifests that no kustomization takes.
 */
export type UnitRole = 'environment' | 'cluster' | 'beside' | 'root' | 'plain';

/** What tells the units of a run apart, and is the same in another revision, run, or shard. */
export interface UnitId {
  readonly role: UnitRole;
  /** The directory that is built; of a cluster the one with its entry points. */
  readonly root: string;
  /** The name of the environment. */
  readonly environment?: string;
  /** The one of several alternatives by which it reaches the cluster. */
  readonly alternative?: string;
}

/** What reaches a cluster together, rendered. */
export interface Unit {
  readonly id: UnitId;
  /** For people only; absent for manifests that no kustomization takes. */
  readonly title?: string;
  readonly build: Build;
  /** As the configuration has it. */
  readonly environment?: Environment;
  /** Of a cluster: the directory that whoever applies an object takes it from. */
  readonly appliedFrom?: ReadonlyMap<Resource, string>;
  /** What of it Flux applies, which it does server-side. */
  readonly byFlux?: ReadonlySet<Resource>;
  /** Of a cluster where something failed: what comes from builds that did not. */
  readonly whole?: ReadonlySet<Resource>;
  /** Whether variables stand in it whose values are not in the repository. */
  readonly hasPlaceholders: boolean;
  /** Kinds that whoever applies the unit patches, so that its objects need not be whole. */
  readonly completedKinds?: ReadonlySet<string>;
}

/** A text for each identity. */
export function unitKey({ role, root, environment = '', alternative = '' }: UnitId): string {
  return JSON.stringify([role, root, environment, alternative]);
}

/** The directory by which findings name the unit; undefined for manifests that no kustomization takes. */
export function entryPointOf({ id: { role, root } }: Unit): string | undefined {
  return role === 'plain' ? undefined : root;
}
