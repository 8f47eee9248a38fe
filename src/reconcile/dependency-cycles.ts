import { reconciliationNamed } from './cluster.ts';
import type { Reconciliation } from './reconciliation.ts';

/** Circles of `dependsOn`, each told once. */
export function dependencyCycles(reconciliations: readonly Reconciliation[]): Reconciliation[][] {
  const find = reconciliationNamed(reconciliations);
  const next = (one: Reconciliation): Reconciliation[] =>
    one.dependsOn.flatMap(({ namespace, name }) => find(namespace, name) ?? []);
  const done = new Set<Reconciliation>();
  return reconciliations.map((start) => findCycle(start, next, done)).filter((cycle) => cycle.length > 0);
}

/** The first circle that `start` leads into, without those that were met before; iterative, for chains of any length. */
function findCycle(
  start: Reconciliation,
  next: (one: Reconciliation) => readonly Reconciliation[],
  done: Set<Reconciliation>,
): Reconciliation[] {
  const trail: { readonly one: Reconciliation; readonly rest: Reconciliation[] }[] = [];
  const enter = (one: Reconciliation): void => {
    done.add(one);
    trail.push({ one, rest: [...next(one)] });
  };
  if (done.has(start)) return [];
  enter(start);
  for (let top = trail.at(-1); top !== undefined; top = trail.at(-1)) {
    const following = top.rest.pop();
    if (following === undefined) {
      trail.pop();
      continue;
    }
    const at = trail.findIndex(({ one }) => one === following);
    if (at >= 0) return trail.slice(at).map(({ one }) => one);
    if (!done.has(following)) enter(following);
  }
  return [];
}
