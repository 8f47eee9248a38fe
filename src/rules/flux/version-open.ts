import { isKind, textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { Path } from '../../source/value.ts';
import { valueAt } from '../../source/value.ts';
import { environmentOfPath } from '../../workload/environment/environment-name.ts';
import type { ClusterRule } from '../rule.ts';
import { describeObject, fluxKinds } from './flux-objects.ts';

/** A chart or an artifact without a version is the newest one at each reconciliation, breaking ones included. */
export const versionOpen: ClusterRule = {
  id: 'version-open',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux', 'supply-chain'],
  *judge(cluster) {
    const rank = environmentOfPath(cluster.root)?.rank ?? 3;
    for (const resource of fluxKinds(cluster, 'HelmRelease', 'HelmChart', 'OCIRepository')) {
      const path = openVersion(resource);
      if (path !== undefined)
        yield {
          at: [resource, ...path],
          message: `${describeObject(resource)} always uses the newest version`,
          ...(rank < 3 ? { severity: 'note' } : {}),
          help: 'set a version, or a range that ends before the next breaking one, such as 6.x',
        };
    }
  },
};

/** The field that leaves the version open, or the one that lacks it. */
function openVersion(resource: Resource): Path | undefined {
  const { object } = resource;
  if (isKind(resource, 'source.toolkit.fluxcd.io', 'OCIRepository')) {
    if (isOpen(textAt(object, 'spec', 'ref', 'tag'))) return ['spec', 'ref', 'tag'];
    if (textAt(object, 'spec', 'ref', 'digest') !== undefined) return undefined;
    if (isOpen(textAt(object, 'spec', 'ref', 'semver'))) return ['spec', 'ref', 'semver'];
    return valueAt(object, ['spec', 'ref']) === undefined && textAt(object, 'spec', 'url') !== undefined
      ? ['spec', 'url']
      : undefined;
  }
  const spec = object['kind'] === 'HelmChart' ? ['spec'] : ['spec', 'chart', 'spec'];
  // A chart of a Git repository or bucket has the version that stands there.
  if (textAt(object, ...spec, 'sourceRef', 'kind') !== 'HelmRepository') return undefined;
  const version = textAt(object, ...spec, 'version');
  if (version === undefined) return [...spec, 'chart'];
  return isOpen(version) ? [...spec, 'version'] : undefined;
}

function isOpen(version: string | undefined): boolean {
  return version !== undefined && /^(?:\*|x|latest|(?:>=?\s*)?0(?:\.0){0,2}(?:-0)?)$/u.test(version.trim());
}
