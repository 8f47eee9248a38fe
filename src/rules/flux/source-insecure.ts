import { isTrueAt, textAt } from '../../object/object-field.ts';
import type { ClusterRule } from '../rule.ts';
import { describeObject, fluxKinds } from './flux-objects.ts';

const kinds = ['GitRepository', 'OCIRepository', 'HelmRepository', 'Bucket', 'ImageRepository'] as const;

/** Whoever stands between the cluster and a source without TLS says what the cluster runs. */
export const sourceInsecure: ClusterRule = {
  id: 'source-insecure',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux', 'security'],
  *judge(cluster) {
    for (const resource of fluxKinds(cluster, ...kinds)) {
      const { object } = resource;
      const isPlain = textAt(object, 'spec', 'url')?.startsWith('http://') === true;
      if (!isPlain && !isTrueAt(object, 'spec', 'insecure')) continue;
      yield {
        at: [resource, 'spec', isPlain ? 'url' : 'insecure'],
        message: `${describeObject(resource)} is fetched without TLS, so anyone on the network path can change it`,
        help: isPlain ? 'use https' : 'remove insecure',
      };
    }
  },
};
