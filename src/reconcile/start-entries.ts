import { isReadBack } from '../object/read-back.ts';
import { directoriesAbove, directoryOf } from '../source/path.ts';
import { alternativeAt, type ClusterGroups } from './cluster-group.ts';
import type { Declared } from './declared-objects.ts';
import type { Repository } from './discover-options.ts';
import type { Run } from './discovery-run.ts';
import { inOrder, isSelfManaged } from './entry-order.ts';
import {
  commentedOut,
  isLeftOut,
  type KustomizationUses,
  unusedDirectories,
  usesAny,
} from './kustomization-uses.ts';
import { startAt, startAtRoot } from './start-entry.ts';

/** What the kustomizations name, and where they stand. */
export interface Lists {
  readonly uses: KustomizationUses;
  /** The file of each, by its directory. */
  readonly files: ReadonlyMap<string, string>;
}

export function byDirectory(kustomizations: readonly string[]): ReadonlyMap<string, string> {
  return new Map(kustomizations.map((file) => [directoryOf(file), file]));
}

/** Entry points that no kustomization lists: whoever made the file applies it as it is. */
export function startAtFiles(
  run: Run,
  entries: readonly Declared[],
  { uses, files: kustomizations }: Lists,
  chosen: ReadonlySet<Declared>,
): void {
  const listed = new Set([...uses.values()].flatMap((paths) => [...paths]));
  const files = new Set(entries.map(({ file }) => file));
  const takenOff = new Set(
    [...kustomizations].flatMap(([directory, path]) =>
      commentedOut(run.context.sources.file(path)?.text ?? '', directory),
    ),
  );
  const isTakenOff = (file: string): boolean => takenOff.has(file) || takenOff.has(directoryOf(file));
  /** A kustomization that lists others like it, or that something applies, leaves this one out on purpose, or by mistake. */
  const isOffList = (file: string): boolean => {
    const listing = directoriesAbove(file).filter((one) => uses.has(one));
    const named = (directory: string): string[] => [...(uses.get(directory) ?? [])];
    const isBesideListed = named(listing.at(-1) ?? '').some(
      (path) => isAlike(path, file) && (files.has(path) || isInOtherFolder(path, file)),
    );
    // A kustomization that a controller applies says all that it applies of what lies below.
    return (
      isBesideListed ||
      isTakenOff(file) ||
      listing.some((one) => run.reached.has(kustomizations.get(one) ?? ''))
    );
  };
  for (const entry of inOrder(run.context.sources, entries, uses).filter((one) => chosen.has(one))) {
    const isOwn = isSelfManaged(entry, uses);
    const source = run.context.sources.file(entry.file);
    if (source !== undefined && isReadBack(source)) continue;
    if (isOwn || (!listed.has(entry.file) && !isOffList(entry.file))) startAt(run, entry, isOwn);
  }
}

/** A list that takes files of the folders beside one takes what it wants. */
function isInOtherFolder(path: string, file: string): boolean {
  return /\.ya?ml$/u.test(path) && directoryOf(path) !== directoryOf(file);
}

/** Whether two files stand in one folder, or in folders side by side. */
function isAlike(one: string, other: string): boolean {
  const [a, b] = [directoryOf(one), directoryOf(other)];
  return a === b || (directoryOf(a) === directoryOf(b) && a !== '' && b !== '');
}

/** Kustomizations that nothing reaches and that render entry points: somebody applies each of them, to a cluster of its own. */
export function startAtRoots(
  run: Run,
  repository: Repository,
  entries: readonly Declared[],
  { uses, files }: Lists,
): void {
  const roots = repository.roots ?? unusedDirectories(uses);
  const holding = new Set(entries.map((entry) => entry.file));
  const started = new Map<string, string>();
  const above = (root: string): string[] =>
    directoriesAbove(root).filter((one) => one !== '' && one !== root && files.has(one));
  // A kustomization that a controller applies says all that it applies of what lies below.
  const isListedElse = (root: string): boolean =>
    above(root).some((one) => run.reached.has(files.get(one) ?? ''));
  const outermostFirst = [...roots].sort(
    (a, b) => Math.min(above(a).length, 1) - Math.min(above(b).length, 1),
  );
  for (const root of outermostFirst) {
    const file = files.get(root);
    if (file === undefined || run.reached.has(file) || !usesAny(uses, root, holding)) continue;
    if (isLeftOut(uses, root) || isListedElse(root)) {
      run.leftOut.push(root);
      continue;
    }
    const { byArgo, byFlux } = run.context.builtFreely;
    startAtRoot(run, root, alternativeAt(run.groups, file), byArgo || byFlux);
    started.set(root, file);
  }
  dropReached(run.groups, started);
}

/** What another cluster turned out to apply as well is no cluster of its own: its root came first by its name alone. */
function dropReached({ byKey }: ClusterGroups, started: ReadonlyMap<string, string>): void {
  const inputs = new Map(
    [...byKey.values()].map((group) => [
      group,
      new Set(group.reconciliations.flatMap(({ build }) => build.inputs)),
    ]),
  );
  for (const [root, file] of started) {
    const own = byKey.get(root);
    if (own === undefined) continue;
    const isReached = [...inputs].some(([group, read]) => group !== own && read.has(file));
    if (!isReached) continue;
    byKey.delete(root);
    inputs.delete(own);
  }
}
