import type { ClusterRule } from '../rule.ts';
import { toldOnce } from '../told-once.ts';
import { slowKustomizations } from './slow-kustomizations.ts';

/** Without a timeout a Kustomization waits for health until half a minute before its next interval (GetTimeout of kustomize-controller 1.9). */
export const timeoutMissing: ClusterRule = {
  id: 'timeout-missing',
  severity: 'note',
  scope: 'cluster',
  tags: ['flux', 'availability'],
  judge(cluster) {
    const waiting = slowKustomizations(cluster).filter(({ waits }) => waits);
    const found = waiting.filter(({ timesOut }) => !timesOut).map(({ resource }) => resource);
    return toldOnce(found, waiting.length, {
      path: ['spec', 'interval'],
      message: (count) =>
        `${count === '' ? 'a Kustomization waits' : `${count}Kustomizations wait`} for health as long as the interval before a failure is reported`,
      help: 'set timeout, such as 5m',
    });
  },
};
