import { textAt } from '../../object/object-field.ts';
import type { ClusterRule } from '../rule.ts';
import { toldOnce } from '../told-once.ts';
import { fluxKinds } from './flux-objects.ts';

/** Unlike a Kustomization, a HelmRelease does not look at the cluster again before its chart or values change. */
export const releaseDriftUndetected: ClusterRule = {
  id: 'release-drift-undetected',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux'],
  judge(cluster) {
    const all = fluxKinds(cluster, 'HelmRelease');
    const undetected = all.filter(({ object }) => {
      const mode = textAt(object, 'spec', 'driftDetection', 'mode');
      return mode === undefined || mode === 'disabled';
    });
    return toldOnce(undetected, all.length, {
      path: ['metadata', 'name'],
      message: (count) =>
        `drift detection is off for ${count === '' ? 'the HelmRelease' : `${count}HelmReleases`} of this cluster`,
      help: 'set spec.driftDetection.mode: enabled, with ignore for fields that autoscalers and operators change',
    });
  },
};
