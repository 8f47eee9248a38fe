import { mappingAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { ClusterRule } from '../rule.ts';
import { toldOnce } from '../told-once.ts';
import { fluxKinds } from './flux-objects.ts';

/** Without a strategy or remediation a HelmRelease that failed once stays as it is (helm-controller 1.6). */
export const releaseNotRemediated: ClusterRule = {
  id: 'release-not-remediated',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'availability'],
  judge(cluster) {
    const all = fluxKinds(cluster, 'HelmRelease');
    return toldOnce(all.filter(isLeftFailed), all.length, {
      path: ['metadata', 'name'],
      message: (count) =>
        `${count === '' ? 'the HelmRelease of this cluster stays' : `${count}HelmReleases of this cluster stay`} failed after a failed installation or upgrade`,
      help: 'set install.strategy and upgrade.strategy with name: RetryOnFailure, or remediation.retries',
    });
  },
};

function isLeftFailed(resource: Resource): boolean {
  return ['install', 'upgrade'].some(
    (action) =>
      mappingAt(resource, 'spec', action, 'strategy') === undefined &&
      mappingAt(resource, 'spec', action, 'remediation') === undefined,
  );
}
