import type { Mapping } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';
import { type Check, newCheck } from './check.ts';
import { validateDaemonSet } from './daemon-set.ts';
import { validateDeployment } from './deployment.ts';
import { text } from './fields.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain, pathSegment } from './names.ts';
import { validatePersistentVolumeClaim } from './persistent-volume-claim.ts';
import { validatePod } from './pod.ts';
import { validateReplicaSet } from './replica-set.ts';
import { validateReplicationController } from './replication-controller.ts';
import { validateStatefulSet } from './stateful-set.ts';

export interface ValidationContext {
  /** The Kubernetes that judges, such as `1.36`. */
  readonly kubernetesVersion: string;
}

type Validator = (object: Mapping, check: Check) => void;

// By group and kind: all served versions of a kind share their rules.
const validators: Readonly<Record<string, Validator>> = {
  '/PersistentVolumeClaim': validatePersistentVolumeClaim,
  '/Pod': validatePod,
  '/ReplicationController': validateReplicationController,
  'apps/DaemonSet': validateDaemonSet,
  'apps/Deployment': validateDeployment,
  'apps/ReplicaSet': validateReplicaSet,
  'apps/StatefulSet': validateStatefulSet,
};

/**
 * What the API server's validation would refuse about an object that decodes: the rules behind a 422, defaults applied.
 * Kinds without rules of their own are judged by their metadata, as custom resources are.
 */
export function validateObject(object: Mapping, context: ValidationContext): readonly FieldError[] {
  const check = newCheck(Number(context.kubernetesVersion.split('.')[1] ?? 0));
  const validate = validators[`${groupOf(object)}/${text(object, 'kind')}`];
  (validate ?? validateOther)(object, check);
  return check.errors;
}

function groupOf(object: Mapping): string {
  const apiVersion = text(object, 'apiVersion');
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Built-in kinds have at least names that fit into a URL; custom resources have DNS names. */
function validateOther(object: Mapping, check: Check): void {
  const name = isBuiltIn(groupOf(object)) ? pathSegment : dns1123Subdomain;
  const nameOptional = text(object, 'kind') === 'LimitRange';
  validateMetadata(object, check, { namespaced: true, name, nameOptional, anyFinalizer: true });
}

function isBuiltIn(group: string): boolean {
  return !group.includes('.') || (group.endsWith('.k8s.io') && !group.startsWith('gateway.'));
}
