import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Build } from '../object/build.ts';
import type { Resource } from '../object/resource.ts';
import type { RuleProblem } from '../object/rule-problem.ts';
import { stumbleFinding, stumblingBlock } from '../object/stumble.ts';
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
    if (rule.scope === 'resource')
      for (const resource of build.resources) {
        const act = (one: Resource): Iterable<RuleProblem> => rule.judge(one, context);
        diagnostics.push(...judged(rule, () => act(resource), { resources: [resource], act }, build.root));
      }
    else {
      const act = (one: Resource): Iterable<RuleProblem> =>
        rule.judge({ ...build, resources: [one] }, context);
      const { resources, root } = build;
      diagnostics.push(...judged(rule, () => rule.judge(build, context), { resources, act }, root));
    }
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
    rule.scope === 'cluster' ? judged(rule, () => rule.judge(cluster, context), nobody, cluster.root) : [],
  );
}

/** What the rules that need all builds of a run say; `judgeBuild` goes before it, once for each. */
export function judgeRun(
  builds: readonly Build[],
  context: Surroundings,
  selected: readonly Rule[] = rules,
): Diagnostic[] {
  return selected.flatMap((rule) =>
    rule.scope === 'run' ? judged(rule, () => rule.judge(builds, context), nobody) : [],
  );
}

/** Whom a rule may stumble over, and how it looks at one alone. */
interface Suspects {
  readonly resources: readonly Resource[];
  readonly act: (resource: Resource) => Iterable<RuleProblem>;
}

const nobody: Suspects = { resources: [], act: () => [] };

/** What a rule finds; where it stumbles, what it found before, and that. */
function judged(
  rule: Rule,
  judge: () => Iterable<RuleProblem>,
  { resources, act }: Suspects,
  entryPoint?: string,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  try {
    for (const problem of judge()) found.push(concretize(rule, problem, entryPoint ?? problem.entryPoint));
  } catch (error) {
    const over = stumblingBlock(resources, (one) => [...act(one)]);
    const stumble = {
      who: `the rule ${rule.id}`,
      ...(over === undefined ? {} : { over }),
      ...(entryPoint === undefined ? {} : { entryPoint }),
    };
    found.push(stumbleFinding(stumble, error));
  }
  return found;
}

function isAboutFiles(rule: Rule): boolean {
  return rule.scope === 'build' && rule.judgesFiles === true;
}
