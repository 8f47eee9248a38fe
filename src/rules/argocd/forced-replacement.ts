import { valueText } from '../../source/value-text.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ClusterRule } from '../rule.ts';
import { annotationList, applicationsOf, syncOptionsOf } from './argo-application.ts';

const kinds = ['PersistentVolumeClaim', 'PersistentVolume'];

/** With `Force=true` a replacement deletes the object first; Namespaces and CRDs are spared (gitops-engine of 3.6, applyObject). */
export const forcedReplacement: ClusterRule = {
  id: 'forced-replacement',
  severity: 'error',
  scope: 'cluster',
  tags: ['argo-cd', 'data-loss'],
  *judge(cluster) {
    for (const application of applicationsOf(cluster)) {
      const replacesAll = syncOptionsOf(application).includes('Replace=true');
      for (const resource of application.build.resources) {
        if (!kinds.includes(valueText(resource.object['kind']))) continue;
        const own = annotationList(resource.object, 'sync-options');
        const replaces = own.includes('Replace=true') || (replacesAll && !own.includes('Replace=false'));
        if (!replaces || !own.includes('Force=true')) continue;
        yield {
          at: [resource, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options'],
          message: `each change deletes and recreates ${describe(resource)}, which loses its data`,
          help: 'remove Force=true and Replace=true',
        };
      }
    }
  },
};
