import type { Build } from '../object/build.ts';
import type { Rendered } from '../object/renderer.ts';
import type { Resource } from '../object/resource.ts';
import type { Path } from '../source/value.ts';

/** A reference to another object, and the field that makes it. */
export interface FieldReference {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly path: Path;
  /** Whether an expression says when it is ready, which is not followed. */
  readonly hasExpression?: boolean;
}

/** Where the manifests come from; `place` says whether that is this repository. */
export interface ReconciliationSource {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly url?: string;
  /** The branch, tag or commit that is asked for. */
  readonly revision?: string;
  readonly place: 'here' | 'elsewhere' | 'unknown';
}

/** What a cluster is known by in every run and revision. */
export interface ClusterId {
  /** The directory that it was found in. */
  readonly root: string;
  /** The path of the configuration's `alternatives` by which it is reached. */
  readonly alternative?: string;
}

/** What an owner is known by in every run and revision. */
export interface OwnerId {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The cluster that it applies to. */
  readonly cluster: ClusterId;
}

/** A key that is equal for ids that are the same. */
export function clusterKey({ root, alternative = '' }: ClusterId): string {
  return JSON.stringify([root, alternative]);
}

/** A key that is equal for ids that are the same. */
export function ownerKey({ kind, namespace, name, cluster }: OwnerId): string {
  return JSON.stringify([clusterKey(cluster), kind, namespace, name]);
}

/** What applies one set of manifests to a cluster: a Flux Kustomization, an Argo CD Application, or a person with kubectl. */
export interface Reconciliation extends Rendered {
  readonly id: OwnerId;
  readonly by: 'flux' | 'argocd' | 'kustomize' | 'manifests';
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** The object that declares it; absent for what no controller applies. */
  readonly declaration?: Resource;
  readonly source?: ReconciliationSource;
  /** Addresses of other repositories that something of it comes from. */
  readonly foreignRepositories?: readonly string[];
  /** The directory in this repository; absent where it is not here. */
  readonly path?: string;
  readonly targetNamespace?: string;
  /** Another cluster than the one that the declaration lives in. */
  readonly destination?: string;
  readonly dependsOn: readonly FieldReference[];
  readonly healthChecks: readonly FieldReference[];
  readonly prune: boolean;
  readonly wait: boolean;
  readonly suspend: boolean;
  /** Seconds. */
  readonly interval?: number;
  readonly timeout?: number;
}

/** What a controller makes of a declaration, in whatever cluster that is. */
export type MadeReconciliation = Omit<Reconciliation, 'id'>;

/** `Kustomization flux-system/apps`, for messages. */
export function describeReconciliation({
  kind,
  name,
  namespace,
}: Pick<Reconciliation, 'kind' | 'name' | 'namespace'>): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`;
}

/** Whether of what an owner applies, less is rendered than in another revision. */
export function rendersLess(one: Reconciliation, other: Reconciliation): boolean {
  return one.notRendered.length > other.notRendered.length;
}

/** A build of nothing, for what is not rendered here. */
export function emptyBuild(root: string, complete = false): Build {
  return { root, resources: [], diagnostics: [], inputs: [], effects: [], complete };
}

/** What a reconciliation says where nobody says anything. */
export const nothingSaid = {
  dependsOn: [],
  healthChecks: [],
  prune: false,
  wait: false,
  suspend: false,
  notRendered: [],
  unresolved: [],
} as const satisfies Partial<Reconciliation>;
