import { isKind, textAt } from '../../object/object-field.ts';
import { nameOf, namespaceOf, type Resource } from '../../object/resource.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import { valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { environmentOfPath } from '../../workload/environment/environment-name.ts';
import type { ClusterRule } from '../rule.ts';
import { linksOf } from './flux-links.ts';
import { describeObject, fluxKinds, fluxObjects } from './flux-objects.ts';

/** What comes from a branch of another repository reaches production the moment that somebody merges there. */
export const productionFollowsBranch: ClusterRule = {
  id: 'production-follows-branch',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux', 'environments', 'supply-chain'],
  *judge(cluster) {
    if (environmentOfPath(cluster.root)?.rank !== 3) return;
    const used = new Set(
      fluxObjects(cluster)
        .filter(
          (resource) =>
            isKind(resource, 'kustomize.toolkit.fluxcd.io', 'Kustomization') ||
            resource.object['kind'] === 'HelmRelease',
        )
        .flatMap((resource) =>
          linksOf(resource).map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`),
        ),
    );
    const own = ownSources(cluster);
    for (const resource of fluxKinds(cluster, 'GitRepository')) {
      const key = keyOf(resource);
      if (!used.has(key) || own.has(key) || !followsBranch(resource)) continue;
      const hasBranch = textAt(resource.object, 'spec', 'ref', 'branch') !== undefined;
      yield {
        at: [resource, 'spec', ...(hasBranch ? ['ref', 'branch'] : ['url'])],
        message: `${describeObject(resource)} follows a branch of another repository, so what is merged there reaches ${cluster.name} immediately`,
        help: 'set a tag, a commit or a version range in spec.ref',
      };
    }
  },
};

/** This repository: its own gate stands before the branch. */
function ownSources({ reconciliations }: Cluster): ReadonlySet<string> {
  return new Set(
    reconciliations.flatMap(({ source }) =>
      source?.place === 'here' ? [`${source.kind} ${source.namespace}/${source.name}`] : [],
    ),
  );
}

function keyOf({ object }: Resource): string {
  return `${valueText(object['kind'])} ${namespaceOf(object) || 'default'}/${nameOf(object)}`;
}

function followsBranch({ object }: Resource): boolean {
  return ['tag', 'semver', 'commit', 'name'].every(
    (field) => valueAt(object, ['spec', 'ref', field]) === undefined,
  );
}
