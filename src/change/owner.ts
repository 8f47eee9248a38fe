import type { Build } from '../object/build.ts';
import { knownOnce } from '../object/known-once.ts';
import { textAt } from '../object/object-field.ts';
import type { Resource } from '../object/resource.ts';
import { describeReconciliation, type Reconciliation } from '../reconcile/reconciliation.ts';
import { ownOf } from '../source/own.ts';
import { itemsAt, valueAt } from '../source/value.ts';

/** What an owner does with objects that it applied and that are no longer there, and with changes that the server refuses. */
export interface OwnerPolicy {
  /** Whether it deletes what leaves it. */
  readonly prunes: boolean;
  /** Whether its own deletion deletes what it applied. */
  readonly cascades: boolean;
  /** Whether it deletes and creates again what the server refuses to update. */
  readonly forces: boolean;
  /** Whether nothing happens until somebody says so. */
  readonly isSuspended: boolean;
  /** Whether a person starts each apply. */
  readonly isManual: boolean;
}

/** What the controller of an owner does, by the declaration that is live. */
export function policyOf(owner: Reconciliation): OwnerPolicy {
  const { declaration, by } = owner;
  if (declaration === undefined || by === 'kustomize' || by === 'manifests') return byHand;
  const policy = ownOf(policies, owner.kind);
  return policy === undefined ? { ...byHand, isManual: false } : policy(owner, declaration);
}

const byHand: OwnerPolicy = {
  prunes: false,
  cascades: false,
  forces: false,
  isSuspended: false,
  isManual: true,
};

type PolicyOf = (owner: Reconciliation, declaration: Resource) => OwnerPolicy;

const policies: Readonly<Record<string, PolicyOf>> = Object.assign(Object.create(null), {
  Kustomization: fluxPolicy,
  Application: applicationPolicy,
  ApplicationSet: applicationSetPolicy,
  // flux-operator keeps an inventory and deletes what left it, as well as all of it with the object.
  ResourceSet: operatorPolicy,
  FluxInstance: operatorPolicy,
  HelmRelease: releasePolicy,
});

/** kustomize-controller 1.9.4, kustomization_controller.go: prune, finalizerShouldDeleteResources. */
function fluxPolicy({ prune, suspend }: Reconciliation, { object }: Resource): OwnerPolicy {
  const deletion = textAt(object, 'spec', 'deletionPolicy') ?? 'MirrorPrune';
  return {
    prunes: prune,
    cascades:
      !suspend &&
      (deletion === 'Delete' || deletion === 'WaitForTermination' || (deletion === 'MirrorPrune' && prune)),
    forces: valueAt(object, ['spec', 'force']) === true,
    isSuspended: suspend,
    isManual: false,
  };
}

/** argo-cd 3.6: syncPolicy, and the finalizer without which a deletion leaves everything behind. */
function applicationPolicy({ prune }: Reconciliation, { object }: Resource): OwnerPolicy {
  const automated = valueAt(object, ['spec', 'syncPolicy', 'automated']);
  const isAutomated =
    automated !== undefined && automated !== null && valueAt(automated, ['enabled']) !== false;
  return {
    prunes: isAutomated && prune,
    cascades: itemsAt(object, ['metadata', 'finalizers']).some(
      (one) => typeof one === 'string' && one.startsWith('resources-finalizer.argocd.argoproj.io'),
    ),
    // Force is an option of objects alone, see forceOfSync.
    forces: false,
    isSuspended: false,
    isManual: !isAutomated,
  };
}

/** argo-cd 3.6, applicationset controller: an Application that is no longer generated goes, unless the policy of the set keeps it. */
function applicationSetPolicy(_: Reconciliation, { object }: Resource): OwnerPolicy {
  const policy = textAt(object, 'spec', 'syncPolicy', 'applicationsSync') ?? 'sync';
  return {
    prunes: policy === 'sync' || policy === 'create-delete',
    // Its Applications are its dependents by ownerReferences, whatever the policy says.
    cascades: true,
    forces: false,
    isSuspended: false,
    isManual: false,
  };
}

/** helm-controller 1.6: an upgrade deletes what the chart no longer makes, and a release that goes is uninstalled unless it is suspended. */
function releasePolicy(_: Reconciliation, { object }: Resource): OwnerPolicy {
  const isSuspended = valueAt(object, ['spec', 'suspend']) === true;
  return {
    prunes: true,
    cascades: !isSuspended,
    // Its force is a PUT in place of a patch, which the API server refuses all the same (Helm, kube/client.go).
    forces: false,
    isSuspended,
    isManual: false,
  };
}

/** Whether all that an owner applies is rendered, so that what is not there is gone. */
function isRendered({ build, kind, notRendered }: Reconciliation): boolean {
  return build.complete && !(isWhole.has(kind) && notRendered.length > 0);
}

/**
 * Whether an object of an owner that one revision does not render is not there: all of it is rendered, or it lacks the same as the other
 * revision, which renders the object. What is lacking cannot have it, as kustomize 5.8 refuses to build an object twice.
 */
export function isKnownToLack(one: Reconciliation, other: Reconciliation): boolean {
  if (isRendered(one)) return true;
  const isPart = one.build.resources.length > 0 && !isWhole.has(one.kind);
  return isPart && lackingIn(one.build) === lackingIn(other.build);
}

/** What a build goes on without, as one text. */
const lackingIn = knownOnce(({ diagnostics }: Build) =>
  diagnostics
    .flatMap(({ rule, unchecked }) => (unchecked === undefined ? [] : `${rule} ${unchecked}`))
    .sort()
    .join('\n'),
);

// What is not rendered of these may be any of their objects.
const isWhole: ReadonlySet<string> = new Set(['HelmRelease', 'ApplicationSet', 'ResourceSet']);

function operatorPolicy(): OwnerPolicy {
  return { prunes: true, cascades: true, forces: false, isSuspended: false, isManual: false };
}

/** Whether an ApplicationSet gives its Applications the finalizer by which they take along what they applied. */
export function givesFinalizer({ object }: Resource): boolean {
  return valueAt(object, ['spec', 'syncPolicy', 'preserveResourcesOnDeletion']) !== true;
}

/** The names of the owners that wait until one is ready, those that wait for them included. */
export function dependants(
  owner: Reconciliation,
  owners: readonly Reconciliation[],
): readonly Reconciliation[] {
  const found = new Set<Reconciliation>();
  const queue = [owner];
  for (let next = queue.shift(); next !== undefined; next = queue.shift())
    for (const one of owners)
      if (!found.has(one) && one !== owner && dependsOn(one, next)) {
        found.add(one);
        queue.push(one);
      }
  return [...found];
}

/** Whether a Kustomization waits for another. */
export function dependsOn(one: Reconciliation, other: Reconciliation): boolean {
  return one.dependsOn.some(
    ({ kind, name, namespace }) =>
      kind === other.kind && name === other.name && namespace === other.namespace,
  );
}

/** `Kustomization flux-system/apps`; of what a person applies its directory. */
export function ownerWords(owner: Reconciliation): string {
  if (owner.by === 'manifests') return 'manifests outside any kustomization';
  return owner.by === 'kustomize' ? `kustomization ${owner.name}` : describeReconciliation(owner);
}
