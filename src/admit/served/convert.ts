import { groupVersionKind } from '../../object/resource.ts';
import type { Mapping } from '../../source/value.ts';
import { convertAutoscaler } from './autoscaler.ts';
import { fields } from './draft.ts';
import { convertEvent } from './event.ts';

/** A served object in another version of its kind; most versions of a kind differ in nothing but their names. */
export function convertObject(object: Mapping, apiVersion: string): Mapping {
  const { group, version, kind } = groupVersionKind(object);
  if (object['apiVersion'] === apiVersion) return object;
  const to = apiVersion.slice(apiVersion.indexOf('/') + 1);
  if (group === 'autoscaling' && kind === 'HorizontalPodAutoscaler')
    return convertAutoscaler(object, version, to, apiVersion);
  if (kind === 'Event' && (group === '' || group === 'events.k8s.io'))
    return convertEvent(object, apiVersion);
  return fields({ ...object, apiVersion });
}
