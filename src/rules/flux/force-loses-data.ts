import { isKind, isTrueAt, textAt } from '../../object/object-field.ts';
import type { Resource } from '../../object/resource.ts';
import type { ClusterRule } from '../rule.ts';
import { describeObject } from './flux-objects.ts';

const annotation = 'kustomize.toolkit.fluxcd.io/force';

/** With `force` Flux deletes an object and makes it anew where an update is refused (fluxcd/pkg/ssa, Apply with Force). */
export const forceLosesData: ClusterRule = {
  id: 'force-loses-data',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux', 'data-loss'],
  *judge({ reconciliations }) {
    for (const { declaration, build, name } of reconciliations) {
      const stateful = build.resources.filter(isStateful);
      for (const resource of stateful)
        if (textAt(resource.object, 'metadata', 'annotations', annotation)?.toLowerCase() === 'enabled')
          yield {
            at: [resource, 'metadata', 'annotations', annotation],
            message: `Flux deletes ${describeObject(resource)} and makes it anew when a change is refused`,
            help: 'take the annotation out once the change is through',
          };
      const [first] = stateful;
      if (declaration === undefined || first === undefined || !isTrueAt(declaration.object, 'spec', 'force'))
        continue;
      const rest = stateful.length === 1 ? '' : ` and ${stateful.length - 1} more that hold data`;
      yield {
        at: [declaration, 'spec', 'force'],
        message: `with force, ${name} deletes ${describeObject(first)}${rest} and makes it anew when a change is refused`,
        help: 'take force out, and annotate the objects that may be replaced with kustomize.toolkit.fluxcd.io/force: Enabled',
        related: [{ at: [first, 'metadata', 'name'], message: 'holds data' }],
      };
    }
  },
};

function isStateful(resource: Resource): boolean {
  return (
    isKind(resource, 'apps', 'StatefulSet') ||
    isKind(resource, '', 'PersistentVolumeClaim', 'PersistentVolume', 'Namespace') ||
    isKind(resource, 'apiextensions.k8s.io', 'CustomResourceDefinition')
  );
}
