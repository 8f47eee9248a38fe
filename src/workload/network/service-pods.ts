import type { Build } from '../../object/build.ts';
import { matchesPairs } from '../../object/label-match.ts';
import { nameOf, type Resource } from '../../object/resource.ts';
import { isMapping, type Mapping, newMapping, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { type PodTemplate, podsBeside, podTemplatesBeside } from '../pod/pod-template.ts';
import type { Surroundings } from '../surroundings.ts';

/** The selector of a Service that sends its traffic to pods; undefined for any other object. */
export function selectorOf({ object }: Resource): Mapping | undefined {
  if (object['kind'] !== 'Service' || object['apiVersion'] !== 'v1') return undefined;
  const selector = valueAt(object, ['spec', 'selector']);
  if (valueAt(object, ['spec', 'type']) === 'ExternalName') return undefined;
  return isMapping(selector) && Object.keys(selector).length > 0 ? selector : undefined;
}

/** The pod templates that a Service's selector matches, in its build or else in those beside it. */
export function selectedPods(
  service: Resource,
  build: Build,
  context: Pick<Surroundings, 'neighbours'> = {},
): PodTemplate[] {
  const selector = selectorOf(service);
  if (selector === undefined) return [];
  const isSelected = (template: PodTemplate): boolean =>
    matchesPairs(plain(selector, template), template.labels);
  const own = podTemplatesBeside(build, service).filter(isSelected);
  if (own.length > 0) return own;
  return podsBeside(service, build, context).filter(isSelected);
}

// One pod of a stateful set is selected by labels that its controller writes.
function plain(selector: Mapping, { resource }: PodTemplate): Mapping {
  if (resource.object['kind'] !== 'StatefulSet') return selector;
  const rest = newMapping();
  for (const key of Object.keys(selector)) {
    const value = selector[key] ?? null;
    const isPod =
      key === 'statefulset.kubernetes.io/pod-name' &&
      valueText(value).startsWith(`${nameOf(resource.object)}-`);
    if (!isPod && key !== 'apps.kubernetes.io/pod-index') rest[key] = value;
  }
  return rest;
}
