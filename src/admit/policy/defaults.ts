import { groupVersionKind } from '../../object/resource.ts';
import {
  copyMapping,
  isMapping,
  isSequence,
  type Mapping,
  type MutableMapping,
  newMapping,
  type Sequence,
  type Value,
} from '../../source/value.ts';

/**
 * The object as policies get it: with the values that the server writes where a file says nothing, `k8s.io/kubernetes`
 * pkg/apis/{core,apps,batch,autoscaling}/v1/defaults.go of 1.36. An object without any such field stays as it is.
 */
export function withDefaults(object: Mapping): Mapping {
  const { group, kind } = groupVersionKind(object);
  const change = changes.get(`${group}/${kind}`);
  const spec = object['spec'];
  if (change === undefined || !isMapping(spec)) return object;
  return set(object, { spec: change(spec) });
}

type Change = (spec: Mapping) => Mapping;

const changes: ReadonlyMap<string, Change> = new Map<string, Change>([
  ['/Pod', (spec) => podAlone(podSpec(spec))],
  ['/Service', service],
  ['apps/Deployment', deployment],
  ['apps/ReplicaSet', (spec) => fill(template(spec), { replicas: 1 })],
  ['apps/StatefulSet', statefulSet],
  ['apps/DaemonSet', daemonSet],
  ['batch/Job', job],
  ['batch/CronJob', cronJob],
  ['autoscaling/HorizontalPodAutoscaler', (spec) => fill(spec, { minReplicas: 1 })],
]);

function deployment(spec: Mapping): Mapping {
  const filled = fill(template(spec), {
    replicas: 1,
    revisionHistoryLimit: 10,
    progressDeadlineSeconds: 600,
    strategy: newMapping(),
  });
  return within(filled, 'strategy', (strategy) =>
    rolling(strategy, { maxUnavailable: '25%', maxSurge: '25%' }),
  );
}

function statefulSet(spec: Mapping): Mapping {
  const filled = fill(template(spec), {
    replicas: 1,
    revisionHistoryLimit: 10,
    podManagementPolicy: 'OrderedReady',
    updateStrategy: newMapping(),
  });
  return within(filled, 'updateStrategy', (strategy) => rolling(strategy, { partition: 0 }));
}

function daemonSet(spec: Mapping): Mapping {
  const filled = fill(template(spec), { revisionHistoryLimit: 10, updateStrategy: newMapping() });
  return within(filled, 'updateStrategy', (strategy) =>
    rolling(strategy, { maxUnavailable: 1, maxSurge: 0 }),
  );
}

function rolling(strategy: Mapping, bounds: Readonly<Record<string, Value>>): Mapping {
  const typed = fill(strategy, { type: 'RollingUpdate' });
  if (typed['type'] !== 'RollingUpdate') return typed;
  return within(fill(typed, { rollingUpdate: newMapping() }), 'rollingUpdate', (update) =>
    fill(update, bounds),
  );
}

function job(spec: Mapping): Mapping {
  // Only a Job that says neither runs once; one that says `parallelism` alone is a work queue.
  const counts =
    spec['completions'] === undefined && spec['parallelism'] === undefined
      ? { completions: 1, parallelism: 1 }
      : { parallelism: 1 };
  return fill(template(spec), { ...counts, backoffLimit: 6, completionMode: 'NonIndexed', suspend: false });
}

function cronJob(spec: Mapping): Mapping {
  const filled = fill(spec, {
    concurrencyPolicy: 'Allow',
    suspend: false,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 1,
  });
  return within(filled, 'jobTemplate', (outer) => within(outer, 'spec', template));
}

function service(spec: Mapping): Mapping {
  const filled = fill(spec, { type: 'ClusterIP', sessionAffinity: 'None' });
  return eachOf(filled, 'ports', (port) =>
    fill(port, { protocol: 'TCP', ...(port['port'] === undefined ? {} : { targetPort: port['port'] }) }),
  );
}

function template(spec: Mapping): Mapping {
  return within(spec, 'template', (outer) => within(outer, 'spec', podSpec));
}

const containerLists = ['containers', 'initContainers', 'ephemeralContainers'];

function podSpec(spec: Mapping): Mapping {
  const draft = copyMapping(spec);
  draft['restartPolicy'] ??= 'Always';
  draft['dnsPolicy'] ??= 'ClusterFirst';
  draft['schedulerName'] ??= 'default-scheduler';
  draft['terminationGracePeriodSeconds'] ??= 30;
  draft['securityContext'] ??= newMapping();
  for (const list of containerLists) changeEach(draft, list, container);
  changeEach(draft, 'volumes', volume);
  return draft;
}

/** What only a Pod gets, and no template of one. */
function podAlone(spec: Mapping): Mapping {
  const filled = fill(spec, { enableServiceLinks: true, serviceAccountName: 'default' });
  return containerLists.reduce(
    (pod, list) =>
      eachOf(pod, list, (one) =>
        withHostPorts(within(one, 'resources', requestsFromLimits), pod['hostNetwork'] === true),
      ),
    filled,
  );
}

function requestsFromLimits(resources: Mapping): Mapping {
  const { limits, requests } = resources;
  if (!isMapping(limits)) return resources;
  return set(resources, { requests: fill(isMapping(requests) ? requests : newMapping(), limits) });
}

function withHostPorts(one: Mapping, isHostNetwork: boolean): Mapping {
  if (!isHostNetwork) return one;
  return eachOf(one, 'ports', (port) =>
    port['containerPort'] === undefined ? port : fill(port, { hostPort: port['containerPort'] }),
  );
}

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'];

function container(one: Mapping): Mapping {
  const draft = copyMapping(one);
  draft['imagePullPolicy'] ??= pullPolicy(one['image']);
  draft['terminationMessagePath'] ??= '/dev/termination-log';
  draft['terminationMessagePolicy'] ??= 'File';
  draft['resources'] ??= newMapping();
  for (const name of probes) {
    const value = draft[name];
    if (isMapping(value)) draft[name] = probe(value);
  }
  changeEach(draft, 'ports', containerPort);
  return draft;
}

const portDefaults = { protocol: 'TCP' };

function containerPort(port: Mapping): Mapping {
  return fill(port, portDefaults);
}

/** `Always` for no tag and for `latest`. */
function pullPolicy(image: Value | undefined): string {
  if (typeof image !== 'string' || image.includes('@')) return 'IfNotPresent';
  const name = image.slice(image.lastIndexOf('/') + 1);
  return !name.includes(':') || name.endsWith(':latest') ? 'Always' : 'IfNotPresent';
}

function probe(one: Mapping): Mapping {
  const draft = copyMapping(one);
  draft['timeoutSeconds'] ??= 1;
  draft['periodSeconds'] ??= 10;
  draft['successThreshold'] ??= 1;
  draft['failureThreshold'] ??= 3;
  const get = draft['httpGet'];
  if (isMapping(get)) draft['httpGet'] = fill(get, getDefaults);
  return draft;
}

const getDefaults = { path: '/', scheme: 'HTTP' };

const moded = ['secret', 'configMap', 'downwardAPI', 'projected'];

function volume(one: Mapping): Mapping {
  if (Object.keys(one).every((key) => key === 'name')) return fill(one, { emptyDir: newMapping() });
  let filled = one;
  for (const name of moded) {
    const source = one[name];
    if (isMapping(source)) filled = set(filled, { [name]: fill(source, modeDefaults) });
  }
  return filled;
}

const modeDefaults = { defaultMode: 420 };

function set(mapping: Mapping, fields: Readonly<Record<string, Value>>): Mapping {
  return Object.assign(newMapping(), mapping, fields);
}

/** The mapping with the fields that it lacks; null counts as lacking, as it does for the server's decoder. */
function fill(mapping: Mapping, fields: Readonly<Record<string, Value>>): Mapping {
  let filled: Mapping | undefined;
  for (const key of Object.keys(fields)) {
    if ((mapping[key] ?? null) !== null) continue;
    filled ??= set(mapping, {});
    (filled as Record<string, Value>)[key] = fields[key] as Value;
  }
  return filled ?? mapping;
}

function within(mapping: Mapping, key: string, change: Change): Mapping {
  const value = mapping[key];
  return isMapping(value) ? set(mapping, { [key]: change(value) }) : mapping;
}

function eachOf(mapping: Mapping, key: string, change: Change): Mapping {
  const value = mapping[key];
  return isSequence(value) ? set(mapping, { [key]: changed(value, change) }) : mapping;
}

/** The same for a mapping that was just made and may be changed. */
function changeEach(draft: MutableMapping, key: string, change: Change): void {
  const value = draft[key];
  if (isSequence(value)) draft[key] = changed(value, change);
}

function changed(sequence: Sequence, change: Change): Sequence {
  return sequence.map((item) => (isMapping(item) ? change(item) : item));
}
