import type { Severity } from '../../diagnostic/severity.ts';
import { objectKey } from '../../diagnostic/suppression.ts';
import type { ClusterGraph } from '../../reconcile/graph.ts';
import type { Report } from '../report.ts';

/** How many findings there are of what a node applies, and of the node itself. */
export type NodeFindings = Readonly<Record<Severity, number>>;

/** For each node of a cluster what is found of its objects. */
export function findingsByNode(
  { name, nodes }: ClusterGraph,
  { findings, environments }: Pick<Report, 'findings' | 'environments'>,
): NodeFindings[] {
  const counts = nodes.map(() => ({ error: 0, warning: 0, note: 0 }));
  const own = environments.filter((one) => one.name === name).map(({ entryPoint }) => entryPoint);
  const roots = new Set([name, ...own]);
  const holders = new Map<string, number[]>();
  nodes.forEach((node, index) => {
    const self = `${node.kind} ${node.namespace}/${node.name}`;
    for (const key of [...node.held, self]) holders.set(key, [...(holders.get(key) ?? []), index]);
  });
  for (const { severity, occurrences } of findings) {
    const shown = occurrences.flatMap(({ object, entryPoint = name }) =>
      object === undefined || !roots.has(entryPoint) ? [] : holdersOf(object, holders),
    );
    for (const index of new Set(shown)) {
      const count = counts[index];
      if (count !== undefined) count[severity] += 1;
    }
  }
  return counts;
}

function holdersOf(
  object: Parameters<typeof objectKey>[0],
  holders: ReadonlyMap<string, readonly number[]>,
): readonly number[] {
  const own = `${object.kind} ${object.namespace ?? ''}/${object.name}`;
  return [...(holders.get(objectKey(object)) ?? []), ...(holders.get(own) ?? [])];
}
