import type { PolicyChoice } from '../admit/policy/built-in.ts';
import type { SetPolicies } from '../admit/set-policies.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { resolveProfile } from '../configuration/resolve-profile.ts';
import type { LintOptions } from './request.ts';

/** What of the options chooses rules and policies. */
export type Choosing = Pick<LintOptions, 'profile' | 'only' | 'isOnlyNamed'>;

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
