import type { GroupVersionKind } from '../../object/resource.ts';

// Where the lower-case kind and an ending are not the plural; `kubectl api-resources` has no other exceptions among built-in kinds.
const irregular: ReadonlyMap<string, string> = new Map([
  ['Endpoints', 'endpoints'],
  ['ComponentStatus', 'componentstatuses'],
  ['PodMetrics', 'pods'],
  ['NodeMetrics', 'nodes'],
]);

const clusterScoped: ReadonlySet<string> = new Set([
  'Namespace',
  'Node',
  'PersistentVolume',
  'ClusterRole',
  'ClusterRoleBinding',
  'StorageClass',
  'IngressClass',
  'PriorityClass',
  'RuntimeClass',
  'CSIDriver',
  'CSINode',
  'VolumeAttachment',
  'CustomResourceDefinition',
  'APIService',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'CertificateSigningRequest',
  'ClusterTrustBundle',
  'FlowSchema',
  'PriorityLevelConfiguration',
  'GatewayClass',
  'DeviceClass',
]);

/** What the API server calls a kind: the facts of a schema know better than the rule below, where they are given. */
export interface ResourceNames {
  readonly plural: (gvk: GroupVersionKind) => string | undefined;
  readonly isClusterScoped: (gvk: GroupVersionKind) => boolean | undefined;
}

/** The plural resource name of a kind: `deployments`, `networkpolicies`, `ingresses`. */
export function resourceName(gvk: GroupVersionKind, names?: ResourceNames): string {
  const known = names?.plural(gvk) ?? irregular.get(gvk.kind);
  if (known !== undefined) return known;
  const lower = gvk.kind.toLowerCase();
  if (/(s|x|z|ch|sh)$/.test(lower)) return `${lower}es`;
  if (/[^aeiou]y$/.test(lower)) return `${lower.slice(0, -1)}ies`;
  return `${lower}s`;
}

/** Whether objects of a kind live outside namespaces. */
export function isClusterScoped(gvk: GroupVersionKind, names?: ResourceNames): boolean {
  return names?.isClusterScoped(gvk) ?? clusterScoped.has(gvk.kind);
}
