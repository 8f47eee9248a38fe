import type { IntendedChange } from '../diagnostic/fix.ts';
import type { Span } from '../diagnostic/span.ts';
import { getAt, stepsOf } from '../object/provenance.ts';
import { type Resource, trackedObject } from '../object/resource.ts';
import { equalValues, type Path } from '../source/value.ts';
import type { ChangedLeaf } from './changed-leaves.ts';

/** Asks whether a leaf that is another afterwards is what one of the changes names, in an object that the text at its anchor had a part in. */
export type IsIntended = (leaf: ChangedLeaf, resource: Resource) => boolean;

/** Changes by their place, since each of thousands is asked for in each of thousands of objects. */
export function intendedBy(changes: readonly IntendedChange[]): IsIntended {
  const belows = new Map<string, Path>();
  const byPlace = new Map<string, IntendedChange[]>();
  for (const change of changes) {
    const below = JSON.stringify(change.below);
    belows.set(below, change.below);
    const place = placeOf(change.anchor, below);
    const others = byPlace.get(place);
    if (others === undefined) byPlace.set(place, [change]);
    else if (!others.some((other) => isSameValue(other, change))) others.push(change);
  }
  return ({ path, after }, resource) =>
    [...belows].some(([key, below]) => {
      if (!endsWith(path, below)) return false;
      const part = getAt(trackedObject(resource), path.slice(0, path.length - below.length));
      const steps = part === undefined ? [] : stepsOf(part.origin);
      return steps.some(({ span }) =>
        (byPlace.get(placeOf(span, key)) ?? []).some(
          ({ value }) => value === undefined || equalValues(after, value),
        ),
      );
    });
}

function isSameValue({ value: one }: IntendedChange, { value: other }: IntendedChange): boolean {
  return one === undefined || other === undefined ? one === other : equalValues(one, other);
}

function placeOf({ file, start, end }: Span, below: string): string {
  return `${start}\0${end}\0${below}\0${file.path}`;
}

function endsWith(path: Path, below: Path): boolean {
  const from = path.length - below.length;
  return (
    from >= 0 &&
    below.every((step, index) => {
      const other = path[from + index];
      return typeof step === 'number' ? typeof other === 'number' : step === other;
    })
  );
}
