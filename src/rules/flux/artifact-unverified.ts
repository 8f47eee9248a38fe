import { mappingAt, textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { ClusterRule } from '../rule.ts';
import { toldOnce } from '../told-once.ts';
import { fluxKinds } from './flux-objects.ts';

/** A tag can be moved by whoever may push to the registry; a signature tells who made what it points to. */
export const artifactUnverified: ClusterRule = {
  id: 'artifact-unverified',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'supply-chain'],
  judge(cluster) {
    const all = fluxKinds(cluster, 'OCIRepository');
    return toldOnce(all.filter(isUnverified), all.length, {
      path: ['spec', 'url'],
      message: (count) =>
        `the signature of ${count === '' ? 'the OCIRepository' : `${count}OCIRepositories`} of this cluster is not verified`,
      help: 'set spec.verify with provider: cosign if the publisher signs, or pin spec.ref.digest',
    });
  },
};

function isUnverified(resource: Resource): boolean {
  return (
    mappingAt(resource, 'spec', 'verify') === undefined &&
    textAt(resource.object, 'spec', 'ref', 'digest') === undefined
  );
}
