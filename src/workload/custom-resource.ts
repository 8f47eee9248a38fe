import { builtinMergeSchemas } from '../build/merge-schema.ts';
import { textAt } from '../object/object-field.ts';
import { groupVersionKind, namespaceOf, type Resource } from '../object/resource.ts';

/**
 * Groups of custom resources that make no pods, Secrets or ConfigMaps beyond those that `provided-objects.ts` knows: what an object of
 * another group makes, nobody can tell from the manifests.
 */
const quietGroups: ReadonlySet<string> = new Set([
  'bitnami.com',
  'cert-manager.io',
  'cilium.io',
  'cloud.google.com',
  'crd.projectcalico.org',
  'external-secrets.io',
  'gateway.networking.k8s.io',
  'generators.external-secrets.io',
  'keda.sh',
  'kyverno.io',
  'metrics.k8s.io',
  'networking.istio.io',
  'networking.gke.io',
  'projectcalico.org',
  'secrets-store.csi.x-k8s.io',
  'security.istio.io',
  'snapshot.storage.k8s.io',
  'telemetry.istio.io',
  'traefik.containo.us',
  'traefik.io',
  'vertical-pod-autoscaler.k8s.io',
  'autoscaling.k8s.io',
  'secrets.hashicorp.com',
]);

const quietKinds: ReadonlySet<string> = new Set([
  'monitoring.coreos.com/ServiceMonitor',
  'monitoring.coreos.com/PodMonitor',
  'monitoring.coreos.com/PrometheusRule',
  'monitoring.coreos.com/Probe',
  'monitoring.coreos.com/ScrapeConfig',
  'argoproj.io/Rollout',
  'argoproj.io/AppProject',
]);

/** Whether Kubernetes itself does not know the kind. */
export function isCustomResource({ object }: Resource): boolean {
  const gvk = groupVersionKind(object);
  const apiVersion = gvk.group === '' ? gvk.version : `${gvk.group}/${gvk.version}`;
  if (builtinMergeSchemas.isNamespaceScoped(apiVersion, gvk.kind) !== undefined) return false;
  // The schemas are those of one version: a later version of a built-in group is no custom resource either.
  return gvk.group.includes('.') && !/(^|\.)k8s\.io$/u.test(gvk.group);
}

/** Whether an operator may make pods, Secrets and more of the object. */
export function isOperated(resource: Resource): boolean {
  const { group, kind } = groupVersionKind(resource.object);
  if (quietGroups.has(group) || quietKinds.has(`${group}/${kind}`)) return false;
  return isCustomResource(resource);
}

/** The namespace in which an operator makes what the object asks for, empty where it may be any. */
export function filledNamespace({ object }: Resource): string {
  const { group, kind } = groupVersionKind(object);
  const said = /^(?:helm\.toolkit\.fluxcd\.io\/HelmRelease|helm\.cattle\.io\/HelmChart)$/u.test(
    `${group}/${kind}`,
  )
    ? textAt(object, 'spec', 'targetNamespace')
    : group === 'argoproj.io' && kind === 'Application'
      ? textAt(object, 'spec', 'destination', 'namespace')
      : undefined;
  if (said?.includes('${') === true) return '';
  return said ?? namespaceOf(object);
}

/** Whether the two may stand in one namespace; without a namespace, whoever applies the manifests decides. */
export function maySeeEachOther(a: Resource, b: Resource): boolean {
  const one = namespaceOf(a.object);
  const other = namespaceOf(b.object);
  // What belongs to no namespace names none.
  return one === other || one === '' || other === '';
}
