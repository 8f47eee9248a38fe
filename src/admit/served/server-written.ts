import { ownOf } from '../../source/own.ts';
import { isMapping, isSequence, type MutableMapping, newMapping } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { writeAutoscaler } from './autoscaler.ts';
import { countedKinds } from './counted-kinds.ts';
import { child, childIfAny, children, fields, preset } from './draft.ts';
import { onlyServerKnows } from './only-server-knows.ts';
import { qualityOfService } from './quality-of-service.ts';

/** What every new object gets: rest.FillObjectMetaSystemFields and BeforeCreate of k8s.io/apiserver 0.36. */
export function writeMetadata(object: MutableMapping, isNamespaced: boolean): void {
  const metadata = child(object, 'metadata');
  for (const key of ['deletionTimestamp', 'deletionGracePeriodSeconds']) delete metadata[key];
  if (isNamespaced) preset(metadata, 'namespace', 'default');
  else delete metadata['namespace'];
  if (metadata['name'] === undefined && metadata['generateName'] !== undefined)
    metadata['name'] = onlyServerKnows('the generated name');
  metadata['uid'] = onlyServerKnows('the uid');
  metadata['creationTimestamp'] = onlyServerKnows('the time of creation');
  metadata['managedFields'] = onlyServerKnows('the managers of the fields');
}

/** What the strategy of a built-in kind writes on create, and the admission plugins that every server runs; 1.36. */
export function writeBuiltIn(object: MutableMapping, kind: string): void {
  if (countedKinds.has(kind)) child(object, 'metadata')['generation'] = 1;
  writers.get(kind)?.(object);
}

/** What moves values that somebody wrote: to the field where the server keeps them, or beside an old name of it. */
export function moveWritten(object: MutableMapping, kind: string): void {
  if (kind === 'Secret') moveStringData(object);
  const spec = podSpecOf(object, kind);
  const account = spec?.['serviceAccountName'] ?? spec?.['serviceAccount'];
  if (spec !== undefined && account !== undefined)
    Object.assign(spec, { serviceAccountName: account, serviceAccount: account });
}

function podSpecOf(object: MutableMapping, kind: string): MutableMapping | undefined {
  const spec = childIfAny(object, 'spec');
  if (kind === 'Pod') return spec;
  const jobTemplate = spec === undefined ? undefined : childIfAny(spec, 'jobTemplate');
  const holder =
    kind === 'PodTemplate' ? object : jobTemplate === undefined ? spec : childIfAny(jobTemplate, 'spec');
  const template = holder === undefined ? undefined : childIfAny(holder, 'template');
  return template === undefined ? undefined : childIfAny(template, 'spec');
}

const writers: ReadonlyMap<string, (object: MutableMapping) => void> = new Map([
  ['Pod', writePod],
  ['Service', writeService],
  ['Namespace', writeNamespace],
  ['PersistentVolume', writeVolume],
  ['PersistentVolumeClaim', writeClaim],
  ['VolumeAttributesClass', writeVolumeClass],
  ['DaemonSet', writeDaemonSet],
  ['Job', writeJob],
  ['CertificateSigningRequest', writeSigningRequest],
  ['ServiceAccount', writeServiceAccount],
  ['HorizontalPodAutoscaler', writeAutoscaler],
]);

const classPriorities: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

function writePod(pod: MutableMapping): void {
  const spec = child(pod, 'spec');
  if (spec['serviceAccount'] === undefined) preset(spec, 'serviceAccountName', 'default');
  writePriority(spec);
  writeTolerations(spec);
  const status = fields({ phase: 'Pending', qosClass: qualityOfService(spec) });
  if (isSequence(spec['schedulingGates'])) status['conditions'] = onlyServerKnows('the conditions');
  pod['status'] = status;
  spreadByKeys(pod, spec);
}

function writePriority(spec: MutableMapping): void {
  const { priorityClassName: name } = spec;
  if (name === undefined) {
    preset(spec, 'priority', 0);
    preset(spec, 'preemptionPolicy', 'PreemptLowerPriority');
    return;
  }
  const value = typeof name === 'string' ? ownOf(classPriorities, name) : undefined;
  preset(spec, 'priority', value ?? onlyServerKnows(`the value of PriorityClass ${valueText(name)}`));
  preset(
    spec,
    'preemptionPolicy',
    value === undefined
      ? onlyServerKnows(`the policy of PriorityClass ${valueText(name)}`)
      : 'PreemptLowerPriority',
  );
}

const nodeTaints = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** The plugin DefaultTolerationSeconds: five minutes on a node that is lost. */
function writeTolerations(spec: MutableMapping): void {
  const known = children(spec, 'tolerations');
  const added = nodeTaints.flatMap((key) => {
    const isTolerated = known.some(
      (one) =>
        ['', key].includes(valueText(one['key'] ?? '')) &&
        ['', 'NoExecute'].includes(valueText(one['effect'] ?? '')),
    );
    return isTolerated
      ? []
      : [fields({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 })];
  });
  if (added.length > 0) spec['tolerations'] = [...known, ...added];
}

/** `matchLabelKeys` become requirements of the selectors beside them. */
function spreadByKeys(pod: MutableMapping, spec: MutableMapping): void {
  const labels = childIfAny(child(pod, 'metadata'), 'labels') ?? newMapping();
  for (const constraint of children(spec, 'topologySpreadConstraints'))
    requireLabels(constraint, 'matchLabelKeys', 'In', labels);
  const affinity = childIfAny(spec, 'affinity');
  if (affinity === undefined) return;
  for (const side of ['podAffinity', 'podAntiAffinity']) {
    for (const term of affinityTerms(childIfAny(affinity, side))) {
      requireLabels(term, 'matchLabelKeys', 'In', labels);
      requireLabels(term, 'mismatchLabelKeys', 'NotIn', labels);
    }
  }
}

function affinityTerms(side: MutableMapping | undefined): MutableMapping[] {
  if (side === undefined) return [];
  const preferred = children(side, 'preferredDuringSchedulingIgnoredDuringExecution');
  return [
    ...children(side, 'requiredDuringSchedulingIgnoredDuringExecution'),
    ...preferred.map((one) => child(one, 'podAffinityTerm')),
  ];
}

function requireLabels(holder: MutableMapping, list: string, operator: string, labels: MutableMapping): void {
  const keys = holder[list];
  const selector = childIfAny(holder, 'labelSelector');
  if (!isSequence(keys) || selector === undefined) return;
  const added = keys.flatMap((key) => {
    const value = typeof key === 'string' ? labels[key] : undefined;
    return typeof key === 'string' && value !== undefined ? [fields({ key, operator, values: [value] })] : [];
  });
  if (added.length > 0) selector['matchExpressions'] = [...children(selector, 'matchExpressions'), ...added];
}

/** Addresses and ports come from the cluster's ranges. */
function writeService(service: MutableMapping): void {
  const spec = child(service, 'spec');
  if (spec['type'] === 'ExternalName') return;
  preset(spec, 'clusterIP', onlyServerKnows('the address of the Service'));
  preset(
    spec,
    'clusterIPs',
    spec['clusterIP'] === 'None' ? ['None'] : onlyServerKnows('the addresses of the Service'),
  );
  preset(spec, 'ipFamilies', onlyServerKnows('the address families of the cluster'));
  preset(spec, 'ipFamilyPolicy', 'SingleStack');
  const isBalanced = spec['type'] === 'LoadBalancer';
  if (spec['type'] === 'NodePort' || (isBalanced && spec['allocateLoadBalancerNodePorts'] !== false))
    for (const port of children(spec, 'ports')) preset(port, 'nodePort', onlyServerKnows('the node port'));
  if (isBalanced && spec['externalTrafficPolicy'] === 'Local')
    preset(spec, 'healthCheckNodePort', onlyServerKnows('the port of the health check'));
}

/** `stringData` is written into `data`, as base64. */
function moveStringData(secret: MutableMapping): void {
  const plain = childIfAny(secret, 'stringData');
  delete secret['stringData'];
  if (plain === undefined) return;
  const data = child(secret, 'data');
  for (const key of Object.keys(plain)) data[key] = base64(valueText(plain[key]));
}

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function writeNamespace(namespace: MutableMapping): void {
  namespace['status'] = fields({ phase: 'Active' });
  addTo(child(namespace, 'spec'), 'finalizers', 'kubernetes');
}

function writeVolume(volume: MutableMapping): void {
  volume['status'] = fields({
    phase: 'Pending',
    lastPhaseTransitionTime: onlyServerKnows('the time of creation'),
  });
  addTo(child(volume, 'metadata'), 'finalizers', 'kubernetes.io/pv-protection');
}

function writeVolumeClass(kind: MutableMapping): void {
  addTo(child(kind, 'metadata'), 'finalizers', 'kubernetes.io/vac-protection');
}

function writeClaim(claim: MutableMapping): void {
  const spec = child(claim, 'spec');
  const [source, reference] = [childIfAny(spec, 'dataSource'), childIfAny(spec, 'dataSourceRef')];
  if (source !== undefined) preset(spec, 'dataSourceRef', fields(source));
  if (reference !== undefined && (reference['namespace'] ?? '') === '')
    preset(spec, 'dataSource', fields(reference));
  addTo(child(claim, 'metadata'), 'finalizers', 'kubernetes.io/pvc-protection');
}

function addTo(holder: MutableMapping, list: string, entry: string): void {
  const known = holder[list];
  const entries = isSequence(known) ? known : [];
  if (!entries.includes(entry)) holder[list] = [...entries, entry];
}

function writeDaemonSet(set: MutableMapping): void {
  const annotations = child(child(set, 'metadata'), 'annotations');
  preset(annotations, 'deprecated.daemonset.template.generation', '1');
}

/** Without `manualSelector` the server makes the selector and the labels that it needs. */
function writeJob(job: MutableMapping): void {
  const spec = child(job, 'spec');
  if (spec['manualSelector'] === true) return;
  const labels = child(child(child(spec, 'template'), 'metadata'), 'labels');
  const name = child(job, 'metadata')['name'] ?? '';
  const uid = onlyServerKnows('the uid');
  for (const key of ['job-name', 'batch.kubernetes.io/job-name']) preset(labels, key, name);
  for (const key of ['controller-uid', 'batch.kubernetes.io/controller-uid']) preset(labels, key, uid);
  preset(child(child(spec, 'selector'), 'matchLabels'), 'batch.kubernetes.io/controller-uid', uid);
}

function writeSigningRequest(request: MutableMapping): void {
  const spec = child(request, 'spec');
  for (const key of ['uid', 'extra']) delete spec[key];
  spec['username'] = onlyServerKnows('the requesting user');
  spec['groups'] = onlyServerKnows('the requesting user');
}

function writeServiceAccount(account: MutableMapping): void {
  const { secrets } = account;
  if (!isSequence(secrets)) return;
  account['secrets'] = secrets.filter(isMapping).map(({ name }) => fields({ name: name ?? '' }));
}
