import { isTrueAt } from '../../object/object-field.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import type { Sources } from '../../source/load.ts';
import { emptyBuild, type Reconciliation } from '../reconciliation.ts';
import { syncObjects } from './flux-instance.ts';
import { referencesIn } from './references.ts';
import { expandResourceSet } from './resource-set.ts';
import type { FindObject } from './variables.ts';

/** What the Flux Operator makes of a FluxInstance: the source of the cluster, and the Kustomization that applies it. */
export function reconcileInstance(
  declaration: Resource,
  namespace: string,
  sources: Sources,
): Reconciliation {
  const built = syncObjects(declaration, sources);
  return {
    ...byOperator(declaration, namespace),
    build: { ...emptyBuild('', built.diagnostics.length === 0), ...built },
  };
}

/** What the Flux Operator makes of a ResourceSet. */
export function reconcileResourceSet(
  declaration: Resource,
  namespace: string,
  find: FindObject,
): Reconciliation {
  const { resources, diagnostics, unknown } = expandResourceSet(declaration, find);
  return {
    ...byOperator(declaration, namespace),
    dependsOn: referencesIn(declaration, 'dependsOn', { kind: '', namespace }),
    wait: isTrueAt(declaration.object, 'spec', 'wait'),
    notRendered: unknown,
    build: { ...emptyBuild('', true), resources, diagnostics },
  };
}

function byOperator(declaration: Resource, namespace: string): Omit<Reconciliation, 'build'> {
  return {
    by: 'flux',
    kind: String(declaration.object['kind']),
    name: nameOf(declaration.object),
    namespace,
    declaration,
    dependsOn: [],
    healthChecks: [],
    prune: true,
    wait: false,
    suspend: false,
    notRendered: [],
    unresolved: [],
  };
}
