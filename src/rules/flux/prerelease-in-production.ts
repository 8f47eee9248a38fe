import { textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { Path } from '../../source/value.ts';
import { environmentOfPath } from '../../workload/environment/environment-name.ts';
import type { ClusterRule } from '../rule.ts';
import { describeObject, fluxKinds } from './flux-objects.ts';

/** A range with a pre-release in its bound takes pre-releases (Masterminds/semver 3, as Flux and Helm use it). */
export const prereleaseInProduction: ClusterRule = {
  id: 'prerelease-in-production',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'environments', 'supply-chain'],
  *judge(cluster) {
    if (environmentOfPath(cluster.root)?.rank !== 3) return;
    for (const resource of fluxKinds(cluster, 'HelmRelease', 'HelmChart', 'OCIRepository', 'GitRepository')) {
      const path = rangeOf(resource);
      if (path === undefined) continue;
      yield {
        at: [resource, ...path],
        message: `${describeObject(resource)} accepts pre-releases in production`,
        help: 'remove the part after the dash, and use pre-releases before production',
      };
    }
  },
};

const ranges: readonly Path[] = [
  ['spec', 'ref', 'semver'],
  ['spec', 'chart', 'spec', 'version'],
  ['spec', 'version'],
];

/** The field with a range that takes pre-releases; one version alone is what somebody chose. */
function rangeOf({ object }: Resource): Path | undefined {
  return ranges.find((path) => {
    const range = textAt(object, ...path) ?? '';
    return /[<>=~^|*]/u.test(range) && /\d-[0-9A-Za-z]/u.test(range) && !/\d\s-\s/u.test(range);
  });
}
