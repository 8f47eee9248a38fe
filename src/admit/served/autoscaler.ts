import type { Mapping, MutableMapping, Value } from '../../source/value.ts';
import { newMapping } from '../../source/value.ts';
import { behaviorAnnotation, metricsAnnotation, metricsInAnnotations } from './autoscaler-annotations.ts';
import { child, childIfAny, children, fields } from './draft.ts';
import { onlyServerKnows } from './only-server-knows.ts';

const roundTripAnnotations = [
  metricsAnnotation,
  behaviorAnnotation,
  'autoscaling.alpha.kubernetes.io/scale-down-tolerance',
  'autoscaling.alpha.kubernetes.io/scale-up-tolerance',
  'autoscaling.alpha.kubernetes.io/current-metrics',
  'autoscaling.alpha.kubernetes.io/conditions',
];

/** What the server has of an autoscaler of the first version inside, which has no fields for it. */
interface Inside {
  readonly metrics: readonly Value[];
  readonly behavior: Mapping | undefined;
}

const insideOf = new WeakMap<Mapping, Inside>();

/**
 * Every autoscaler loses what an older server wrote into its annotations; of the first version it becomes metrics and behavior before
 * (k8s.io/kubernetes 1.36 pkg/apis/autoscaling/v1/conversion.go).
 */
export function writeAutoscaler(object: MutableMapping): void {
  const inside = object['apiVersion'] === 'autoscaling/v1' ? readFirstVersion(object) : undefined;
  const metadata = child(object, 'metadata');
  dropRoundTrip(metadata);
  if (inside === undefined) return;
  insideOf.set(object, inside);
  const spec = child(object, 'spec');
  delete spec['targetCPUUtilizationPercentage'];
  writeFirstVersion(metadata, spec, inside);
}

/** An autoscaler in another version: the first one knows the target of the CPU alone. */
export function convertAutoscaler(object: Mapping, from: string, to: string, apiVersion: string): Mapping {
  const converted = fields({ ...object, apiVersion });
  const metadata = fields({ ...childIfAny(converted, 'metadata') });
  const spec = fields({ ...(childIfAny(converted, 'spec') ?? newMapping()) });
  Object.assign(converted, { metadata, spec });
  if (from === 'v1') {
    const { metrics, behavior } = insideOf.get(object) ?? { metrics: [cpuTarget(80)], behavior: undefined };
    spec['metrics'] = metrics;
    if (behavior !== undefined) spec['behavior'] = behavior;
    delete spec['targetCPUUtilizationPercentage'];
    metadata['annotations'] = fields({ ...childIfAny(metadata, 'annotations') });
    dropRoundTrip(metadata);
  } else if (to === 'v1') {
    writeFirstVersion(metadata, spec, {
      metrics: children(spec, 'metrics'),
      behavior: childIfAny(spec, 'behavior'),
    });
    // The first version writes both numbers down even where they are 0, and nothing else of a new object.
    if (childIfAny(converted, 'status') !== undefined)
      converted['status'] = fields({ currentReplicas: 0, desiredReplicas: 0 });
  }
  return converted;
}

function readFirstVersion(object: MutableMapping): Inside {
  const target = childIfAny(object, 'spec')?.['targetCPUUtilizationPercentage'];
  const annotations = childIfAny(child(object, 'metadata'), 'annotations') ?? newMapping();
  const { metrics, behavior } = metricsInAnnotations(annotations);
  const all = target === undefined ? metrics : [...metrics, cpuTarget(target)];
  return { metrics: all.length === 0 ? [cpuTarget(80)] : all, behavior };
}

function cpuTarget(averageUtilization: Value): Mapping {
  const target = fields({ type: 'Utilization', averageUtilization });
  return fields({ type: 'Resource', resource: fields({ name: 'cpu', target }) });
}

function dropRoundTrip(metadata: MutableMapping): void {
  const annotations = childIfAny(metadata, 'annotations');
  for (const name of roundTripAnnotations) delete annotations?.[name];
  if (annotations !== undefined && Object.keys(annotations).length === 0) delete metadata['annotations'];
}

/** What the first version has no field for stands in annotations, as JSON of the server's own making. */
function writeFirstVersion(
  metadata: MutableMapping,
  spec: MutableMapping,
  { metrics, behavior }: Inside,
): void {
  const targets = metrics.map((metric) => cpuUtilization(metric as MutableMapping));
  const target = targets.find((value) => value !== undefined);
  const annotations = fields({ ...childIfAny(metadata, 'annotations') });
  if (targets.includes(undefined))
    annotations[metricsAnnotation] = onlyServerKnows('the form of the metrics');
  if (behavior !== undefined) annotations[behaviorAnnotation] = onlyServerKnows('the form of the behavior');
  if (Object.keys(annotations).length > 0) metadata['annotations'] = annotations;
  if (target !== undefined) spec['targetCPUUtilizationPercentage'] = target;
  delete spec['metrics'];
  delete spec['behavior'];
}

function cpuUtilization(metric: MutableMapping): Value | undefined {
  const resource = metric['type'] === 'Resource' ? childIfAny(metric, 'resource') : undefined;
  if (resource?.['name'] !== 'cpu') return undefined;
  return childIfAny(resource, 'target')?.['averageUtilization'];
}
