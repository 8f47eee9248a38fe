import { locateField } from './provenance.ts';
import { type Resource, trackedObject } from './resource.ts';

/** Where an object was first written. */
export interface ObjectPlace {
  readonly file: string;
  /** The same for all that is rendered of one document, and for nothing else. */
  readonly key: string;
}

/** The place of the document that an object comes from, whatever was done to it; undefined for what no file holds. */
export function objectPlace(resource: Resource): ObjectPlace | undefined {
  const [first] = locateField(trackedObject(resource), ['kind']).steps;
  if (first === undefined) return undefined;
  const { file, start } = first.span;
  return { file: file.path, key: `${file.path}\0${start}` };
}
