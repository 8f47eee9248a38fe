import { newBuildMemory } from '../build/build-memory.ts';
import { carryBuilds, takeBuilds } from '../build/carried-builds.ts';
import { wordRedactor } from '../report/finding/redact.ts';
import type { FileSystem } from '../source/file-system.ts';
import { openSources } from '../source/load.ts';
import { rememberFiles } from '../source/remembered-files.ts';
import { planRun } from '../survey/plan.ts';
import { type Shard, shareOf } from '../survey/share.ts';
import { renderPlan } from '../survey/tree.ts';
import { openQuestions } from './ask-ahead.ts';
import { carryAnswers, crewOfAnswers } from './carried-answers.ts';
import { judge, type RunJudgement } from './judge.ts';
import { learn } from './learn.ts';
import { digestOf, type Partial, type ShardedRequest } from './partial.ts';
import type { LintOptions } from './request.ts';
import { openRun } from './run.ts';
import { secretsIn } from './secrets.ts';
import { noteQuestions } from './verdict.ts';

/** Builds the share of one shard, and finds out what is said of it by its content. What a text of a Secret stands in is left to whoever merges. */
export function buildShard(
  request: ShardedRequest & Pick<LintOptions, 'fileSystem' | 'onStep'>,
  shard: Shard,
): Partial {
  const memory = newBuildMemory();
  const fileSystem = rememberFiles(() => request.fileSystem);
  const run = openRun({ ...request, fileSystem, memory, shards: shard.count });
  const plan = planRun(run);
  const share = shareOf(plan, shard);
  const tree = renderPlan(plan, run, share);
  const { units, found } = tree;
  const own = memory.builds().filter(([, { build }]) => share.isOwn(build.root));
  const rendered = [...units.map(({ build }) => build), ...own.map(([, { build }]) => build)];
  const secrets = secretsIn(run.sources, [], rendered, found.plainFiles);
  const redact = wordRedactor(secrets);
  const mayWrite = (text: string): boolean => redact(text) === text;
  const builds = carryBuilds(own, openSources(fileSystem, {}, memory.files), mayWrite);
  const questions = openQuestions(run);
  noteQuestions(questions, learn(tree, run), run);
  const answers = carryAnswers(questions, mayWrite);
  return { version: 1, digest: digestOf({ builds, answers }), builds, answers };
}

/**
 * Judges what was asked, as without shards: what these have built is taken as far as all files say what they said to them, and
 * everything else is built here.
 */
export function mergeShards(
  request: ShardedRequest & Pick<LintOptions, 'fileSystem' | 'onStep' | 'now'>,
  partials: readonly Pick<Partial, 'builds' | 'answers'>[],
): RunJudgement {
  const memory = newBuildMemory();
  const fileSystem: FileSystem = rememberFiles(() => request.fileSystem);
  const sources = openSources(fileSystem, {}, memory.files);
  for (const { builds } of partials) memory.take(takeBuilds(builds, sources));
  const crew = crewOfAnswers(partials.map(({ answers }) => answers));
  return judge({ ...request, fileSystem, memory, crew, shards: partials.length });
}
