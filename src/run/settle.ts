import { applySettings } from '../accept/apply-settings.ts';
import type { Settled } from '../accept/settled.ts';
import { readSuppressions } from '../accept/suppressions.ts';
import { unknownRules, unreadParameters } from '../accept/unknown-rules.ts';
import { unusedLooseSchemas } from '../accept/unused-loose-schemas.ts';
import { policyNames } from '../admit/policy/built-in.ts';
import type { CompiledPolicy } from '../admit/policy/policy.ts';
import { emptyAlternatives } from '../configuration/alternatives.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Suppression } from '../diagnostic/suppression.ts';
import { objectPlace } from '../object/object-place.ts';
import { objectReference } from '../object/resource.ts';
import { isExample } from '../survey/examples.ts';
import { alternativesUsed, type Tree } from '../survey/tree.ts';
import { entryPointOf } from '../survey/unit.ts';
import { withoutRepeatedLimits } from './beyond-limit.ts';
import { withoutUndeserved } from './deserved-errors.ts';
import { fewEnough } from './few-enough.ts';
import type { Knowledge } from './knowledge.ts';
import type { World } from './learn.ts';
import { objectKey } from './object-key.ts';
import { withoutRefused, withoutUncompiled } from './one-cause.ts';
import { takingParameters } from './policy-choice.ts';
import type { Run } from './run.ts';
import { diagnosticsOf, usedLooseKinds, type Verdict } from './verdict.ts';

/** All that a run found out. */
export interface Found {
  readonly tree: Tree;
  readonly world: World;
  readonly knowledge: Knowledge;
  readonly verdicts: readonly Verdict[];
  /** What needs more than one object to be seen. */
  readonly together: readonly Diagnostic[];
  /** What is wrong with components that no environment takes. */
  readonly tried: readonly Diagnostic[];
}

/** What of it counts, and what is accepted. */
export interface SettledRun extends Settled {
  /** Everything, before settings and suppressions. */
  readonly diagnostics: readonly Diagnostic[];
  /** The rules that were run. */
  readonly rules: readonly string[];
  /** What comments and annotations accept. */
  readonly suppressions: readonly Suppression[];
}

/** Which rules there are for a run, by name. */
export interface RuleNames {
  /** Every rule that can speak. */
  readonly known: readonly string[];
  /** Those that were run, so that a criterion without findings is known to hold. */
  readonly judging: readonly string[];
}

/** Tells one cause once, and applies settings, suppressions and exclusions. */
export function settle(found: Found, ruleNames: RuleNames, run: Run): SettledRun {
  const { tree, world, knowledge, verdicts } = found;
  const { configuration, selection, sources, options } = run;
  const known = [...policyNames(), ...ruleNames.known];
  const ignored = readSuppressions(sources, tree, configuration);
  const ofPolicies = world.units.flatMap(({ diagnostics }) => diagnostics);
  const admitted = diagnosticsOf(verdicts);
  const judged = [
    ...withoutUncompiled(admitted, ofPolicies),
    ...withoutRefused(found.together, admitted, unreadIn(verdicts)),
    ...found.tried,
  ];
  const diagnostics = [
    ...run.problems,
    ...world.problems,
    ...(run.isConfigured ? tree.found.diagnostics : []),
    ...unknownRules(known, configuration, selection),
    ...unreadParameters(known, takingParameters(world.units), configuration),
    ...ofPolicies,
    ...withoutRepeatedLimits(
      withoutUndeserved(judged, tree, {
        sources,
        policies: new Set(policyNames()),
        ownPolicies: new Set(policiesIn(world, options.evidence === undefined ? tree : undefined)),
        fluxVersion: configuration.fluxVersion,
        ...(options.evidence === undefined ? {} : { base: options.evidence }),
      }),
    ),
    ...ignored.diagnostics,
    ...(knowledge.everySetting ? unusedSettings(found, run) : []),
  ];
  const settled = applySettings(diagnostics, configuration, selection, {
    suppressions: options.laidDown?.keep(ignored.suppressions) ?? ignored.suppressions,
    knownRules: known,
    runRules: ruleNames.judging,
    isWhole: knowledge.everySetting,
    ...(options.now === undefined ? {} : { today: options.now.toISOString().slice(0, 10) }),
  });
  return {
    ...fewEnough(settled, sources.counts.bytes),
    diagnostics,
    rules: ruleNames.judging,
    suppressions: ignored.suppressions,
  };
}

/** The objects that no server decodes, so that no policy says anything of them. */
function unreadIn(verdicts: readonly Verdict[]): ReadonlySet<string> {
  return new Set(
    verdicts.flatMap(({ unit, undecoded }) =>
      undecoded.map(({ object }) => objectKey(objectReference(object), entryPointOf(unit))),
    ),
  );
}

const ofDemos = /(?:^|\/)demos?\//u;

/** The policies that the repository brings itself are in force like those of the catalogue, but for examples in `tree` that nobody is seen to apply. */
function policiesIn({ units }: World, tree: Pick<Tree, 'delivery' | 'found'> | undefined): string[] {
  const plain = new Set(tree?.found.plainFiles);
  const isInForce = ({ resource }: CompiledPolicy): boolean => {
    const file = resource === undefined ? undefined : objectPlace(resource)?.file;
    return (
      file === undefined ||
      !plain.has(file) ||
      !(isExample(file) || ofDemos.test(file)) ||
      tree?.delivery.isAssumed(file) !== true
    );
  };
  return units.flatMap(({ policies }) => policies.filter(isInForce).map(({ name }) => name));
}

function unusedSettings({ tree, verdicts }: Found, { configuration, asked }: Run): Diagnostic[] {
  return [
    ...unusedLooseSchemas(configuration, usedLooseKinds(verdicts)),
    ...emptyAlternatives(configuration, asked.paths, alternativesUsed(tree)),
  ];
}
