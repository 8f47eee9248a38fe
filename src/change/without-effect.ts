import type { Build } from '../object/build.ts';
import { isKustomizationPath } from '../object/kustomization-path.ts';
import { locateField } from '../object/provenance.ts';
import { trackedObject } from '../object/resource.ts';
import type { ChangeRow } from '../report/change-report.ts';
import { directoriesAbove, isBelow } from '../source/path.ts';
import { renderedBuilds } from '../survey/tree.ts';
import { rendersTheSame } from './consequence/same-build.ts';
import type { Edits } from './edits.ts';
import { rowOfFile } from './row-of-file.ts';
import type { Side } from './side.ts';

/** Builds that both revisions have, and whether they render the same. */
export interface ComparedBuilds {
  readonly all: number;
  readonly changed: readonly Build[];
  readonly same: readonly Build[];
}

/** Compares what the builds of two revisions render. */
export function compareBuilds(base: Side, head: Side): ComparedBuilds {
  const before = renderedBuilds(base.tree);
  const after = [...renderedBuilds(head.tree)];
  const isSame = ([key, build]: (typeof after)[number]): boolean => isSameBuild(before.get(key), build);
  return {
    all: after.length,
    changed: after.filter((one) => !isSame(one)).map(([, build]) => build),
    same: after.filter(isSame).map(([, build]) => build),
  };
}

function isSameBuild(base: Build | undefined, head: Build): boolean {
  return base !== undefined && base.complete === head.complete && rendersTheSame(base, head);
}

/** A row for each edited file that builds read, and that leaves all of them as they were, as far as all of them are whole. */
export function rowsWithoutEffect(
  { changed, same }: ComparedBuilds,
  edits: Edits,
  digest: (text: string) => string,
): ChangeRow[] {
  const open = same.filter(({ complete }) => !complete);
  const taking = new Set([...changed, ...open].flatMap(({ inputs }) => inputs));
  const unrendered = [...changed, ...same].flatMap((build) => build.unrendered ?? []);
  const isUnrendered = (file: string): boolean => unrendered.some((path) => isBelow(file, path));
  const isIdle = (file: string): boolean => !taking.has(file) && edits.isChanged(file) && !isUnrendered(file);
  const readers = new Map<string, number>();
  for (const build of same)
    for (const file of readAsManifests(build, [...new Set(build.inputs)].filter(isIdle)))
      readers.set(file, (readers.get(file) ?? 0) + 1);
  return [...readers].map(([file, count]) => rowFor(file, wordsFor(count), edits, digest));
}

/** Of the files that a build reads, in a directory without a kustomization those with objects in them. */
export function readAsManifests({ inputs, resources }: Build, files: readonly string[]): readonly string[] {
  if (files.length === 0 || inputs.some(isKustomizationPath)) return files;
  const made = new Set(resources.map((resource) => locateField(trackedObject(resource), []).span?.file.path));
  return files.filter((file) => made.has(file) || !/\.(?:ya?ml|json)$/u.test(file));
}

/** A row for each edited or new file below a kustomization that no build of either revision reads, where all builds are whole. */
export function rowsUnread(
  base: Side,
  head: Side,
  edits: Edits,
  digest: (text: string) => string,
): ChangeRow[] {
  const [before, after] = [base, head].map(({ tree }) => [...renderedBuilds(tree).values()]) as [
    Build[],
    Build[],
  ];
  if ([...before, ...after].some(({ complete }) => !complete)) return [];
  const read = new Set([...before, ...after].flatMap(({ inputs }) => inputs));
  const { places } = head.tree.undeployed;
  const isLeft = (file: string): boolean =>
    places.has(file) || directoriesAbove(file).some((directory) => places.has(directory));
  return head.tree.found.kustomizedFiles
    .filter((file) => !read.has(file) && edits.isChanged(file) && isLeft(file))
    .map((file) => rowFor(file, 'no build reads it', edits, digest));
}

function wordsFor(builds: number): string {
  const of = builds === 1 ? 'the build that reads it renders' : `the ${builds} builds that read it render`;
  return `${of} the same as before`;
}

function rowFor(file: string, because: string, edits: Edits, digest: (text: string) => string): ChangeRow {
  const title = `the edit of ${file} changes nothing: ${because}`;
  return rowOfFile(file, { reason: 'without-effect', severity: 'silent', title }, edits, digest);
}
