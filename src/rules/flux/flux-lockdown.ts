import { knownOnce } from '../../object/known-once.ts';
import { isKind, isTrueAt } from '../../object/object-field.ts';
import { namespaceOf, type Resource } from '../../object/resource.ts';
import type { Cluster } from '../../reconcile/cluster.ts';
import { itemsAt, type Mapping, type Value, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { clusterObjects } from './flux-objects.ts';

/** What keeps the tenants of a cluster apart. */
export interface Lockdown {
  /** The controller or FluxInstance that says so. */
  readonly by: Resource;
  /** The namespace of the controllers, whose objects belong to the platform. */
  readonly namespace: string;
  /** Whether what names no account is applied with that of its namespace, and not with the controller's own. */
  readonly hasDefaultAccount: boolean;
}

/** Whether Flux refuses references across namespaces here (`--no-cross-namespace-refs`, `multitenant` of a FluxInstance). */
export const lockdownOf = knownOnce((cluster: Cluster): Lockdown | undefined => {
  const objects = clusterObjects(cluster);
  const instances = objects.filter((one) => isKind(one, 'fluxcd.controlplane.io', 'FluxInstance'));
  const instance = instances.find(({ object }) => isTrueAt(object, 'spec', 'cluster', 'multitenant'));
  if (instance !== undefined)
    return { by: instance, namespace: namespaceOf(instance.object), hasDefaultAccount: true };
  const controllers = [...instances, ...objects.filter((one) => isKind(one, 'apps', 'Deployment'))].filter(
    ({ object }) => hasFlag(argsOf(object), '--no-cross-namespace-refs'),
  );
  const [first] = controllers;
  if (first === undefined) return undefined;
  return {
    by: first,
    namespace: namespaceOf(first.object),
    hasDefaultAccount: controllers.some(({ object }) => hasFlag(argsOf(object), '--default-service-account')),
  };
});

function hasFlag(args: readonly Value[], flag: string): boolean {
  return args.some(
    (arg) =>
      arg === flag || (typeof arg === 'string' && arg.startsWith(`${flag}=`) && arg !== `${flag}=false`),
  );
}

/** The arguments of a controller, or those that the patches of a FluxInstance give to controllers. */
function argsOf(object: Mapping): Value[] {
  const patches = itemsAt(object, ['spec', 'kustomize', 'patches']);
  return [
    ...patches.flatMap((one) => valueText(valueAt(one, ['patch'])).split(/[\s"']+/u)),
    ...itemsAt(object, ['spec', 'template', 'spec', 'containers']).flatMap((one) => itemsAt(one, ['args'])),
  ];
}
