import { nameOf, type Resource } from '../../object/resource.ts';
import { valueAt } from '../../source/value.ts';
import type { ControllerKind } from '../controller-kind.ts';
import type { ReconcileContext } from '../reconcile-context.ts';
import { type MadeReconciliation, nothingSaid } from '../reconciliation.ts';
// Loaded when called: few repositories have one, and it brings the template language.
import { renderApplicationSet } from './render-application-set.ts';

export const applicationSetKind: ControllerKind = {
  group: 'argoproj.io',
  kind: 'ApplicationSet',
  entry: {
    isWhole: (object) =>
      [['generators'], ['template', 'spec']].every(
        (path) => valueAt(object, ['spec', ...path]) !== undefined,
      ),
    // What it makes has paths, it has none.
    pathField: () => undefined,
    reconcile: reconcileApplicationSet,
  },
};

function reconcileApplicationSet(
  declaration: Resource,
  namespace: string,
  context: ReconcileContext,
): MadeReconciliation {
  return {
    ...nothingSaid,
    ...renderApplicationSet(declaration, context),
    by: 'argocd',
    kind: 'ApplicationSet',
    name: nameOf(declaration.object),
    namespace,
    declaration,
  };
}
