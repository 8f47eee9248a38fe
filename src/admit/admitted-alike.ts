import { areSame, type KnownBeside } from '../object/known-once.ts';
import { differences } from '../source/differences.ts';
import type { Mapping, Value } from '../source/value.ts';
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
  const latest = new WeakMap<object, Admitted>();
  return (object, world, find) => {
    const parts = partsOf(object);
    const near = firstKnown(parts, latest);
    if (near !== undefined && areSame(near.world, world) && differsPlainly(near.object, object))
      return near.admissions;
    const admissions = find();
    if (admissions.every(isClean)) for (const part of parts) latest.set(part, { object, world, admissions });
    return admissions;
  };
}

/** What overlays leave as it is, the widest first. */
function partsOf(object: Mapping): readonly object[] {
  if (!hasPlainPlaces(object)) return [];
  const fields = Object.keys(object).flatMap((key) => (key === 'metadata' ? [] : childrenOf(object[key])));
  return [...fields, ...fields.flatMap((field) => Object.values(field).flatMap(childrenOf))];
}

function childrenOf(value: Value | undefined): readonly object[] {
  return typeof value === 'object' && value !== null ? [value] : [];
}

function firstKnown(parts: readonly object[], latest: WeakMap<object, Admitted>): Admitted | undefined {
  for (const part of parts) {
    const known = latest.get(part);
    if (known !== undefined) return known;
  }
  return undefined;
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
