import { namespaceOf, type Resource } from '../build/resource.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import { isKind, isTrueAt } from '../reconcile/object-field.ts';
import { isSequence, type Mapping, type Value, valueAt } from '../source/value.ts';
import { clusterObjects } from './flux-objects.ts';
import { knownOnce } from './known-once.ts';

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
  const instance = objects.find(
    (resource) =>
      isKind(resource, 'fluxcd.controlplane.io', 'FluxInstance') &&
      isTrueAt(resource.object, 'spec', 'cluster', 'multitenant'),
  );
  if (instance !== undefined)
    return { by: instance, namespace: namespaceOf(instance.object), hasDefaultAccount: true };
  const controllers = objects.filter(
    (resource) =>
      isKind(resource, 'apps', 'Deployment') && hasFlag(argsOf(resource.object), '--no-cross-namespace-refs'),
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

function argsOf(deployment: Mapping): Value[] {
  const containers = valueAt(deployment, ['spec', 'template', 'spec', 'containers']);
  return (isSequence(containers) ? containers : []).flatMap((container) => {
    const args = valueAt(container, ['args']);
    return isSequence(args) ? args : [];
  });
}
