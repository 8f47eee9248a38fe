import { areSame, type KnownBeside } from '../object/known-once.ts';
import { notedByParts } from '../object/noted-by-parts.ts';
import { differences } from '../source/differences.ts';
import type { Mapping } from '../source/value.ts';
import type { Admission } from './admit.ts';
import { hasPlainPlaces, isPlainDifference } from './plain-difference.ts';

interface Admitted {
  readonly object: Mapping;
  readonly world: readonly unknown[];
  readonly admissions: readonly Admission[];
}

/** More than names, images and what else an overlay sets. */
const mostDifferences = 40;

/**
 * What API servers said of objects of built-in kinds, to be said again of those that share values with them, as the overlays of a base do,
 * and differ in nothing but texts that no check tells apart: what nothing was said of but that it is accepted.
 */
export function newAdmittedAlike(): KnownBeside<Mapping, readonly Admission[]> {
  const lately = notedByParts<Admitted>();
  return (object, world, find) => {
    if (!hasPlainPlaces(object)) return find();
    const near = lately.of(object);
    if (near !== undefined && areSame(near.world, world) && differsPlainly(near.object, object))
      return near.admissions;
    const admissions = find();
    if (admissions.every(isClean)) lately.note(object, { object, world, admissions });
    return admissions;
  };
}

function isClean(admission: Admission): boolean {
  return (
    Object.keys(admission).length === 3 && admission.verdict === 'accept' && admission.warnings.length === 0
  );
}

function differsPlainly(one: Mapping, other: Mapping): boolean {
  const paths = differences(one, other, mostDifferences);
  return paths !== undefined && isPlainDifference(one, other, paths);
}
