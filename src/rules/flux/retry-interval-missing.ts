import type { ClusterRule } from '../rule.ts';
import { toldOnce } from '../told-once.ts';
import { slowKustomizations } from './slow-kustomizations.ts';

/** Without a retryInterval a Kustomization that failed is tried again after its interval (GetRetryInterval of kustomize-controller 1.9). */
export const retryIntervalMissing: ClusterRule = {
  id: 'retry-interval-missing',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'availability'],
  judge(cluster) {
    const all = slowKustomizations(cluster);
    const found = all.filter(({ retries }) => !retries).map(({ resource }) => resource);
    return toldOnce(found, all.length, {
      path: ['spec', 'interval'],
      message: (count) =>
        `${count === '' ? 'a Kustomization is' : `${count}Kustomizations with long intervals are`} retried only after the interval when something fails`,
      help: 'set retryInterval, such as 2m',
    });
  },
};
