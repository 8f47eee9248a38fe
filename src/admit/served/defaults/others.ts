import type { MutableMapping } from '../../../source/value.ts';
import { child, childIfAny, children, fields, preset, presetEmpty } from '../draft.ts';

const rbac = 'rbac.authorization.k8s.io';

/** Defaults of the groups beside core, apps and batch, k8s.io/kubernetes 1.36 pkg/apis (each v1/defaults.go). */
export function defaultAutoscaler(object: MutableMapping): void {
  const spec = child(object, 'spec');
  preset(spec, 'minReplicas', 1);
  const target = fields({ type: 'Utilization', averageUtilization: 80 });
  presetEmpty(spec, 'metrics', [fields({ type: 'Resource', resource: fields({ name: 'cpu', target }) })]);
  const behavior = childIfAny(spec, 'behavior');
  if (behavior === undefined) return;
  const up = child(behavior, 'scaleUp');
  preset(up, 'stabilizationWindowSeconds', 0);
  preset(up, 'selectPolicy', 'Max');
  preset(up, 'policies', [scaling('Pods', 4), scaling('Percent', 100)]);
  const down = child(behavior, 'scaleDown');
  preset(down, 'selectPolicy', 'Max');
  preset(down, 'policies', [scaling('Percent', 100)]);
}

function scaling(type: string, value: number): MutableMapping {
  return fields({ type, value, periodSeconds: 15 });
}

export function defaultNetworkPolicy(object: MutableMapping): void {
  const spec = child(object, 'spec');
  presetEmpty(
    spec,
    'policyTypes',
    children(spec, 'egress').length === 0 ? ['Ingress'] : ['Ingress', 'Egress'],
  );
}

export function defaultIngressClass(object: MutableMapping): void {
  const parameters = childIfAny(child(object, 'spec'), 'parameters');
  if (parameters !== undefined) preset(parameters, 'scope', 'Cluster');
}

export function defaultRoleRef(object: MutableMapping): void {
  const reference = child(object, 'roleRef');
  if ((reference['apiGroup'] ?? '') === '') reference['apiGroup'] = rbac;
}

export function defaultSubject(subject: MutableMapping): void {
  if (subject['kind'] === 'User' || subject['kind'] === 'Group') preset(subject, 'apiGroup', rbac);
}

export function defaultStorageClass(object: MutableMapping): void {
  preset(object, 'reclaimPolicy', 'Delete');
  preset(object, 'volumeBindingMode', 'Immediate');
}

export function defaultCsiDriver(object: MutableMapping): void {
  const spec = child(object, 'spec');
  preset(spec, 'attachRequired', true);
  for (const key of ['podInfoOnMount', 'storageCapacity', 'requiresRepublish', 'seLinuxMount'])
    preset(spec, key, false);
  preset(spec, 'fsGroupPolicy', 'ReadWriteOnceWithFSType');
  presetEmpty(spec, 'volumeLifecycleModes', ['Persistent']);
}

export function defaultValidatingWebhook(webhook: MutableMapping): void {
  preset(webhook, 'failurePolicy', 'Fail');
  defaultMatchResources(webhook);
  preset(webhook, 'timeoutSeconds', 10);
}

export function defaultMutatingWebhook(webhook: MutableMapping): void {
  defaultValidatingWebhook(webhook);
  preset(webhook, 'reinvocationPolicy', 'Never');
}

export function defaultMatchResources(match: MutableMapping): void {
  preset(match, 'matchPolicy', 'Equivalent');
  preset(match, 'namespaceSelector', fields({}));
  preset(match, 'objectSelector', fields({}));
}

export function defaultEndpointPort(port: MutableMapping): void {
  preset(port, 'name', '');
  preset(port, 'protocol', 'TCP');
}

export function defaultFlowSchema(spec: MutableMapping): void {
  if ((spec['matchingPrecedence'] ?? 0) === 0) spec['matchingPrecedence'] = 1000;
}

export function defaultLimitedPriority(limited: MutableMapping): void {
  preset(limited, 'nominalConcurrencyShares', 30);
  preset(limited, 'lendablePercent', 0);
}

export function defaultExemptPriority(exempt: MutableMapping): void {
  preset(exempt, 'nominalConcurrencyShares', 0);
  preset(exempt, 'lendablePercent', 0);
}

export function defaultQueuing(queuing: MutableMapping): void {
  for (const [key, value] of [
    ['handSize', 8],
    ['queues', 64],
    ['queueLengthLimit', 50],
  ] as const)
    if ((queuing[key] ?? 0) === 0) queuing[key] = value;
}

export function defaultDeviceRequest(request: MutableMapping): void {
  preset(request, 'allocationMode', 'ExactCount');
  if (request['allocationMode'] === 'ExactCount') preset(request, 'count', 1);
}

/** Of the first beta: one without a class has subrequests in its place. */
export function defaultOldDeviceRequest(request: MutableMapping): void {
  if ((request['deviceClassName'] ?? '') !== '') defaultDeviceRequest(request);
}

export function defaultCrd(object: MutableMapping): void {
  const spec = child(object, 'spec');
  const names = child(spec, 'names');
  const { kind } = names;
  if (typeof kind === 'string' && kind !== '') {
    preset(names, 'singular', kind.toLowerCase());
    preset(names, 'listKind', `${kind}List`);
  }
  preset(spec, 'conversion', fields({ strategy: 'None' }));
}
