import type { Tracked } from '../../object/provenance.ts';
import { resolveScalar } from '../../source/scalar.ts';
import { isMapping, type Path, valueAt } from '../../source/value.ts';
import type { AccumulatedResource } from '../accumulated-resource.ts';
import { entrySetter, type FieldSpec, findFields, updateFields } from '../field-spec.ts';
import { isProblem, type Problem } from '../problem.ts';
import { withObject, withShared } from '../shared-field.ts';
import type { Resources } from '../transformer.ts';

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
  const result: AccumulatedResource[] = [];
  for (const resource of resources) {
    let current = resource;
    for (const pair of pairs) {
      const next = writePair(current, pair, specs);
      if (isProblem(next)) return next;
      current = next;
    }
    result.push(current);
  }
  return result;
}

// kyaml puts a new key into a mapping without quotes, and cannot write what it then takes for a number.
function noText(key: string, { origin }: Tracked): Problem {
  return {
    problem: `kustomize cannot add the key ${key}, which YAML does not read as a string`,
    help: 'choose another key',
    at: origin,
  };
}

function writePair(
  resource: AccumulatedResource,
  { key, value, part }: Pair,
  specs: readonly FieldSpec[],
): AccumulatedResource | Problem {
  const write = entrySetter(key, value, part.origin);
  let added = 0;
  const set = (field: Tracked): Tracked | Problem => {
    if (isMapping(field.value) && !Object.hasOwn(field.value, key)) added += 1;
    return write(field);
  };
  const { tracked } = resource;
  const next = updateFields(tracked, specs, set, 'mapping');
  if (isProblem(next)) return next;
  if (added > 0 && resolveScalar(key, 'kustomize') !== key) return noText(key, part);
  const written = withObject(resource, next, key);
  if (added < 2) return written;
  const paths = new Map<string, Path>();
  for (const spec of specs) {
    for (const path of findFields(next.value, spec)) paths.set(path.join('\0'), [...path, key]);
  }
  return withShared(
    written,
    [...paths.values()].filter((path) => valueAt(tracked.value, path) === undefined),
  );
}
