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
  return {
    base: judge({ ...options, memory, fileSystem: before, paths: pathsIn(before, head, options) }),
    head: judge({ ...options, memory, fileSystem: head, paths: pathsIn(head, before, options) }),
  };
}

/** The paths that are there, and those that neither revision has, of which the run complains. */
function pathsIn(own: FileSystem, other: FileSystem, { paths }: LintOptions): string[] {
  return paths.filter((path) => own.kind(path) !== undefined || other.kind(path) === undefined);
}
