import type { CelType } from './cel-type.ts';
import { CheckError } from './check-error.ts';
import type { Node } from './expression.ts';

/** What may be named at one place of an expression, and how the types of its parts are found. */
export interface Names {
  readonly names: ReadonlyMap<string, CelType>;
  readonly variables: ReadonlyMap<string, CelType>;
  readonly kubernetesMinor: number;
  readonly typeOf: (node: Node, names: Names) => CelType;
}

/** Refuses what came with a later Kubernetes than the one that will run the expression. */
export function requireVersion(
  since: number,
  name: string,
  offset: number,
  { kubernetesMinor }: Names,
): void {
  if (since <= kubernetesMinor) return;
  throw new CheckError(`${name} needs Kubernetes 1.${since}, the target is 1.${kubernetesMinor}`, offset);
}
