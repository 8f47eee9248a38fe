import { isMapping, type MutableMapping } from '../../../source/value.ts';
import { child, childIfAny, children, fields, preset, presetEmpty } from '../draft.ts';

/** Defaults of `apps/v1` and `batch/v1`, k8s.io/kubernetes 1.36 pkg/apis/{apps,batch}/v1/defaults.go. */
export function defaultDeployment(object: MutableMapping): void {
  const spec = child(object, 'spec');
  preset(spec, 'replicas', 1);
  preset(spec, 'revisionHistoryLimit', 10);
  preset(spec, 'progressDeadlineSeconds', 600);
  const strategy = child(spec, 'strategy');
  preset(strategy, 'type', 'RollingUpdate');
  if (strategy['type'] !== 'RollingUpdate') return;
  const update = child(strategy, 'rollingUpdate');
  preset(update, 'maxUnavailable', '25%');
  preset(update, 'maxSurge', '25%');
}

export function defaultDaemonSet(object: MutableMapping): void {
  const spec = child(object, 'spec');
  preset(spec, 'revisionHistoryLimit', 10);
  const strategy = child(spec, 'updateStrategy');
  preset(strategy, 'type', 'RollingUpdate');
  if (strategy['type'] !== 'RollingUpdate') return;
  const update = child(strategy, 'rollingUpdate');
  preset(update, 'maxUnavailable', 1);
  preset(update, 'maxSurge', 0);
}

export function defaultStatefulSet(object: MutableMapping): void {
  const spec = child(object, 'spec');
  preset(spec, 'podManagementPolicy', 'OrderedReady');
  const strategy = child(spec, 'updateStrategy');
  if (strategy['type'] === undefined) {
    strategy['type'] = 'RollingUpdate';
    preset(strategy, 'rollingUpdate', fields({}));
  }
  const update = childIfAny(strategy, 'rollingUpdate');
  if (strategy['type'] === 'RollingUpdate' && update !== undefined) preset(update, 'partition', 0);
  const retention = child(spec, 'persistentVolumeClaimRetentionPolicy');
  preset(retention, 'whenDeleted', 'Retain');
  preset(retention, 'whenScaled', 'Retain');
  preset(spec, 'replicas', 1);
  preset(spec, 'revisionHistoryLimit', 10);
  for (const claim of children(spec, 'volumeClaimTemplates')) {
    Object.assign(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
    preset(child(claim, 'status'), 'phase', 'Pending');
  }
}

export function defaultReplicaSet(object: MutableMapping): void {
  preset(child(object, 'spec'), 'replicas', 1);
}

export function defaultReplicationController(object: MutableMapping): void {
  const spec = child(object, 'spec');
  const labels = labelsOf(childIfAny(spec, 'template'));
  if (labels === undefined) return;
  presetEmpty(spec, 'selector', labels);
  presetEmpty(child(object, 'metadata'), 'labels', labels);
}

export function defaultJob(object: MutableMapping): void {
  const spec = child(object, 'spec');
  // Only a Job that says neither runs once; one that says `parallelism` alone is a work queue.
  if (spec['parallelism'] === undefined) preset(spec, 'completions', 1);
  else preset(spec, 'parallelism', 1);
  preset(spec, 'parallelism', 1);
  preset(spec, 'backoffLimit', spec['backoffLimitPerIndex'] === undefined ? 6 : 2_147_483_647);
  const labels = labelsOf(childIfAny(spec, 'template'));
  if (labels !== undefined) presetEmpty(child(object, 'metadata'), 'labels', labels);
  preset(spec, 'completionMode', 'NonIndexed');
  preset(spec, 'suspend', false);
  preset(
    spec,
    'podReplacementPolicy',
    spec['podFailurePolicy'] === undefined ? 'TerminatingOrFailed' : 'Failed',
  );
  preset(spec, 'manualSelector', false);
}

export function defaultCronJob(object: MutableMapping): void {
  const spec = child(object, 'spec');
  preset(spec, 'concurrencyPolicy', 'Allow');
  preset(spec, 'suspend', false);
  preset(spec, 'successfulJobsHistoryLimit', 3);
  preset(spec, 'failedJobsHistoryLimit', 1);
}

function labelsOf(template: MutableMapping | undefined): MutableMapping | undefined {
  const metadata = template === undefined ? undefined : childIfAny(template, 'metadata');
  const labels = metadata?.['labels'];
  return isMapping(labels) ? fields(labels) : undefined;
}
