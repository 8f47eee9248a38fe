import { textAt } from '../../object/object-field.ts';
import type { ClusterRule } from '../rule.ts';
import { toldOnce } from '../told-once.ts';
import { fluxKinds } from './flux-objects.ts';

/** The older of two ways to charts in a registry; no signature of the artifact and no digest can be asked for there. */
export const helmRepositoryOci: ClusterRule = {
  id: 'helm-repository-oci',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux'],
  judge(cluster) {
    const all = fluxKinds(cluster, 'HelmRepository');
    return toldOnce(
      all.filter(({ object }) => textAt(object, 'spec', 'type') === 'oci'),
      all.length,
      {
        path: ['spec', 'type'],
        message: (count) =>
          `${count === '' ? 'the HelmRepository of this cluster is of type oci instead of an OCIRepository' : `${count}HelmRepositories of this cluster are of type oci instead of OCIRepositories`}`,
        help: 'use an OCIRepository, and chartRef in the HelmRelease',
      },
    );
  },
};
