import { patchObjects } from '../../build/patch-objects.ts';
import { mappingsAt } from '../../object/object-field.ts';
import type { Path } from '../../source/value.ts';
import type { ClusterRule } from '../rule.ts';
import { describeObject, fluxKinds } from './flux-objects.ts';

/** Patches of post-renderers that kustomize cannot read, so that a release is neither installed nor upgraded (helm-controller 1.6). */
export const releasePatchInvalid: ClusterRule = {
  id: 'release-patch-invalid',
  severity: 'error',
  scope: 'cluster',
  tags: ['flux'],
  *judge(cluster, { sources }) {
    for (const resource of fluxKinds(cluster, 'HelmRelease')) {
      for (const { index } of mappingsAt(resource, 'spec', 'postRenderers')) {
        const path: Path = ['spec', 'postRenderers', index, 'kustomize', 'patches'];
        for (const { item, index: place } of mappingsAt(resource, ...path)) {
          const [problem] = patchObjects(sources, [], [item]).diagnostics;
          if (problem === undefined) continue;
          yield {
            at: [resource, ...path, place, 'patch'],
            message: `${describeObject(resource)} cannot be rendered: ${problem.message}`,
            ...(problem.help === undefined ? {} : { help: problem.help }),
          };
        }
      }
    }
  },
};
