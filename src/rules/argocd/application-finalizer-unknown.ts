import { nearestName } from '../../diagnostic/closest-word.ts';
import { isSequence, valueAt } from '../../source/value.ts';
import type { ClusterRule } from '../rule.ts';
import { applicationsOf } from './argo-application.ts';

const plain = 'resources-finalizer.argocd.argoproj.io';
const known = [plain, `${plain}/foreground`, `${plain}/background`];

/** A finalizer that Argo CD never takes away (application_defaults.go of 3.6): neither the Application nor what it applied is deleted. */
export const applicationFinalizerUnknown: ClusterRule = {
  id: 'application-finalizer-unknown',
  severity: 'error',
  scope: 'cluster',
  tags: ['argo-cd'],
  *judge(cluster) {
    for (const { declaration, name } of applicationsOf(cluster)) {
      const finalizers = valueAt(declaration.object, ['metadata', 'finalizers']);
      if (!isSequence(finalizers)) continue;
      for (const [index, finalizer] of finalizers.entries()) {
        if (typeof finalizer !== 'string' || known.includes(finalizer)) continue;
        if (!finalizer.includes('resources-finalizer')) continue;
        yield {
          at: [declaration, 'metadata', 'finalizers', index],
          message: `Argo CD does not know the finalizer ${finalizer}, so nothing removes it and ${name} cannot be deleted`,
          help: `write ${nearestName(finalizer, known) ?? plain}`,
        };
      }
    }
  },
};
