import { objectKey } from '../../diagnostic/suppression.ts';
import type { Occurrence, RootCauseGroup } from '../report.ts';

/** How far a root cause reaches. */
export interface Impact {
  readonly objects: number;
  readonly entryPoints: readonly string[];
}

const known = new WeakMap<readonly Occurrence[], Impact>();

/** Found out once, for every format. */
export function impactOf({ occurrences }: RootCauseGroup): Impact {
  let impact = known.get(occurrences);
  if (impact === undefined) {
    impact = reachOf(occurrences);
    known.set(occurrences, impact);
  }
  return impact;
}

function reachOf(occurrences: readonly Occurrence[]): Impact {
  const objects = new Set<string>();
  const entryPoints = new Set<string>();
  for (const { object, entryPoint } of occurrences) {
    if (entryPoint !== undefined) entryPoints.add(entryPoint);
    if (object !== undefined) objects.add(`${objectKey(object)}\0${entryPoint}`);
  }
  return { objects: objects.size, entryPoints: [...entryPoints] };
}

/** "breaks 12 objects in 4 environments", or nothing where it is one object of one environment. */
export function impactWords(groups: readonly RootCauseGroup[]): string {
  const impacts = groups.map(impactOf);
  const objects = Math.max(0, ...impacts.map((impact) => impact.objects));
  const entryPoints = new Set(impacts.flatMap((impact) => impact.entryPoints)).size;
  if (objects < 2) return '';
  return `this breaks ${objects} objects${entryPoints > 1 ? ` in ${entryPoints} environments` : ''}`;
}
