import { grouped } from '../../diagnostic/grouped.ts';
import type { EnvironmentReport, Occurrence } from '../report.ts';
import { visible } from '../visible.ts';

/** The environments in which a finding shows, each once. */
export function environmentNames(
  occurrences: readonly Occurrence[],
  environments: readonly EnvironmentReport[],
): string[] {
  const names = new Set<string>();
  for (const [entryPoint, parts] of placesOf(occurrences)) {
    const others = byEntryPoint(environments).get(entryPoint) ?? [];
    const own = others.filter(({ environment }) => isAmong(parts, environment));
    for (const { environment } of own) names.add(environment.name);
    if (own.length === 0 && entryPoint !== undefined) names.add(entryPoint);
  }
  return [...names].map(visible);
}

/** The places, in the list, of the environments in which something shows; what no object tells is of all that share a cluster. */
export function environmentsOf(
  occurrences: readonly Occurrence[],
  environments: readonly EnvironmentReport[],
): number[] {
  const known = byEntryPoint(environments);
  const found = [...placesOf(occurrences)].flatMap(([entryPoint, parts]) =>
    (known.get(entryPoint) ?? []).filter(({ environment }) => isAmong(parts, environment)),
  );
  return found.map(({ place }) => place).sort((a, b) => a - b);
}

/** The environments in a cluster that hold what is found, undefined for what no object tells. */
type Parts = ReadonlySet<string | undefined>;

function isAmong(parts: Parts, { isPart, name }: EnvironmentReport): boolean {
  return isPart !== true || parts.has(undefined) || parts.has(name);
}

type Places = ReadonlyMap<string | undefined, Parts>;

const knownPlaces = new WeakMap<readonly Occurrence[], Places>();

/** The entry points in which something shows: formats ask for each of hundreds of environments. */
function placesOf(occurrences: readonly Occurrence[]): Places {
  const known = knownPlaces.get(occurrences);
  if (known !== undefined) return known;
  const places = new Map<string | undefined, Set<string | undefined>>();
  for (const { entryPoint, environment } of occurrences) {
    const parts = places.get(entryPoint);
    if (parts === undefined) places.set(entryPoint, new Set([environment]));
    else parts.add(environment);
  }
  knownPlaces.set(occurrences, places);
  return places;
}

interface Placed {
  readonly environment: EnvironmentReport;
  readonly place: number;
}

type ByEntryPoint = ReadonlyMap<string | undefined, readonly Placed[]>;

const knownEnvironments = new WeakMap<readonly EnvironmentReport[], ByEntryPoint>();

function byEntryPoint(environments: readonly EnvironmentReport[]): ByEntryPoint {
  const known = knownEnvironments.get(environments);
  if (known !== undefined) return known;
  const placed = environments.map((environment, place) => ({ environment, place }));
  const found = grouped(placed, ({ environment }) => environment.entryPoint);
  knownEnvironments.set(environments, found);
  return found;
}
