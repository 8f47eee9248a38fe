import type { Fetched } from '../fetched/fetched.ts';
import type { Resource } from '../object/resource.ts';
import type { ClusterId, OwnerId, Reconciliation } from './reconciliation.ts';

/** What lies in the repository, as a survey of it found. */
export interface Repository {
  /** YAML files that are no kustomizations. */
  readonly files: readonly string[];
  /** The kustomization files. */
  readonly kustomizations: readonly string[];
  /** Directories of kustomizations that no other one uses; found where absent. */
  readonly roots?: readonly string[];
}

export interface DiscoverOptions {
  /** Whether a file of the repository says that builds may read files outside of their directory. */
  readonly isBuiltFreely?: boolean;
  /** Addresses of this repository, as sources may name it; where absent, what a source brings tells. */
  readonly repositories?: readonly string[];
  /** False for Flux before 2.9, where an undefined variable became nothing; where absent, what stands in the repository tells. */
  readonly strictSubstitution?: boolean;
  /** Directories whose entry points are ways to the same clusters, never used together. */
  readonly alternatives?: readonly string[];
  /** A file with the clusters that Argo CD knows. */
  readonly clustersFile?: string;
  /** What charts are rendered for; the newest that is known where absent. */
  readonly kubernetesVersion?: string;
  /** What comes from elsewhere and was fetched; what lies in the default folder where absent. */
  readonly fetched?: Fetched;
  /** What clusters have and no file declares. */
  readonly lasting?: readonly LastingDeclaration[];
  /** What clusters have of an earlier revision. */
  readonly earlier?: Earlier;
}

/** What clusters have of an earlier revision; variables and values may come from it. */
export interface Earlier {
  /** What a cluster keeps of what an owner applied, whatever it applies now. */
  readonly keptOf: (now: Reconciliation) => readonly Resource[];
  /** What the cluster of an owner had, be it kept or deleted; nothing where the owner lacked something of it then as well. */
  readonly hadFor: (owner: OwnerId) => readonly Resource[];
  /** Who built without the load restrictor then; no change switches it off by a file of its own. */
  readonly builtFreely: BuiltFreely;
}

/** Whether builds may read files outside of their directory: of Argo CD and of people, and where the repository holds objects of Flux. */
export interface BuiltFreely {
  readonly byArgo: boolean;
  readonly byFlux: boolean;
}

/** An entry point that a cluster has, whether a file declares it or not. */
export interface LastingDeclaration {
  readonly cluster: ClusterId;
  readonly declaration: Resource;
  /** What the cluster keeps and nothing of the repository brings; variables and values may come from it. */
  readonly kept: readonly Resource[];
}
