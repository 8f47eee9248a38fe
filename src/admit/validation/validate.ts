import type { Mapping } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';
import { validateApiService } from './api-service.ts';
import { type Check, newCheck } from './check.ts';
import { validateConfigMap } from './config-map.ts';
import { validateCronJob } from './cron-job.ts';
import { validateCustomResourceDefinition } from './custom-resource-definition.ts';
import { validateDaemonSet } from './daemon-set.ts';
import { validateDeployment } from './deployment.ts';
import { validateEndpointSlice } from './endpoint-slice.ts';
import { validateEndpoints } from './endpoints.ts';
import { text } from './fields.ts';
import { validateHorizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
import { validateIngress } from './ingress.ts';
import { validateIngressClass } from './ingress-class.ts';
import { validateJob } from './job.ts';
import { validateLease } from './lease.ts';
import { validateLimitRange } from './limit-range.ts';
import { validateMetadata } from './metadata.ts';
import { dns1123Subdomain, pathSegment } from './names.ts';
import { validateNamespace } from './namespace.ts';
import { validateNetworkPolicy } from './network-policy.ts';
import { validateNode } from './node.ts';
import { validatePersistentVolume } from './persistent-volume.ts';
import { validatePersistentVolumeClaim } from './persistent-volume-claim.ts';
import { validatePod } from './pod.ts';
import { validatePodDisruptionBudget } from './pod-disruption-budget.ts';
import { validatePriorityClass } from './priority-class.ts';
import { validateReplicaSet } from './replica-set.ts';
import { validateReplicationController } from './replication-controller.ts';
import { validateResourceQuota } from './resource-quota.ts';
import { validateClusterRole, validateRole } from './role.ts';
import { validateClusterRoleBinding, validateRoleBinding } from './role-binding.ts';
import { validateRuntimeClass } from './runtime-class.ts';
import { validateSecret } from './secret.ts';
import { validateService } from './service.ts';
import { validateServiceAccount } from './service-account.ts';
import { validateStatefulSet } from './stateful-set.ts';
import { validateStorageClass } from './storage-class.ts';
import { validateValidatingAdmissionPolicy } from './validating-admission-policy.ts';
import { validateValidatingAdmissionPolicyBinding } from './validating-admission-policy-binding.ts';
import { validateWebhookConfiguration } from './webhook-configuration.ts';

export interface ValidationContext {
  /** The Kubernetes that judges, such as `1.36`. */
  readonly kubernetesVersion: string;
}

type Validator = (object: Mapping, check: Check) => void;

// By group and kind: all served versions of a kind share their rules.
const validators: Readonly<Record<string, Validator>> = {
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': validateWebhookConfiguration,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': validateValidatingAdmissionPolicy,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': validateValidatingAdmissionPolicyBinding,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': validateWebhookConfiguration,
  'apiextensions.k8s.io/CustomResourceDefinition': validateCustomResourceDefinition,
  'apiregistration.k8s.io/APIService': validateApiService,
  '/ConfigMap': validateConfigMap,
  '/Endpoints': validateEndpoints,
  '/LimitRange': validateLimitRange,
  '/Namespace': validateNamespace,
  '/Node': validateNode,
  '/PersistentVolume': validatePersistentVolume,
  '/PersistentVolumeClaim': validatePersistentVolumeClaim,
  '/Pod': validatePod,
  '/ReplicationController': validateReplicationController,
  '/ResourceQuota': validateResourceQuota,
  '/Secret': validateSecret,
  '/Service': validateService,
  '/ServiceAccount': validateServiceAccount,
  'apps/DaemonSet': validateDaemonSet,
  'apps/Deployment': validateDeployment,
  'apps/ReplicaSet': validateReplicaSet,
  'apps/StatefulSet': validateStatefulSet,
  'autoscaling/HorizontalPodAutoscaler': validateHorizontalPodAutoscaler,
  'batch/CronJob': validateCronJob,
  'batch/Job': validateJob,
  'coordination.k8s.io/Lease': validateLease,
  'discovery.k8s.io/EndpointSlice': validateEndpointSlice,
  'networking.k8s.io/Ingress': validateIngress,
  'networking.k8s.io/IngressClass': validateIngressClass,
  'networking.k8s.io/NetworkPolicy': validateNetworkPolicy,
  'node.k8s.io/RuntimeClass': validateRuntimeClass,
  'policy/PodDisruptionBudget': validatePodDisruptionBudget,
  'rbac.authorization.k8s.io/ClusterRole': validateClusterRole,
  'rbac.authorization.k8s.io/ClusterRoleBinding': validateClusterRoleBinding,
  'rbac.authorization.k8s.io/Role': validateRole,
  'rbac.authorization.k8s.io/RoleBinding': validateRoleBinding,
  'scheduling.k8s.io/PriorityClass': validatePriorityClass,
  'storage.k8s.io/StorageClass': validateStorageClass,
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
  validateMetadata(object, check, { namespaced: true, name, anyFinalizer: true });
}

function isBuiltIn(group: string): boolean {
  return !group.includes('.') || (group.endsWith('.k8s.io') && !group.startsWith('gateway.'));
}
