import type { ObjectReference } from '../diagnostic/diagnostic.ts';
import type { Fix } from '../diagnostic/fix.ts';
import type { Build } from '../object/build.ts';
import { knownOnce } from '../object/known-once.ts';
import { nameOf, namespaceOf, objectReference, type Resource } from '../object/resource.ts';
import type { Finding } from '../report/report.ts';
import { emitDocument } from '../source/emit/emit.ts';
import { formatPath, type Mapping } from '../source/value.ts';
import { valueText } from '../source/value-text.ts';
import { changedLeaves } from './changed-leaves.ts';
import { editKey } from './edit-text.ts';
import { type IsIntended, intendedBy } from './intended.ts';
import type { Judgement } from './judgement.ts';
import { sharingIn } from './sharing.ts';

/** A finding that has a fix. */
export interface Fixable {
  readonly finding: Finding;
  readonly fix: Fix;
}

/** What is against fixes, and the files that have a part in it. */
export interface Refutation {
  readonly why: string;
  readonly files: readonly string[];
}

/** Why nobody can say what the fix would do; asked before anything is built with it. */
export function unprovable({ builds }: Judgement, { fix }: Fixable): string | undefined {
  const readers = brokenReaders(builds);
  const [broken] = fix.edits
    .flatMap(({ span }) => readers.get(span.file.path) ?? [])
    .sort((a, b) => a.place - b.place);
  return broken === undefined
    ? undefined
    : `${placeOf(broken.build)} does not build, so its output is unknown`;
}

/** The first build that is not whole and reads a file, by the file. */
const brokenReaders = knownOnce((builds: Judgement['builds']) => {
  const readers = new Map<string, { readonly build: Build; readonly place: number }>();
  for (const [place, build] of [...builds.values()].entries())
    for (const input of build.complete ? [] : build.inputs)
      if (!readers.has(input)) readers.set(input, { build, place });
  return readers;
});

/**
 * Everything in which the tree after the fixes differs from the one before beyond what they intend, and findings that are
 * not gone, or new. Nothing is the proof.
 */
export function refutations(before: Judgement, after: Judgement, fixed: readonly Fixable[]): Refutation[] {
  const isIntended = intendedBy(fixed.flatMap(({ fix }) => fix.changes));
  const files = new Set(fixed.flatMap(({ fix }) => fix.edits.map(({ span }) => span.file.path)));
  if ([...after.builds.keys()].some((key) => !before.builds.has(key)))
    return [{ why: 'other entry points would be found', files: [...files] }];
  const ofBuilds = [...before.builds].flatMap(([key, build]) => {
    const why = buildRefutation(build, after.builds.get(key), isIntended, files);
    return why === undefined ? [] : [{ why, files: build.inputs }];
  });
  return [...ofBuilds, ...findingsRefutations(before, after, fixed)];
}

function placeOf({ root }: Build): string {
  return root || 'the tree';
}

function buildRefutation(
  before: Build,
  after: Build | undefined,
  isIntended: IsIntended,
  files: ReadonlySet<string>,
): string | undefined {
  const place = placeOf(before);
  if (after === undefined) return `${place} would no longer be an entry point`;
  if (!before.complete) return undefined;
  const isConcerned = before.inputs.some((input) => files.has(input));
  if (!after.complete) return `${place} would no longer build: ${after.diagnostics.at(-1)?.message ?? ''}`;
  if (before.resources.length !== after.resources.length)
    return `${place} would render a different number of objects`;
  const [objects, others] = [byLabel(before.resources), byLabel(after.resources)];
  for (const [label, resource] of objects) {
    const other = others.get(label);
    const why =
      other === undefined
        ? lossRefutation(resource, objects, others)
        : objectRefutation(resource, other, isIntended, isConcerned);
    if (why !== undefined) return `in ${place} ${why}`;
  }
  return undefined;
}

/** An object that is gone, with the name of one that comes, which is likely what it would be called. */
function lossRefutation(
  { object }: Resource,
  before: ReadonlyMap<string, Resource>,
  after: ReadonlyMap<string, Resource>,
): string {
  const [come] = [...after].filter(
    ([label, other]) => !before.has(label) && other.object['kind'] === object['kind'],
  );
  return come === undefined
    ? `${labelOf(object)} would be gone`
    : `${labelOf(object)} would become ${labelOf(come[1].object)}`;
}

/** Objects by what they are called; of several with one name, which is a mistake, each by its number too. */
function byLabel(resources: readonly Resource[]): Map<string, Resource> {
  const found = new Map<string, Resource>();
  const counts = new Map<string, number>();
  for (const resource of resources) {
    const label = labelOf(resource.object);
    const number = (counts.get(label) ?? 0) + 1;
    counts.set(label, number);
    found.set(`${label} ${number}`, resource);
  }
  return found;
}

function objectRefutation(
  before: Resource,
  after: Resource,
  isIntended: IsIntended,
  isConcerned: boolean,
): string | undefined {
  if (before === after) return undefined;
  const name = labelOf(before.object);
  const leaves = changedLeaves(before.object, after.object);
  const unintended = leaves.find((leaf) => !isIntended(leaf, before));
  if (unintended !== undefined) return `${name} would change at ${formatPath(unintended.path)}`;
  // Equal values may still be written otherwise, e.g. in another order.
  const isSame =
    leaves.length > 0 || !isConcerned || emitDocument(before.object) === emitDocument(after.object);
  return isSame ? undefined : `${name} would be written differently`;
}

function labelOf(object: Mapping): string {
  return [valueText(object['kind']), namespaceOf(object), nameOf(object)]
    .filter((part) => part !== '')
    .join('/');
}

/** The findings that were to go must be gone, and none may come, save about objects that nobody could look at before. */
function findingsRefutations(before: Judgement, after: Judgement, fixed: readonly Fixable[]): Refutation[] {
  const had = countByMeaning(before.report.findings);
  const has = countByMeaning(after.report.findings);
  const wanted = countByMeaning(fixed.map(({ finding }) => finding));
  const revealed = revealedBy(before, fixed);
  const stay = [...wanted].flatMap(([meaning, { count, finding }]) =>
    (has.get(meaning)?.count ?? 0) > (had.get(meaning)?.count ?? 0) - count
      ? [{ why: 'the finding would still be there', files: filesOf(finding, before) }]
      : [],
  );
  const come = [...has].flatMap(([meaning, { count, finding, place }]) =>
    count > (had.get(meaning)?.count ?? 0) && !revealed.has(place)
      ? [{ why: `${finding.rule} would be found: ${finding.message}`, files: filesOf(finding, before) }]
      : [],
  );
  return [...stay, ...come];
}

/**
 * Where something may be found that nobody could look at before: the objects of the findings that go with the fixes, whoever
 * proposed them, and all others in which the texts that they change have a part.
 */
function revealedBy({ report, builds }: Judgement, fixed: readonly Fixable[]): ReadonlySet<string> {
  const made = new Set(fixed.flatMap(({ fix }) => fix.edits.map(editKey)));
  const revealing = report.findings.filter(
    ({ fix }) => fix?.reveals === true && fix.edits.every((edit) => made.has(editKey(edit))),
  );
  const anchors = revealing.flatMap(({ fix }) => fix?.changes.map(({ anchor }) => anchor) ?? []);
  const all = [...builds.values()];
  const shared = new Set(anchors.flatMap(sharingIn(all)));
  const sharing = all.flatMap(({ root, resources }) =>
    resources
      .filter((one) => shared.has(one))
      .map(({ object }) => placeOfObject(objectReference(object), root)),
  );
  return new Set([...revealing.flatMap((one) => shownAt(one).map(({ place }) => place)), ...sharing]);
}

/** The file of a finding, and all that the builds read in which it shows. */
function filesOf({ span, occurrences }: Finding, { builds }: Judgement): string[] {
  const roots = new Set(occurrences.map(({ entryPoint }) => entryPoint ?? ''));
  const byRoot = inputsByRoot(builds);
  return [span.file.path, ...[...roots].flatMap((root) => byRoot.get(root) ?? [])];
}

const inputsByRoot = knownOnce((builds: Judgement['builds']) => {
  const byRoot = new Map<string, string[]>();
  for (const { root, inputs } of builds.values()) byRoot.set(root, [...(byRoot.get(root) ?? []), ...inputs]);
  return byRoot;
});

interface Shown {
  readonly finding: Finding;
  readonly count: number;
  /** The object that shows it, or the file. */
  readonly place: string;
}

/**
 * One for each object that shows it. Without lines, which move; without words and fields, which name what is left where a
 * part is fixed; without the API version, which may be what is fixed.
 */
function countByMeaning(findings: readonly Finding[]): Map<string, Shown> {
  const counts = new Map<string, Shown>();
  for (const finding of findings) {
    for (const { meaning, place } of shownAt(finding))
      counts.set(meaning, { finding, place, count: (counts.get(meaning)?.count ?? 0) + 1 });
  }
  return counts;
}

function shownAt({ rule, severity, span, occurrences }: Finding): { meaning: string; place: string }[] {
  return occurrences.map(({ entryPoint, object }) => {
    const place =
      object === undefined ? JSON.stringify([entryPoint, span.file.path]) : placeOfObject(object, entryPoint);
    return { place, meaning: JSON.stringify([rule, severity, place]) };
  });
}

function placeOfObject({ kind, namespace, name }: ObjectReference, entryPoint: string | undefined): string {
  return JSON.stringify([entryPoint ?? '', kind, namespace, name]);
}
