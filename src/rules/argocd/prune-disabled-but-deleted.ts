import { isSequence, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { describe } from '../../workload/pod/pod-template.ts';
import type { ClusterRule } from '../rule.ts';
import { annotationList, applicationsOf, syncOptionsOf } from './argo-application.ts';

const kinds = ['Namespace', 'PersistentVolumeClaim', 'PersistentVolume', 'CustomResourceDefinition'];

/** `Prune=false` keeps an object while it leaves Git; when the Application is deleted, only `Delete=false` keeps it (controller/appcontroller.go of 3.6). */
export const pruneDisabledButDeleted: ClusterRule = {
  id: 'prune-disabled-but-deleted',
  severity: 'warning',
  scope: 'cluster',
  tags: ['argo-cd', 'data-loss'],
  *judge(cluster) {
    for (const application of applicationsOf(cluster)) {
      const { declaration, build, name } = application;
      const finalizers = valueAt(declaration.object, ['metadata', 'finalizers']);
      const deletes =
        isSequence(finalizers) &&
        finalizers.some((one) => valueText(one).startsWith('resources-finalizer.argocd.argoproj.io'));
      if (!deletes || syncOptionsOf(application).some((one) => /^Delete=(?:false|confirm)$/u.test(one)))
        continue;
      for (const resource of build.resources) {
        const options = annotationList(resource.object, 'sync-options');
        if (!kinds.includes(valueText(resource.object['kind'])) || !options.includes('Prune=false')) continue;
        if (options.some((one) => /^Delete=(?:false|confirm)$/u.test(one))) continue;
        yield {
          at: [resource, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options'],
          message: `${describe(resource)} is not pruned, but is deleted with the Application ${name}`,
          help: 'add Delete=false',
          related: [
            { at: [declaration, 'metadata', 'finalizers'], message: 'deletes what the Application applied' },
          ],
        };
      }
    }
  },
};
