import { groupVersionKind } from '../../object/resource.ts';
import { type Mapping, type MutableMapping, newMapping, type Value } from '../../source/value.ts';
import { child, childIfAny, children, fields } from './draft.ts';
import { onlyServerKnows } from './server-written.ts';

/** A served object in another version of its kind; most versions of a kind differ in nothing but their names. */
export function convertObject(object: Mapping, version: string): Mapping {
  const { group, version: given, kind } = groupVersionKind(object);
  if (version === given) return object;
  const apiVersion = group === '' ? version : `${group}/${version}`;
  if (group === 'autoscaling' && kind === 'HorizontalPodAutoscaler')
    return convertAutoscaler(object, given, version, apiVersion);
  return fields({ ...object, apiVersion });
}

/** k8s.io/kubernetes 1.36 pkg/apis/autoscaling/v1/conversion.go: the first version knows the target of the CPU alone. */
function convertAutoscaler(object: Mapping, from: string, to: string, apiVersion: string): Mapping {
  const converted = fields({ ...object, apiVersion });
  const spec = fields({ ...(childIfAny(converted, 'spec') ?? newMapping()) });
  converted['spec'] = spec;
  if (from === 'v1') {
    spec['metrics'] = [cpuTarget(spec['targetCPUUtilizationPercentage'] ?? 80)];
    delete spec['targetCPUUtilizationPercentage'];
  } else if (to === 'v1') {
    const metadata = fields({ ...child(converted, 'metadata') });
    converted['metadata'] = metadata;
    keepInAnnotations(metadata, spec);
    // The first version writes both numbers down even where they are 0, and nothing else of a new object.
    if (childIfAny(converted, 'status') !== undefined)
      converted['status'] = fields({ currentReplicas: 0, desiredReplicas: 0 });
  }
  return converted;
}

function cpuTarget(averageUtilization: Value): Mapping {
  const target = fields({ type: 'Utilization', averageUtilization });
  return fields({ type: 'Resource', resource: fields({ name: 'cpu', target }) });
}

/** What the first version has no field for stands in annotations, as JSON of the server's own making. */
function keepInAnnotations(metadata: MutableMapping, spec: MutableMapping): void {
  const targets = children(spec, 'metrics').map(cpuUtilization);
  const target = targets.find((value) => value !== undefined);
  const annotations = fields({ ...childIfAny(metadata, 'annotations') });
  if (targets.includes(undefined))
    annotations['autoscaling.alpha.kubernetes.io/metrics'] = onlyServerKnows('how the metrics are written');
  if (spec['behavior'] !== undefined)
    annotations['autoscaling.alpha.kubernetes.io/behavior'] = onlyServerKnows('how the behavior is written');
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
