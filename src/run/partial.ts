import type { CarriedBuilds } from '../build/carried-builds.ts';
import { sha256 } from '../source/sha256.ts';
import type { CarriedAnswers } from './carried-answers.ts';
import type { LintOptions } from './request.ts';

/** What was asked of all shards alike. */
export type ShardedRequest = Omit<
  LintOptions,
  'fileSystem' | 'memory' | 'laidDown' | 'crew' | 'onStep' | 'touched' | 'now' | 'shards'
>;

/** What one shard built, for `mergeShards`. */
export interface Partial {
  readonly version: 1;
  /** Of `builds` and `answers`, so that what was cut off or changed on the way is seen. */
  readonly digest: string;
  readonly builds: CarriedBuilds;
  /** What API server and policies say of what was built. */
  readonly answers: CarriedAnswers;
}

/** Whether a part is as it was written. */
export function isWhole({ digest, builds, answers }: Partial): boolean {
  return digest === digestOf({ builds, answers });
}

/** The digest of what a part holds. */
export function digestOf({ builds, answers }: Pick<Partial, 'builds' | 'answers'>): string {
  return sha256(JSON.stringify([builds, answers]));
}
