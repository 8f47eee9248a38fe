import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Build } from '../object/build.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import type { Surroundings } from '../workload/surroundings.ts';
import * as registry from './index.ts';
import { concretize, type Rule } from './rule.ts';

/** The rules, by their identifiers. */
export const rules: readonly Rule[] = Object.values(registry);

/**
 * What the rules of one object and of one build say. A build that is not complete is judged by its files alone: what it
 * lacks, nobody knows.
 */
export function judgeBuild(
  build: Build,
  context: Surroundings,
  selected: readonly Rule[] = rules,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const rule of selected) {
    if (rule.scope === 'cluster' || rule.scope === 'run' || !(build.complete || isAboutFiles(rule))) continue;
    const problems =
      rule.scope === 'build'
        ? [...rule.judge(build, context)]
        : build.resources.flatMap((resource) => [...rule.judge(resource, context)]);
    for (const problem of problems) diagnostics.push(concretize(rule, problem, build.root));
  }
  return diagnostics;
}

/** What the rules of the reconciliations of one cluster say. */
export function judgeCluster(
  cluster: Cluster,
  context: Surroundings,
  selected: readonly Rule[] = rules,
): Diagnostic[] {
  return selected.flatMap((rule) =>
    rule.scope === 'cluster'
      ? [...rule.judge(cluster, context)].map((problem) => concretize(rule, problem, cluster.root))
      : [],
  );
}

/** What the rules that need all builds of a run say; `judgeBuild` goes before it, once for each. */
export function judgeRun(
  builds: readonly Build[],
  context: Surroundings,
  selected: readonly Rule[] = rules,
): Diagnostic[] {
  return selected.flatMap((rule) =>
    rule.scope === 'run'
      ? [...rule.judge(builds, context)].map((problem) => concretize(rule, problem, problem.entryPoint))
      : [],
  );
}

function isAboutFiles(rule: Rule): boolean {
  return rule.scope === 'build' && rule.judgesFiles === true;
}
