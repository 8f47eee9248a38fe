import type { UnreadValue } from '../../object/renderer.ts';
import type { RuleProblem } from '../../object/rule-problem.ts';
import { describeReconciliation, type Reconciliation } from '../../reconcile/reconciliation.ts';
import { valueText } from '../../source/value-text.ts';
import type { ClusterRule } from '../rule.ts';

/** Values that are given to a chart and that none of its templates reads, or takes a default for. */
export const releaseValuesUnknown: ClusterRule = {
  id: 'release-values-unknown',
  severity: 'warning',
  scope: 'cluster',
  tags: ['flux', 'argo-cd'],
  *judge({ reconciliations }) {
    for (const one of reconciliations) yield* unreadIn(one);
  },
};

function* unreadIn(owner: Reconciliation): Iterable<RuleProblem> {
  const chart = owner.build.resources.find((one) => one.chart !== undefined)?.chart;
  const name = chart === undefined ? 'the chart' : `the chart ${chart.name} ${chart.version}`;
  for (const value of owner.unread ?? []) yield { at: [value.at], ...wordsOf(value, name, owner) };
}

function wordsOf(
  { name, at, near, shadow }: UnreadValue,
  chart: string,
  owner: Reconciliation,
): Pick<RuleProblem, 'message' | 'help' | 'severity'> {
  const release = describeReconciliation(owner);
  if (shadow !== undefined)
    return {
      message: `${chart} uses its default, ${shadow}, for ${name} of ${release}: it treats ${valueText(at.value)} as empty`,
      help: 'remove it, or use another value of the chart for it',
      severity: 'warning',
    };
  return {
    message: `no template of ${chart} reads ${name}, which ${release} sets`,
    help: near === undefined ? 'remove it, or correct its position' : `did you mean ${near}?`,
    severity: near === undefined ? 'note' : 'warning',
  };
}
