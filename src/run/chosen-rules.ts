import { isSelected } from '../accept/apply-settings.ts';
import type { PolicyChoice } from '../admit/policy/built-in.ts';
import type { SetPolicies } from '../admit/set-policies.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { resolveProfile } from '../configuration/resolve-profile.ts';
import { takenBy } from '../diagnostic/profile.ts';
import { rules } from '../rules/judge.ts';
import { pagedRules } from '../rules/paged-rules.ts';
import type { Rule } from '../rules/rule.ts';
import { ruleSummaries } from '../rules/rule-summaries.ts';
import type { LintOptions } from './request.ts';
import type { Run } from './run.ts';

type Choosing = Pick<LintOptions, 'profile' | 'only' | 'isOnlyNamed'>;

/** A policy outside the profile judges all the same where the command line or the configuration names it. */
export function policyChoice(
  { profile, profiles, thirdParty, rules: settings }: Configuration,
  options: Choosing,
): PolicyChoice {
  const named = [...settings].filter(([, { severity }]) => severity !== 'off').map(([rule]) => rule);
  const parameters = [...settings].flatMap(([rule, setting]) =>
    setting.parameters === undefined ? [] : [[rule, setting.parameters] as const],
  );
  const ofOthers = thirdParty.profile?.name ?? 'third-party';
  return {
    also: new Set([...named, ...(options.only ?? [])]),
    parameters: new Map(parameters),
    parts:
      options.isOnlyNamed === true ? [] : resolveProfile(options.profile ?? profile?.name, profiles).parts,
    thirdParty: options.isOnlyNamed === true ? [] : resolveProfile(ofOthers, profiles).parts,
  };
}

/** The rules that judge: those of the profile, and those that the command line or the configuration names. */
export function chosenRules(configuration: Configuration, options: Choosing): Rule[] {
  const { only = [], isOnlyNamed = false } = options;
  if (isOnlyNamed) return rules.filter(({ id }) => only.includes(id));
  const { parts = [], also } = policyChoice(configuration, options);
  return rules.filter(
    ({ id, profiles }) =>
      profiles === undefined || takenBy(profiles, parts) !== undefined || also?.has(id) === true,
  );
}

/** Every rule that can speak in a run, by name. */
export function runRules(policies: readonly SetPolicies[]): string[] {
  return [
    ...new Set([
      ...policies.flatMap((one) => one.policies.map(({ name }) => name)),
      ...pagedRules,
      ...Object.keys(ruleSummaries),
    ]),
  ];
}

/** The rules that were run, so that a criterion without findings is known to hold. */
export function rulesOf(
  policies: readonly SetPolicies[],
  { configuration, selection, options }: Pick<Run, 'configuration' | 'selection' | 'options'>,
): string[] {
  const judging = new Set(chosenRules(configuration, options));
  const silent = new Set(rules.filter((rule) => !judging.has(rule)).map(({ id }) => id));
  return runRules(policies).filter(
    (rule) =>
      !silent.has(rule) && isSelected(rule, selection) && configuration.rules.get(rule)?.severity !== 'off',
  );
}

/** The policies that are the catalogue's, and none that a cluster gets from the repository. */
export function cataloguePolicies(policies: readonly SetPolicies[]): string[] {
  const ofCatalogue = policies.flatMap((one) =>
    one.policies.filter(({ resource }) => resource === undefined),
  );
  return [...new Set(ofCatalogue.map(({ name }) => name))];
}

/** The policies that take parameters. */
export function takingParameters(policies: readonly SetPolicies[]): string[] {
  const taking = policies.flatMap((one) => one.policies.filter(({ usesParams }) => usesParams));
  return [...new Set(taking.map(({ name }) => name))];
}
