import type { Builder } from '../build/build.ts';
import type { Chart } from '../chart/chart.ts';
import type { Fetched } from '../fetched/fetched.ts';
import type { Resource } from '../object/resource.ts';
import type { Sources } from '../source/load.ts';
import type { TemplateBudget } from '../template/value/model.ts';
import type { KnownCluster } from './argocd/known-clusters.ts';
import type { BuiltFreely } from './discover-options.ts';
import type { FindObject } from './flux/variables.ts';
import type { ServedApis } from './served-apis.ts';

/** What is known of the sources in the repository. */
export interface SourceKnowledge {
  /** Objects of the group source.toolkit.fluxcd.io and ArtifactGenerators, wherever they stand. */
  readonly objects: readonly Resource[];
  /** Sources (`GitRepository flux-system`) that bring paths which are directories of this repository. */
  readonly evidence: ReadonlySet<string>;
  /** Of those the ones that bring a directory alone, and which. */
  readonly roots: ReadonlyMap<string, string>;
  /** Files of the repository, which tell what directories there are. */
  readonly files: readonly string[];
  /** Addresses of this repository; empty where nobody said. */
  readonly repositories: readonly string[];
}

/** What building needs to know beyond the object. */
export interface FluxContext {
  readonly sources: Sources;
  readonly builder: Builder;
  readonly knowledge: SourceKnowledge;
  /** False for Flux before 2.9, where an undefined variable became nothing. */
  readonly isStrict: boolean;
  /** Whether something in the cluster changes Kustomizations as they are admitted, so that any variable may be defined there. */
  readonly areChanged: boolean;
  readonly find: FindObject;
  /** Finds what the cluster had of an earlier revision; absent where there is none. */
  readonly findEarlier?: FindObject;
  /** What comes from elsewhere and lies here. */
  readonly fetched: Fetched;
}

/** What rendering an Application needs to know beyond the object. */
export interface ArgoContext {
  readonly sources: Sources;
  readonly builder: Builder;
  /** Whether a repository's address means this repository. */
  readonly isHere: (url: string) => boolean;
  /** Charts that were read, by their paths. */
  readonly charts: Map<string, Chart>;
  readonly served: ServedApis;
  /** What comes from elsewhere and lies here. */
  readonly fetched: Fetched;
  /** As `kustomize.buildOptions` of argocd-cm has it. */
  readonly builtFreely: BuiltFreely;
}

/** What making the objects of an entry point needs to know beyond its declaration. */
export interface ReconcileContext extends FluxContext, ArgoContext {
  /** The clusters that Argo CD knows; absent where nobody says. */
  readonly clusters?: readonly KnownCluster[];
  /** Whether the ApplicationSet controller matches files as directories are matched. */
  readonly hasNewGlobbing?: boolean;
  /** What all templates of the run may still cost. */
  readonly budget: TemplateBudget;
}
