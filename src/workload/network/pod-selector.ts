import { matchesPairs, matchesSelector } from '../../object/label-match.ts';
import { groupVersionKind, type Resource } from '../../object/resource.ts';
import { type Mapping, type Path, valueAt } from '../../source/value.ts';
import { selectorOf } from './service-pods.ts';

/** An object that acts on the pods of its namespace by their labels. */
export interface PodSelector {
  readonly resource: Resource;
  readonly kind: 'Service' | 'PodDisruptionBudget' | 'NetworkPolicy';
  readonly path: Path;
  matches(labels: Mapping): boolean;
}

/** The Service, the PodDisruptionBudget or the NetworkPolicy that an object is. */
export function podSelectorOf(resource: Resource): PodSelector | undefined {
  const pairs = selectorOf(resource);
  if (pairs !== undefined)
    return {
      resource,
      kind: 'Service',
      path: ['spec', 'selector'],
      matches: (labels) => matchesPairs(pairs, labels),
    };
  const { group, kind } = groupVersionKind(resource.object);
  if (group === 'policy' && kind === 'PodDisruptionBudget')
    return bySelector(resource, kind, ['spec', 'selector']);
  if (group === 'networking.k8s.io' && kind === 'NetworkPolicy')
    return bySelector(resource, kind, ['spec', 'podSelector']);
  return undefined;
}

function bySelector(resource: Resource, kind: PodSelector['kind'], path: Path): PodSelector {
  const selector = valueAt(resource.object, path);
  return { resource, kind, path, matches: (labels) => matchesSelector(selector, labels) };
}
