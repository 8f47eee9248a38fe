import { isMapping, type MutableMapping, type Value } from '../../../source/value.ts';
import { valueNumber } from '../../../source/value-text.ts';
import { child, childIfAny, children, fields, preset } from '../draft.ts';
import { aggregateRequests } from '../pod-requests.ts';

const containerLists = ['containers', 'initContainers'];

/** `SetDefaults_Pod` of 1.36: what a Pod alone gets, and no template of one. */
export function defaultPod(pod: MutableMapping): void {
  const spec = child(pod, 'spec');
  const containers = containerLists.flatMap((list) => children(spec, list));
  for (const container of containers) requestsFromLimits(child(container, 'resources'));
  podRequests(spec);
  preset(spec, 'enableServiceLinks', true);
  if (spec['hostNetwork'] !== true) return;
  for (const port of containers.flatMap((container) => children(container, 'ports')))
    preset(port, 'hostPort', port['containerPort'] ?? 0);
}

function requestsFromLimits(resources: MutableMapping): void {
  const limits = childIfAny(resources, 'limits');
  if (limits === undefined) return;
  resources['requests'] = fields({ ...limits, ...childIfAny(resources, 'requests') });
}

/** What a Pod asks for as a whole, where it has limits as a whole: what its containers ask for, or those limits. */
function podRequests(spec: MutableMapping): void {
  const resources = childIfAny(spec, 'resources');
  if (resources === undefined) return;
  hugePageLimits(spec, resources);
  const limits = childIfAny(resources, 'limits');
  if (limits === undefined) return;
  const requests = fields({ ...childIfAny(resources, 'requests') });
  for (const [name, amount] of Object.entries(aggregateRequests(spec, 'requests')))
    if (isOvercommittable(name)) requests[name] ??= amount;
  for (const [name, amount] of Object.entries(limits)) if (isPodLevel(name)) requests[name] ??= amount;
  if (Object.keys(requests).length > 0) resources['requests'] = requests;
}

function hugePageLimits(spec: MutableMapping, resources: MutableMapping): void {
  const [limits, requests] = [childIfAny(resources, 'limits'), childIfAny(resources, 'requests')];
  if (limits === undefined && requests === undefined) return;
  const filled = fields({ ...limits });
  for (const [name, amount] of Object.entries(aggregateRequests(spec, 'limits')))
    if (name.startsWith('hugepages-') && requests?.[name] === undefined) filled[name] ??= amount;
  if (Object.keys(filled).length > 0) resources['limits'] = filled;
}

function isPodLevel(name: string): boolean {
  return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');
}

function isOvercommittable(name: string): boolean {
  return name === 'cpu' || name === 'memory';
}

export function defaultPodSpec(spec: MutableMapping): void {
  preset(spec, 'dnsPolicy', 'ClusterFirst');
  preset(spec, 'restartPolicy', 'Always');
  preset(spec, 'securityContext', fields({}));
  preset(spec, 'terminationGracePeriodSeconds', 30);
  if (valueNumber(spec['terminationGracePeriodSeconds']) < 0) spec['terminationGracePeriodSeconds'] = 1;
  preset(spec, 'schedulerName', 'default-scheduler');
}

export function defaultContainer(container: MutableMapping): void {
  preset(container, 'imagePullPolicy', pullPolicy(container['image']));
  preset(container, 'terminationMessagePath', '/dev/termination-log');
  preset(container, 'terminationMessagePolicy', 'File');
}

const imageName =
  /^(?:[A-Za-z0-9.-]+(?::\d+)?\/|\[[0-9a-fA-F:]+\](?::\d+)?\/)?[a-z0-9._/-]*[a-z0-9](?::(?<tag>\w[\w.-]*))?(?<digest>@[^@]+)?$/u;

/** `Always` for the tag `latest`, which is also that of a name without one; what is no name of an image is not judged here. */
function pullPolicy(image: Value | undefined): string {
  const parts = typeof image === 'string' ? imageName.exec(image)?.groups : undefined;
  if (parts === undefined) return 'IfNotPresent';
  return (parts['tag'] ?? (parts['digest'] === undefined ? 'latest' : '')) === 'latest'
    ? 'Always'
    : 'IfNotPresent';
}

export function defaultProbe(probe: MutableMapping): void {
  preset(probe, 'timeoutSeconds', 1);
  preset(probe, 'periodSeconds', 10);
  preset(probe, 'successThreshold', 1);
  preset(probe, 'failureThreshold', 3);
}

export function defaultVolume(volume: MutableMapping): void {
  const image = childIfAny(volume, 'image');
  if (image !== undefined) preset(image, 'pullPolicy', pullPolicy(image['reference']));
  if (!Object.entries(volume).some(([key, source]) => key !== 'name' && isMapping(source)))
    volume['emptyDir'] = fields({});
}
