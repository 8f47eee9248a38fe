import type { Span } from '../diagnostic/span.ts';
import { endOfStretch, stretchesIn } from '../source/made-text.ts';
import { spanWithin, type TextPart } from '../source/scalar-offsets.ts';
import { type Path, type PathElement, type Value, valueAt } from '../source/value.ts';
import { getAt, lastOrigin, locateField, type Origin, type Tracked } from './provenance.ts';
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
  return span && narrowed(span, tracked, path, within);
}

/** The part of a field's text, where one is asked for. */
export function narrowed(whole: Span, object: Tracked, path: Path, within: WithinText | undefined): Span {
  if (within === undefined) return whole;
  const field = getAt(object, path);
  const text = within.text ?? field?.value;
  if (field === undefined || typeof text !== 'string') return whole;
  return (
    (text === field.value ? spanInMade(field.origin, within) : undefined) ?? spanWithin(whole, text, within)
  );
}

/** Where a part of a made text comes from: the line of the template, or the value that was put in there. */
function spanInMade(origin: Origin, { start, end }: TextPart): Span | undefined {
  const made = lastOrigin(origin);
  const text = 'template' in made ? made.made : undefined;
  const [stretch] = text === undefined ? [] : stretchesIn(text, start, end);
  if (text === undefined || stretch === undefined) return undefined;
  const { template, text: written, part, values, told = values } = stretch.source;
  const value = told.at(-1);
  if (value !== undefined) return locateField({ value: null, origin: value }, []).span;
  const { span } = locateField({ value: written, origin: template }, []);
  const from =
    stretch.at === undefined ? part : { start: stretch.at + start - stretch.start, end: written.length };
  if (span === undefined || from === undefined) return span;
  const length = Math.min(end, endOfStretch(text, stretch)) - start;
  return spanWithin(span, written, { start: from.start, end: Math.min(from.end, from.start + length) });
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
