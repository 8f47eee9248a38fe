/** What a field names: an object of a kind, one of its keys or ports, or something else that the clusters have. */
export interface NamedBy {
  readonly is: 'name' | 'key' | 'port';
  /** The kind; `beside` where the field `kind` beside it says so, `own` for that of the document. */
  readonly kind: string;
  /** Of a port, where only one of both may stand there. */
  readonly part?: 'name' | 'number';
  /** For keys and ports: the way from the mapping around it to the one with the object's name, and what the name is called there. */
  readonly holder?: { readonly up: number; readonly name: string };
}

/** Fields of built-in types, by type and name (k8s.io/api v0.36). */
export const namedByType: Readonly<Record<string, NamedBy>> = {
  'core.v1.ConfigMapKeySelector.name': { is: 'name', kind: 'ConfigMap' },
  'core.v1.ConfigMapKeySelector.key': { is: 'key', kind: 'ConfigMap', holder: { up: 0, name: 'name' } },
  'core.v1.SecretKeySelector.name': { is: 'name', kind: 'Secret' },
  'core.v1.SecretKeySelector.key': { is: 'key', kind: 'Secret', holder: { up: 0, name: 'name' } },
  'core.v1.ConfigMapEnvSource.name': { is: 'name', kind: 'ConfigMap' },
  'core.v1.SecretEnvSource.name': { is: 'name', kind: 'Secret' },
  'core.v1.ConfigMapVolumeSource.name': { is: 'name', kind: 'ConfigMap' },
  'core.v1.ConfigMapProjection.name': { is: 'name', kind: 'ConfigMap' },
  'core.v1.SecretVolumeSource.secretName': { is: 'name', kind: 'Secret' },
  'core.v1.SecretProjection.name': { is: 'name', kind: 'Secret' },
  'core.v1.LocalObjectReference.name': { is: 'name', kind: 'Secret' },
  'core.v1.PersistentVolumeClaimVolumeSource.claimName': { is: 'name', kind: 'PersistentVolumeClaim' },
  'core.v1.PodSpec.serviceAccountName': { is: 'name', kind: 'ServiceAccount' },
  'core.v1.PodSpec.priorityClassName': { is: 'name', kind: 'PriorityClass' },
  'core.v1.PodSpec.runtimeClassName': { is: 'name', kind: 'RuntimeClass' },
  'core.v1.PersistentVolumeClaimSpec.storageClassName': { is: 'name', kind: 'StorageClass' },
  'core.v1.PersistentVolumeClaimSpec.volumeName': { is: 'name', kind: 'PersistentVolume' },
  'apimachinery.pkg.apis.meta.v1.ObjectMeta.namespace': { is: 'name', kind: 'Namespace' },
  'apps.v1.StatefulSetSpec.serviceName': { is: 'name', kind: 'Service' },
  'networking.v1.IngressServiceBackend.name': { is: 'name', kind: 'Service' },
  'networking.v1.ServiceBackendPort.name': {
    is: 'port',
    kind: 'Service',
    part: 'name',
    holder: { up: 1, name: 'name' },
  },
  'networking.v1.ServiceBackendPort.number': {
    is: 'port',
    kind: 'Service',
    part: 'number',
    holder: { up: 1, name: 'name' },
  },
  'networking.v1.IngressSpec.ingressClassName': { is: 'name', kind: 'IngressClass' },
  'networking.v1.IngressTLS.secretName': { is: 'name', kind: 'Secret' },
  'autoscaling.v2.CrossVersionObjectReference.name': { is: 'name', kind: 'beside' },
  'autoscaling.v1.CrossVersionObjectReference.name': { is: 'name', kind: 'beside' },
  'rbac.v1.RoleRef.name': { is: 'name', kind: 'beside' },
  'rbac.v1.Subject.name': { is: 'name', kind: 'beside' },
  'rbac.v1.Subject.namespace': { is: 'name', kind: 'Namespace' },
  'core.v1.ObjectReference.name': { is: 'name', kind: 'beside' },
};

/** Fields of custom kinds, by what is around the field and its own name; the longer the way, the earlier it is asked. */
export const namedByPath: Readonly<Record<string, NamedBy>> = {
  'dependsOn.name': { is: 'name', kind: 'own' },
  'configMapRef.name': { is: 'name', kind: 'ConfigMap' },
  'secretRef.name': { is: 'name', kind: 'Secret' },
  'certSecretRef.name': { is: 'name', kind: 'Secret' },
  'providerRef.name': { is: 'name', kind: 'Provider' },
  'imageRepositoryRef.name': { is: 'name', kind: 'ImageRepository' },
  'parentRefs.name': { is: 'name', kind: 'Gateway' },
  'backendRefs.name': { is: 'name', kind: 'Service' },
  'backendRefs.port': { is: 'port', kind: 'Service', part: 'number', holder: { up: 0, name: 'name' } },
  'spec.gatewayClassName': { is: 'name', kind: 'GatewayClass' },
  'certificateRefs.name': { is: 'name', kind: 'Secret' },
  'spec.serviceAccountName': { is: 'name', kind: 'ServiceAccount' },
  'spec.targetNamespace': { is: 'name', kind: 'Namespace' },
  'spec.project': { is: 'name', kind: 'AppProject' },
  'destination.namespace': { is: 'name', kind: 'Namespace' },
  'valuesFrom.valuesKey': { is: 'key', kind: 'beside', holder: { up: 0, name: 'name' } },
};
