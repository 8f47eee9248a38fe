import { policyPages } from '../admit/policy/policy-pages.ts';
import { pagedRules } from '../rules/paged-rules.ts';
import { rulePage } from '../rules/pages.ts';
import { ruleSummaries } from '../rules/rule-summaries.ts';

/** The pages of all rules by id: of policies, of rules, and one sentence for what kustomize or an API server says. */
export function rulePages(): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(ruleSummaries).map(([id, summary]) => [id, `# ${id}\n\n${summary}\n`] as const),
    ...pagedRules.map((id) => [id, rulePage(id) ?? ''] as const),
    ...policyPages,
  ]);
}
