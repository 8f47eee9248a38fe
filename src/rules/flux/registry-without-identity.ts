import { textAt } from '../../object/object-field.ts';
import type { ClusterRule } from '../rule.ts';
import { describeObject, fluxKinds } from './flux-objects.ts';

const clouds = [
  ['aws', /\.dkr\.ecr(?:-fips)?\.[a-z0-9-]+\.amazonaws\.com/u],
  ['gcp', /(?:^|\/\/)(?:[a-z]+\.)?gcr\.io\/|-docker\.pkg\.dev\//u],
  ['azure', /\.azurecr\.io(?:\/|$)/u],
] as const;

/** The registries of the clouds give credentials to the workload itself, so that none has to be kept. */
export const registryWithoutIdentity: ClusterRule = {
  id: 'registry-without-identity',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'security'],
  *judge(cluster) {
    for (const resource of fluxKinds(cluster, 'OCIRepository', 'HelmRepository', 'ImageRepository')) {
      const { object } = resource;
      const address = textAt(object, 'spec', 'url') ?? textAt(object, 'spec', 'image') ?? '';
      const cloud = clouds.find(([, pattern]) => pattern.test(address));
      const isStatic = textAt(object, 'spec', 'secretRef', 'name') !== undefined;
      if (cloud === undefined || !isStatic || (textAt(object, 'spec', 'provider') ?? 'generic') !== 'generic')
        continue;
      yield {
        at: [resource, 'spec', 'secretRef', 'name'],
        message: `${describeObject(resource)} logs in with a Secret instead of workload identity`,
        help: `set provider: ${cloud[0]} and remove secretRef`,
      };
    }
  },
};
