import type { RuleProblem } from '../../object/rule-problem.ts';
import { dependencyCycles } from '../../reconcile/dependency-cycles.ts';
import type { ClusterRule } from '../rule.ts';
import { childrenOf, type Dependent, dependentNamed, dependentsOf } from './flux-dependents.ts';

/**
 * What waits in a circle is never applied. One waits for what `dependsOn` names, and with `wait` or a health check also for
 * the Kustomizations that it applies.
 */
export const dependencyCycle: ClusterRule = {
  id: 'dependency-cycle',
  severity: 'error',
  scope: 'cluster',
  tags: ['flux', 'order'],
  *judge(cluster) {
    const dependents = dependentsOf(cluster);
    const find = dependentNamed(dependents);
    const next = (one: Dependent): Dependent[] => [
      ...one.dependsOn.flatMap((reference) =>
        reference.hasExpression === true ? [] : (find(reference) ?? []),
      ),
      ...awaitedChildren(one, dependents),
    ];
    const places = new Map(dependents.map((one, index) => [one, index] as const));
    const place = (one: Dependent): number => places.get(one) ?? 0;
    for (const cycle of dependencyCycles(dependents, next)) {
      const start = cycle.reduce(
        (first, one, index) => (place(one) < place(cycle[first] ?? one) ? index : first),
        0,
      );
      const problem = problemOf([...cycle.slice(start), ...cycle.slice(0, start)]);
      if (problem !== undefined) yield problem;
    }
  },
};

function awaitedChildren(one: Dependent, dependents: readonly Dependent[]): Dependent[] {
  const { reconciliation } = one;
  if (reconciliation === undefined) return [];
  const children = childrenOf(one, dependents);
  if (reconciliation.wait) return children;
  return children.filter(({ kind, name }) =>
    reconciliation.healthChecks.some((check) => check.kind === kind && check.name === name),
  );
}

function problemOf(cycle: readonly Dependent[]): RuleProblem | undefined {
  const edges = cycle.map((from, index) => ({ from, to: cycle[(index + 1) % cycle.length] ?? from }));
  const written = edges.find(({ from, to }) => referenceTo(from, to) !== undefined);
  if (written === undefined) return undefined;
  const { from, to } = written;
  const start = cycle.indexOf(from);
  const round = [...cycle.slice(start), ...cycle.slice(0, start), from];
  const names = round.map(({ name }) => name).join(' → ');
  const applying = edges.filter((edge) => referenceTo(edge.from, edge.to) === undefined);
  const [parent] = applying;
  return {
    at: [from.resource, ...(referenceTo(from, to) ?? [])],
    message:
      parent === undefined
        ? `${names} wait for each other, so none of them is ever applied`
        : `${names} wait for each other: ${parent.from.name} applies ${parent.to.name} and waits until it is ready`,
    help:
      parent === undefined
        ? 'remove one of the dependencies'
        : `remove the dependency, or wait: true of ${parent.from.name}`,
  };
}

function referenceTo(from: Dependent, to: Dependent): Dependent['dependsOn'][number]['path'] | undefined {
  return from.dependsOn.find(
    ({ kind, namespace, name }) => kind === to.kind && namespace === to.namespace && name === to.name,
  )?.path;
}
