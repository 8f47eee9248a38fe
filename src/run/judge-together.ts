import type { BuildMemory } from '../build/build-memory.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Build } from '../object/build.ts';
import { knownOnce } from '../object/known-once.ts';
import { byFolder } from '../object/plain-manifests.ts';
import { emptyBuild } from '../reconcile/reconciliation.ts';
import { judgeBuild, judgeCluster, judgeRun } from '../rules/judge.ts';
import { type KnownOfRules, newKnownOfRules } from '../rules/known-rules.ts';
import type { Rule } from '../rules/rule.ts';
import { directoryOf } from '../source/path.ts';
import type { Tree } from '../survey/tree.ts';
import type { Unit } from '../survey/unit.ts';
import type { Surroundings } from '../workload/surroundings.ts';
import { chosenRules } from './chosen-rules.ts';
import type { Knowledge } from './knowledge.ts';
import type { Run } from './run.ts';
import { surroundingsOf } from './surroundings.ts';

/** What needs more than one object to be seen: the rules of builds, of the run, and of clusters. */
export function judgeTogether(
  tree: Tree,
  kubernetesVersion: string,
  knowledge: Knowledge,
  run: Run,
): Diagnostic[] {
  const { builds, clusters } = tree;
  const rules = chosenRules(run.configuration, run.options);
  const surroundings = surroundingsOf(tree, kubernetesVersion, knowledge, run);
  const ofUnits = judgeUnitsTogether(tree, surroundings, knowledge, run);
  const ofClusters = clusters.flatMap((cluster) => judgeCluster(cluster, surroundings, rules));
  // What changes nothing here may change something in a build that was not made.
  const ofRun = knowledge.everyBuild ? judgeRun(builds, surroundings, rules) : [];
  const all = [...ofUnits, ...ofRun, ...ofClusters];
  return knowledge.onlyFolders
    ? all.map((one) => (one.unchecked === undefined ? { ...one, isDoubtful: true as const } : one))
    : all;
}

/** What the rules of builds say of each unit. */
export function judgeUnitsTogether(
  { units, found: { skipped } }: Pick<Tree, 'units' | 'found'>,
  surroundings: Surroundings,
  knowledge: Knowledge,
  run: Run,
): Diagnostic[] {
  const rules = chosenRules(run.configuration, run.options);
  const neighboursOf = openNeighbours(units, run.configuration.alternatives, knowledge);
  const known = run.memory === undefined ? findAnew : knownOfRules(run.memory);
  const filledIn = skipped.filter(({ why }) => why === 'charts');
  const templated = new Set(filledIn.map(({ path }) => directoryOf(path)));
  return units.flatMap((unit, index) => {
    const what = unit.title;
    const at = [index + 1, units.length] as const;
    run.tell({ name: 'rules', at, ...(what === undefined ? {} : { what }) });
    const found = judgeUnitTogether(unit, surroundings, {
      neighboursOf,
      rules,
      known: run.options.judging?.rules(unit, known) ?? known,
      templated,
    });
    const isAlone = knowledge.everyBuild || unit.id.role === 'environment';
    return isAlone
      ? found
      : found.map((one) => (isCertain(one, rules) ? one : { ...one, isDoubtful: true as const }));
  });
}

/** Whether a build that was not made changes nothing about it: not so of what is missing here, which may be there. */
function isCertain({ rule, severity, unchecked }: Diagnostic, rules: readonly Rule[]): boolean {
  if (unchecked !== undefined) return true;
  return severity === 'note' && rules.some(({ id, severity: own }) => id === rule && own === 'note');
}

interface UnitContext {
  readonly neighboursOf: (unit: Unit['id']) => readonly Build[];
  readonly rules: readonly Rule[];
  /** What an earlier run of the same memory found. */
  readonly known: KnownOfRules;
  /** Folders of charts' templates: of what stands beside files that Helm fills in, only a part is seen. */
  readonly templated: ReadonlySet<string>;
}

const findAnew: KnownOfRules = (_rule, _build, around, judge) => judge(around);

const knownOfRules = knownOnce((_memory: BuildMemory) => newKnownOfRules());

function judgeUnitTogether(
  { id, build }: Unit,
  surroundings: Surroundings,
  { neighboursOf, rules, known, templated }: UnitContext,
): Diagnostic[] {
  if (id.role === 'environment') return judgeBuild(build, surroundings, rules, known);
  // Without environments nobody says what reaches which cluster, so that anything may be provided by any build.
  const amongAll = { ...surroundings, neighbours: neighboursOf(id) };
  if (id.role !== 'plain') return judgeBuild(build, amongAll, rules, known);
  return byFolder(build.resources).flatMap(({ resources, files }) =>
    [...files].some((file) => templated.has(directoryOf(file)))
      ? []
      : judgeBuild({ ...build, resources, inputs: [...files] }, amongAll, rules)
          // What could not be checked is told wherever it points.
          .filter(({ span, unchecked }) => unchecked !== undefined || files.has(span.file.path))
          .map(withoutEntryPoint),
  );
}

/** Anything may be in it. */
const unbuilt = emptyBuild('');

/** One list for all that have the same neighbours: rules remember what they found out about a list. */
function openNeighbours(
  units: readonly Unit[],
  alternatives: Configuration['alternatives'],
  { everyBuild }: Knowledge,
): (id: Unit['id']) => readonly Build[] {
  const lists = new Map<string | undefined, readonly Build[]>();
  return ({ alternative }) => {
    const known = lists.get(alternative);
    if (known !== undefined) return known;
    const around = unitsBeside(alternative, units, alternatives)
      .map(({ build }) => build)
      .filter(holdsAnything);
    const neighbours = everyBuild ? around : [...around, unbuilt];
    lists.set(alternative, neighbours);
    return neighbours;
  };
}

/** Whether there is anything to stand beside, such as where every manifest belongs to a kustomization. */
function holdsAnything({ resources, complete }: Build): boolean {
  return resources.length > 0 || !complete;
}

/** All units but those that never reach a cluster together with one of this alternative. */
function unitsBeside(
  alternative: string | undefined,
  units: readonly Unit[],
  alternatives: Configuration['alternatives'],
): readonly Unit[] {
  const apart = alternatives
    .map(({ paths }) => paths.map(({ path }) => path))
    .filter((paths) => paths.some((path) => path === alternative))
    .flat()
    .filter((path) => path !== alternative);
  return units.filter(({ id }) => id.alternative === undefined || !apart.includes(id.alternative));
}

function withoutEntryPoint({ entryPoint: _, ...diagnostic }: Diagnostic): Diagnostic {
  return diagnostic;
}
