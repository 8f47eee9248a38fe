import type { ObjectReference } from '../diagnostic/diagnostic.ts';
import { objectKey as keyOf } from '../diagnostic/suppression.ts';

/** Tells the objects of all builds of a run apart. */
export function objectKey(object: ObjectReference, entryPoint: string | undefined): string {
  return `${entryPoint === undefined ? '' : `/${entryPoint}`}\0${keyOf(object)}`;
}
