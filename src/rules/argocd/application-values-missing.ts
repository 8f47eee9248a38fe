import { sourcesOf } from '../../reconcile/argocd/application-source.ts';
import { missingValueFiles } from '../../reconcile/argocd/value-files.ts';
import type { ClusterRule } from '../rule.ts';
import { applicationsOf } from './argo-application.ts';

/** Value files of charts that are not there: helm fails, and nothing is applied (reposerver getResolvedValueFiles of 3.6). */
export const applicationValuesMissing: ClusterRule = {
  id: 'application-values-missing',
  severity: 'error',
  scope: 'cluster',
  tags: ['argo-cd', 'references'],
  *judge(cluster, { sources: { fileSystem } }) {
    for (const { declaration, foreignRepositories = [] } of applicationsOf(cluster)) {
      const isHere = (url: string): boolean => !foreignRepositories.includes(url);
      for (const { source, path } of sourcesOf(declaration))
        for (const { text, at, reason, help } of missingValueFiles(declaration, source, {
          fileSystem,
          isHere,
        }))
          yield {
            at: [declaration, ...path, ...at],
            message: `${text} ${reason}, so the chart is not rendered and nothing is applied`,
            help: help ?? 'correct the path, or set ignoreMissingValueFiles',
          };
    }
  },
};
