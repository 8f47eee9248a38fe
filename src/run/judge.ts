import type { LoadedBaseline } from '../accept/load-baseline.ts';
import type { RunBudgets } from '../admit/policy/run-budget.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Suppression } from '../diagnostic/suppression.ts';
import { type FixChoice, type FixOutcome, fixTree, refuteOne } from '../fix/fix-tree.ts';
import type { Judgement } from '../fix/judgement.ts';
import type { Fixable } from '../fix/prove.ts';
import type { Report } from '../report/report.ts';
import type { FileSystem } from '../source/file-system.ts';
import type { Sources } from '../source/load.ts';
import { planRun } from '../survey/plan.ts';
import { renderedBuilds, renderPlan, type Tree } from '../survey/tree.ts';
import { witnessBuilds } from '../survey/witness-builds.ts';
import { ruleNames } from './chosen-rules.ts';
import { confirmPart } from './confirm.ts';
import { judgeTogether } from './judge-together.ts';
import { judgeTrials } from './judge-trials.ts';
import { knowledgeOf } from './knowledge.ts';
import { learn, type World } from './learn.ts';
import { openAhead } from './open-ahead.ts';
import { reportRun } from './report-run.ts';
import type { LintOptions } from './request.ts';
import { openRun } from './run.ts';
import { settle } from './settle.ts';
import { judgeUnits } from './verdict.ts';

/** What a run says, with all that it was said of. */
export interface RunJudgement extends Judgement {
  readonly tree: Tree;
  readonly configuration: Configuration;
  readonly world: World;
  readonly sources: Sources;
  /** False where the configuration cannot be used. */
  readonly isConfigured: boolean;
  readonly baseline?: LoadedBaseline;
  /** What comments and annotations accept. */
  readonly suppressions: readonly Suppression[];
  /** What it has spent. */
  readonly budgets: RunBudgets;
}

/** A run from what was asked to its report; each step takes values and returns one. */
export function judge(options: LintOptions): RunJudgement {
  const run = openRun(options);
  const plan = planRun(run);
  const ahead = options.crew === undefined ? undefined : openAhead(run, options.crew);
  const tree = renderPlan(plan, ahead === undefined ? run : { ...run, made: ahead.made });
  const knowledge = knowledgeOf(run, tree);
  run.tell({ name: 'admit' });
  const world = learn(tree, run);
  const judgeRules = (): Diagnostic[] => {
    run.tell({ name: 'rules' });
    return judgeTogether(tree, world.kubernetesVersion, knowledge, run);
  };
  const asked = ahead?.ask(world);
  // Whoever answers what was asked does it meanwhile.
  const early = asked === undefined ? undefined : judgeRules();
  const verdicts = judgeUnits(world, run, asked);
  const together = early ?? judgeRules();
  const tried = judgeTrials(tree.trials, world, run);
  run.tell({ name: 'report' });
  const found = { tree, world, knowledge, verdicts, together, tried };
  const settled = settle(found, ruleNames(world.units, run), run);
  const report = reportRun(found, settled, run);
  const { configuration, sources, isConfigured, baseline } = run;
  return {
    report,
    builds: renderedBuilds(tree),
    tree,
    configuration,
    world,
    sources,
    isConfigured,
    ...(baseline === undefined ? {} : { baseline }),
    suppressions: settled.suppressions,
    budgets: run.budgets,
  };
}

/** Judges what is deployed below the given paths: builds it, admits it, and says what is wrong at the line to edit. */
export function lint(options: LintOptions): Report {
  const { touched, crew: _, ...whole } = options;
  const { report } = judge(options);
  // What the configuration is found by.
  const near = options.near ?? touched?.[0] ?? options.paths[0];
  // Folders say nothing that the repository does not say.
  const paths = touched === undefined ? [''] : options.paths;
  return confirmPart(
    report,
    () => judge({ ...whole, paths, ...(near === undefined ? {} : { near }) }).report,
  );
}

/** Repairs in memory what has one right answer, as far as it is proven that nothing else changes. */
export function fix(options: LintOptions, choice: FixChoice = {}): FixOutcome {
  const judge = (fileSystem: FileSystem): Judgement => judgeWithWitnesses({ ...options, fileSystem });
  return fixTree(options.fileSystem, judge, choice);
}

/** What is against one fix; undefined where it is proven that nothing else changes. */
export function refuteFix(options: LintOptions, fixable: Fixable): string | undefined {
  return refuteOne(options.fileSystem, fixable, (fileSystem) =>
    judgeWithWitnesses({ ...options, fileSystem }),
  );
}

function judgeWithWitnesses(options: LintOptions): Judgement {
  const { report, builds, configuration } = judge(options);
  const witnesses = witnessBuilds(options.fileSystem, configuration, builds.values());
  return { report, builds: new Map([...builds, ...witnesses]) };
}
