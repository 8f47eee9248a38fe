import { newBuildMemory } from '../build/build-memory.ts';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import { defaultFolder } from '../fetched/fetched.ts';
import { withFolderOf } from '../source/beside.ts';
import type { FileSystem } from '../source/file-system.ts';
import { openSources } from '../source/load.ts';
import type { CommittedFiles } from '../source/open-base.ts';
import { rememberFiles } from '../source/remembered-files.ts';
import { evidenceIn } from './base-evidence.ts';
import { judge, type RunJudgement } from './judge.ts';
import type { LintOptions } from './request.ts';
import { touchedInBoth } from './touched-in-both.ts';

/** What stood in a repository before a change; `files` gives the arrays of the head where the content is the same, see `openBase`. */
export interface BaseFiles {
  files(head: FileSystem): FileSystem;
  /** The files that are committed after the change, see `Base`; absent where no one knows. */
  committed?(): CommittedFiles;
  /** What an earlier run said of it, which holds as long as it is the same base and the same is asked. */
  readonly judged?: RunJudgement;
  /** Whether only what is found there counts: nothing is drawn of it, and no fixes are proposed. */
  readonly isOnlyCompared?: boolean;
}

/** The same run before and after a change. */
export interface TwoJudgements {
  readonly base: RunJudgement;
  readonly head: RunJudgement;
  /** The touched files by which entry points of both were chosen, where only those of touched files were asked for. */
  readonly touched?: readonly string[];
}

/**
 * Judges two revisions, each with the configuration that stands in it. What is the same in both is parsed and built once: the builds
 * of one are those of the other where all that they read is the same. A path that only one of them has is nothing in the other.
 */
export function judgeTwo(options: LintOptions, base: BaseFiles): TwoJudgements {
  const { memory = newBuildMemory() } = options;
  const head = rememberFiles(() => options.fileSystem);
  const files = { head, base: rememberFiles(() => withFetched(base.files(head), head, options)) };
  const shared = { ...options, memory, near: options.near ?? options.touched?.[0] ?? options.paths[0] ?? '' };
  if (options.touched === undefined) return judgeBoth(shared, files, base);
  const { judged: _known, ...again } = base;
  const judged = (touched: readonly string[] | undefined): TwoJudgements => {
    const { touched: _, ...whole } = shared;
    if (touched === undefined) return judgeBoth(whole, files, again);
    const two = judgeBoth({ ...whole, touched }, files, again);
    const wider = touchedInBoth(two.base, two.head, touched);
    return wider?.length === touched.length ? { ...two, touched } : judged(wider);
  };
  return judged(options.touched);
}

function judgeBoth(
  options: LintOptions,
  { base, head }: Readonly<Record<'base' | 'head', FileSystem>>,
  { judged, isOnlyCompared = false }: Pick<BaseFiles, 'judged' | 'isOnlyCompared'>,
): TwoJudgements {
  const paths = pathsIn(base, head, options);
  const anew = (): RunJudgement =>
    judge({ ...withoutMissing(options, base), fileSystem: base, paths, isOnlyCompared });
  const before = judged ?? anew();
  const evidence = evidenceIn(before);
  return {
    base: before,
    head: judge({ ...options, fileSystem: head, paths: pathsIn(head, base, options), evidence }),
  };
}

/** What was fetched is in no commit: where the base lacks the folder, what lies here stands for both. */
function withFetched(before: FileSystem, head: FileSystem, options: LintOptions): FileSystem {
  const near = options.near ?? options.touched?.[0] ?? options.paths[0] ?? '';
  const folders = [before, head].map(
    (files) =>
      loadConfiguration(openSources(files), near, options.configuration).configuration.charts?.path ??
      defaultFolder,
  );
  return folders.reduce((files, folder) => withFolderOf(files, folder, head), before);
}

/** What a change brings the first configuration or baseline for has none before. */
function withoutMissing(options: LintOptions, files: FileSystem): LintOptions {
  const { configuration, baseline, ...rest } = options;
  const isThere = (path: string): boolean => files.kind(path) !== undefined;
  return {
    ...rest,
    ...(configuration !== undefined && isThere(configuration) ? { configuration } : {}),
    ...(baseline === undefined
      ? {}
      : { baseline: baseline !== false && isThere(baseline) ? baseline : false }),
  };
}

/** The paths that are there, and those that neither revision has, of which the run complains. */
function pathsIn(own: FileSystem, other: FileSystem, { paths }: LintOptions): string[] {
  return paths.filter((path) => own.kind(path) !== undefined || other.kind(path) === undefined);
}
