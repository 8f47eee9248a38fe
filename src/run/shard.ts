import { maySpend } from '../admit/policy/run-budget.ts';
import { newBuildMemory } from '../build/build-memory.ts';
import { openCarrier, takeBuilds } from '../build/carried-builds.ts';
import { clusterKey } from '../reconcile/reconciliation.ts';
import { wordRedactor } from '../report/finding/redact.ts';
import type { FileSystem } from '../source/file-system.ts';
import { openSources } from '../source/load.ts';
import { rememberFiles } from '../source/remembered-files.ts';
import { type Plan, planRun } from '../survey/plan.ts';
import { type Shard, type Share, shareOf } from '../survey/share.ts';
import { renderPlan, type Tree } from '../survey/tree.ts';
import type { Unit } from '../survey/unit.ts';
import { openQuestions } from './ask-ahead.ts';
import { carryAnswers, crewOfAnswers } from './carried-answers.ts';
import { openNotes, type Spent, takeJudgements } from './carried-judgements.ts';
import { judge, type RunJudgement } from './judge.ts';
import { judgeUnitsTogether } from './judge-together.ts';
import { knowledgeOf } from './knowledge.ts';
import { learn } from './learn.ts';
import { digestOf, type Partial, type ShardedRequest } from './partial.ts';
import type { LintOptions } from './request.ts';
import { openRun, type Run } from './run.ts';
import { secretsIn } from './secrets.ts';
import { surroundingsOf } from './surroundings.ts';
import { judgeUnits, noteQuestions } from './verdict.ts';

/**
 * Builds the share of one shard, and judges what reaches a cluster only from there; of the rest, what is said of it by its content. What a
 * text of a Secret stands in is left to whoever merges.
 */
export function buildShard(
  request: ShardedRequest & Pick<LintOptions, 'fileSystem' | 'onStep'>,
  shard: Shard,
): Partial {
  const memory = newBuildMemory();
  const fileSystem = rememberFiles(() => request.fileSystem);
  const run = openRun({ ...request, fileSystem, memory, shards: shard.count });
  const plan = planRun(run);
  const share = shareOf(plan, shard);
  const tree = renderWhole(plan, run, share);
  const { units, found } = tree;
  const own = memory.builds().filter(([, { build }]) => share.isOwn(build.root));
  const rendered = [...units.map(({ build }) => build), ...own.map(([, { build }]) => build)];
  const secrets = secretsIn(run.sources, [], rendered, found.plainFiles);
  const redact = wordRedactor(secrets);
  const mayWrite = (text: string): boolean => redact(text) === text;
  const carrier = openCarrier(openSources(fileSystem, {}, memory.files), mayWrite);
  const world = learn(tree, run);
  const rootsOf = rootsIn(tree);
  const isMine = (unit: Unit): boolean => unit.id.role !== 'plain' && share.takesWhole(rootsOf(unit));
  const notes = openNotes(carrier);
  const judging = { ...run, options: { ...run.options, judging: notes } };
  const mine = world.units.filter(({ unit }) => isMine(unit));
  judgeUnits({ ...world, units: mine }, judging);
  const knowledge = knowledgeOf(run, tree);
  judgeUnitsTogether(
    { units: mine.map(({ unit }) => unit), found },
    surroundingsOf(tree, world.kubernetesVersion, knowledge, run),
    knowledge,
    judging,
  );
  const { mostOfOne, costly, effort } = run.budgets;
  const results = notes.carry(world.kubernetesVersion, { mostOfOne, costly, effort: effort.done });
  const questions = openQuestions(run);
  noteQuestions(questions, world, run, notes.knows);
  const answers = carryAnswers(questions, mayWrite);
  const builds = carrier.carry(own);
  return { version: 1, digest: digestOf({ builds, answers, results }), builds, answers, results };
}

/** Builds a share, and what units lack that it takes as a whole. */
function renderWhole(plan: Plan, run: Run, share: Share): Tree {
  const left = new Set<string>();
  const tree = renderPlan(plan, run, {
    ...share,
    builds(root, edit) {
      const isBuilt = share.builds(root, edit);
      if (!isBuilt) left.add(root);
      return isBuilt;
    },
  });
  const rootsOf = rootsIn(tree);
  const lacking = new Set(
    tree.units
      .map(rootsOf)
      .filter((roots) => share.takesWhole(roots))
      .flatMap((roots) => roots.filter((root) => left.has(root))),
  );
  if (lacking.size === 0) return tree;
  return renderPlan(plan, run, {
    ...share,
    builds: (root, edit) => lacking.has(root) || share.builds(root, edit),
  });
}

/** The directories that units come from. */
function rootsIn({ clusters }: Tree): (unit: Unit) => readonly string[] {
  const known = new Map(
    clusters.map(({ id, root, reconciliations }) => [
      clusterKey(id),
      [root, ...reconciliations.flatMap(({ path, build }) => [build.root, path ?? build.root])],
    ]),
  );
  return ({ id: { role, ...id } }) =>
    (role === 'cluster' ? known.get(clusterKey(id)) : undefined) ?? [id.root];
}

/**
 * Judges what was asked, as without shards: what these have built and found is taken as far as all files say what they said to them, and
 * everything else is built and judged here.
 */
export function mergeShards(
  request: ShardedRequest & Pick<LintOptions, 'fileSystem' | 'onStep' | 'now'>,
  partials: readonly Pick<Partial, 'builds' | 'answers' | 'results'>[],
): RunJudgement {
  const memory = newBuildMemory();
  const fileSystem: FileSystem = rememberFiles(() => request.fileSystem);
  const sources = openSources(fileSystem, {}, memory.files);
  const carried = partials.map(({ builds, results }) => ({
    results,
    taken: takeBuilds(builds, sources),
  }));
  for (const { taken } of carried) memory.take(taken.builds);
  const crew = crewOfAnswers(partials.map(({ answers }) => answers));
  const options = { ...request, fileSystem, memory, crew, shards: partials.length };
  const judgement = judge({ ...options, judging: takeJudgements(carried) });
  const spent = partials.map(({ results }) => results.spent);
  return mayReachLimit(judgement, spent) ? judge(options) : judgement;
}

/** Whether a run that had found out everything itself might have come to a limit, so that it says less. */
function mayReachLimit({ budgets }: RunJudgement, spent: readonly Spent[]): boolean {
  const sumOf = (name: keyof Spent): number => spent.reduce((sum, one) => sum + one[name], 0);
  const { effort } = budgets;
  const all = {
    mostOfOne: budgets.mostOfOne + sumOf('mostOfOne'),
    costly: budgets.costly + sumOf('costly'),
    allowance: budgets.allowance,
  };
  return !maySpend(all, []) || effort.done + sumOf('effort') > effort.allowed;
}
