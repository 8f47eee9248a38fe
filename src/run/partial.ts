import type { CarriedBuilds } from '../build/carried-builds.ts';
import { sha256 } from '../source/sha256.ts';
import type { CarriedAnswers } from './carried-answers.ts';
import type { CarriedJudgements } from './carried-judgements.ts';
import type { LintOptions } from './request.ts';

/** What was asked of all shards alike. */
export type ShardedRequest = Omit<
  LintOptions,
  'fileSystem' | 'memory' | 'laidDown' | 'crew' | 'judging' | 'onStep' | 'touched' | 'now' | 'shards'
>;

/** What one shard built, for `mergeShards`. */
export interface Partial {
  readonly version: 1;
  /** Of all the rest, so that what was cut off or changed on the way is seen. */
  readonly digest: string;
  readonly builds: CarriedBuilds;
  /** What API server and policies say of what was built. */
  readonly answers: CarriedAnswers;
  /** What is found in units that were built as a whole. */
  readonly results: CarriedJudgements;
}

/** Whether a part is as it was written. */
export function isWhole({ digest, ...rest }: Partial): boolean {
  return digest === digestOf(rest);
}

/** The digest of what a part holds. */
export function digestOf({
  builds,
  answers,
  results,
}: Pick<Partial, 'builds' | 'answers' | 'results'>): string {
  return sha256(JSON.stringify([builds, answers, results]));
}
