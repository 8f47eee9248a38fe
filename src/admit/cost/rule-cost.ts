import type { Checker } from '../policy/checker.ts';
import type { Node } from '../policy/node.ts';
import { type DeclaredSize, maxRequestBytes } from './declared-size.ts';
import { costOf } from './estimate.ts';
import { product, saturated } from './range.ts';

// k8s.io/apiextensions-apiserver 0.36 StaticEstimatedCostLimit and StaticEstimatedCRDCostLimit.
export const ruleLimit = 10_000_000;
export const schemaLimit = 100_000_000;

/** The most that one run of an expression may cost on values of a declared size. */
export function highestCost(node: Node, checker: Checker, root: DeclaredSize): number {
  const coster = { checker, root, locals: new Map(), paths: new Map(), sizes: new Map(), entries: new Map() };
  return saturated(costOf(node, coster));
}

/** The same for all places of an object where the schema applies; `count` is undefined where nothing bounds them. */
export function costOfAll(cost: number, { minSerialized }: DeclaredSize, count: number | undefined): number {
  return product(cost, count ?? Math.trunc(maxRequestBytes / (minSerialized + 1)));
}

/** By which factor a limit is exceeded, as the server puts it. */
export function excess(cost: number, limit: number): string {
  const factor = cost / limit;
  if (factor > 100) return 'more than 100x';
  return factor < 1.5 ? `${factor.toFixed(6)}x` : `${factor.toFixed(1)}x`;
}
