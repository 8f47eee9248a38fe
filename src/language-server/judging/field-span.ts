import type { Span } from '../../diagnostic/span.ts';
import { getAt, stepsOf } from '../../object/provenance.ts';
import { type Resource, trackedObject } from '../../object/resource.ts';
import type { Path } from '../../source/value.ts';

/** Where a field of an object was first written; empty where nobody wrote it. */
export function spanOf(resource: Resource, path: Path): Span[] {
  const field = getAt(trackedObject(resource), path);
  const [first] = field === undefined ? [] : stepsOf(field.origin);
  return first === undefined ? [] : [first.span];
}
