import { isMapping, isSequence, type Path, type PathElement, type Value } from '../source/value.ts';

/** A scalar, or an empty collection, that is another afterwards; undefined where it is not there at all. */
export interface ChangedLeaf {
  readonly path: Path;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

/** Where two values differ, down to the scalars. */
export function changedLeaves(
  before: Value | undefined,
  after: Value | undefined,
  path: Path = [],
): ChangedLeaf[] {
  if (before === after) return [];
  const steps = stepsInto(before, after);
  if (steps === undefined) return [{ path, before, after }];
  return steps.flatMap((step) => changedLeaves(partOf(before, step), partOf(after, step), [...path, step]));
}

/** The keys or indices below which both differ; undefined where one of them is another kind of value. */
function stepsInto(before: Value | undefined, after: Value | undefined): PathElement[] | undefined {
  const [one, other] =
    before === undefined ? [after, after] : after === undefined ? [before, before] : [before, after];
  if (isSequence(one) && isSequence(other)) {
    const length = Math.max(one.length, other.length);
    if (length === 0) return isEqualEmpty(before, after) ? [] : undefined;
    return Array.from({ length }, (_, index) => index);
  }
  if (!isMapping(one) || !isMapping(other)) return undefined;
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return keys.length > 0 || isEqualEmpty(before, after) ? keys : undefined;
}

function isEqualEmpty(before: Value | undefined, after: Value | undefined): boolean {
  return before !== undefined && after !== undefined;
}

function partOf(value: Value | undefined, step: PathElement): Value | undefined {
  if (typeof step === 'number') return isSequence(value) ? value[step] : undefined;
  return isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}
