import { type Mapping, newMapping } from '../../source/value.ts';
import { flag, struct, text } from '../validation/fields.ts';
import { withFields } from './update.ts';

// Any uid that no label of a file has.
const generatedUid = '00000000-0000-4000-8000-000000000000';
const uidLabels = ['controller-uid', 'batch.kubernetes.io/controller-uid'];
const nameLabels = ['job-name', 'batch.kubernetes.io/job-name'];

/** The labels that the server puts on the pods of a Job without a selector of its own. */
export const generatedLabels: readonly string[] = [...uidLabels, ...nameLabels];

/** A Job as the server stores it when it is created, `generateSelector` of pkg/registry/batch/job. */
export function createdJob(job: Mapping): Mapping {
  const spec = struct(job, 'spec');
  if (spec === undefined || flag(spec, 'manualSelector') === true) return job;
  const name = text(struct(job, 'metadata'), 'name');
  const template = struct(spec, 'template') ?? newMapping();
  const metadata = struct(template, 'metadata');
  const labels = withFields(struct(metadata, 'labels'), {});
  for (const label of uidLabels) labels[label] ??= generatedUid;
  for (const label of nameLabels) labels[label] ??= name;
  const matchLabels = withFields(struct(struct(spec, 'selector'), 'matchLabels'), {});
  matchLabels['batch.kubernetes.io/controller-uid'] ??= generatedUid;
  return withFields(job, {
    spec: withFields(spec, {
      selector: withFields(struct(spec, 'selector'), { matchLabels }),
      template: withFields(template, { metadata: withFields(metadata, { labels }) }),
    }),
  });
}

/** The Job without what the server generated, as it could be created. */
export function withoutGenerated(job: Mapping): Mapping {
  const spec = struct(job, 'spec');
  if (spec === undefined || flag(spec, 'manualSelector') === true) return job;
  const template = struct(spec, 'template') ?? newMapping();
  const metadata = struct(template, 'metadata');
  const removed = Object.fromEntries(generatedLabels.map((label) => [label, undefined]));
  return withFields(job, {
    spec: withFields(spec, {
      selector: undefined,
      template: withFields(template, {
        metadata: withFields(metadata, { labels: withFields(struct(metadata, 'labels'), removed) }),
      }),
    }),
  });
}
