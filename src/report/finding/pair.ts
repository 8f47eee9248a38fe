import { addTo, grouped } from '../../diagnostic/grouped.ts';
import type { BaselineEntry, Finding } from '../report.ts';
import type { KnownAs } from './fingerprint.ts';

/** A finding of another run or revision: an entry of a baseline, or a finding of the base. */
export type Earlier = Pick<BaselineEntry, 'fingerprint' | 'rule' | 'knownAs'>;

/** Whether a file still holds the object that it is said to hold. */
export type Holds = (file: string, written: string) => boolean;

/**
 * Pairs findings with what they were before. A finding is the same where its object is, in the cluster or in its file: whatever file
 * it stands in after a move, whatever environments take it in. What one file says is no pair of what another one says as long as both
 * are there.
 */
export function pairFindings<E extends Earlier>(
  findings: readonly Finding[],
  earlier: readonly E[],
  holds: Holds,
): ReadonlyMap<Finding, E> {
  const pairs = new Map<Finding, E>();
  const isTaken = openPlaces<E>();
  const passes = [byFingerprint, byMarkAtHome, byKeyAtHome, byMarkElsewhere, byKeyElsewhere].map((pass) =>
    pass(earlier, holds),
  );
  for (const candidatesOf of passes) {
    for (const finding of findings) {
      if (pairs.has(finding)) continue;
      const same = candidatesOf(finding).find((one) => !isTaken(one, finding));
      if (same === undefined) continue;
      pairs.set(finding, same);
      isTaken(same, finding, true);
    }
  }
  return pairs;
}

/** What of an earlier finding is paired already: each of its objects once, since one of several layers may have become several. */
function openPlaces<E>(): (one: E, finding: Finding, takes?: true) => boolean {
  const taken = new Map<E, Set<string>>();
  return (one, { knownAs: { marks } }, takes) => {
    const known = taken.get(one) ?? new Set<string>();
    const places = marks.length === 0 ? [''] : marks;
    if (takes === undefined) return places.some((place) => known.has(place));
    for (const place of places) known.add(place);
    taken.set(one, known);
    return true;
  };
}

type Pass = <E extends Earlier>(earlier: readonly E[], holds: Holds) => (finding: Finding) => readonly E[];

/** What is the same in every respect, which nearly all are; of what is more or less grave by the way it is applied in the order of both. */
const byFingerprint: Pass = (earlier) => {
  const all = grouped(earlier, ({ fingerprint }) => fingerprint);
  return ({ fingerprint, knownAs: { home, marks } }) =>
    (all.get(fingerprint) ?? []).filter(
      ({ knownAs: known }) =>
        known?.home === home && (marks.length === 0 || marks.some((mark) => known.marks.includes(mark))),
    );
};

const byMarkAtHome: Pass = (earlier) => {
  const find = index(earlier, ({ marks, home }) => marks.map((mark) => `${mark} ${home}`));
  return ({ knownAs: { marks, home } }) => find(marks.map((mark) => `${mark} ${home}`));
};

/** What another environment takes in is as known as it is in the first. */
const byKeyAtHome: Pass = (earlier) => {
  const place = ({ key, home, written }: KnownAs): string[] => [`${key} ${home} ${written}`];
  const find = index(earlier, place);
  return ({ knownAs }) => find(place(knownAs));
};

/** What moved to another file is no more in the one that held it. */
const byMarkElsewhere: Pass = (earlier, holds) => {
  const find = index(earlier, ({ marks }) => marks);
  return ({ knownAs: { marks } }) =>
    find(marks).filter(({ knownAs }) => knownAs !== undefined && !holds(knownAs.home, knownAs.written));
};

const byKeyElsewhere: Pass = (earlier, holds) => {
  const place = ({ key, marks }: KnownAs): string[] => (marks.length === 0 ? [key] : []);
  const find = index(earlier, place);
  return (finding) =>
    find(place(finding.knownAs)).filter(({ knownAs }) => knownAs !== undefined && !holds(knownAs.home, ''));
};

function index<E extends Earlier>(
  earlier: readonly E[],
  placesOf: (known: KnownAs) => readonly string[],
): (places: readonly string[]) => readonly E[] {
  const byPlace = new Map<string, E[]>();
  for (const one of earlier) {
    for (const place of one.knownAs === undefined ? [] : placesOf(one.knownAs)) {
      addTo(byPlace, place, one);
    }
  }
  return (places) => [...new Set(places.flatMap((place) => byPlace.get(place) ?? []))];
}
