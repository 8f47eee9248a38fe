import { isSequence, type MutableMapping } from '../../../source/value.ts';
import { child, childIfAny, children, fields, preset } from '../draft.ts';

/** Defaults of the other kinds of the core group, k8s.io/kubernetes 1.36 pkg/apis/core/v1/defaults.go. */
export function defaultService(object: MutableMapping): void {
  const spec = child(object, 'spec');
  defaultAffinity(spec);
  preset(spec, 'type', 'ClusterIP');
  for (const port of children(spec, 'ports')) {
    if (port['targetPort'] === 0 || port['targetPort'] === '') port['targetPort'] = port['port'] ?? 0;
  }
  const isBalanced = spec['type'] === 'LoadBalancer';
  if (isBalanced || spec['type'] === 'NodePort' || isReachedFromOutside(spec))
    preset(spec, 'externalTrafficPolicy', 'Cluster');
  if (spec['type'] !== 'ExternalName') preset(spec, 'internalTrafficPolicy', 'Cluster');
  if (isBalanced) preset(spec, 'allocateLoadBalancerNodePorts', true);
}

function isReachedFromOutside(spec: MutableMapping): boolean {
  return spec['type'] === 'ClusterIP' && isSequence(spec['externalIPs']);
}

function defaultAffinity(spec: MutableMapping): void {
  preset(spec, 'sessionAffinity', 'None');
  if (spec['sessionAffinity'] === 'None') delete spec['sessionAffinityConfig'];
  if (spec['sessionAffinity'] !== 'ClientIP') return;
  const known = childIfAny(spec, 'sessionAffinityConfig');
  const client = known === undefined ? undefined : childIfAny(known, 'clientIP');
  if (client?.['timeoutSeconds'] === undefined)
    spec['sessionAffinityConfig'] = fields({ clientIP: fields({ timeoutSeconds: 10_800 }) });
}

export function defaultPersistentVolume(object: MutableMapping): void {
  const spec = child(object, 'spec');
  preset(spec, 'persistentVolumeReclaimPolicy', 'Retain');
  preset(spec, 'volumeMode', 'Filesystem');
}

export function defaultNamespace(object: MutableMapping): void {
  const metadata = child(object, 'metadata');
  const { name } = metadata;
  if (typeof name === 'string') child(metadata, 'labels')['kubernetes.io/metadata.name'] = name;
}

export function defaultEndpoints(object: MutableMapping): void {
  for (const subset of children(object, 'subsets'))
    for (const port of children(subset, 'ports')) preset(port, 'protocol', 'TCP');
}

export function defaultNodeStatus(status: MutableMapping): void {
  const capacity = childIfAny(status, 'capacity');
  if (capacity !== undefined) preset(status, 'allocatable', capacity);
}

/** Limits of containers: the default limit is the highest, the default request the default limit, else the lowest. */
export function defaultLimitRangeItem(item: MutableMapping): void {
  if (item['type'] !== 'Container') return;
  const limits = fields({ ...childIfAny(item, 'max'), ...childIfAny(item, 'default') });
  const requests = fields({ ...childIfAny(item, 'min'), ...limits, ...childIfAny(item, 'defaultRequest') });
  if (Object.keys(limits).length > 0) item['default'] = limits;
  if (Object.keys(requests).length > 0) item['defaultRequest'] = requests;
}
