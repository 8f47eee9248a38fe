import { catalogue } from '../admit/policy/catalogue.ts';
import type { RuleFact, RuleFacts } from '../report/rule-fact.ts';
import { rulesByCriterion } from '../report/rules-by-criterion.ts';
import { rules } from '../rules/registry.ts';

/** What each rule and policy is about, for formats that say it. */
export function ruleFacts(): RuleFacts {
  const ofRules = rules.map(({ id, severity, tags }) => [id, fact(id, { severity, tags })] as const);
  const ofPolicies = catalogue.map(({ id, profiles }) => [id, fact(id, policyFact(id, profiles))] as const);
  return new Map([...ofRules, ...ofPolicies]);
}

function fact(id: string, known: RuleFact): RuleFact {
  const grade = known.securitySeverity ?? gradeOf(id, known.tags);
  return { ...known, ...(grade === undefined ? {} : { securitySeverity: grade }) };
}

/** Policies of the Pod Security Standards, and those that a criterion of hardening counts, are about security. */
function policyFact(id: string, profiles: readonly string[]): RuleFact {
  const criterion = Object.entries(rulesByCriterion).find(([, ids]) => ids.includes(id))?.[0];
  const isSecurity =
    podSecurity.some((one) => profiles.includes(one)) ||
    hardening.has(criterion ?? '') ||
    /^role-|secret/u.test(id);
  const standards = podSecurity.filter((one) => profiles.includes(one)).map((one) => `pod-security-${one}`);
  return {
    tags: [
      ...(isSecurity ? ['security'] : []),
      'policy',
      ...standards,
      ...(criterion === undefined ? [] : [criterion]),
    ],
  };
}

const podSecurity = ['baseline', 'restricted'] as const;
const hardening: ReadonlySet<string> = new Set([
  'caps',
  'isolated',
  'non-root',
  'read-only',
  'seccomp',
  'secrets',
]);

/** High for what leads out of the container or gives a secret away, medium for what makes it easier. */
function gradeOf(id: string, tags: readonly string[]): number | undefined {
  if (!tags.includes('security')) return undefined;
  if (id.includes('secret') || tags.includes('secrets')) return 8.5;
  if (tags.includes('pod-security-baseline')) return 8;
  return id.startsWith('role-') ? 7 : tags.includes('pod-security-restricted') ? 5.5 : 4.5;
}
