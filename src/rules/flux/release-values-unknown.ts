import type { UnreadValue } from '../../object/renderer.ts';
import type { Resource } from '../../object/resource.ts';
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
    const siblings = siblingsIn(reconciliations);
    for (const one of reconciliations) yield* unreadIn(one, siblings(one));
  },
};

/** Finds the Applications of the same ApplicationSet: what its template sets is for the charts of all of them. */
function siblingsIn(
  reconciliations: readonly Reconciliation[],
): (one: Reconciliation) => readonly Reconciliation[] {
  const sets = new Map<Resource, Reconciliation[]>();
  for (const { kind, build } of reconciliations) {
    if (kind !== 'ApplicationSet') continue;
    const made: Reconciliation[] = [];
    for (const resource of build.resources) sets.set(resource, made);
  }
  for (const one of reconciliations) if (one.declaration !== undefined) sets.get(one.declaration)?.push(one);
  return ({ declaration }) => (declaration === undefined ? undefined : sets.get(declaration)) ?? [];
}

function* unreadIn(owner: Reconciliation, siblings: readonly Reconciliation[]): Iterable<RuleProblem> {
  const chart = owner.build.resources.find((one) => one.chart !== undefined)?.chart;
  const name = chart === undefined ? 'the chart' : `the chart ${chart.name} ${chart.version}`;
  const rendered = siblings.filter(({ build }) => build.resources.length > 0);
  // What none of them reads is told of the first one.
  const isTold = (value: UnreadValue): boolean =>
    siblings.length === 0 || (rendered[0] === owner && rendered.every((one) => leavesUnread(one, value)));
  for (const value of owner.unread ?? [])
    if (value.shadow !== undefined || isTold(value)) yield { at: [value.at], ...wordsOf(value, name, owner) };
}

function leavesUnread({ unread = [] }: Reconciliation, { name }: UnreadValue): boolean {
  return unread.some((one) => one.name === name);
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
