import type { Build } from '../object/build.ts';
import { type Origin, originOfPart, type Step, stepsOf } from '../object/provenance.ts';
import type { Resource } from '../object/resource.ts';
import { isMapping, isSequence, type Path, type Value } from '../source/value.ts';

/** A rendered value that a place of a file had a part in. */
export interface ValueAt {
  readonly build: Build;
  readonly resource: Resource;
  readonly path: Path;
  /** Every layer of the value, the oldest first. */
  readonly steps: readonly Step[];
  /** The one that the place is in. */
  readonly at: Step;
}

interface Place {
  readonly path: string;
  readonly offset: number;
}

/** The values that the text at a place sets, the narrowest only: one for each object and build that it reaches. */
export function valuesAt(builds: Iterable<Build>, place: Place): ValueAt[] {
  let found: ValueAt[] = [];
  let narrowest = Number.POSITIVE_INFINITY;
  for (const build of builds) {
    if (!build.inputs.includes(place.path)) continue;
    for (const resource of build.resources) {
      for (const value of within(build, resource, place)) {
        const width = value.at.span.end - value.at.span.start;
        if (width < narrowest) found = [];
        if (width <= narrowest) found.push(value);
        narrowest = Math.min(narrowest, width);
      }
    }
  }
  return outermost(found);
}

function within(build: Build, resource: Resource, place: Place): ValueAt[] {
  const found: ValueAt[] = [];
  visit(resource.object, resource.origin, [], (origin, path) => {
    const steps = stepsOf(origin);
    const at = steps.find(
      ({ span }) => span.file.path === place.path && span.start <= place.offset && place.offset <= span.end,
    );
    if (at !== undefined) found.push({ build, resource, path, steps, at });
  });
  return found;
}

const maximumDepth = 128;

function visit(value: Value, origin: Origin, path: Path, call: (origin: Origin, path: Path) => void): void {
  call(origin, path);
  if (path.length > maximumDepth) return;
  const parts = isSequence(value) || isMapping(value) ? Object.entries(value) : [];
  for (const [key, part] of parts) {
    const step = isSequence(value) ? Number(key) : key;
    visit(part, originOfPart(origin, step), [...path, step], call);
  }
}

/** What a transformer adds below a value comes from the value's line, too: the value itself is enough. */
function outermost(values: readonly ValueAt[]): ValueAt[] {
  return values.filter(
    (one) =>
      !values.some(
        (other) =>
          other !== one &&
          other.resource === one.resource &&
          other.path.length < one.path.length &&
          other.path.every((step, index) => step === one.path[index]),
      ),
  );
}
