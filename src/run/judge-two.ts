import { newBuildMemory } from '../build/build-memory.ts';
import type { FileSystem } from '../source/file-system.ts';
import { rememberFiles } from '../source/remembered-files.ts';
import { judge, type RunJudgement } from './judge.ts';
import type { LintOptions } from './request.ts';

/** What stood in a repository before a change; `files` gives the arrays of the head where the content is the same, see `openBase`. */
export interface BaseFiles {
  files(head: FileSystem): FileSystem;
}

/** The same run before and after a change. */
export interface TwoJudgements {
  readonly base: RunJudgement;
  readonly head: RunJudgement;
}

/**
 * Judges two revisions, each with the configuration that stands in it. What is the same in both is parsed and built once: the builds
 * of one are those of the other where all that they read is the same. A path that only one of them has is nothing in the other.
 */
export function judgeTwo(options: LintOptions, base: BaseFiles): TwoJudgements {
  const { memory = newBuildMemory() } = options;
  const head = rememberFiles(() => options.fileSystem);
  const before = rememberFiles(() => base.files(head));
  const shared = { ...options, memory, near: options.near ?? options.touched?.[0] ?? options.paths[0] ?? '' };
  const paths = pathsIn(before, head, options);
  return {
    base: judge({ ...withoutMissing(shared, before), fileSystem: before, paths }),
    head: judge({ ...shared, fileSystem: head, paths: pathsIn(head, before, options) }),
  };
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
