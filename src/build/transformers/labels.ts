import { entrySetter, type FieldSpec, updateFields } from '../field-spec.ts';
import { isProblem, type Problem } from '../problem.ts';
import type { Tracked } from '../provenance.ts';
import { mapObjects, type Resources } from '../transformer.ts';

/** One label or annotation to write, with the line it stands in. */
export interface Pair {
  readonly key: string;
  readonly value: string;
  readonly part: Tracked;
}

/** Writes labels or annotations into every field that the specs name: `labels`, `commonLabels`, `commonAnnotations`. */
export function transformPairs(
  resources: Resources,
  pairs: readonly Pair[],
  specs: readonly FieldSpec[],
): Resources | Problem {
  if (pairs.length === 0) return resources;
  return mapObjects(resources, (object) => {
    let current = object;
    for (const { key, value, part } of pairs) {
      const next = updateFields(current, specs, entrySetter(key, value, part.origin), 'mapping');
      if (isProblem(next)) return next;
      current = next;
    }
    return current;
  });
}
