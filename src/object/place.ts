import type { Span } from '../diagnostic/span.ts';
import { spanWithin, type TextPart } from '../source/scalar-offsets.ts';
import { type Path, type PathElement, type Value, valueAt } from '../source/value.ts';
import { locateField, type Tracked } from './provenance.ts';
import { type Resource, trackedObject } from './resource.ts';

/** Where a problem stands: an object, or an entry of a kustomization, and the way to a field in it. */
export type Place = readonly [Resource | Tracked, ...PathElement[]];

/** What to point at inside of the text of a field. */
export interface WithinText extends TextPart {
  /** The text that the part counts in, where it is not the field's own, e.g. what base64 stands for. */
  readonly text?: string;
}

/** The place in a file. */
export function spanOfPlace([subject, ...path]: Place, within?: WithinText): Span | undefined {
  const tracked = trackedOf(subject);
  const { span } = locateField(tracked, path, partOf(subject, path));
  return span && narrowed(span, tracked.value, path, within);
}

/** The part of a field's text, where one is asked for. */
export function narrowed(whole: Span, object: Value, path: Path, within: WithinText | undefined): Span {
  if (within === undefined) return whole;
  const text = within.text ?? valueAt(object, path);
  return typeof text === 'string' ? spanWithin(whole, text, within) : whole;
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
