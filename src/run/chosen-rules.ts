import { isSelected } from '../accept/apply-settings.ts';
import type { SetPolicies } from '../admit/set-policies.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { takenBy } from '../diagnostic/profile.ts';
import { pagedRules } from '../rules/paged-rules.ts';
import { rules } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import { ruleSummaries } from '../rules/rule-summaries.ts';
import { type Choosing, policyChoice } from './policy-choice.ts';
import type { Run } from './run.ts';
import type { RuleNames } from './settle.ts';

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

/** The rules that can speak in a run, and those that do. */
export function ruleNames(
  policies: readonly SetPolicies[],
  { configuration, selection, options }: Pick<Run, 'configuration' | 'selection' | 'options'>,
): RuleNames {
  const chosen = new Set(chosenRules(configuration, options));
  const silent = new Set(rules.filter((rule) => !chosen.has(rule)).map(({ id }) => id));
  // Most units have the very same policies.
  const lists = new Set(policies.map((one) => one.policies));
  const known = [
    ...new Set([
      ...[...lists].flatMap((list) => list.map(({ name }) => name)),
      ...pagedRules,
      ...Object.keys(ruleSummaries),
    ]),
  ];
  const judging = known.filter(
    (rule) =>
      !silent.has(rule) && isSelected(rule, selection) && configuration.rules.get(rule)?.severity !== 'off',
  );
  return { known, judging };
}
