import { nearestName } from '../../diagnostic/closest-word.ts';
import { knownOnce } from '../../object/known-once.ts';
import { nameOf, namespaceOf } from '../../object/resource.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import { isAwaited } from '../../reconcile/controller-kinds.ts';
import type { FieldReference } from '../../reconcile/reconciliation.ts';
import { spendEffort } from '../../source/effort.ts';
import type { ClusterRule } from '../rule.ts';
import { type Dependent, dependentNamed, dependentsOf } from './flux-dependents.ts';
import { appliesItself, fluxKinds, isWholeCluster, selfApplied } from './flux-objects.ts';

/** Flux waits for every entry of `spec.dependsOn`, also for one that does not exist (kustomize-controller 1.9, checkDependencies). */
export const dependencyMissing: ClusterRule = {
  id: 'dependency-missing',
  severity: 'error',
  scope: 'cluster',
  tags: ['flux', 'order', 'references'],
  *judge(cluster, context) {
    const dependents = dependentsOf(cluster);
    const find = dependentNamed(dependents);
    for (const { resource, name: waiting, kind: own, dependsOn } of dependents) {
      for (const reference of dependsOn) {
        const { kind, namespace, name, path } = reference;
        // A ResourceSet waits for objects of any kind.
        if (name === '' || find(reference) !== undefined || !isAwaited(kind)) continue;
        // Whoever applies the object puts values in place of variables in it, and nobody here knows them.
        if ([namespace, name].some((text) => text.includes('${'))) continue;
        const help = helpFor(reference, dependents);
        // Charts and other repositories bring HelmReleases too.
        const isKnown =
          help !== undefined ||
          (own === 'Kustomization'
            ? !isPartlyHere(cluster) &&
              !isOfBootstrap(reference, cluster) &&
              !isAppliedByHand(reference, cluster, context.clusters ?? [])
            : isWholeCluster(cluster));
        yield {
          at: [resource, ...path],
          message: `there is no ${kind} ${namespace}/${name}, so ${waiting} waits forever`,
          help: help ?? 'correct the name, or remove the entry',
          ...(isKnown ? {} : { severity: 'note' }),
        };
      }
    }
  },
};

/** Whether a Kustomization brings what is not here from the repository that also brings others: it may bring any of them. */
const isPartlyHere = knownOnce(({ reconciliations }: Cluster): boolean =>
  reconciliations.some(
    (one) =>
      one.by === 'flux' &&
      one.path === undefined &&
      one.source !== undefined &&
      one.source.place !== 'here' &&
      reconciliations.some(
        (other) =>
          other !== one &&
          other.source?.name === one.source?.name &&
          other.source?.namespace === one.source?.namespace,
      ),
  ),
);

/** Whether whoever installs Flux makes the source of this name, which the cluster lacks: `flux bootstrap` makes a Kustomization of the same name. */
function isOfBootstrap(
  { namespace, name }: Pick<FieldReference, 'namespace' | 'name'>,
  cluster: Cluster,
): boolean {
  return selfApplied(cluster).some(
    ({ source }) =>
      source !== undefined &&
      source.name === name &&
      source.namespace === namespace &&
      !fluxKinds(cluster, source.kind).some(
        ({ object }) => nameOf(object) === name && namespaceOf(object) === namespace,
      ),
  );
}

/** Whether the repository has one that somebody applies by hand: nobody says that it is not to this cluster. */
function isAppliedByHand(
  { kind, namespace, name }: { readonly kind: string; readonly namespace: string; readonly name: string },
  cluster: Cluster,
  clusters: readonly Cluster[],
): boolean {
  const isMeant = ({ reconciliations }: Cluster): boolean => {
    spendEffort(1 + (reconciliations.length >> 4));
    return reconciliations.some(
      (one) => one.by === 'flux' && one.kind === kind && one.name === name && one.namespace === namespace,
    );
  };
  return clusters.some(
    (other) => other !== cluster && (!appliesItself(other) || !appliesItself(cluster)) && isMeant(other),
  );
}

function helpFor(
  { kind, namespace, name }: { readonly kind: string; readonly namespace: string; readonly name: string },
  dependents: readonly Dependent[],
): string | undefined {
  spendEffort(dependents.length >> 4);
  const named = dependents.filter((other) => other.name === name);
  const elsewhere = named.find((other) => other.kind === kind);
  if (elsewhere !== undefined)
    return `there is one in ${elsewhere.namespace}: write namespace: ${elsewhere.namespace}`;
  const [otherKind] = named;
  if (otherKind !== undefined)
    return `there is ${otherKind.kind} ${otherKind.namespace}/${name}, but only a ${kind} can be listed here; make what applies one depend on what applies the other`;
  const siblings = dependents.filter((other) => other.kind === kind && other.namespace === namespace);
  const near = nearestName(
    name,
    siblings.map((other) => other.name),
  );
  return near === undefined ? undefined : `there is ${near}: correct the name`;
}
