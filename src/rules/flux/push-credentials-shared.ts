import { textAt } from '../../object/object-field.ts';
import { nameOf, namespaceOf } from '../../object/resource.ts';
import type { ClusterRule } from '../rule.ts';
import { linkKey, linksOf } from './flux-links.ts';
import { describeObject, fluxKinds } from './flux-objects.ts';

/** Image automation needs to write to Git; what only reads should not be able to. */
export const pushCredentialsShared: ClusterRule = {
  id: 'push-credentials-shared',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'security'],
  *judge(cluster) {
    const read = new Set(
      fluxKinds(cluster, 'Kustomization', 'HelmRelease')
        .flatMap(linksOf)
        .map(({ kind, namespace, name }) => linkKey(kind, namespace, name)),
    );
    const pushed = new Set(
      fluxKinds(cluster, 'ImageUpdateAutomation')
        .flatMap(linksOf)
        .map(({ kind, namespace, name }) => linkKey(kind, namespace, name)),
    );
    for (const resource of fluxKinds(cluster, 'GitRepository')) {
      const key = linkKey(
        'GitRepository',
        namespaceOf(resource.object) || 'default',
        nameOf(resource.object),
      );
      if (
        !read.has(key) ||
        !pushed.has(key) ||
        textAt(resource.object, 'spec', 'secretRef', 'name') === undefined
      )
        continue;
      yield {
        at: [resource, 'spec', 'secretRef', 'name'],
        message: `${describeObject(resource)} is deployed from and pushed to with the same credentials`,
        help: 'use a separate GitRepository for image automation, and a read-only key for this one',
      };
    }
  },
};
