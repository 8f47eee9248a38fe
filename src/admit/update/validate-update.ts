import { ownOf } from '../../source/own.ts';
import type { Mapping } from '../../source/value.ts';
import { validateClusterTrustBundleUpdate } from './cluster-trust-bundle.ts';
import { validateConfigMapUpdate } from './config-map.ts';
import { validateControllerRevisionUpdate } from './controller-revision.ts';
import { validateCsiDriverUpdate } from './csi-driver.ts';
import { validateCsiNodeUpdate } from './csi-node.ts';
import { validateCsiStorageCapacityUpdate } from './csi-storage-capacity.ts';
import { validateCustomResourceDefinitionUpdate } from './custom-resource-definition.ts';
import { validateDaemonSetUpdate } from './daemon-set.ts';
import { validateDeploymentUpdate } from './deployment.ts';
import { validateEndpointSliceUpdate } from './endpoint-slice.ts';
import { validateEventUpdate } from './event.ts';
import { validateFrozenSpec } from './frozen-spec.ts';
import { validateIngressClassUpdate } from './ingress-class.ts';
import { validateIpAddressUpdate } from './ip-address.ts';
import { validateJobUpdate } from './job.ts';
import { validateLeaseCandidateUpdate } from './lease-candidate.ts';
import { validateNodeUpdate } from './node.ts';
import { validatePersistentVolumeUpdate } from './persistent-volume.ts';
import { validatePersistentVolumeClaimUpdate } from './persistent-volume-claim.ts';
import { validatePodUpdate } from './pod.ts';
import { validatePriorityClassUpdate } from './priority-class.ts';
import { validateReplicaSetUpdate } from './replica-set.ts';
import { validateResourceQuotaUpdate } from './resource-quota.ts';
import { validateResourceSliceUpdate } from './resource-slice.ts';
import { validateRoleBindingUpdate } from './role-binding.ts';
import { validateRuntimeClassUpdate } from './runtime-class.ts';
import { validateSecretUpdate } from './secret.ts';
import { validateServiceUpdate } from './service.ts';
import { validateServiceCidrUpdate } from './service-cidr.ts';
import { validateStatefulSetUpdate } from './stateful-set.ts';
import { validateStorageClassUpdate } from './storage-class.ts';
import type { Update } from './update.ts';
import { validateVolumeAttributesClassUpdate } from './volume-attributes-class.ts';

// By group and kind. What is not here changes freely, as far as the new object is valid.
const validators: Readonly<Record<string, (update: Update) => void>> = {
  '/ConfigMap': validateConfigMapUpdate,
  '/Node': validateNodeUpdate,
  '/PersistentVolume': validatePersistentVolumeUpdate,
  '/PersistentVolumeClaim': validatePersistentVolumeClaimUpdate,
  '/Pod': validatePodUpdate,
  '/ResourceQuota': validateResourceQuotaUpdate,
  '/Secret': validateSecretUpdate,
  '/Service': validateServiceUpdate,
  'apiextensions.k8s.io/CustomResourceDefinition': validateCustomResourceDefinitionUpdate,
  'apps/ControllerRevision': validateControllerRevisionUpdate,
  'apps/DaemonSet': validateDaemonSetUpdate,
  'apps/Deployment': validateDeploymentUpdate,
  'apps/ReplicaSet': validateReplicaSetUpdate,
  'apps/StatefulSet': validateStatefulSetUpdate,
  'batch/Job': validateJobUpdate,
  'certificates.k8s.io/ClusterTrustBundle': validateClusterTrustBundleUpdate,
  'certificates.k8s.io/PodCertificateRequest': validateFrozenSpec,
  'coordination.k8s.io/LeaseCandidate': validateLeaseCandidateUpdate,
  'discovery.k8s.io/EndpointSlice': validateEndpointSliceUpdate,
  'events.k8s.io/Event': validateEventUpdate,
  'networking.k8s.io/IngressClass': validateIngressClassUpdate,
  'networking.k8s.io/IPAddress': validateIpAddressUpdate,
  'networking.k8s.io/ServiceCIDR': validateServiceCidrUpdate,
  'node.k8s.io/RuntimeClass': validateRuntimeClassUpdate,
  'rbac.authorization.k8s.io/ClusterRoleBinding': validateRoleBindingUpdate,
  'rbac.authorization.k8s.io/RoleBinding': validateRoleBindingUpdate,
  'resource.k8s.io/ResourceClaim': validateFrozenSpec,
  'resource.k8s.io/ResourceClaimTemplate': validateFrozenSpec,
  'resource.k8s.io/ResourceSlice': validateResourceSliceUpdate,
  'scheduling.k8s.io/PriorityClass': validatePriorityClassUpdate,
  'storage.k8s.io/CSIDriver': validateCsiDriverUpdate,
  'storage.k8s.io/CSINode': validateCsiNodeUpdate,
  'storage.k8s.io/CSIStorageCapacity': validateCsiStorageCapacityUpdate,
  'storage.k8s.io/StorageClass': validateStorageClassUpdate,
  'storage.k8s.io/VolumeAttachment': validateFrozenSpec,
  'storage.k8s.io/VolumeAttributesClass': validateVolumeAttributesClassUpdate,
  'storagemigration.k8s.io/StorageVersionMigration': validateFrozenSpec,
};

/** What a kind refuses of a change, whatever the new object is like by itself. */
export function validateChange(update: Update, group: string): void {
  ownOf(validators, `${group}/${kindOf(update.next)}`)?.(update);
}

function kindOf({ kind }: Mapping): string {
  return typeof kind === 'string' ? kind : '';
}
