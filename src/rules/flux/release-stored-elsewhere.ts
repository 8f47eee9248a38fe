import { textAt } from '../../object/object-field.ts';
import { namespaceOf } from '../../object/resource.ts';
import type { ClusterRule } from '../rule.ts';
import { fluxKinds } from './flux-objects.ts';

/** Helm keeps what it knows of a release in the namespace of the HelmRelease, unless `storageNamespace` says otherwise. */
export const releaseStoredElsewhere: ClusterRule = {
  id: 'release-stored-elsewhere',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'data-loss'],
  *judge(cluster) {
    for (const resource of fluxKinds(cluster, 'HelmRelease')) {
      const target = textAt(resource.object, 'spec', 'targetNamespace');
      if (target === undefined || target === namespaceOf(resource.object)) continue;
      if (textAt(resource.object, 'spec', 'storageNamespace') !== undefined) continue;
      yield {
        at: [resource, 'spec', 'targetNamespace'],
        message: `the release is installed in ${target}, but its Helm storage is in ${namespaceOf(resource.object) || 'default'}`,
        help: `set storageNamespace: ${target}; for a release that is already installed, this means a new installation`,
      };
    }
  },
};
