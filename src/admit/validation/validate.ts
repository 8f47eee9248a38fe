import { isBuiltInGroup } from '../../schema/facts.ts';
import { ownOf } from '../../source/own.ts';
import type { Mapping } from '../../source/value.ts';
import type { FieldError } from '../field-error.ts';
import { countedKinds } from '../served/counted-kinds.ts';
import { validateApiService } from './api-service.ts';
import { validateCertificateSigningRequest } from './certificate-signing-request.ts';
import { type Check, invalid, newCheck, within } from './check.ts';
import { validateClusterTrustBundle } from './cluster-trust-bundle.ts';
import { validateConfigMap } from './config-map.ts';
import { validateControllerRevision } from './controller-revision.ts';
import { validateCronJob } from './cron-job.ts';
import { validateCsiDriver } from './csi-driver.ts';
import { validateCsiNode } from './csi-node.ts';
import { validateCsiStorageCapacity } from './csi-storage-capacity.ts';
import { validateCustomResourceDefinition } from './custom-resource-definition.ts';
import { validateDaemonSet } from './daemon-set.ts';
import { validateDeployment } from './deployment.ts';
import { validateEndpointSlice } from './endpoint-slice.ts';
import { validateEndpoints } from './endpoints.ts';
import { validateEvent } from './event.ts';
import { text } from './fields.ts';
import { validateFlowSchema } from './flow-schema.ts';
import { validateHorizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts';
import { validateIngress } from './ingress.ts';
import { validateIngressClass } from './ingress-class.ts';
import { validateIpAddress } from './ip-address.ts';
import { validateJob } from './job.ts';
import { validateLease } from './lease.ts';
import { validateLimitRange } from './limit-range.ts';
import { validateMetadata } from './metadata.ts';
import {
  validateMutatingAdmissionPolicy,
  validateMutatingAdmissionPolicyBinding,
} from './mutating-admission-policy.ts';
import { dns1123Subdomain, pathSegment } from './names.ts';
import { validateNamespace } from './namespace.ts';
import { validateNetworkPolicy } from './network-policy.ts';
import { validateNode } from './node.ts';
import { validatePersistentVolume } from './persistent-volume.ts';
import { validatePersistentVolumeClaim } from './persistent-volume-claim.ts';
import { validatePod } from './pod.ts';
import { validatePodDisruptionBudget } from './pod-disruption-budget.ts';
import { validatePodTemplateObject } from './pod-template-object.ts';
import { validatePriorityClass } from './priority-class.ts';
import { validatePriorityLevelConfiguration } from './priority-level-configuration.ts';
import { validateReplicaSet } from './replica-set.ts';
import { validateReplicationController } from './replication-controller.ts';
import {
  validateDeviceClass,
  validateResourceClaim,
  validateResourceClaimTemplate,
} from './resource-claim.ts';
import { validateResourceQuota } from './resource-quota.ts';
import { validateDeviceTaintRule, validateResourceSlice } from './resource-slice.ts';
import { validateClusterRole, validateRole } from './role.ts';
import { validateClusterRoleBinding, validateRoleBinding } from './role-binding.ts';
import { validateRuntimeClass } from './runtime-class.ts';
import { validateSecret } from './secret.ts';
import { validateService } from './service.ts';
import { validateServiceAccount } from './service-account.ts';
import { validateServiceCidr } from './service-cidr.ts';
import { validateStatefulSet } from './stateful-set.ts';
import { validateStorageClass } from './storage-class.ts';
import { validateStorageVersionMigration } from './storage-version-migration.ts';
import { validateValidatingAdmissionPolicy } from './validating-admission-policy.ts';
import { validateValidatingAdmissionPolicyBinding } from './validating-admission-policy-binding.ts';
import { validateVolumeAttachment } from './volume-attachment.ts';
import { validateVolumeAttributesClass } from './volume-attributes-class.ts';
import { validateWebhookConfiguration } from './webhook-configuration.ts';

export interface ValidationContext {
  /** The Kubernetes that judges, such as `1.36`. */
  readonly kubernetesVersion: string;
  /** Whether the objects of a custom kind have a namespace; one of a kind without is dropped, so that it may be anything. */
  readonly isNamespaced?: boolean;
}

type Validator = (object: Mapping, check: Check) => void;

// By group and kind: all served versions of a kind share their rules.
const validators: Readonly<Record<string, Validator>> = {
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': validateMutatingAdmissionPolicy,
  'admissionregistration.k8s.io/MutatingAdmissionPolicyBinding': validateMutatingAdmissionPolicyBinding,
  'admissionregistration.k8s.io/MutatingWebhookConfiguration': validateWebhookConfiguration,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicy': validateValidatingAdmissionPolicy,
  'admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding': validateValidatingAdmissionPolicyBinding,
  'admissionregistration.k8s.io/ValidatingWebhookConfiguration': validateWebhookConfiguration,
  'apiextensions.k8s.io/CustomResourceDefinition': validateCustomResourceDefinition,
  'apiregistration.k8s.io/APIService': validateApiService,
  '/ConfigMap': validateConfigMap,
  '/Endpoints': validateEndpoints,
  '/Event': validateEvent,
  '/LimitRange': validateLimitRange,
  '/Namespace': validateNamespace,
  '/Node': validateNode,
  '/PersistentVolume': validatePersistentVolume,
  '/PersistentVolumeClaim': validatePersistentVolumeClaim,
  '/Pod': validatePod,
  '/PodTemplate': validatePodTemplateObject,
  '/ReplicationController': validateReplicationController,
  '/ResourceQuota': validateResourceQuota,
  '/Secret': validateSecret,
  '/Service': validateService,
  '/ServiceAccount': validateServiceAccount,
  'apps/ControllerRevision': validateControllerRevision,
  'apps/DaemonSet': validateDaemonSet,
  'apps/Deployment': validateDeployment,
  'apps/ReplicaSet': validateReplicaSet,
  'apps/StatefulSet': validateStatefulSet,
  'autoscaling/HorizontalPodAutoscaler': validateHorizontalPodAutoscaler,
  'batch/CronJob': validateCronJob,
  'batch/Job': validateJob,
  'certificates.k8s.io/CertificateSigningRequest': validateCertificateSigningRequest,
  'certificates.k8s.io/ClusterTrustBundle': validateClusterTrustBundle,
  'coordination.k8s.io/Lease': validateLease,
  'discovery.k8s.io/EndpointSlice': validateEndpointSlice,
  'events.k8s.io/Event': validateEvent,
  'flowcontrol.apiserver.k8s.io/FlowSchema': validateFlowSchema,
  'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration': validatePriorityLevelConfiguration,
  'networking.k8s.io/IPAddress': validateIpAddress,
  'networking.k8s.io/Ingress': validateIngress,
  'networking.k8s.io/IngressClass': validateIngressClass,
  'networking.k8s.io/NetworkPolicy': validateNetworkPolicy,
  'networking.k8s.io/ServiceCIDR': validateServiceCidr,
  'node.k8s.io/RuntimeClass': validateRuntimeClass,
  'policy/PodDisruptionBudget': validatePodDisruptionBudget,
  'rbac.authorization.k8s.io/ClusterRole': validateClusterRole,
  'rbac.authorization.k8s.io/ClusterRoleBinding': validateClusterRoleBinding,
  'rbac.authorization.k8s.io/Role': validateRole,
  'rbac.authorization.k8s.io/RoleBinding': validateRoleBinding,
  'resource.k8s.io/DeviceClass': validateDeviceClass,
  'resource.k8s.io/DeviceTaintRule': validateDeviceTaintRule,
  'resource.k8s.io/ResourceClaim': validateResourceClaim,
  'resource.k8s.io/ResourceClaimTemplate': validateResourceClaimTemplate,
  'resource.k8s.io/ResourceSlice': validateResourceSlice,
  'scheduling.k8s.io/PriorityClass': validatePriorityClass,
  'storage.k8s.io/CSIDriver': validateCsiDriver,
  'storage.k8s.io/CSINode': validateCsiNode,
  'storage.k8s.io/CSIStorageCapacity': validateCsiStorageCapacity,
  'storage.k8s.io/StorageClass': validateStorageClass,
  'storage.k8s.io/VolumeAttachment': validateVolumeAttachment,
  'storage.k8s.io/VolumeAttributesClass': validateVolumeAttributesClass,
  'storagemigration.k8s.io/StorageVersionMigration': validateStorageVersionMigration,
};

/**
 * What the API server's validation would refuse about an object that decodes: the rules behind a 422, defaults applied.
 * Kinds without rules of their own are judged by their metadata, as custom resources are.
 */
export function validateObject(object: Mapping, context: ValidationContext): readonly FieldError[] {
  const check = newCheck(Number(context.kubernetesVersion.split('.')[1] ?? 0));
  const validate = ownOf(validators, `${groupOf(object)}/${text(object, 'kind')}`);
  if (validate === undefined) validateOther(object, check, context.isNamespaced ?? true);
  else validate(object, check);
  validateGeneration(object, check);
  return check.errors;
}

/** Kinds whose generation the server counts, custom resources among them, lose what they say of it. */
function validateGeneration(object: Mapping, check: Check): void {
  if (countedKinds.has(text(object, 'kind')) || !isBuiltInGroup(groupOf(object))) return;
  within(check, object, 'metadata', (metadata) => {
    const { generation } = metadata;
    if (typeof generation === 'number' && generation < 0)
      invalid(check, 'generation', generation, 'must not be negative', 'remove it');
  });
}

/** Whether the kind has rules of its own: custom resources need none, their CRD has them. */
export function hasRules(object: Mapping): boolean {
  return Object.hasOwn(validators, `${groupOf(object)}/${text(object, 'kind')}`);
}

function groupOf(object: Mapping): string {
  const apiVersion = text(object, 'apiVersion');
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Built-in kinds have at least names that fit into a URL; custom resources have DNS names. */
function validateOther(object: Mapping, check: Check, namespaced: boolean): void {
  const name = isBuiltInGroup(groupOf(object)) ? pathSegment : dns1123Subdomain;
  validateMetadata(object, check, { namespaced, name, anyFinalizer: true });
}
