import { textAt } from '../../object/object-field.ts';
import { groupVersionKind, nameOf, type Resource } from '../../object/resource.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import { isBuiltInGroup } from '../../schema/facts.ts';
import { valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { ClusterRule } from '../rule.ts';
import { describeObject } from './flux-objects.ts';

/**
 * Flux asks the API server of every object before it applies the first (pkg/ssa, ApplyAllStaged): a custom resource beside the
 * HelmRelease whose chart brings its kind stops both. Which chart brings which kind is told by their names.
 */
export const kindDefinedTooLate: ClusterRule = {
  id: 'kind-defined-too-late',
  tags: ['flux', 'order'],
  severity: 'note',
  scope: 'cluster',
  *judge(cluster) {
    const defined = definedIn(cluster);
    for (const { by, kind, name, build } of cluster.reconciliations) {
      if (by !== 'flux' || kind !== 'Kustomization') continue;
      const releases = build.resources.filter(isRelease);
      const others = build.resources.filter((one) => releases.length > 0 && isUndefined(one, defined));
      for (const release of releases) {
        const late = others.filter(
          (one) => mayBring(release, one) && !isBroughtElsewhere(cluster, build.resources, one),
        );
        const [first] = late;
        if (first !== undefined) yield problemOf(name, release, first, late.length - 1);
      }
    }
  },
};

function problemOf(by: string, release: Resource, first: Resource, more: number): RuleProblem {
  const what = `${describeObject(first)}${more === 0 ? ' seems to have a kind' : ` and ${more} more seem to have kinds`}`;
  return {
    at: [first, 'kind'],
    message: `${what} that ${describeObject(release)} defines: on a new cluster, Kustomization ${by} applies none of it`,
    help: 'move it to a separate Kustomization that depends on the one with the HelmRelease',
    related: [{ at: [release, 'metadata', 'name'], message: 'installed by the same Kustomization' }],
  };
}

function isRelease({ object }: Resource): boolean {
  const { group, kind } = groupVersionKind(object);
  return group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease';
}

/** Groups and kinds that CRDs of the cluster's own manifests define. */
function definedIn({ inventory }: Cluster): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [first] of inventory.values()) {
    const object = first?.resource.object;
    if (object?.['kind'] !== 'CustomResourceDefinition') continue;
    found.add(
      `${valueText(valueAt(object, ['spec', 'group']))}/${valueText(valueAt(object, ['spec', 'names', 'kind']))}`,
    );
  }
  return found;
}

function isUndefined({ object }: Resource, defined: ReadonlySet<string>): boolean {
  const { group, kind } = groupVersionKind(object);
  if (
    !group.includes('.') ||
    isBuiltInGroup(group) ||
    /(?:^|\.)fluxcd\.(?:io|controlplane\.io)$/u.test(group)
  )
    return false;
  return !defined.has(`${group}/${kind}`);
}

/** Words of addresses and of what every operator is called. */
const commonWords = new Set(
  'apps charts cloud cluster common config controller crds dev example helm infra k8s kubernetes local manager operator project resources service sigs stack system x-k8s'.split(
    ' ',
  ),
);

/** Whether a group such as `upgrade.cattle.io` has a word in common with the names of a release and its chart. */
function mayBring({ object }: Resource, resource: Resource): boolean {
  const names = [
    nameOf(object),
    textAt(object, 'spec', 'chart', 'spec', 'chart'),
    textAt(object, 'spec', 'chartRef', 'name'),
    textAt(object, 'spec', 'releaseName'),
  ].flatMap((name) => (name === undefined ? [] : [name, ...name.split(/[-_/.]/u)]));
  const words = groupVersionKind(resource.object).group.split('.').slice(0, -1);
  return words.some((word) => word.length > 3 && !commonWords.has(word) && names.includes(word));
}

/** Whether a release of another Kustomization has as good a claim. */
function isBroughtElsewhere(cluster: Cluster, own: readonly Resource[], resource: Resource): boolean {
  return [...cluster.inventory.values()].some(([first]) => {
    const other = first?.resource;
    return other !== undefined && isRelease(other) && !own.includes(other) && mayBring(other, resource);
  });
}
