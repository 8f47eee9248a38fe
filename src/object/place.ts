import type { Span } from '../diagnostic/span.ts';
import { type Path, type PathElement, type Value, valueAt } from '../source/value.ts';
import { locateField, type Tracked } from './provenance.ts';
import { type Resource, trackedObject } from './resource.ts';

/** Where a problem stands: an object, or an entry of a kustomization, and the way to a field in it. */
export type Place = readonly [Resource | Tracked, ...PathElement[]];

/** The place in a file. */
export function spanOfPlace([subject, ...path]: Place): Span | undefined {
  return locateField(trackedOf(subject), path, partOf(subject, path)).span;
}

/** Whether a place is in an object, and not in a document of another kind. */
export function isResource(subject: Resource | Tracked): subject is Resource {
  return 'object' in subject;
}

// A mapping's or a list's text goes over many lines, its key does not.
export function partOf(subject: Resource | Tracked, path: Path): 'key' | 'value' {
  const value: Value | undefined = valueAt(trackedOf(subject).value, path);
  return typeof value === 'object' && value !== null && typeof path.at(-1) === 'string' ? 'key' : 'value';
}

function trackedOf(subject: Resource | Tracked): Tracked {
  return isResource(subject) ? trackedObject(subject) : subject;
}
