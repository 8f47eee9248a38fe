import { minorOf, newestFlux } from './removed-versions.ts';

/** The minor versions of Flux 2 in the manifests of the Flux Operator, each with the first 0.x of the operator that has it (`config/data/flux` of its tags). */
const firstWith: readonly (readonly [operator: number, flux: number])[] = [
  [1, 3],
  [10, 4],
  [15, 5],
  [21, 6],
  [30, 7],
  [42, 8],
  [53, 9],
];

/** The minor version of Flux that a FluxInstance installs: of a range without one, as `2.x` is, the newest that the manifests at its tag have. */
export function minorOfDistribution(version: string | undefined, artifact: string | undefined): number {
  const tag = /\/flux-operator-manifests:v?0\.(\d{1,3})\./u.exec(artifact ?? '')?.[1];
  const newest = firstWith.findLast(([operator]) => tag !== undefined && Number(tag) >= operator)?.[1];
  return minorOf(version ?? '') ?? newest ?? newestFlux;
}
