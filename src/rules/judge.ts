import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Build } from '../object/build.ts';
import type { Resource } from '../object/resource.ts';
import type { RuleProblem } from '../object/rule-problem.ts';
import { stumbleFinding, stumblingBlock } from '../object/stumble.ts';
import type { Cluster } from '../reconcile/cluster.ts';
import { TooMuchEffort, withEffort } from '../source/effort.ts';
import type { Surroundings } from '../workload/surroundings.ts';
import type { KnownOfRules } from './known-rules.ts';
import { type BuildRule, concretize, type ResourceRule, type Rule } from './rule.ts';

/**
 * What the rules of one object and of one build say. A build that is not complete is judged by its files alone: what it
 * lacks, nobody knows. `known` may know from an earlier run what a rule says.
 */
export function judgeBuild(
  build: Build,
  context: Surroundings,
  selected: readonly Rule[],
  known: KnownOfRules = (_rule, _build, around, judge) => judge(around),
): Diagnostic[] {
  const { resources, root } = build;
  const some = selected.filter(
    (rule): rule is ResourceRule | BuildRule =>
      rule.scope !== 'cluster' && rule.scope !== 'run' && (build.complete || isAboutFiles(rule)),
  );
  return judgeEach(some, { context, objects: resources.length, entryPoint: root }, (rule) =>
    known(rule, build, context, (around) => judgeOne(rule, build, around)),
  );
}

function countOf(builds: readonly Build[]): number {
  return builds.reduce((sum, { resources }) => sum + resources.length, 0);
}

interface Judging {
  readonly context: Surroundings;
  readonly objects: number;
  readonly entryPoint?: string | undefined;
}

/** What rules say, as long as the effort of the run allows it. */
function judgeEach<R extends Rule>(
  some: readonly R[],
  { context, objects, entryPoint }: Judging,
  judge: (rule: R) => readonly Diagnostic[],
): Diagnostic[] {
  const { effort } = context.sources;
  const found: Diagnostic[] = [];
  try {
    withEffort(effort, objects, () => {
      for (const rule of some) for (const one of judge(rule)) found.push(one);
    });
  } catch (error) {
    if (!(error instanceof TooMuchEffort)) throw error;
    found.push(
      stumbleFinding({ who: 'the rules', ...(entryPoint === undefined ? {} : { entryPoint }) }, error),
    );
  }
  return found;
}

function judgeOne(rule: ResourceRule | BuildRule, build: Build, context: Surroundings): Diagnostic[] {
  const { resources, root } = build;
  if (rule.scope === 'resource') {
    const found: Diagnostic[] = [];
    for (const resource of resources) judgeObject(rule, resource, context, { root, found });
    return found;
  }
  const act = (one: Resource): Iterable<RuleProblem> => rule.judge({ ...build, resources: [one] }, context);
  return judged(rule, () => rule.judge(build, context), { resources, act }, root);
}

/** Asked of each object by each rule, so that nothing is made for those of which a rule says nothing. */
function judgeObject(
  rule: ResourceRule,
  resource: Resource,
  context: Surroundings,
  { root, found }: { readonly root: string; readonly found: Diagnostic[] },
): void {
  try {
    for (const problem of rule.judge(resource, context)) found.push(concretize(rule, problem, root));
  } catch (error) {
    if (error instanceof TooMuchEffort) throw error;
    found.push(stumbleFinding({ who: `the rule ${rule.id}`, over: resource, entryPoint: root }, error));
  }
}

/** What the rules of the reconciliations of one cluster say. */
export function judgeCluster(
  cluster: Cluster,
  context: Surroundings,
  selected: readonly Rule[],
): Diagnostic[] {
  const some = selected.filter((rule) => rule.scope === 'cluster');
  const { reconciliations, root } = cluster;
  const objects = countOf(reconciliations.map(({ build }) => build));
  return judgeEach(some, { context, objects, entryPoint: root }, (rule) =>
    judged(rule, () => rule.judge(cluster, context), nobody, root),
  );
}

/** What the rules that need all builds of a run say; `judgeBuild` goes before it, once for each. */
export function judgeRun(
  builds: readonly Build[],
  context: Surroundings,
  selected: readonly Rule[],
): Diagnostic[] {
  const some = selected.filter((rule) => rule.scope === 'run');
  return judgeEach(some, { context, objects: countOf(builds) }, (rule) =>
    judged(rule, () => rule.judge(builds, context), nobody),
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
    if (error instanceof TooMuchEffort) throw error;
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
