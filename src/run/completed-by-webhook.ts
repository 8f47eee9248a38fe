import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Build } from '../object/build.ts';
import { objectReference } from '../object/resource.ts';
import { isMapping, itemsAt, type Mapping, type Value, valueAt } from '../source/value.ts';
import type { Tree } from '../survey/tree.ts';
import { type PodTemplate, podTemplatesOf } from '../workload/pod/pod-template.ts';
import { objectKey } from './object-key.ts';

/** Tells which mounts lack a volume in pods that a webhook changes, which asks for labels that they have: it may add the volume. */
export function isCompletedByWebhookIn({
  builds,
}: Pick<Tree, 'builds'>): (diagnostic: Diagnostic) => boolean {
  let completed: ReadonlySet<string> | undefined;
  return ({ rule, field = '', object }) => {
    if (rule !== 'value-not-found' || object === undefined || !ofMount.test(field)) return false;
    completed ??= completedIn(builds);
    return completed.has(objectKey(object, undefined));
  };
}

const ofMount = /\.volumeMounts\[\d+\]\.name$/u;

function completedIn(builds: readonly Build[]): ReadonlySet<string> {
  const wanted = builds
    .flatMap(({ resources }) => resources)
    .filter(({ object }) => object['kind'] === 'MutatingWebhookConfiguration')
    .flatMap(({ object }) => itemsAt(object, ['webhooks']))
    .map(labelsOfPods)
    .filter((labels) => labels !== undefined);
  const isWanted = ({ labels }: PodTemplate): boolean =>
    wanted.some((some) => Object.entries(some).every(([key, value]) => labels[key] === value));
  const templates = wanted.length === 0 ? [] : builds.flatMap(podTemplatesOf).filter(isWanted);
  return new Set(templates.map(({ resource }) => objectKey(objectReference(resource.object), undefined)));
}

/** The labels of the pods that a webhook changes, if it asks for some; without rules, its program writes them. */
function labelsOfPods(webhook: Value): Mapping | undefined {
  const rules = itemsAt(webhook, ['rules']);
  const isOfPods = rules.some((rule) =>
    itemsAt(rule, ['resources']).some((one) => one === 'pods' || one === '*'),
  );
  const labels = valueAt(webhook, ['objectSelector', 'matchLabels']);
  const asks = isMapping(labels) && Object.keys(labels).length > 0;
  return asks && (isOfPods || rules.length === 0) ? labels : undefined;
}
