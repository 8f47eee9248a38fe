import type { GraphEdge } from '../../reconcile/graph.ts';

/** What of a graph its layout goes by. */
export interface GraphShape {
  readonly nodes: readonly unknown[];
  readonly edges: readonly GraphEdge[];
}

/** Where a node stands: its column, and its row in it. */
export interface GraphPlace {
  readonly column: number;
  readonly row: number;
}

/**
 * Places nodes from left to right in the order in which they can become ready: whoever applies another, and whoever
 * another waits for, stands left of it. Within a column, near to those left of it.
 */
export function layOut({ nodes, edges }: GraphShape): GraphPlace[] {
  const before = nodes.map((): number[] => []);
  for (const { from, to, waits } of edges) before[waits ? from : to]?.push(waits ? to : from);
  const columns = columnsOf(before);
  const places: GraphPlace[] = nodes.map(() => ({ column: 0, row: 0 }));
  for (let column = 0; column <= Math.max(0, ...columns); column++) {
    const inColumn = nodes.flatMap((_, index) => (columns[index] === column ? [index] : []));
    const height = (index: number): number => {
      const left = (before[index] ?? []).filter((other) => (columns[other] ?? 0) < column);
      return left.length === 0
        ? index
        : left.reduce((sum, other) => sum + (places[other]?.row ?? 0), 0) / left.length;
    };
    inColumn
      .sort((a, b) => height(a) - height(b) || a - b)
      .forEach((index, row) => {
        places[index] = { column, row };
      });
  }
  return places;
}

// The longest way to a node; an edge that would close a circle counts for nothing.
function columnsOf(before: readonly (readonly number[])[]): number[] {
  const columns: (number | undefined)[] = before.map(() => undefined);
  const visit = (index: number, trail: ReadonlySet<number>): number => {
    const known = columns[index];
    if (known !== undefined) return known;
    const further = new Set(trail).add(index);
    const left = (before[index] ?? []).filter((other) => !further.has(other));
    const column = left.length === 0 ? 0 : 1 + Math.max(...left.map((other) => visit(other, further)));
    columns[index] = column;
    return column;
  };
  return before.map((_, index) => visit(index, new Set()));
}
