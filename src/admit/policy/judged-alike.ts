import { type NotedByParts, notedByParts } from '../../object/noted-by-parts.ts';
import { customKindVersions } from '../../schema/custom-kind.ts';
import { findKind } from '../../schema/facts.ts';
import { differences, shapeNumber } from '../../source/differences.ts';
import { type Mapping, type Path, valueAt } from '../../source/value.ts';
import { valueText } from '../../source/value-text.ts';
import { isPlainDifference, writtenBeside } from '../plain-difference.ts';
import { type AdmissionRequest, subjectOf } from '../request.ts';
import type { View } from '../served/served-object.ts';
import type { Applicable } from './applicable.ts';
import { isReadAt, placesRead } from './places-read.ts';
import type { PolicyBinding } from './policy.ts';
import type { Spending } from './run-budget.ts';
import { apiVersionOf, noteLike, objectSeen, type Target } from './target.ts';
import type { PolicyViolation } from './violation.ts';

/** What a policy said of an object by one of its bindings, and what that took from its budget for the run. */
export interface Answer {
  readonly binding: PolicyBinding;
  readonly violations: readonly PolicyViolation[];
  readonly spent: readonly Spending[];
}

/** An object that was judged, with the answers of the policies that may judge its type, in their order. */
interface Judged {
  readonly target: Target;
  readonly answers: (Answer | undefined)[];
}

/** What policies said lately, to be said again of objects that differ where they do not look. */
export interface JudgedAlike {
  /** The answers to one request as far as they are known, and where new ones are noted down. */
  begin(applicable: readonly Applicable[], target: Target): AnswersTo;
}

export interface AnswersTo {
  known(place: number, binding: PolicyBinding): Answer | undefined;
  note(place: number, answer: Answer): void;
}

const mostKept = 5_000;
const mostPathsTold = 8;
const mostValues = 200;
/** More than names, images and what else an overlay sets. */
const mostDifferences = 40;

/**
 * Objects of one base or of one shape, by what they have at places where policies look and values come back, such as names of
 * containers: those of a base come back in each of its overlays.
 */
interface Group {
  paths: readonly Path[];
  byValues: Map<string, Judged>;
  latest: Judged | undefined;
  /** What was met at other places where policies look. */
  readonly met: Map<string, Set<string>>;
}

/** Groups of objects of which the same policies may judge each. */
interface Groups {
  /** Of objects that share values, which differ in little else than what overlays set. */
  readonly ofBases: NotedByParts<Group>;
  readonly ofShapes: Map<number, Group>;
}

export function newJudgedAlike(): JudgedAlike {
  let groups = new WeakMap<readonly Applicable[], Groups>();
  let kept = 0;
  const groupsOf = (applicable: readonly Applicable[]): Groups => {
    const known = groups.get(applicable) ?? { ofBases: notedByParts(), ofShapes: new Map() };
    groups.set(applicable, known);
    return known;
  };
  const keep = (group: Group, judged: Judged): void => {
    const key = valuesAt(group.paths, judged.target);
    if (!group.byValues.has(key)) kept += 1;
    group.byValues.set(key, judged);
    group.latest = judged;
  };
  return {
    begin(applicable, target) {
      if (kept >= mostKept) {
        groups = new WeakMap();
        kept = 0;
      }
      const judged: Judged = { target, answers: [] };
      const subject = subjectOf(target.request);
      const { ofBases, ofShapes } = groupsOf(applicable);
      let group = ofBases.of(subject);
      let near = group === undefined ? undefined : nearIn(group, target);
      if (group === undefined || near === undefined) {
        ofBases.note(subject, groupWith(judged));
        group = shapeOf(subject, ofShapes);
        near = nearIn(group, target);
      }
      keep(group, judged);
      if (near !== undefined) tellApart(group, near, target, applicable);
      return answersTo(judged, near, applicable);
    },
  };
}

function shapeOf(subject: Mapping, ofShapes: Map<number, Group>): Group {
  const shape = shapeNumber(subject);
  const known = ofShapes.get(shape) ?? groupWith(undefined);
  ofShapes.set(shape, known);
  return known;
}

function groupWith(latest: Judged | undefined): Group {
  return { paths: [], byValues: new Map(), latest, met: new Map() };
}

function nearIn({ paths, byValues, latest }: Group, target: Target): Near | undefined {
  return nearTo(target, byValues.get(valuesAt(paths, target)) ?? latest);
}

function valuesAt(paths: readonly Path[], { request, kinds }: Target): string {
  const texts = paths.map((path) => textAt(path, request));
  return [kinds.facts.version, request.isApplied === true, ...texts].join('\n');
}

/** Objects are known by what they have where values come back; not by a tag or a label that each overlay has a new one of. */
function tellApart(
  group: Group,
  { judged, written }: Near,
  { request }: Target,
  applicable: readonly Applicable[],
): void {
  const known = new Set(group.paths.map(keyOf));
  if (known.size === mostPathsTold) return;
  const telling = written.filter(
    (path) =>
      !known.has(keyOf(path)) &&
      readersAt(path, applicable).includes(true) &&
      isMetAgain(group.met, keyOf(path), [textAt(path, judged.target.request), textAt(path, request)]),
  );
  if (telling.length === 0) return;
  group.paths = [...group.paths, ...telling].slice(0, mostPathsTold);
  const all = [...group.byValues.values()];
  group.byValues = new Map(all.map((one) => [valuesAt(group.paths, one.target), one]));
}

function isMetAgain(
  met: Map<string, Set<string>>,
  path: string,
  [before, now]: readonly [string, string],
): boolean {
  const values = met.get(path) ?? new Set([before]);
  met.set(path, values);
  if (values.has(now)) return true;
  if (values.size < mostValues) values.add(now);
  return false;
}

function textAt(path: Path, request: AdmissionRequest): string {
  return valueText(valueAt(subjectOf(request), path) ?? null);
}

interface Near {
  readonly judged: Judged;
  readonly written: readonly Path[];
}

function nearTo(target: Target, judged: Judged | undefined): Near | undefined {
  if (judged === undefined || !areOfOneWorld(judged.target, target)) return undefined;
  const [before, now] = [judged.target, target].map(({ request }) => subjectOf(request));
  const written = differences(before ?? null, now ?? null, mostDifferences);
  return written === undefined ? undefined : { judged, written };
}

function areOfOneWorld(one: Target, other: Target): boolean {
  return (
    one.kinds.facts === other.kinds.facts &&
    (one.kinds.customKinds === other.kinds.customKinds || [one, other].every(isBuiltIn)) &&
    one.request.isApplied === other.request.isApplied &&
    one.request.oldObject === undefined &&
    other.request.oldObject === undefined
  );
}

function isBuiltIn({ kinds, group, version, kind }: Target): boolean {
  return (
    findKind(kinds.facts, group, version, kind) !== undefined &&
    customKindVersions(kinds.customKinds, group, kind).length === 0
  );
}

function answersTo(judged: Judged, near: Near | undefined, applicable: readonly Applicable[]): AnswersTo {
  const unread = new Map<View, (place: number) => boolean>();
  const isUnread = (place: number, view: View): boolean => {
    let ofView = unread.get(view);
    if (ofView === undefined) {
      const seen = near === undefined ? undefined : differencesSeen(near, judged.target, view);
      ofView =
        near === undefined || seen === undefined
          ? () => false
          : notReadAt([...near.written, ...seen], applicable);
      unread.set(view, ofView);
    }
    return ofView(place);
  };
  return {
    known(place, binding) {
      const answer = near?.judged.answers[place];
      const policy = applicable[place]?.policy;
      if (answer?.binding !== binding || policy === undefined || !isUnread(place, policy.view))
        return undefined;
      judged.answers[place] = answer;
      return answer;
    },
    note(place, answer) {
      judged.answers[place] = answer;
    },
  };
}

function differencesSeen({ judged, written }: Near, target: Target, view: View): readonly Path[] | undefined {
  const [before, now] = [judged.target, target].map(({ request }) => subjectOf(request));
  if (
    before !== undefined &&
    now !== undefined &&
    isBuiltIn(target) &&
    isPlainDifference(before, now, written)
  ) {
    noteLike(target, judged.target, view, written);
    return written.flatMap(writtenBeside);
  }
  const [first, second] = [judged.target, target].map((one): Mapping | undefined =>
    objectSeen(one, { apiVersion: apiVersionOf(one), view }),
  );
  return first === undefined || second === undefined
    ? undefined
    : differences(first, second, mostDifferences);
}

/** Which of the policies look at none of some paths. */
function notReadAt(paths: readonly Path[], applicable: readonly Applicable[]): (place: number) => boolean {
  const readers = paths.map((path) => readersAt(path, applicable));
  return (place) => readers.every((one) => one[place] === false);
}

const readersByPath = new WeakMap<readonly Applicable[], Map<string, readonly boolean[]>>();
const mostPaths = 10_000;

/** Which of the policies look at a path; found once for each path. */
function readersAt(path: Path, applicable: readonly Applicable[]): readonly boolean[] {
  const byPath = readersByPath.get(applicable) ?? new Map<string, readonly boolean[]>();
  readersByPath.set(applicable, byPath);
  const key = keyOf(path);
  let readers = byPath.get(key);
  if (readers === undefined) {
    if (byPath.size >= mostPaths) byPath.clear();
    readers = applicable.map(({ policy }) => isReadAt(placesRead(policy), path));
    byPath.set(key, readers);
  }
  return readers;
}

function keyOf(path: Path): string {
  let key = '';
  for (const step of path) key += typeof step === 'number' ? `\u0000${step}` : `\u0001${step}`;
  return key;
}
