import { isKind } from '../object/object-field.ts';
import type { Resource } from '../object/resource.ts';
import { isSequence, type Path, valueAt } from '../source/value.ts';

/** Where objects of Flux and Argo CD hold what somebody else reads as configuration. */
export function givenValues(resource: Resource): Path[] {
  if (isKind(resource, 'helm.toolkit.fluxcd.io', 'HelmRelease')) return [['spec', 'values']];
  if (isKind(resource, 'kustomize.toolkit.fluxcd.io', 'Kustomization'))
    return [['spec', 'postBuild', 'substitute']];
  if (!isKind(resource, 'argoproj.io', 'Application')) return [];
  const sources = valueAt(resource.object, ['spec', 'sources']);
  const several = isSequence(sources) ? sources.map((_, index): Path => ['spec', 'sources', index]) : [];
  return [['spec', 'source'], ...several].flatMap((path): Path[] => [
    [...path, 'helm', 'valuesObject'],
    [...path, 'helm', 'parameters'],
    [...path, 'plugin', 'env'],
  ]);
}
