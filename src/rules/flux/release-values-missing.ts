import { nearestName } from '../../diagnostic/closest-word.ts';
import { isTrueAt, mappingsAt, textAt } from '../../object/object-field.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import { emptyBuild } from '../../reconcile/reconciliation.ts';
import { withoutHash } from '../../workload/environment/environment-name.ts';
import { possibleMaker } from '../../workload/possible-maker.ts';
import { type Provided, type ProvidedObjects, providedObjects } from '../../workload/provided-objects.ts';
import type { ClusterRule } from '../rule.ts';
import { clusterObjects, describeObject, fluxKinds, isWholeCluster } from './flux-objects.ts';

/** helm-controller does not install a release while a ConfigMap or Secret of `spec.valuesFrom` is missing. */
export const releaseValuesMissing: ClusterRule = {
  id: 'release-values-missing',
  severity: 'error',
  scope: 'cluster',
  tags: ['flux', 'references'],
  *judge(cluster, context) {
    const build = { ...emptyBuild(''), resources: clusterObjects(cluster) };
    const provided = providedObjects(build, context);
    const isMade = (resource: Resource, name: string): boolean =>
      possibleMaker(resource, name, build, context) !== undefined;
    for (const resource of fluxKinds(cluster, 'HelmRelease'))
      for (const { item, index } of mappingsAt(resource, 'spec', 'valuesFrom')) {
        const name = textAt(item.value, 'name');
        if (name === undefined || isTrueAt(item.value, 'optional')) continue;
        const values = {
          kind: textAt(item.value, 'kind') ?? '',
          name,
          namespace: namespaceOf(resource.object) || 'default',
          key: textAt(item.value, 'valuesKey') ?? 'values.yaml',
          index,
          hasKey: textAt(item.value, 'valuesKey') !== undefined,
        };
        yield* judgeValues(resource, values, { provided, cluster, isMade });
      }
  },
};

interface ValuesReference {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly key: string;
  readonly hasKey: boolean;
  readonly index: number;
}

interface Known {
  readonly provided: ProvidedObjects;
  readonly cluster: Cluster;
  /** Whether an operator may make an object of this name for a custom resource beside the release. */
  readonly isMade: (resource: Resource, name: string) => boolean;
}

function* judgeValues(
  resource: Resource,
  reference: ValuesReference,
  { provided, cluster, isMade }: Known,
): Iterable<RuleProblem> {
  const { kind, name, namespace, key, hasKey, index } = reference;
  const found = [...provided.named(kind, name, namespace)].filter((one) => isWithin(one, namespace));
  const path = ['spec', 'valuesFrom', index] as const;
  if (found.length === 0) {
    const help = helpFor(reference, provided);
    const isKnown =
      !isMade(resource, name) && (help !== undefined || (kind === 'ConfigMap' && isWholeCluster(cluster)));
    yield {
      at: [resource, ...path, 'name'],
      message: `there is no ${kind} ${namespace}/${name}, so ${describeObject(resource)} is not installed`,
      help:
        help ??
        `add it, list it under provided in cdb-lint.yaml if something else creates it, or set optional: true`,
      ...(isKnown ? {} : { severity: 'note' }),
    };
    return;
  }
  if (found.some(({ keys }) => keys === undefined || keys.includes(key))) return;
  const keys = [...new Set(found.flatMap((one) => one.keys ?? []))];
  yield {
    at: [resource, ...path, hasKey ? 'valuesKey' : 'name'],
    message: `${kind} ${namespace}/${name} has no key ${key}, so ${describeObject(resource)} is not installed`,
    help: keys.length === 0 ? 'add the key' : `set valuesKey to one of ${keys.slice(0, 8).join(', ')}`,
  };
}

function isWithin({ namespace }: Provided, wanted: string): boolean {
  return namespace === undefined || namespace === '' || namespace === wanted;
}

function helpFor({ kind, name, namespace }: ValuesReference, provided: ProvidedObjects): string | undefined {
  const siblings = [...provided.near(kind, namespace)].filter((one) => isWithin(one, namespace));
  const hashed = siblings.find((one) => one.name !== name && withoutHash(one.name) === name);
  if (hashed !== undefined)
    return `kustomize renames it to ${hashed.name} and does not know this field: add a nameReference for spec/valuesFrom/name of HelmReleases to configurations, or disableNameSuffixHash`;
  const [elsewhere] = provided.named(kind, name);
  if (elsewhere !== undefined)
    return `it is in namespace ${elsewhere.namespace ?? ''}: put both in one namespace`;
  const near = nearestName(
    name,
    siblings.map((one) => one.name),
  );
  return near === undefined ? undefined : `there is ${near}: correct the name`;
}
