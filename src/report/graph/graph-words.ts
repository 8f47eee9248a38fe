import { plural } from '../../diagnostic/plural.ts';
import type { GraphNode } from '../../reconcile/graph.ts';

/** Whether a node is a release of a chart, whose objects are not known here. */
export function isRelease({ kind }: GraphNode): boolean {
  return kind === 'HelmRelease';
}

/** What a node applies, in words. */
export function contentOf(node: GraphNode): string {
  if (isRelease(node)) return node.kind;
  const objects = plural(node.objects, 'object');
  return node.releases === 0 ? objects : `${objects}, ${plural(node.releases, 'HelmRelease')}`;
}
