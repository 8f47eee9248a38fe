import type { ChangeSeverity } from '../diagnostic/change-severity.ts';
import { groupVersionKind, type Resource } from '../object/resource.ts';
import { valueAt } from '../source/value.ts';

// What holds data, or a part of many other objects with it.
const destroyed = new Set([
  '/Namespace',
  'apiextensions.k8s.io/CustomResourceDefinition',
  '/PersistentVolumeClaim',
  '/Secret',
  'rbac.authorization.k8s.io/ClusterRole',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
]);

// What others call, or run by.
const broken = new Set([
  '/Service',
  'networking.k8s.io/Ingress',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/HTTPRoute',
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  '/Pod',
  '/ReplicationController',
  'batch/CronJob',
  'argoproj.io/Rollout',
  'helm.toolkit.fluxcd.io/HelmRelease',
  'cert-manager.io/Certificate',
]);

/** How grave it is that an object is deleted, of its kind and of what it says of its data. */
export function severityOfDeletion(resource: Resource): ChangeSeverity {
  const { object } = resource;
  const { group, kind } = groupVersionKind(object);
  const name = `${group}/${kind}`;
  if (name === '/PersistentVolume')
    return valueAt(object, ['spec', 'persistentVolumeReclaimPolicy']) === 'Delete' ? 'destroys' : 'breaks';
  if (name === 'apps/StatefulSet' && deletesItsClaims(object)) return 'destroys';
  if (destroyed.has(name)) return 'destroys';
  return broken.has(name) || takenAlong(resource) !== undefined ? 'breaks' : 'changes';
}

/**
 * What goes with an object of which no one can know here what it made: the Applications of a set get the finalizer that deletes what they
 * applied, unless the set says otherwise (argo-cd 3.6, applicationset/utils/utils.go, RenderTemplateParams).
 */
export function takenAlong({ object }: Resource): string | undefined {
  const { group, kind } = groupVersionKind(object);
  if (`${group}/${kind}` !== 'argoproj.io/ApplicationSet') return undefined;
  if (valueAt(object, ['spec', 'syncPolicy', 'preserveResourcesOnDeletion']) === true) return undefined;
  return 'the Applications that it generates are deleted with it, and so is what they applied: preserveResourcesOnDeletion would keep that';
}

function deletesItsClaims(object: Resource['object']): boolean {
  return valueAt(object, ['spec', 'persistentVolumeClaimRetentionPolicy', 'whenDeleted']) === 'Delete';
}

/** How grave it is that an object is deleted and created again at once, with the same name. */
export function severityOfRecreation(resource: Resource): ChangeSeverity {
  const { group, kind } = groupVersionKind(resource.object);
  if (`${group}/${kind}` === 'apps/StatefulSet') return 'destroys';
  // A Secret or a role is the same again when it is back.
  if (['Secret', 'ClusterRole', 'ClusterRoleBinding'].includes(kind)) return 'breaks';
  return severityOfDeletion(resource);
}
