import { isKustomizationPath } from '../../object/kustomization-path.ts';
import { isKind } from '../../object/object-field.ts';
import { describeObject } from '../flux/flux-objects.ts';
import type { ClusterRule } from '../rule.ts';

/** Without a kustomization.yaml Flux applies every manifest below the path, also what was put there for somebody else. */
export const foreignObjectApplied: ClusterRule = {
  id: 'foreign-object-applied',
  severity: 'warning',
  scope: 'cluster',
  tags: ['ownership'],
  *judge({ reconciliations }) {
    for (const { by, name, path, build } of reconciliations) {
      if (by !== 'flux' || path === undefined) continue;
      if (build.inputs.some((file) => isKustomizationPath(file) && file.replace(/\/?[^/]+$/u, '') === path))
        continue;
      for (const resource of build.resources)
        if (isKind(resource, 'argoproj.io', 'Application', 'ApplicationSet', 'AppProject'))
          yield {
            at: [resource, 'kind'],
            message: `${name} applies everything below ${path || '.'}, including ${describeObject(resource)} of Argo CD`,
            help: `add a kustomization.yaml to ${path || '.'} that lists what ${name} must apply`,
          };
    }
  },
};
