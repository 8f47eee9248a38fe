import { isMapping, type Mapping, newMapping, type Value } from '../source/value.ts';
import { type AccumulatedResource, type OriginAnnotation, setMetadata } from './accumulated-resource.ts';
import { emitDocument } from './emit.ts';
import { getAt, getPart, type Origin, setKey, type Tracked } from './provenance.ts';
import type { Resource } from './resource.ts';
import type { Resources } from './transformer.ts';

/** Drops what only kustomize itself should see: objects annotated as local configuration. */
export function dropLocalConfig(resources: Resources): Resources {
  return resources.filter(({ tracked }) => {
    const annotation = getAt(tracked, ['metadata', 'annotations', 'config.kubernetes.io/local-config']);
    return annotation === undefined || String(annotation.value) === 'false';
  });
}

/** The resource as it leaves the build. */
export function finishResource(
  resource: AccumulatedResource,
  metadata: readonly string[],
  managedBy: Tracked | undefined,
): Resource {
  let object = managedBy === undefined ? resource.tracked : setManagedBy(resource.tracked, managedBy);
  object = rewriteAnnotations(object);
  if (metadata.includes('originAnnotations') && resource.originAnnotation !== undefined) {
    object = annotate(object, 'config.kubernetes.io/origin', emitDocument(annotationObject(resource.originAnnotation)));
  }
  if (metadata.includes('transformerAnnotations') && resource.transformations !== undefined) {
    const text = resource.transformations.map((entry) => asListItem(emitDocument(annotationObject(entry)))).join('');
    object = annotate(object, 'alpha.config.kubernetes.io/transformations', text);
  }
  return { object: object.value, origin: object.origin };
}

// kustomize takes its internal annotations out at the end, and so writes all others anew: as strings, and none where
// none is left.
function rewriteAnnotations(object: Tracked<Mapping>): Tracked<Mapping> {
  const annotations = getAt(object, ['metadata', 'annotations']);
  if (annotations === undefined) return object;
  const { value } = annotations;
  if (!isMapping(value) || Object.keys(value).length === 0) return setMetadata(object, 'annotations', undefined);
  let current = annotations as Tracked<Mapping>;
  for (const key of Object.keys(value)) {
    const part = getPart(annotations, key) as Tracked;
    if (typeof part.value !== 'string') current = setKey(current, key, { value: scalarText(part), origin: part.origin });
  }
  return current === annotations ? object : setMetadata(object, 'annotations', current);
}

/** A scalar as it is spelled in its file. */
function scalarText({ value, origin }: Tracked): string {
  if ('positions' in origin) {
    const { nodes, file } = origin.positions;
    const row = origin.index * 5;
    return file.text.slice(nodes[row + 2], nodes[row + 3]);
  }
  return String(value);
}

function setManagedBy(object: Tracked<Mapping>, managedBy: Tracked): Tracked<Mapping> {
  const labels = getAt(object, ['metadata', 'labels']);
  const before: Tracked<Mapping> =
    labels !== undefined && isMapping(labels.value)
      ? (labels as Tracked<Mapping>)
      : { value: newMapping(), origin: managedBy.origin };
  return setMetadata(object, 'labels', setKey(before, 'app.kubernetes.io/managed-by', managedBy));
}

function annotate(object: Tracked<Mapping>, key: string, text: string): Tracked<Mapping> {
  const origin: Origin = object.origin;
  const annotations = getAt(object, ['metadata', 'annotations']);
  const before: Tracked<Mapping> =
    annotations !== undefined && isMapping(annotations.value)
      ? (annotations as Tracked<Mapping>)
      : { value: newMapping(), origin };
  return setMetadata(object, 'annotations', setKey(before, key, { value: text, origin }));
}

function annotationObject(annotation: OriginAnnotation): Mapping {
  const object = newMapping();
  for (const [key, value] of Object.entries(annotation)) {
    object[key] = typeof value === 'string' ? value : annotationObject(value as OriginAnnotation);
  }
  return object as Mapping & Record<string, Value>;
}

function asListItem(text: string): string {
  return `- ${text.trimEnd().replaceAll('\n', '\n  ')}\n`;
}
