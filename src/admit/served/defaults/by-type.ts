import { ownOf } from '../../../source/own.ts';
import type { MutableMapping } from '../../../source/value.ts';
import { fields, preset } from '../draft.ts';
import * as core from './core.ts';
import * as others from './others.ts';
import * as pod from './pod.ts';
import * as workloads from './workloads.ts';

/** Fills what the server fills in a value of a type whose fields are filled already. */
export type Default = (draft: MutableMapping) => void;

/** A default that is the same fields for every value of the type. */
function filling(...entries: readonly (readonly [string, string | number | boolean])[]): Default {
  return (draft) => {
    for (const [key, value] of entries) preset(draft, key, value);
  };
}

const moded = filling(['defaultMode', 420]);
const service = filling(['port', 443]);
const failing = filling(['failurePolicy', 'Fail']);

/** By the name of the type without its version: each version of a kind is filled alike, save for those with a version here. */
const byName: Readonly<Record<string, Default>> = {
  'core.Container': pod.defaultContainer,
  'core.EphemeralContainer': pod.defaultContainer,
  'core.PodSpec': pod.defaultPodSpec,
  'core.Pod': pod.defaultPod,
  'core.Probe': pod.defaultProbe,
  'core.Volume': pod.defaultVolume,
  'core.HTTPGetAction': filling(['path', '/'], ['scheme', 'HTTP']),
  'core.GRPCAction': filling(['service', '']),
  'core.FileKeySelector': filling(['optional', false]),
  'core.AzureDiskVolumeSource': filling(['readOnly', false]),
  'core.SecretVolumeSource': moded,
  'core.ConfigMapVolumeSource': moded,
  'core.DownwardAPIVolumeSource': moded,
  'core.ProjectedVolumeSource': moded,
  'core.HostPathVolumeSource': filling(['type', '']),
  'core.ServiceAccountTokenProjection': filling(['expirationSeconds', 3600]),
  'core.ObjectFieldSelector': filling(['apiVersion', 'v1']),
  'core.Secret': filling(['type', 'Opaque']),
  'core.Service': core.defaultService,
  'core.PersistentVolume': core.defaultPersistentVolume,
  'core.PersistentVolumeClaimSpec': filling(['volumeMode', 'Filesystem']),
  'core.Namespace': core.defaultNamespace,
  'core.NodeStatus': core.defaultNodeStatus,
  'core.Endpoints': core.defaultEndpoints,
  'core.LimitRangeItem': core.defaultLimitRangeItem,
  'core.ReplicationController': workloads.defaultReplicationController,
  'apps.Deployment': workloads.defaultDeployment,
  'apps.DaemonSet': workloads.defaultDaemonSet,
  'apps.StatefulSet': workloads.defaultStatefulSet,
  'apps.ReplicaSet': workloads.defaultReplicaSet,
  'batch.Job': workloads.defaultJob,
  'batch.CronJob': workloads.defaultCronJob,
  'batch.PodFailurePolicyOnPodConditionsPattern': filling(['status', 'True']),
  'autoscaling.HorizontalPodAutoscaler': others.defaultAutoscaler,
  'networking.NetworkPolicy': others.defaultNetworkPolicy,
  'networking.NetworkPolicyPort': filling(['protocol', 'TCP']),
  'networking.IngressClass': others.defaultIngressClass,
  'rbac.RoleBinding': others.defaultRoleRef,
  'rbac.ClusterRoleBinding': others.defaultRoleRef,
  'rbac.Subject': others.defaultSubject,
  'scheduling.PriorityClass': filling(['preemptionPolicy', 'PreemptLowerPriority']),
  'storage.StorageClass': others.defaultStorageClass,
  'storage.CSIDriver': others.defaultCsiDriver,
  'admissionregistration.ValidatingWebhook': others.defaultValidatingWebhook,
  'admissionregistration.MutatingWebhook': others.defaultMutatingWebhook,
  'admissionregistration.RuleWithOperations': filling(['scope', '*']),
  'admissionregistration.NamedRuleWithOperations': filling(['scope', '*']),
  'admissionregistration.ServiceReference': service,
  'admissionregistration.ValidatingAdmissionPolicySpec': failing,
  'admissionregistration.MutatingAdmissionPolicySpec': failing,
  'admissionregistration.MatchResources': others.defaultMatchResources,
  'discovery.EndpointPort': others.defaultEndpointPort,
  'flowcontrol.FlowSchemaSpec': others.defaultFlowSchema,
  'flowcontrol.LimitedPriorityLevelConfiguration': others.defaultLimitedPriority,
  'flowcontrol.ExemptPriorityLevelConfiguration': others.defaultExemptPriority,
  'flowcontrol.QueuingConfiguration': others.defaultQueuing,
  'resource.ExactDeviceRequest': others.defaultDeviceRequest,
  'resource.DeviceSubRequest': others.defaultDeviceRequest,
  'resource.v1beta1.DeviceRequest': others.defaultOldDeviceRequest,
  'apiextensions-apiserver.pkg.apis.apiextensions.CustomResourceDefinition': others.defaultCrd,
  'apiextensions-apiserver.pkg.apis.apiextensions.ServiceReference': service,
  'kube-aggregator.pkg.apis.apiregistration.ServiceReference': service,
  // An autoscaler of the first version has no metrics; its default comes with the conversion.
  'autoscaling.v1.HorizontalPodAutoscaler': (object) =>
    preset((object['spec'] ?? fields({})) as MutableMapping, 'minReplicas', 1),
};

const found = new Map<string, Default | undefined>();

/** What fills a type, `core.v1.PodSpec`; undefined for most. */
export function defaultOf(typeName: string): Default | undefined {
  if (!found.has(typeName)) {
    const any = typeName.replace(/\.v\d+(?:alpha\d+|beta\d+)?(?=\.[^.]+$)/u, '');
    found.set(typeName, ownOf(byName, typeName) ?? ownOf(byName, any));
  }
  return found.get(typeName);
}
