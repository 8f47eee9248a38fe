import { isTrueAt } from '../../object/object-field.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import { valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import type { ControllerKind } from '../controller-kind.ts';
import type { ReconcileContext } from '../reconcile-context.ts';
import { emptyBuild, type MadeReconciliation, nothingSaid } from '../reconciliation.ts';
import { syncObjects } from './flux-instance.ts';
import { referencesIn } from './references.ts';
// Loaded when called: few repositories have one, and it brings the template language.
import { renderResourceSet } from './resource-set.ts';

const group = 'fluxcd.controlplane.io';

export const fluxInstanceKind: ControllerKind = {
  group,
  kind: 'FluxInstance',
  isInstallation: true,
  entry: {
    isWhole: (object) => valueAt(object, ['spec', 'sync']) !== undefined,
    pathField: () => ['spec', 'sync', 'path'],
    reconcile: reconcileInstance,
  },
};

export const resourceSetKind: ControllerKind = {
  group,
  kind: 'ResourceSet',
  links: [{ path: ['spec', 'inputsFrom'], kind: 'ResourceSetInputProvider', isList: true }],
  isAwaited: true,
  entry: {
    isWhole: (object) =>
      ['resources', 'resourcesTemplate', 'steps'].some(
        (field) => valueAt(object, ['spec', field]) !== undefined,
      ),
    // What it makes has paths, it has none.
    pathField: () => undefined,
    readsObjects: () => true,
    reconcile: reconcileResourceSet,
  },
};

/** The source of the cluster, and the Kustomization that applies it. */
export function reconcileInstance(
  declaration: Resource,
  namespace: string,
  { sources }: Pick<ReconcileContext, 'sources'>,
): MadeReconciliation {
  const built = syncObjects(declaration, sources);
  return {
    ...byOperator(declaration, namespace),
    build: { ...emptyBuild('', built.diagnostics.length === 0), ...built },
  };
}

function reconcileResourceSet(
  declaration: Resource,
  namespace: string,
  { find, budget }: Pick<ReconcileContext, 'find' | 'budget'>,
): MadeReconciliation {
  return {
    ...byOperator(declaration, namespace),
    ...renderResourceSet(declaration, { find, budget }),
    dependsOn: referencesIn(declaration, 'dependsOn', { kind: '', namespace }),
    wait: isTrueAt(declaration.object, 'spec', 'wait'),
  };
}

function byOperator(declaration: Resource, namespace: string): Omit<MadeReconciliation, 'build'> {
  const { object } = declaration;
  const kind = valueText(object['kind']);
  return { ...nothingSaid, by: 'flux', kind, name: nameOf(object), namespace, declaration, prune: true };
}
