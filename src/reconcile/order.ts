import { findingAt } from '../build/finding.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Cluster } from './cluster.ts';
import { describeReconciliation, type FieldReference, type Reconciliation } from './reconciliation.ts';

/** Dependencies that lead nowhere, in a circle, or wait for less than they seem to. */
export function judgeOrder({ reconciliations }: Cluster): Diagnostic[] {
  const byName = new Map(reconciliations.map((one) => [keyOf(one.namespace, one.name), one]));
  const next = (one: Reconciliation): Reconciliation[] =>
    one.dependsOn.flatMap(({ namespace, name }) => byName.get(keyOf(namespace, name)) ?? []);
  const diagnostics = reconciliations.flatMap((one) => [
    ...one.dependsOn.flatMap((reference) => judgeDependency(one, reference, byName)),
    ...judgeTimes(one),
  ]);
  return [...diagnostics, ...cycles(reconciliations, next)];
}

function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function judgeDependency(
  one: Reconciliation,
  { namespace, name, path }: FieldReference,
  byName: ReadonlyMap<string, Reconciliation>,
): Diagnostic[] {
  const { declaration } = one;
  if (declaration === undefined || name === '') return [];
  const target = byName.get(keyOf(namespace, name));
  const entryPoint = one.path;
  if (target === undefined) {
    const elsewhere = [...byName.values()].find((other) => other.name === name);
    const help =
      elsewhere === undefined
        ? 'correct the name, or remove the entry'
        : `there is one in ${elsewhere.namespace}: write namespace: ${elsewhere.namespace}`;
    return [
      findingAt(
        declaration,
        {
          rule: 'dependency-missing',
          severity: 'error',
          message: `there is no Kustomization ${namespace}/${name}, so ${one.name} waits for ever`,
          help,
          path,
        },
        entryPoint,
      ),
    ];
  }
  if (target.wait || target.healthChecks.length > 0 || target.hasHealthExpressions) return [];
  if (target.build.resources.length === 0) return [];
  return [
    findingAt(
      declaration,
      {
        rule: 'dependency-not-awaited',
        severity: 'note',
        message: `${describeReconciliation(target)} is ready as soon as it is applied: it has neither wait nor healthChecks`,
        help: `set wait: true on ${name}, if ${one.name} needs what runs there`,
        path,
      },
      entryPoint,
    ),
  ];
}

// A reconciliation that may take longer than its interval delays the next one.
function judgeTimes(one: Reconciliation): Diagnostic[] {
  const { declaration, interval, timeout } = one;
  if (declaration === undefined || interval === undefined || timeout === undefined || timeout <= interval)
    return [];
  const problem = {
    rule: 'timeout-beyond-interval',
    severity: 'warning',
    message: `the timeout is longer than the interval, so a reconciliation that hangs delays those after it`,
    help: 'make the timeout shorter than the interval',
    path: ['spec', 'timeout'],
  } as const;
  return [findingAt(declaration, problem, one.path)];
}

function cycles(
  all: readonly Reconciliation[],
  next: (one: Reconciliation) => readonly Reconciliation[],
): Diagnostic[] {
  const done = new Set<Reconciliation>();
  const diagnostics: Diagnostic[] = [];
  for (const start of all) {
    const cycle = findCycle(start, next, done);
    const [first] = cycle;
    if (first?.declaration === undefined) continue;
    const names = [...cycle, first].map(({ name }) => name).join(' → ');
    const problem = {
      rule: 'dependency-cycle',
      severity: 'error',
      message: `${names} wait for each other, so none of them is ever applied`,
      help: 'take one of the dependencies out',
      path: first.dependsOn.find(({ name }) => name === (cycle[1] ?? first).name)?.path ?? [
        'spec',
        'dependsOn',
      ],
    } as const;
    diagnostics.push(findingAt(first.declaration, problem, first.path));
  }
  return diagnostics;
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
