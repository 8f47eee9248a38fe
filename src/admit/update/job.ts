import { type Mapping, newMapping, type Path, type Value } from '../../source/value.ts';
import { required } from '../validation/check.ts';
import { flag, has, numeric, struct, structs, text } from '../validation/fields.ts';
import { isSame } from './equal.ts';
import { generatedLabels } from './stored-job.ts';
import { immutable, isUnchanged, refuse, type Update, withFields } from './update.ts';

const immutableFields = [
  'completionMode',
  'podFailurePolicy',
  'backoffLimitPerIndex',
  'managedBy',
  'successPolicy',
];
const resourcesSince = 36;
const template: Path = ['spec', 'template'];
const another = 'give the Job a new name, or delete it first';

export function validateJobUpdate(update: Update): void {
  validateCompletions(update);
  immutable(update, ['spec', 'selector']);
  validateTemplate(update);
  for (const field of immutableFields) immutable(update, ['spec', field]);
  validateGeneratedLabels(update);
}

/** An Indexed Job grows and shrinks where both counts do. */
function validateCompletions(update: Update): void {
  const path: Path = ['spec', 'completions'];
  if (isUnchanged(update, path)) return;
  const spec = struct(update.next, 'spec');
  if (text(spec, 'completionMode') !== 'Indexed') {
    refuse(update, 'Invalid', { path, detail: 'must not change once the Job exists', help: another });
    return;
  }
  const completions = numeric(spec, 'completions');
  if (completions === undefined || completions === numeric(spec, 'parallelism')) return;
  refuse(update, 'Invalid', {
    path,
    detail: 'may change only together with parallelism, and to the same number',
    help: `set parallelism to ${completions} too`,
  });
}

function validateTemplate(update: Update): void {
  const isSuspended = flag(struct(update.old, 'spec'), 'suspend') === true;
  const old = templateOf(update.old);
  const after = templateOf(update.next);
  const before = isSuspended ? withDirectivesOf(old, after) : old;
  if (!isSuspended || update.check.minor < resourcesSince) refuseChange(update, template, before, after);
  else refuseChange(update, [...template, 'spec'], withResourcesOf(before, after)['spec'], after['spec']);
}

function templateOf(job: Mapping): Mapping {
  return struct(struct(job, 'spec'), 'template') ?? newMapping();
}

function refuseChange(update: Update, path: Path, before: Value | undefined, after: Value | undefined): void {
  if (isSame(before, after)) return;
  const detail = 'must not change once the Job exists';
  refuse(update, 'Invalid', { path, detail, help: another, before, after });
}

/** What a suspended Job may change of its template: where its pods are scheduled, labels and annotations. */
function withDirectivesOf(before: Mapping, after: Mapping): Mapping {
  const oldSpec = struct(before, 'spec');
  const newSpec = struct(after, 'spec');
  const metadata = struct(after, 'metadata');
  return withFields(before, {
    metadata: withFields(struct(before, 'metadata'), {
      labels: metadata?.['labels'],
      annotations: metadata?.['annotations'],
    }),
    spec: withFields(oldSpec, {
      affinity: expectedAffinity(struct(oldSpec, 'affinity'), struct(newSpec, 'affinity')),
      nodeSelector: newSpec?.['nodeSelector'],
      tolerations: newSpec?.['tolerations'],
      schedulingGates: newSpec?.['schedulingGates'],
    }),
  });
}

function expectedAffinity(before: Mapping | undefined, after: Mapping | undefined): Mapping | undefined {
  if (after === undefined) {
    if (before === undefined) return undefined;
    const others = withFields(before, { nodeAffinity: undefined });
    return Object.keys(others).length === 0 ? undefined : others;
  }
  return withFields(before, { nodeAffinity: after['nodeAffinity'] });
}

function withResourcesOf(before: Mapping, after: Mapping): Mapping {
  const oldSpec = struct(before, 'spec');
  const newSpec = struct(after, 'spec');
  return withFields(before, {
    spec: withFields(oldSpec, {
      containers: containersWithResources(oldSpec, newSpec, 'containers'),
      initContainers: containersWithResources(oldSpec, newSpec, 'initContainers'),
    }),
  });
}

function containersWithResources(
  before: Mapping | undefined,
  after: Mapping | undefined,
  list: string,
): Value | undefined {
  const old = structs(before, list);
  const next = structs(after, list);
  if (old.length !== next.length || old.length === 0) return before?.[list];
  return old.map((container, index) =>
    text(container, 'name') === text(next[index], 'name')
      ? withFields(container, { resources: next[index]?.['resources'] })
      : container,
  );
}

/** The server puts labels on the pods of a Job without a selector of its own, which nothing may take away. */
function validateGeneratedLabels(update: Update): void {
  const spec = struct(update.next, 'spec');
  if (flag(spec, 'manualSelector') === true) return;
  const at = [...template, 'metadata', 'labels'];
  const before = struct(struct(struct(struct(update.old, 'spec'), 'template'), 'metadata'), 'labels');
  const labels = struct(struct(struct(spec, 'template'), 'metadata'), 'labels');
  const lost = generatedLabels.filter((label) => has(before, label) && labels?.[label] !== before?.[label]);
  for (const label of lost)
    required(
      update.check,
      [...at, label],
      'is set by the server, and must not be removed',
      'leave the labels in place',
    );
}
