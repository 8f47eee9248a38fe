import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { addTo } from '../diagnostic/grouped.ts';
import type { Build } from '../object/build.ts';
import type { Finding, Unchecked } from '../report/report.ts';
import { filesBelow } from '../source/files-below.ts';
import type { Sources } from '../source/load.ts';
import { equalBytes } from '../source/remembered-files.ts';
import type { RunJudgement } from './judge.ts';
import { type BuiltFrom, mayChangeAbsent } from './reach-of-absent.ts';

/** Whether a change has to do with something that was not checked: with the file that says so, or with the build that reads it. */
export function reachOfChange(
  base: RunJudgement,
  head: RunJudgement,
): (subject: Finding | Unchecked) => boolean {
  const isSame = sameFiles(base.sources, head.sources);
  const pairsChanged = changedBuilds(base, head, isSame);
  const changed = pairsChanged.map(({ now }) => now.build);
  const isRead = (path: string, builds: readonly Build[] = changed): boolean =>
    builds.some(({ inputs }) => inputs.includes(path));
  const isRoot = (path: string): boolean => changed.some(({ root }) => root === path);
  const rootsOf = rootsByEntryPoint(head);
  /** The changed builds that a finding is of; any of them may be where it is of something else than builds. */
  const changedOf = ({ occurrences }: Finding): readonly Build[] => {
    const known = occurrences.map(({ entryPoint = '' }) => rootsOf.get(entryPoint));
    if (known.includes(undefined)) return changed;
    const roots = new Set(known.flatMap((one = []) => one));
    return changed.filter(({ root }) => roots.has(root));
  };
  const saidBy = buildsByDiagnostic(head);
  return (subject) => {
    if (!('span' in subject)) return isRoot(subject.what) || isRead(subject.what) || !isSame(subject.what);
    const { path } = subject.span.file;
    if (subject.isOfRun === true || !isSame(path)) return true;
    // What only a build of its own lacks, such as that of a path which does not exist, is not in others that read the same file.
    const saying = saidBy.get(keyOfDiagnostic(subject));
    if (saying === undefined) return isRead(path, changedOf(subject));
    return pairsChanged.some(
      ({ before, now, differing }) =>
        saying.includes(now.build) &&
        (before === undefined || mayChangeAbsent(before, now, { file: path, differing })),
    );
  };
}

/** A build of the head that is not made of the same files as in the base, if it is there at all. */
interface ChangedBuild {
  readonly before: BuiltFrom | undefined;
  readonly now: BuiltFrom;
  readonly differing: readonly string[];
}

function changedBuilds(
  base: RunJudgement,
  head: RunJudgement,
  isSame: (path: string) => boolean,
): ChangedBuild[] {
  return [...head.builds]
    .map(([key, build]) => {
      const old = base.builds.get(key);
      const now = { build, sources: head.sources };
      const before = old === undefined ? undefined : { build: old, sources: base.sources };
      const [files, known] = [filesOf(now), before === undefined ? nothingRead : filesOf(before)];
      const differing = [...new Set([...files, ...known])].filter(
        (path) => !files.has(path) || !known.has(path) || !isSame(path),
      );
      return { before, now, differing };
    })
    .filter(({ before, differing }) => before === undefined || differing.length > 0);
}

const nothingRead: ReadonlySet<string> = new Set();

/** The builds that have a problem, by `keyOfDiagnostic`. */
function buildsByDiagnostic({ builds }: RunJudgement): ReadonlyMap<string, readonly Build[]> {
  const found = new Map<string, Build[]>();
  for (const build of builds.values())
    for (const one of build.diagnostics) addTo(found, keyOfDiagnostic(one), build);
  return found;
}

function keyOfDiagnostic({ rule, span }: Pick<Diagnostic, 'rule' | 'span'>): string {
  return `${rule} ${span.file.path}:${span.start}`;
}

/** The directories that are built for what an entry point names: itself, or all that the cluster applies which begins there. */
function rootsByEntryPoint({ builds, tree }: RunJudgement): ReadonlyMap<string, readonly string[]> {
  const roots = new Map<string, string[]>();
  for (const { root } of builds.values()) roots.set(root, [root]);
  for (const { root, reconciliations } of tree.allClusters)
    for (const { build } of reconciliations) addTo(roots, root, build.root);
  return roots;
}

/** What a build read, and what of it was not rendered: of directories the files in them. */
function filesOf({
  build: { inputs, unrendered = [] },
  sources: { fileSystem },
}: BuiltFrom): ReadonlySet<string> {
  const others = unrendered.flatMap((path) => filesBelow(fileSystem, path, mostLooked).files);
  return new Set([...inputs, ...others]);
}

const mostLooked = 100_000;

function sameFiles(base: Sources, head: Sources): (path: string) => boolean {
  const known = new Map<string, boolean>();
  return (path) => {
    const same = known.get(path) ?? isSameFile(base.bytes(path), head.bytes(path));
    known.set(path, same);
    return same;
  };
}

function isSameFile(a: ReturnType<Sources['bytes']>, b: ReturnType<Sources['bytes']>): boolean {
  return a === b || (typeof a !== 'string' && typeof b !== 'string' && equalBytes(a, b));
}
