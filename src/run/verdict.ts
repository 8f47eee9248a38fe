import {
  askOfContents,
  type Judged,
  type JudgeOptions,
  judgeResources,
  type LooseKind,
} from '../admit/judge.ts';
import { spendOnBuild } from '../admit/policy/run-budget.ts';
import { newSaidOfContents, type SaidOfContents } from '../admit/said-of-contents.ts';
import type { ThirdParties } from '../admit/third-party-findings.ts';
import type { BuildMemory } from '../build/build-memory.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isError } from '../diagnostic/severity.ts';
import { knownBeside, knownOnce } from '../object/known-once.ts';
import type { Resource } from '../object/resource.ts';
import type { Coverage } from '../report/report.ts';
import type { Mapping } from '../source/value.ts';
import { entryPointOf, type Unit } from '../survey/unit.ts';
import type { Questions } from './ask-ahead.ts';
import { mutatedKinds, withoutOpenErrors } from './completed-elsewhere.ts';
import { knownContents } from './known-contents.ts';
import type { World } from './learn.ts';
import { withoutCompletedErrors, withoutPatchErrors } from './patch-files.ts';
import type { Run } from './run.ts';
import { thirdPartiesAmong } from './third-parties.ts';
import type { KnownOfObjects } from './unit-judging.ts';
import type { UnitWorld } from './unit-world.ts';

/** What building a unit, the API server and the policies say of it. */
export interface Verdict extends Judged {
  readonly unit: Unit;
}

/** Notes down what the units of a run are going to be asked, but for what `isKnown` says of an object. */
export function noteQuestions(
  questions: Questions,
  world: World,
  run: Run,
  isKnown: (object: Mapping) => boolean = () => false,
): void {
  const shared = sharedBy(world, run);
  questions.collect((contents) => {
    for (const one of world.units)
      askOfContents(
        one.unit.build.resources,
        optionsFor(one, { ...shared, contents }, run),
        (object) => !isKnown(object) && questions.isWorthAsking(object),
      );
  });
}

/** Admits the objects of each unit, with what helpers have found out; tells before each what was found so far. */
export function judgeUnits(world: World, run: Run, contents: SaidOfContents = contentsOf(run)): Verdict[] {
  const { units } = world;
  for (const { unit } of units) spendOnBuild(run.budgets, unit.build.resources.length);
  const errors = units.flatMap(({ unit }) => unit.build.diagnostics.filter(isError));
  const shared = { ...sharedBy(world, run), contents };
  return units.map((world, index) => {
    const { unit } = world;
    const what = unit.title;
    const at = [index + 1, units.length] as const;
    run.tell({ name: 'admit', at, errors, ...(what === undefined ? {} : { what }) });
    const verdict = judgeUnit(world, shared, run);
    errors.push(...verdict.diagnostics.slice(unit.build.diagnostics.length).filter(isError));
    return verdict;
  });
}

/** What the objects of all units together tell. */
interface Shared extends Omit<ThirdParties, 'policies'> {
  readonly isMutatedIn: ReturnType<typeof mutatedKinds>;
  readonly contents: SaidOfContents;
}

function sharedBy({ units }: World, { configuration }: Run): Omit<Shared, 'contents'> {
  const resources = units.flatMap(({ unit }) => unit.build.resources);
  return { ...thirdPartiesAmong(resources, configuration), isMutatedIn: mutatedKinds(resources) };
}

/** What this run and earlier ones of the same memory say of objects by their content. */
function contentsOf({ memory }: Run): SaidOfContents {
  return memory === undefined ? newSaidOfContents() : knownContents(memory);
}

function optionsFor(
  world: UnitWorld,
  { contents, ...thirdParties }: Omit<Shared, 'isMutatedIn'>,
  run: Run,
): JudgeOptions {
  const { unit, target, policies, thirdPartyPolicies, customKinds, before } = world;
  const { configuration, options, budgets } = run;
  const entryPoint = entryPointOf(unit);
  return {
    ...target,
    policies,
    thirdParties: { ...thirdParties, policies: thirdPartyPolicies },
    customKinds,
    looseKinds: configuration.looseSchemas,
    hasPlaceholders: unit.hasPlaceholders,
    requiresSchemas: options.requireSchemas ?? configuration.requireSchemas,
    budgets,
    contents,
    ...(before === undefined ? {} : { namespacesOf: before }),
    ...(unit.byFlux === undefined ? {} : { byFlux: unit.byFlux }),
    ...(entryPoint === undefined ? {} : { entryPoint }),
    known: options.judging?.objects(world, knownIn(world, run)) ?? knownIn(world, run),
  };
}

function judgeUnit(world: UnitWorld, { isMutatedIn, ...shared }: Shared, run: Run): Verdict {
  const { unit, customKinds } = world;
  const judged = judgeResources(unit.build.resources, optionsFor(world, shared, run));
  const known = { sources: run.sources, isMutated: isMutatedIn(customKinds) };
  const all = withoutOpenErrors([...unit.build.diagnostics, ...judged.diagnostics], unit, known);
  const whole = unit.id.role === 'plain' ? withoutPatchErrors(all) : all;
  const { completedKinds: completed } = unit;
  const diagnostics = completed === undefined ? whole : withoutCompletedErrors(whole, completed);
  return { ...judged, unit, diagnostics };
}

/** What an earlier run of the same memory found of objects in the same world. */
function knownIn(
  { unit, target, policies, thirdPartyPolicies, customKinds }: UnitWorld,
  { memory, configuration, options }: Run,
): KnownOfObjects {
  if (memory === undefined) return (_resource, _beside, find) => find();
  const { requireSchemas = configuration.requireSchemas } = options;
  const words = JSON.stringify([target, unit.hasPlaceholders, requireSchemas, entryPointOf(unit)]);
  const { worldsOf, judgedIn } = judgedMemory(memory);
  const beside = [thirdPartyPolicies, customKinds, configuration.looseSchemas];
  const worlds = worldsOf(policies, beside, () => new Map());
  const world = worlds.get(words) ?? {};
  worlds.set(words, world);
  return (resource, beside, find) => judgedIn(resource, [world, ...beside], find);
}

const judgedMemory = knownOnce((_memory: BuildMemory) => ({
  // By a text of its own for each entry point.
  worldsOf: knownBeside<object, Map<string, object>>(1000),
  judgedIn: knownBeside<Resource, Judged>(),
}));

/** The kinds without schema, and how many objects have one of them. */
export function withoutSchema(
  judged: readonly Judged[],
): Pick<Coverage, 'withoutSchema' | 'objectsWithoutSchema'> {
  const kinds = judged.flatMap((one) => one.withoutSchema);
  return { withoutSchema: [...new Set(kinds)], objectsWithoutSchema: kinds.length };
}

export function usedLooseKinds(judged: readonly Judged[]): ReadonlySet<LooseKind> {
  return new Set(judged.flatMap((one) => one.usedLooseKinds));
}

/** What was found in all units. */
export function diagnosticsOf(verdicts: readonly Verdict[]): Diagnostic[] {
  return verdicts.flatMap(({ diagnostics }) => diagnostics);
}
