import { textAt } from '../../object/object-field.ts';
import { nameOf } from '../../object/resource.ts';
import { appProjects, projectsFor } from '../../reconcile/argocd/project.ts';
import type { ClusterRule } from '../rule.ts';
import { applicationsOf } from './argo-application.ts';
import { isProduction } from './production.ts';

/** The project `default` permits everything everywhere unless somebody has restricted it, which its manifest would show. */
export const applicationProjectDefault: ClusterRule = {
  id: 'application-project-default',
  severity: 'warning',
  scope: 'cluster',
  tags: ['argo-cd', 'security'],
  *judge(cluster) {
    const projects = appProjects(cluster);
    for (const application of applicationsOf(cluster)) {
      const { declaration } = application;
      if ((textAt(declaration.object, 'spec', 'project') ?? 'default') !== 'default') continue;
      if (!isProduction(application) || projectsFor(projects, declaration).length > 0) continue;
      yield {
        at: [declaration, 'spec', 'project'],
        message: `${nameOf(declaration.object)} is in the project default, which allows any repository, cluster and kind`,
        help: 'create an AppProject for production with its repositories, destinations and kinds',
      };
    }
  },
};
