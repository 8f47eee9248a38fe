import type { RuleProblem } from '../../object/rule-problem.ts';
import { describeReconciliation, type Reconciliation } from '../../reconcile/reconciliation.ts';
import type { ClusterRule } from '../rule.ts';

/** Values that are given to a chart and that none of its templates reads. */
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
  for (const { name, at, near } of owner.unread ?? [])
    yield {
      at: [at],
      message: `no template of the chart ${chart === undefined ? '' : `${chart.name} ${chart.version} `}reads ${name}, which ${describeReconciliation(owner)} gives it`,
      help: near === undefined ? 'remove it, or correct where it stands' : `did you mean ${near}?`,
      severity: near === undefined ? 'note' : 'warning',
    };
}
